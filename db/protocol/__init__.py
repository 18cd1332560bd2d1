"""How the school's own protocol is kept."""
