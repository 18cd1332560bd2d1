"""The receipt of what somebody decided."""
