"""A teacher at the composer: presses a group, reads one answer, takes out who is away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QWidget

from tests.ui.desks import settle
from ui.check.compose import ComposePage
from ui.kit.tiles import TileButton, TileGrid

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.shell.desk import Desk

LEFT = Qt.MouseButton.LeftButton


class ComposeRobot:
    """Does what a teacher does, and counts the presses.

    Attributes:
        clicks: how often something was pressed so far.
    """

    def __init__(self, qtbot: QtBot, desk: Desk, what: dict[str, str] | None = None) -> None:
        self._qtbot, self._desk = qtbot, desk
        self.clicks = 0
        self.page = ComposePage(desk)
        qtbot.addWidget(self.page)
        self.page.resize(1280, 800)
        with qtbot.waitActive(self.page):
            self.page.show()
            self.page.activateWindow()
        self.page.arrive(what or {})
        self.page.refresh()
        self.settle()

    def settle(self) -> None:
        """Wait for every answer."""
        settle(self._qtbot, self._desk)

    # -- by touch

    def press(self, name: str) -> None:
        """Press a button that can be seen, by its name."""
        self._click(next(b for b in self._buttons() if b.objectName() == name))

    def touch(self, title: str) -> None:
        """Press a tile that can be seen, by its title."""
        tiles = [b for b in self._buttons() if isinstance(b, TileButton)]
        self._click(next(tile for tile in tiles if tile.tile.title == title))

    def _click(self, button: QAbstractButton) -> None:
        self.clicks += 1
        QTest.mouseClick(button, LEFT)
        self.settle()

    def _buttons(self) -> list[QAbstractButton]:
        found = [*self.page.findChildren(QPushButton), *self.page.findChildren(TileButton)]
        return [button for button in found if button.isVisible()]

    # -- by keyboard

    def key(self, key: Qt.Key) -> None:
        """Press a key where the keyboard is."""
        QTest.keyClick(QApplication.focusWidget() or self.page, key)
        self.settle()

    # -- what is seen

    @property
    def face(self) -> str:
        """Which face is shown."""
        page = self.page
        faces: dict[QWidget | None, str] = {
            page.who: "who",
            page.outcome: "outcome",
            page.tick: "tick",
            page.start: "names",
            page.adults: "adults",
        }
        return faces[page.faces.currentWidget()]

    @property
    def word(self) -> str:
        """The one large word."""
        return self.page.outcome.big.word.text()

    @property
    def said(self) -> str:
        """What stands below it."""
        return self.page.outcome.big.said.text()

    def part(self, key: str) -> list[str]:
        """The names of the children who stand in a part: out, behind or in."""
        return _titles(self.page.outcome.sections[key].tiles)

    def details(self, key: str) -> list[str]:
        """What stands below the names in a part."""
        grid = self.page.outcome.sections[key].tiles
        return [b.tile.detail for b in grid.findChildren(TileButton) if not b.isHidden()]

    @property
    def here(self) -> list[str]:
        """The names of everybody in the answer."""
        return [name for key in ("out", "behind", "in") for name in self.part(key)]

    @property
    def words(self) -> str:
        """Everything that can be read."""
        labels = [w.text() for w in self.page.findChildren(QLabel) if w.isVisible()]
        buttons = [b.text() for b in self.page.findChildren(QPushButton) if b.isVisible()]
        return " ".join((*labels, *buttons))


def _titles(grid: TileGrid) -> list[str]:
    return [b.tile.title for b in grid.findChildren(TileButton) if not b.isHidden()]
