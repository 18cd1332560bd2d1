"""Papers about a dossier."""
