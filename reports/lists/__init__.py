"""Draws printed lists of who may be shown."""
