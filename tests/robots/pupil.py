"""Somebody in front of the page of one pupil."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QWidget

from tests.robots.office import OfficeRobot
from ui.consent.answers import AnswerList
from ui.kit.grid import ConsentGrid
from ui.kit.table import Table


class PupilRobot(OfficeRobot):
    """Reads the grid, records, withdraws, looks back and undoes."""

    def open(self, pupil_id: str) -> PupilRobot:
        """Go to a pupil."""
        self.goto("pupil", pupil_id=pupil_id)
        return self

    @property
    def grid(self) -> ConsentGrid:
        """The grid itself."""
        return self.find(ConsentGrid, "")

    def line(self, use: str) -> list[str]:
        """The words of a line of the grid, from left to right."""
        model = self.grid.model()
        for row in range(model.rowCount()):
            words = [str(model.index(row, c).data()) for c in range(model.columnCount())]
            if words[0] == use:
                return words
        msg = f"no line {use}"
        raise AssertionError(msg)

    def verdict(self, use: str) -> str:
        """The verdict in a line of the grid."""
        return self.line(use)[-2]

    def click_cell(self, use: str, column: int) -> None:
        """Click on a cell of the grid."""
        model = self.grid.model()
        rows = range(model.rowCount())
        row = next(r for r in rows if model.index(r, 0).data() == use)
        self.grid.scrollTo(model.index(row, column))
        box = self.grid.visualRect(model.index(row, column))
        self.click(self.grid.viewport(), box.center())

    def answer(self, use: str, answer: str) -> None:
        """Press yes or no for a use in the open sheet."""
        row = self.find(AnswerList, "").row(use)
        button = row.findChild(QPushButton, f"press_{answer}")
        assert button is not None
        self.click(button)

    def undo(self) -> None:
        """Press the button of the message bar."""
        self.press("bar_action")

    def more(self, guardian: int, action: str) -> None:
        """Choose an action from the menu of a guardian."""
        found = [w for w in self.page.findChildren(QWidget, "guardian_more") if w.isVisible()]
        self.click(found[guardian])
        menu = found[guardian].findChild(QMenu)
        assert menu is not None
        next(a for a in menu.actions() if a.objectName() == action).trigger()
        menu.close()
        self.settle()

    def find_guardian(self, words: str) -> None:
        """Search in the sheet that relates somebody; choose the first hit of a search."""
        table = self.find(Table, "")
        field = self.find(QLineEdit, "find_guardian")
        with self.qtbot.waitSignal(table.counted):
            field.setText(words or "w")
        self.settle()
        if words:
            table.choose(table.model.ids[0])

    @property
    def grid_titles(self) -> list[str]:
        """The headers of the grid."""
        model = self.grid.model()
        across = Qt.Orientation.Horizontal
        return [str(model.headerData(c, across)) for c in range(model.columnCount())]
