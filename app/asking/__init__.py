"""Asking for consent: who has to be asked and why, who was asked, reminded, and waits."""
