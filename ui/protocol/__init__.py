"""The school's protocol on the screen: to read, and for a director to write."""
