"""Migrations of the check list."""
