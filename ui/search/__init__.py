"""The global search: what it finds, and where each hit leads."""
