"""Copies of a dossier: files as pages, what goes is redrawn, and the signed contents."""
