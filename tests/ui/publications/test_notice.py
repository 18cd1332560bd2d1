"""A director says at a publication what became of telling the authority."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QPushButton

from app.publications.board import publication_view
from app.publications.record import record_publication
from app.publications.steps import answer_breach
from tests.app.publications.deeds import told
from tests.journeys.families import add_family
from tests.robots import part
from tests.ui.desks import desk_for, run_here, settle
from ui.publications.page import PublicationsPage
from ui.publications.steps import NoticeSheet

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.publications.records import BreachAnswer
    from tests.registers import School
    from ui.shell.desk import Desk


@pytest.fixture
def answer(school: School) -> BreachAnswer:
    """The office answered that a publication was a data breach."""
    at = told(school.administrator())
    bram = add_family(at.session, at.place, "Bram")
    noticed_at = at.session.clock.now() - timedelta(hours=30)
    draft = at.draft(subjects=(bram.pupil.id,), found_at=noticed_at)
    one = record_publication(at.session, draft).publication_id
    found = answer_breach(at.session, one, breach=True, reason="Het stond openbaar.")
    school.lock()
    return found


def page_of(qtbot: QtBot, desk: Desk, answer: BreachAnswer) -> PublicationsPage:
    page = PublicationsPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.arrive({"publication_id": answer.publication_id})
    page.refresh()
    settle(qtbot, desk)
    qtbot.waitUntil(lambda: page.details.view is not None)
    return page


def test_the_clock_stays_until_it_is_told(
    qtbot: QtBot, school: School, answer: BreachAnswer
) -> None:
    desk = desk_for(qtbot, school.director)
    page = page_of(qtbot, desk, answer)
    assert "Nog 42 uur" in page.details.question.text()
    qtbot.waitUntil(lambda: "inbox" in page.details.became.text())
    part(page, QPushButton, "publication_notice").click()
    sheet = page.sheet
    assert isinstance(sheet, NoticeSheet)
    sheet.form.set_values({"told": "yes", "told_on": None, "how": "AP-2026-17"})
    part(sheet, QPushButton, "sheet_save").click()
    settle(qtbot, desk)
    assert page.sheet is sheet  # the day is missing
    sheet.form.set_values({"told_on": desk.clock.today()})
    part(sheet, QPushButton, "sheet_save").click()
    settle(qtbot, desk)
    view = run_here(desk, lambda session: publication_view(session, answer.publication_id))
    assert view is not None
    assert view.question is not None
    assert view.question.answer is not None
    assert view.question.answer.told_how == "AP-2026-17"


def test_the_office_sees_the_clock_and_no_case(
    qtbot: QtBot, school: School, answer: BreachAnswer
) -> None:
    desk = desk_for(qtbot, school.administrator)
    page = page_of(qtbot, desk, answer)
    assert "Nog 42 uur" in page.details.question.text()
    assert not part(page, QPushButton, "publication_notice").isVisible()
    assert page.details.became.text() == ""
