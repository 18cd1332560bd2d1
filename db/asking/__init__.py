"""Asking at rest: rounds, requests, and the tables that make the lists quick."""
