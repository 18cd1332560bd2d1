"""Asking on the screen: rounds, who waits for what, and the forms that go out."""
