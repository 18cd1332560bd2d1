"""Printed lists at rest: tables and the questions asked of them."""
