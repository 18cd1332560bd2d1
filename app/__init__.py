"""The domain and its use cases: knows no Qt, no SQL and no PDF."""
