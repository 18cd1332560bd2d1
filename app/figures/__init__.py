"""Figures about consent: for the office, and without names for board and council."""
