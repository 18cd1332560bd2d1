"""One search for people, actions and help."""
