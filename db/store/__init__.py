"""One encrypted file per compartment: its engine, records, journal and attached files."""
