"""A director who writes the school's own protocol, and anybody who reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.robots.pages import PageRobot
from ui.kit import ask
from ui.kit.label import Text
from ui.protocol.edit import ProtocolEditPage
from ui.protocol.page import ProtocolPage
from ui.shell.sheets import FormSheet

if TYPE_CHECKING:
    from datetime import date

    from pytestqt.qtbot import QtBot

    from ui.shell.desk import Desk


class ReaderRobot(PageRobot):
    """Reads the protocol."""

    def __init__(self, qtbot: QtBot, desk: Desk, key: str = "") -> None:
        self.page = ProtocolPage(desk)
        if key:
            self.page.arrive({"key": key})
        super().__init__(qtbot, desk, self.page)

    @property
    def words(self) -> str:
        """Everything that can be read on the page."""
        labels = self.page.findChildren(Text)
        return "\n".join(label.text() for label in labels if label.isVisible())

    def note(self, name: str, on: date | None) -> None:
        """Note one date of the version that is shown."""
        self.press(f"note_{name}")
        sheet = self.page.sheet
        assert isinstance(sheet, FormSheet)
        sheet.form.set_values({"on": on})
        self.press("sheet_save")


class WriterRobot(PageRobot):
    """Writes a version."""

    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        self.page = ProtocolEditPage(desk)
        super().__init__(qtbot, desk, self.page)

    def article(self, press: str, **values: object) -> None:
        """Open the sheet of an article, fill it in and take it over."""
        self.press(press)
        sheet = self.page.sheet
        assert isinstance(sheet, FormSheet)
        sheet.form.set_values(values)
        self.press("sheet_save")

    def begin(self, *, agree: bool = True) -> None:
        """Put it in force."""
        with ask.scripted(agree):
            self.press("protocol_begin")
