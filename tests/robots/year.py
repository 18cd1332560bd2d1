"""Somebody who begins a new school year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from tests.robots.office import OfficeRobot
from ui.people.year import YearPage

if TYPE_CHECKING:
    from ui.people.yearrows import GroupRow


class YearRobot(OfficeRobot):
    """Names groups, sets pupils apart, begins."""

    def open(self) -> YearRobot:
        """Go there from the list of pupils, as somebody would who looks for it."""
        self.goto("people")
        self.deed("do_year")
        return self

    @property
    def year(self) -> YearPage:
        """The page itself."""
        assert isinstance(self.page, YearPage)
        return self.page

    def row(self, group: str) -> GroupRow:
        """The row of a group by its name now."""
        return next(row for row in self.year.rows.values() if row.group.called == group)

    @property
    def names(self) -> dict[str, str]:
        """What every group becomes."""
        return {row.group.called: row.group.to for row in self.year.rows.values()}

    def rename(self, group: str, name: str) -> None:
        """Give a group another name in the new year."""
        field = self.find(QLineEdit, self.row(group).name.objectName())
        field.setFocus()
        field.selectAll()
        self.qtbot.keyClicks(field, name) if name else field.clear()
        self.row(group).refresh()
        field.editingFinished.emit()
        self.settle()

    def name_new(self, name: str) -> None:
        """Give the group that was added last a name."""
        field = list(self.year.added.values())[-1].name
        field.setFocus()
        self.qtbot.keyClicks(field, name)
        field.editingFinished.emit()
        self.settle()

    def leaves(self, group: str) -> None:
        """Tick, or untick, that a group leaves the school."""
        self._fill(self.row(group).leaves, not self.row(group).leaves.isChecked())
        self.settle()

    def unfold(self, group: str) -> None:
        """Show the pupils of a group."""
        self.click(self.find(QPushButton, self.row(group).unfold.objectName()))

    def set_apart(self, pupil_id: str, where: str) -> None:
        """Say where a pupil goes instead."""
        self._fill(self.find(QWidget, f"field_apart_{pupil_id}"), where)
        self.settle()
