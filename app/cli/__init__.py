"""The command line, for IT and for scripts."""
