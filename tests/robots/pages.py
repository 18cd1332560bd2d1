"""What every robot can do: show a page, wait, press what can be seen, follow the way to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from tests.ui.desks import settle

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.kit.page import Page
    from ui.shell.desk import Desk


class PageRobot:
    """Somebody in front of one page."""

    def __init__(self, qtbot: QtBot, desk: Desk, page: Page) -> None:
        self.qtbot, self.desk, self.shown = qtbot, desk, page
        self.went: list[tuple[str, dict[str, str]]] = []
        desk.gone_to.connect(self._went)
        qtbot.addWidget(page)
        page.resize(1280, 900)
        page.show()
        page.refresh()
        self.settle()

    def settle(self) -> None:
        """Wait for every answer, and until what follows from it is on the screen."""
        settle(self.qtbot, self.desk)

    def press(self, name: str) -> None:
        """Press a button that can be seen and used, by its name."""
        button = self.button(name)
        assert button.isEnabled(), f"{name} cannot be pressed"
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def button(self, name: str) -> QPushButton:
        """A button that can be seen."""
        found = [b for b in self.shown.findChildren(QPushButton, name) if b.isVisible()]
        assert found, f"{name} is not there"
        return found[-1]

    def sees(self, name: str) -> bool:
        """Whether a button can be seen."""
        return any(b.isVisible() for b in self.shown.findChildren(QPushButton, name))

    @property
    def said(self) -> str:
        """What the message bar says."""
        return self.shown.bar.words

    def _went(self, page_id: str, what: dict[str, str]) -> None:
        self.went.append((page_id, dict(what)))
