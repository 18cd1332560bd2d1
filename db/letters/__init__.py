"""Storing letters of the consent office, and finding them."""
