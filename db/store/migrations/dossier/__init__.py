"""Migrations of the dossier file."""
