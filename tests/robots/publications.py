"""Somebody of the office at the publications, or a teacher who says that something was used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from tests.robots.pages import PageRobot
from ui.kit import ask
from ui.models.rows import ID_ROLE
from ui.publications.page import PublicationsPage
from ui.publications.publish import PublishPage
from ui.publications.sheet import PublicationSheet
from ui.publications.steps import BreachSheet, StepSheet

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.kit.form import Form
    from ui.shell.desk import Desk


class PublicationsRobot(PageRobot):
    """Looks at what must be taken down, and does it."""

    def __init__(self, qtbot: QtBot, desk: Desk, what: dict[str, str] | None = None) -> None:
        self.page = PublicationsPage(desk)
        self.page.arrive(what or {})
        super().__init__(qtbot, desk, self.page)

    @property
    def words(self) -> str:
        """Everything that can be read."""
        return " ".join(w.text() for w in self.page.findChildren(QLabel) if w.isVisible())

    @property
    def titles(self) -> list[str]:
        """The titles in the table that is shown, in order."""
        model = self.page.tables[self.page.faces.key].model
        place = 1 if self.page.faces.key == "tasks" else 0
        return [str(model.index(row, place).data()) for row in range(model.rowCount())]

    def waits_for(self, title: str) -> None:
        """Wait until a publication stands in the table that is shown."""
        self.qtbot.waitUntil(lambda: title in self.titles)

    def waits_without(self, title: str) -> None:
        """Wait until a publication stands there no more."""
        self.qtbot.waitUntil(lambda: title not in self.titles)

    def reads(self, words: str) -> None:
        """Wait until words can be read."""
        self.qtbot.waitUntil(lambda: words in self.words)

    def choose(self, title: str) -> None:
        """Choose a publication in the table that is shown, once it is there."""
        self.waits_for(title)
        table = self.page.tables[self.page.faces.key]
        row = self.titles.index(title)
        table.choose(str(table.model.index(row, 0).data(ID_ROLE)))
        self.settle()
        self.qtbot.waitUntil(lambda: self._shown == title)

    @property
    def _shown(self) -> str:
        """The title of the publication beside the table."""
        view = self.page.details.view
        return view.publication.title if view is not None else ""

    @property
    def form(self) -> Form:
        """The form of the sheet that is open."""
        sheet = self.page.sheet
        assert isinstance(sheet, PublicationSheet | StepSheet | BreachSheet)
        return sheet.form

    def fill(self, **values: object) -> None:
        """Type into the sheet that is open."""
        self.form.set_values(values)
        for key in values:
            self.form.changed.emit(key)

    def find_person(self, text: str) -> None:
        """Type a name where people are found, and wait for who is found."""
        sheet = self.page.sheet
        assert isinstance(sheet, PublicationSheet)
        sheet.who._search.setText(text)
        sheet.who._typing.stop()
        sheet.who._find()
        self.settle()

    def choose_proof(self, path: Path) -> None:
        """Choose the file that shows that something is gone."""
        with ask.scripted(path):
            self.press("choose_proof")

    def save(self) -> None:
        """Press the main button of the sheet."""
        self.press("sheet_save")


class PublishRobot(PageRobot):
    """Says what a composition was used for."""

    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        self.page = PublishPage(desk)
        super().__init__(qtbot, desk, self.page)

    def say(self, title: str, **values: object) -> None:
        """Fill in a title and record it."""
        self.page.form.set_values({"title": title, **values})
        self.press("publish_save")
