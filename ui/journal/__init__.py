"""The journal on screen: verifying it, and looking at its entries."""
