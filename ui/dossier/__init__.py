"""Dossiers on the screen: who has one, what stands in it, and the cases in it."""
