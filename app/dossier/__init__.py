"""Dossiers: what is filed about a pupil or a member of staff, in its own compartment."""
