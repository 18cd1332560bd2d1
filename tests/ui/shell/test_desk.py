"""What a page gets, and what it hears."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from app.people.places import save_site
from tests.ui.desks import desk_for, settle
from ui.shell.drafts import Draft

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.ports import Committed
    from tests.registers import School


class Listener(QObject):
    """Keeps what it hears."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[Any] = []

    def hear(self, value: object) -> None:
        """Keep a value."""
        self.heard.append(value)


def test_a_page_hears_what_was_committed(qtbot: QtBot, school: School) -> None:
    desk = desk_for(qtbot, school.administrator)
    heard = Listener()
    desk.changed.connect(heard.hear)
    desk.ask(partial(save_site, name="Werkendam", town=""), heard.hear, heard)
    settle(qtbot, desk)
    qtbot.waitUntil(lambda: len(heard.heard) == 2)
    committed: Committed = heard.heard[0]
    assert committed.act == "site_saved"


def test_a_draft_comes_back_to_its_own_page(qtbot: QtBot, school: School) -> None:
    desk = desk_for(qtbot, school.teacher)
    heard = Listener()
    desk.keep_draft(Draft("breach", "Melding", {"facts": "iets"}, {"pupil_id": "a"}))
    desk.find_draft("breach", heard.hear, heard, pupil_id="a")
    desk.find_draft("breach", heard.hear, heard)
    settle(qtbot, desk)
    found, other = heard.heard
    assert isinstance(found, Draft)
    assert found.values == {"facts": "iets"}
    assert other is None
