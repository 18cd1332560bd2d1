"""What the register keeps of imports, at rest, and what an import asks of the register."""
