"""What somebody does in the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from tests.robots import part
from tests.ui.desks import settle
from ui.kit.form import Form
from ui.settings.page import SettingsPage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.kit.sided import SideSheet
    from ui.shell.desk import Desk


class SettingsRobot:
    """Opens sections, fills sheets and reads what is shown."""

    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        self._qtbot, self._desk = qtbot, desk
        self.page = SettingsPage(desk)
        qtbot.addWidget(self.page)
        self.page.show()

    @property
    def sheet(self) -> SideSheet:
        """The sheet that is open."""
        assert self.page.sheet is not None
        return self.page.sheet

    @property
    def form(self) -> Form:
        """The form of the sheet that is open."""
        (form,) = self.sheet.findChildren(Form)
        return form

    def open(self, section: str) -> None:
        """Go to a section."""
        part(self.page, QPushButton, f"section_{section}").click()
        self.settle()

    def press(self, name: str) -> None:
        """Press a button by its name, and wait."""
        part(self.page, QPushButton, name).click()
        self.settle()

    def press_spoken(self, name: str) -> None:
        """Press a button by what a screen reader calls it, and wait."""
        buttons = self.page.findChildren(QPushButton)
        next(button for button in buttons if button.accessibleName() == name).click()
        self.settle()

    def save_sheet(self, **values: object) -> None:
        """Fill the sheet and save it."""
        part(self.sheet, Form).set_values(values)
        self.press("sheet_save")

    def words(self) -> str:
        """Everything that stands in the section, as one text."""
        from ui.kit.label import Text

        texts = self.page.findChildren(Text)
        return "\n".join(text.text() for text in texts if text.isVisible())

    def said(self) -> str:
        """What stands in the message bar."""
        return self.page.bar.words

    def settle(self) -> None:
        """Wait until nothing is running."""
        settle(self._qtbot, self._desk)
