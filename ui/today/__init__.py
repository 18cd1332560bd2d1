"""The start of the day on the screen."""
