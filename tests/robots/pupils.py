"""Somebody in front of the lists of people."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from tests.robots.office import OfficeRobot
from ui.people.list import PupilsPage


class PupilsRobot(OfficeRobot):
    """Searches, filters, sorts, opens and adds."""

    def open(self) -> PupilsRobot:
        """Go to the list of pupils."""
        self.goto("people")
        return self

    @property
    def lists(self) -> PupilsPage:
        """The page itself."""
        assert isinstance(self.page, PupilsPage)
        return self.page

    @property
    def names(self) -> list[str]:
        """The names that are listed, in order."""
        model = self.lists.pane.table.model
        model.data(model.index(0, 0)) if model.ids else None
        self.settle()
        rows = (model.row_at(line) for line in range(len(model.ids)))
        return [row.cells["name"] for row in rows if row]

    @property
    def count(self) -> str:
        """What stands beside the search field."""
        return self.find(QLabel, "list_count").text()

    @property
    def face(self) -> str:
        """Which face the list shows."""
        return self.lists.pane.table.face

    def search(self, words: str) -> None:
        """Type in the search field and wait for the list."""
        table = self.lists.pane.table
        field = self.find(QLineEdit, "list_search")
        with self.qtbot.waitSignal(table.counted):
            field.setText(words)
        self.settle()

    def sort(self, column: int) -> None:
        """Click on the header of a column."""
        header = self.lists.pane.table.view.horizontalHeader()
        place = header.sectionViewportPosition(column) + 20
        point = header.viewport().rect().topLeft()
        point.setX(place)
        point.setY(header.height() // 2)
        self.click(header.viewport(), point)

    def choose(self, choice: str, words: str) -> None:
        """Choose in one of the filters."""
        self._fill(self.find(QWidget, choice), words)
        self.settle()

    def open_row(self, line: int = 0) -> None:
        """Choose a line and press Enter."""
        table = self.lists.pane.table
        table.view.setFocus()
        table.choose(table.model.ids[line])
        self.keys(Qt.Key.Key_Return)

    def add(self, **fields: Any) -> None:
        """Fill in a new pupil and press the button."""
        if not self.sheet_title:
            self.press("add_person")
        self.fill(**fields)
        self.press("sheet_save")
