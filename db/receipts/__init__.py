"""Storing that receipts left."""
