"""How keys are made, derived, wrapped, sealed and forgotten; knows no register and no file."""
