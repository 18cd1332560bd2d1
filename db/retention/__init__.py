"""What was destroyed, at rest."""
