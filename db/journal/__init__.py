"""The journal as it is read: questions asked of it."""
