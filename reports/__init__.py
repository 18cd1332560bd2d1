"""Paper: draws documents from plain values, in memory, every font embedded."""
