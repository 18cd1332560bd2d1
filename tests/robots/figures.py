"""Somebody in the office who looks at figures and lets them leave without names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from tests.robots.pages import PageRobot
from ui.figures.page import FiguresPage
from ui.kit import ask

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from ui.shell.desk import Desk


class FiguresRobot(PageRobot):
    """Looks at the figures."""

    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        self.page = FiguresPage(desk)
        super().__init__(qtbot, desk, self.page)
        qtbot.waitUntil(lambda: self.page.figures is not None)
        self.settle()

    def turn(self, kind: str) -> None:
        """Look at other figures."""
        self.press(f"choice_{kind}")

    def save_table(self, path: Path) -> None:
        """Save the table where the person says."""
        with ask.scripted(path):
            self.press("save_csv")

    def said_in(self, part: QWidget) -> str:
        """Everything that a part of the page says."""
        return " ".join(label.text() for label in part.findChildren(QLabel))
