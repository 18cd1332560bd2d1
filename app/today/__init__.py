"""The start page: what needs doing, per role."""
