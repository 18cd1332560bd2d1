"""Somebody who makes lists, prints or saves them, and notes which are back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from tests.robots.pages import PageRobot
from ui.kit import ask
from ui.lists.make import MakeListPage
from ui.lists.page import ListsPage
from ui.models.rows import ID_ROLE

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.kit.table import Table
    from ui.shell.desk import Desk


class MakeListRobot(PageRobot):
    """Makes a list; counts the presses.

    Attributes:
        clicks: how often something was pressed so far.
    """

    def __init__(self, qtbot: QtBot, desk: Desk, what: dict[str, str] | None = None) -> None:
        self.page = MakeListPage(desk)
        self.clicks = 0
        self.page.arrive(what or {})
        super().__init__(qtbot, desk, self.page)

    def choose(self, group: str) -> None:
        """Press a group in the list of groups."""
        model = self.page.groups.model
        names = [model.index(row, 0).data() for row in range(model.rowCount())]
        self.page.groups.view.selectRow(names.index(group))
        self.clicks += 1
        self.settle()

    def press_counted(self, name: str) -> None:
        """Press a button."""
        self.clicks += 1
        self.press(name)

    def print(self) -> None:
        """Press Print and choose a printer."""
        self.clicks += 1
        with ask.scripted(None):
            self.press("preview_print")
        self.page.preview.print_chosen.emit()
        self.settle()

    def save(self, path: Path) -> None:
        """Save where the person says."""
        with ask.scripted(path):
            self.press("preview_save")

    @property
    def pages(self) -> int:
        """How many pages are shown."""
        return self.page.preview.page_count


class ListsRobot(PageRobot):
    """Looks at the lists that are out there."""

    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        self.page = ListsPage(desk)
        super().__init__(qtbot, desk, self.page)

    def choose(self, number: str) -> None:
        """Choose the list with a number."""
        self.table.choose(self._ids[self.numbers.index(number)])
        self.settle()

    @property
    def words(self) -> str:
        """Everything that can be read."""
        return " ".join(w.text() for w in self.page.findChildren(QLabel) if w.isVisible())

    @property
    def table(self) -> Table:
        """The table that is shown."""
        return self.page.tables[self.page.faces.key]

    @property
    def numbers(self) -> list[str]:
        """The numbers in the table, in order."""
        known = {**{i: s.list for i, s in self.page._states.items()}}
        known |= {i: printed for i, (printed, _) in self.page._all.items()}
        return [known[id].number for id in self._ids]

    @property
    def states(self) -> list[str]:
        """How the lists stand, in order."""
        model = self.table.model
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    @property
    def _ids(self) -> list[str]:
        model = self.table.model
        return [str(model.index(row, 0).data(ID_ROLE)) for row in range(model.rowCount())]
