"""Publications at rest: tables and the questions asked of them."""
