"""Drawing receipts of what somebody decided."""
