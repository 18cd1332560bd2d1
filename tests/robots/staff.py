"""Somebody in the office at the page of a member of staff."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from tests.robots.pages import PageRobot
from ui.people.staff import StaffPage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.shell.desk import Desk


class StaffRobot(PageRobot):
    """Looks at one adult."""

    def __init__(self, qtbot: QtBot, desk: Desk, staff_id: str) -> None:
        self.page = StaffPage(desk)
        self.page.arrive({"staff_id": staff_id})
        super().__init__(qtbot, desk, self.page)
        qtbot.waitUntil(lambda: self.page.member is not None)
        self.settle()

    @property
    def words(self) -> str:
        """Everything that the page says."""
        return " ".join(label.text() for label in self.page.findChildren(QLabel))
