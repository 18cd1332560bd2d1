"""Consent on the screen: the grid, recording, withdrawing, looking back, and what is open."""
