"""Copies of a dossier for a purpose: chosen, cleared of others' names, signed, verifiable."""
