"""Consent forms on the screen: for a pupil or a group, shown as they are printed."""
