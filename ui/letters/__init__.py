"""Letters on the screen: writing, looking over, issuing, and printing again."""
