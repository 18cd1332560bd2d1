"""The consent form, at known millimetres."""
