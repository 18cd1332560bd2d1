"""Migrations of the consent file."""
