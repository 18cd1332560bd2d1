"""Draws figures without names."""
