"""Files as they come: opened, told apart, taken to pieces, and what of them may not be read."""
