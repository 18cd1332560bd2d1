"""The register as a whole: its users, its school, its settings, signing in and locking."""
