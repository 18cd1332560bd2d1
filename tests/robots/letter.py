"""A director who writes a letter, issues it and prints it again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests.robots.pages import PageRobot
from ui.kit import ask
from ui.letters.page import LetterPage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytestqt.qtbot import QtBot

    from ui.shell.desk import Desk


class LetterRobot(PageRobot):
    """One letter, being written or issued."""

    def __init__(self, qtbot: QtBot, desk: Desk, what: Mapping[str, str]) -> None:
        self.page = LetterPage(desk)
        self.page.arrive(what)
        super().__init__(qtbot, desk, self.page)

    def fill(self, **answers: object) -> None:
        """Fill in what the step asks, and see it drawn."""
        assert self.page.form is not None
        assert self.page._begun is not None
        asked = {ask.field: _something(ask.kind) for ask in self.page._begun.asks}
        self.page.form.set_values({**asked, **answers})
        self.page._draw()
        self.settle()

    def issue(self) -> str:
        """Issue it; the id of the letter."""
        with ask.scripted(True):
            self.press("letter_issue")
        return self.page._what["letter_id"]

    @property
    def bytes(self) -> bytes:
        """The very bytes that are shown."""
        return self.page._bytes


def _something(kind: str) -> object:
    return date(2026, 12, 15) if kind == "day" else "Er is een foto geplaatst."
