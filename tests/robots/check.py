"""A teacher at the check screen: types letters, presses tiles, reads answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from tests.ui.desks import settle
from ui.check.page import CheckPage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.kit.badge import VerdictTile
    from ui.kit.tiles import TileGrid
    from ui.shell.desk import Desk


class CheckRobot:
    """Does what a teacher does, and sees what he sees."""

    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        self._qtbot, self._desk = qtbot, desk
        self.page = CheckPage(desk)
        qtbot.addWidget(self.page)
        self.page.resize(1280, 800)
        self.page.show()
        self.page.refresh()
        self.settle()

    def settle(self) -> None:
        """Wait for every answer."""
        settle(self._qtbot, self._desk)

    # -- by keyboard

    def type(self, letters: str) -> None:
        """Type letters, wherever the keyboard is."""
        field = self.page.start.field
        for letter in letters:
            if letter.isascii():
                QTest.keyClicks(field, letter)
            else:
                field.insert(letter)

    def enter(self) -> None:
        """Press Enter in the field and read on."""
        QTest.keyClick(self.page.start.field, Qt.Key.Key_Return)
        self.settle()

    def escape(self) -> None:
        """Press Esc."""
        QTest.keyClick(self.page, Qt.Key.Key_Escape)
        self.settle()

    # -- by touch

    def press(self, name: str) -> None:
        """Press a button that can be seen, by its name."""
        found = [b for b in self.page.findChildren(QPushButton, name) if b.isVisible()]
        QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)
        self.settle()

    def touch_group(self, name: str) -> None:
        """Press the tile of a group."""
        self._touch(self.page.start.groups, name)

    def touch_name(self, name: str) -> None:
        """Press the tile of a pupil in a group."""
        self._touch(self.page.names.names, name)

    def _touch(self, grid: TileGrid, title: str) -> None:
        tile = next(b for b in grid._buttons if b.isVisible() and b.tile.title == title)
        QTest.mouseClick(tile, Qt.MouseButton.LeftButton)
        self.settle()

    # -- what is seen

    @property
    def face(self) -> str:
        """Which face is shown."""
        faces: dict[QWidget | None, str] = {
            self.page.start: "start",
            self.page.names: "names",
            self.page.pupil: "pupil",
        }
        return faces[self.page.faces.currentWidget()]

    @property
    def name(self) -> str:
        """The large name."""
        return self.page.pupil.name.text()

    @property
    def who(self) -> tuple[str, str]:
        """That somebody is an adult, or nothing; and where he or she belongs."""
        face = self.page.pupil
        return face._kind.text() if face._kind.isVisible() else "", face._place.text()

    @property
    def tiles(self) -> tuple[VerdictTile, ...]:
        """The answer tiles."""
        return self.page.pupil.tiles.shown

    @property
    def answers(self) -> set[str]:
        """The different large words."""
        return {tile.answer for tile in self.tiles}

    @property
    def warns(self) -> bool:
        """Whether the band says that nothing can be trusted."""
        return self.page.pupil.warn.isVisible()
