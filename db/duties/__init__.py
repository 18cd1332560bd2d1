"""How duties and what was weighed are kept beside the cases."""
