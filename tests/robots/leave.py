"""Somebody who gives leave to use social media, and withdraws it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from tests.robots.pages import PageRobot
from ui.leave.page import LeavePage
from ui.shell.sheets import FormSheet

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.kit.form import Form, Value
    from ui.shell.desk import Desk


class LeaveRobot(PageRobot):
    """Looks at all leave."""

    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        self.page = LeavePage(desk)
        super().__init__(qtbot, desk, self.page)

    @property
    def form(self) -> Form:
        """The form of the sheet that is open."""
        assert isinstance(self.page.sheet, FormSheet)
        return self.page.sheet.form

    def fill(self, **values: Value) -> None:
        """Fill in the sheet and send it."""
        self.form.set_values(values)
        self.press("sheet_save")

    @property
    def words(self) -> str:
        """Everything that the rows say."""
        return " ".join(label.text() for label in self.page.rows.findChildren(QLabel))
