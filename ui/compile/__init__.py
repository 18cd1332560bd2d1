"""The pages on which a director compiles a copy of a dossier."""
