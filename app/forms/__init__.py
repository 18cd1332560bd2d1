"""Consent forms: which lines are asked, of whom, on which page with which code."""
