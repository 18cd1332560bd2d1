"""Everything at rest: keys, compartments, tables, journal, attached files."""
