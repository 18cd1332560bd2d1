"""One reader for each kind of source, and how a list's columns are understood."""
