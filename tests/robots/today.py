"""Somebody at the start of the day."""

from __future__ import annotations

from tests.robots.office import OfficeRobot
from ui.today.page import FigureCard, TaskButton


class TodayRobot(OfficeRobot):
    """Reads the figures and goes to work."""

    def open(self) -> TodayRobot:
        """Go to the start page."""
        self.goto("today")
        return self

    @property
    def figures(self) -> list[str]:
        """The cards as a screen reader says them."""
        cards = self.page.findChildren(FigureCard)
        return [card.accessibleName() for card in cards if card.isVisible()]

    @property
    def tasks(self) -> list[str]:
        """The names of the buttons, one for each task."""
        buttons = self.page.findChildren(TaskButton)
        return [button.objectName() for button in buttons if button.isVisible()]
