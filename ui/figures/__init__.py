"""Figures about consent on the screen."""
