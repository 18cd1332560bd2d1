"""Printed lists of who may be shown: made, numbered, and known until they are back."""
