"""Breaches on the screen: writing a report, what became of it, the inbox, and the protocol."""
