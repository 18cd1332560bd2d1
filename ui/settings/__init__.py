"""The settings: the school, its people with access, this machine, and how the window looks."""
