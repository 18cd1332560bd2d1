"""Answers about the forms that were issued."""
