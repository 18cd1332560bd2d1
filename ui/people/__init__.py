"""Pupils, guardians, authority and staff on the screen."""
