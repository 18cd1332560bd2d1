"""Printed lists: making one, and knowing which are out there."""
