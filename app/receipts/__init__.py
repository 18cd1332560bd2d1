"""Receipts: what one person decided, for that person, on paper and as data."""
