"""Sheets about access: the recovery sheet and the sheet for a new user."""
