"""Beginning a register, and what has to be in order whenever somebody signs in."""
