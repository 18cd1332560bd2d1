"""People and places at rest: tables and the questions asked of them."""
