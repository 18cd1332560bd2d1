"""Keeping no longer than is needed: kept files that are destroyed for good, and proof of it."""
