"""The journal on screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.people.people import PupilDraft, save_pupil
from app.record import Compartment
from app.start.begin import make_ready
from tests.ui.desks import desk_for, run_here, settle
from ui.journal.page import JournalPage
from ui.kit import ask

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.registers import School
    from ui.shell.desk import Desk


@pytest.fixture
def desk(qtbot: QtBot, school: School) -> Desk:
    """The desk of a director whose register has some entries."""
    found = desk_for(qtbot, school.director)
    run_here(found, make_ready)
    return found


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> JournalPage:
    """The journal page with its entries read."""
    found = JournalPage(desk)
    qtbot.addWidget(found)
    found.refresh()
    settle(qtbot, desk)
    return found


def test_the_newest_entry_stands_first_in_words(page: JournalPage) -> None:
    assert page.table.model.rowCount() == 4
    assert page._rows[0].cells["act"] == "schooljaar begonnen"
    assert page._rows[0].cells["who"] == "Jan de Wit"


def test_a_sound_register_is_in_order(qtbot: QtBot, page: JournalPage, desk: Desk) -> None:
    page.verify()
    settle(qtbot, desk)
    assert "in orde" in page.bar.words
    assert page.outcome.count() == len(Compartment)


def test_the_report_is_saved_as_plain_text(
    qtbot: QtBot, page: JournalPage, desk: Desk, tmp_path: Path
) -> None:
    page.verify()
    settle(qtbot, desk)
    file = tmp_path / "report.txt"
    with ask.scripted(file):
        page.export.click()
    settle(qtbot, desk)
    assert "Toestemming: 4 · " in file.read_text("utf-8")


def test_an_administrator_sees_consent_only(qtbot: QtBot, school: School) -> None:
    desk = desk_for(qtbot, school.administrator)
    page = JournalPage(desk)
    qtbot.addWidget(page)
    assert page.parts._keys == ["consent"]
    settle(qtbot, desk)


def test_an_entry_says_whom_it_is_about_by_name(
    qtbot: QtBot, page: JournalPage, desk: Desk
) -> None:
    run_here(desk, lambda session: save_pupil(session, PupilDraft("Zoë", "van der", "Wal")))
    page.refresh()
    settle(qtbot, desk)
    newest = page._rows[0].cells
    assert (newest["act"], newest["subject"]) == ("leerling toegevoegd", "Zoë van der Wal")
