"""Breaches of the school's protocol: the rules as data, and sealed reports."""
