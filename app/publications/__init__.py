"""Publications: what was used where, who is in it, and what has to be taken down."""
