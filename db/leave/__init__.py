"""How leave for staff is kept."""
