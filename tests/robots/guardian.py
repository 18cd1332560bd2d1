"""Somebody in front of the page of one guardian."""

from __future__ import annotations

from tests.robots.office import OfficeRobot


class GuardianRobot(OfficeRobot):
    """Reads children and address, changes them, notes authority."""

    def open(self, guardian_id: str) -> GuardianRobot:
        """Go to a guardian."""
        self.goto("guardian", guardian_id=guardian_id)
        return self
