"""A director who reads a dossier, adds to it, and takes steps in a case."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from app.duties.steps import WHY
from app.procedures.procedure import COURSE
from tests.robots.pages import PageRobot
from ui.dossier.case import CasePage
from ui.dossier.entry import EntrySheet
from ui.dossier.page import DossierPage
from ui.dossier.sheets import StepSheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytestqt.qtbot import QtBot

    from app.procedures.procedure import Ask
    from ui.shell.desk import Desk


class DossierRobot(PageRobot):
    """Reads one dossier."""

    def __init__(self, qtbot: QtBot, desk: Desk, what: Mapping[str, str]) -> None:
        self.page = DossierPage(desk)
        self.page.arrive(what)
        super().__init__(qtbot, desk, self.page)

    @property
    def kinds(self) -> list[str]:
        """The kinds of what stands in it, oldest first."""
        assert self.page._opened is not None
        return [item.kind for item in self.page._opened.timeline]

    @property
    def case_id(self) -> str:
        """The first case."""
        assert self.page._opened is not None
        return self.page._opened.cases[0].id

    def add_note(self, title: str, body: str) -> None:
        """Add a note of facts."""
        self.press("entry_add")
        sheet = self.page.sheet
        assert isinstance(sheet, EntrySheet)
        sheet.form.set_values({"kind": "note", "title": title, "body": body})
        self.press("sheet_save")

    def look(self, name: str) -> bytes:
        """Open a file by its name; its bytes."""
        buttons = self.page.findChildren(QPushButton, "trail_eye")
        next(button for button in buttons if button.text() == name).click()
        self.settle()
        return self.page.view.content


class CaseRobot(PageRobot):
    """Deals with one case."""

    def __init__(self, qtbot: QtBot, desk: Desk, compartment: str, case_id: str) -> None:
        self.page = CasePage(desk)
        self.page.arrive({"compartment": compartment, "case_id": case_id})
        super().__init__(qtbot, desk, self.page)

    def take(self, step_id: str, **answers: object) -> None:
        """Take a step; what is not given is filled with something that fits."""
        self.press(f"step_{step_id}")
        sheet = self.page.sheet
        assert isinstance(sheet, StepSheet)
        asked = {ask.field: _something(ask) for ask in sheet.asks}
        given = {WHY: "Dat komt na de vakantie.", **asked, **answers}
        if sheet.picker is not None:
            sheet.picker.take(str(given[COURSE]))
        sheet.form.set_values(given)
        self.press("sheet_save")

    def choose(self, course: str = "staff_written_warning@1") -> None:
        """Choose how it goes on."""
        self.take("choose_course", course=course)

    @property
    def possible(self) -> list[str]:
        """The steps that can be taken now."""
        assert self.page._opened is not None
        return [found.step.id for found in self.page._opened.possible if found.possible]


def _something(ask: Ask) -> object:
    if ask.options:
        return ask.options[0].key
    day = date(2026, 11, 22)
    return day if ask.kind == "day" else "op school, met een notulist erbij"
