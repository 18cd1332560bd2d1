"""Lists that leave as CSV or Excel, marked, and harmless to open."""
