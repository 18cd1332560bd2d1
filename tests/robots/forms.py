"""Somebody in the office who makes forms, prints or saves them, and finds them again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.robots.pages import PageRobot
from ui.forms.page import FormsPage
from ui.kit import ask

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.shell.desk import Desk


class FormsRobot(PageRobot):
    """Makes consent forms."""

    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        self.page = FormsPage(desk)
        super().__init__(qtbot, desk, self.page)

    def choose(self, group_id: str = "", pupil_id: str = "") -> None:
        """Arrive for a group or a pupil."""
        what = {"group_id": group_id, "pupil_id": pupil_id}
        self.page.arrive({key: value for key, value in what.items() if value})
        self.settle()

    def show(self) -> None:
        """Press to see the forms."""
        self.press("forms_show")

    @property
    def takers(self) -> list[str]:
        """Who gets a form, about which pupil."""
        model = self.page.maker.takers.model
        rows = range(model.rowCount())
        return [f"{model.index(r, 0).data()} / {model.index(r, 1).data()}" for r in rows]

    @property
    def pages(self) -> int:
        """How many pages are shown."""
        return self.page.maker.preview.page_count

    def print(self) -> None:
        """As when the printer took every page."""
        self.page.maker.preview.printed.emit()
        self.settle()

    def save(self, path: Path) -> None:
        """Save where the person says."""
        with ask.scripted(path):
            self.press("preview_save")

    @property
    def issued(self) -> list[str]:
        """The numbers of the forms that were issued."""
        model = self.page.issued.table.model
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]
