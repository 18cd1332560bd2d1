"""Procedures as data: steps, terms, what is asked, and whether every way through is sound."""
