"""Screens for lists that come in from other systems."""
