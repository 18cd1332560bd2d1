"""What every page stands on: its desk, its drafts, and the list of all pages."""
