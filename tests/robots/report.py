"""Somebody who reports a breach, and later looks what became of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests.robots.pages import PageRobot
from ui.breach.mine import MyReportsPage
from ui.breach.report import ReportPage
from ui.kit import ask

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.breach.paper import ReportForm
    from ui.shell.desk import Desk

FACTS = "Op een openbaar account stond een foto van de les. Twee kinderen zijn herkenbaar."


class ReportRobot(PageRobot):
    """Fills in a report and sends it."""

    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        self.page = ReportPage(desk)
        super().__init__(qtbot, desk, self.page)

    @property
    def paper(self) -> ReportForm:
        """The form."""
        assert self.page.paper is not None
        return self.page.paper

    def fill(self, kind: str = "staff", name: str = "Kees Smit", article: str = "A5") -> None:
        """Fill in everything that must be there."""
        paper = self.paper
        self.choose_kind(kind)
        paper.actor.show_actor(name)
        paper.when.set_values({"occurred_on": date(2026, 11, 19)})
        paper.where.set_values({"place": "Instagram"})
        paper.what.set_values({"facts": FACTS})
        paper.show_more()
        paper.later.set_values(
            {"discovered_on": date(2026, 11, 20), "opinion": "Vermoedelijk niet zo bedoeld."}
        )
        paper.articles.set_value((article,))
        paper.articles.told()

    def choose_kind(self, kind: str) -> None:
        """Choose whom it is about."""
        self.paper.who.set_values({"actor_kind": kind})
        self.paper._edited("actor_kind")

    def take_pupil(self, letters: str) -> str:
        """Choose a pupil by a few letters; his name."""
        self.paper.show_more()
        self.paper.affected.typed.setText(letters)
        self.paper.affected._search()
        self.settle()
        self.press("hit_0")
        return self.paper.affected.value()[-1].name

    def add_file(self, path: Path, obtained: str = "schermafbeelding") -> None:
        """Add a file, and say how it was obtained."""
        with ask.scripted(path):
            self.press("add_file")
        self.paper.files._rows[-1]._obtained.set_value(obtained)

    def send(self, *, agree: bool = True) -> None:
        """Press send and answer the question."""
        with ask.scripted(agree):
            self.press("report_send")


class MineRobot(PageRobot):
    """Looks at his own reports."""

    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        self.page = MyReportsPage(desk)
        super().__init__(qtbot, desk, self.page)

    @property
    def states(self) -> list[str]:
        """What is said of each report."""
        model = self.page.table.model
        return [str(model.index(row, 2).data()) for row in range(model.rowCount())]
