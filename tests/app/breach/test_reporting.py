"""Reporting through a real register: sealed, and out of the author's hands."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.breach.report import (
    BreachDraft,
    KeptDraft,
    drop_report_draft,
    keep_report_draft,
    my_reports,
    receipt,
    report_breach,
    report_draft,
)
from app.errors import Refusal, Refusals
from app.record import Compartment
from tests.app.dossier.situations import ABOUT_GUARDIAN, ABOUT_STAFF, PICTURE
from tests.registers import TEACHER

if TYPE_CHECKING:
    from tests.registers import School


@pytest.mark.parametrize(
    ("draft", "compartment"),
    [
        (ABOUT_STAFF, Compartment.STAFF_DOSSIER),
        (ABOUT_GUARDIAN, Compartment.PUPIL_DOSSIER),
        (replace(ABOUT_GUARDIAN, actor_kind="other"), Compartment.PUPIL_DOSSIER),
        (replace(ABOUT_STAFF, actor_kind="other"), Compartment.STAFF_DOSSIER),
    ],
)
def test_a_report_goes_to_its_dossier(
    school: School, draft: BreachDraft, compartment: Compartment
) -> None:
    sent = report_breach(school.teacher(), draft)
    assert sent.compartment == compartment
    assert [card.id for card in school.director().waiting(compartment)] == [sent.id]


def test_the_author_cannot_open_what_he_sealed(school: School) -> None:
    session = school.teacher()
    sent = report_breach(session, ABOUT_STAFF)
    with pytest.raises(Refusal, match="no_grant"):
        session.unseal(sent.compartment, sent.id)


def test_nothing_of_a_report_is_readable_on_disk(school: School) -> None:
    session = school.teacher()
    keep_report_draft(session, replace(ABOUT_STAFF, facts="kenmerkende naald in de hooiberg"))
    report_breach(session, replace(ABOUT_STAFF, facts="kenmerkende naald in de hooiberg"))
    files = [path.read_bytes() for path in school.folder.rglob("*") if path.is_file()]
    assert not [one for one in files if b"naald in de hooiberg" in one or PICTURE in one]


def test_the_author_keeps_what_he_wrote_and_sees_no_more(school: School) -> None:
    sent = report_breach(school.teacher(), ABOUT_STAFF)
    mine = my_reports(school.teacher())
    assert [(one.id, one.received_at) for one in mine] == [(sent.id, None)]
    assert mine[0].report is not None
    assert mine[0].report.facts == ABOUT_STAFF.facts
    assert my_reports(school.administrator()) == ()


def test_the_first_receipt_counts(school: School) -> None:
    sent = report_breach(school.teacher(), ABOUT_STAFF)
    session = school.director()
    teacher = next(user for user in session.users() if user.name == TEACHER.name)
    first = session.clock.now()
    for later in (0, 1):
        session.send(teacher.id, receipt(sent.id, first + timedelta(hours=later)))
        school.clock.move(timedelta(hours=1))
    assert my_reports(school.teacher())[0].received_at == first


def test_a_message_that_is_no_receipt_is_passed_over(school: School) -> None:
    report_breach(school.teacher(), ABOUT_STAFF)
    session = school.director()
    teacher = next(user for user in session.users() if user.name == TEACHER.name)
    for content in (b"", b"[]", b'{"format": "boordboek.receipt"}', b"\xff"):
        session.send(teacher.id, content)
    assert my_reports(school.teacher())[0].received_at is None


def test_a_report_that_is_not_right_is_not_sent(school: School) -> None:
    session = school.teacher()
    with pytest.raises(Refusals):
        report_breach(session, replace(ABOUT_STAFF, facts=""))
    assert session.waiting(Compartment.STAFF_DOSSIER) == ()
    assert my_reports(session) == ()


@pytest.mark.parametrize("draft", [ABOUT_STAFF, ABOUT_GUARDIAN, BreachDraft()])
def test_a_draft_comes_back_as_it_was_typed(school: School, draft: BreachDraft) -> None:
    keep_report_draft(school.teacher(), draft)
    found = report_draft(school.teacher())
    assert (found.draft, found.damaged) == (draft, False)


def test_a_draft_goes_with_the_report(school: School) -> None:
    session = school.teacher()
    keep_report_draft(session, ABOUT_STAFF)
    report_breach(session, ABOUT_STAFF)
    assert report_draft(session) == KeptDraft()
    assert session.kept("report_file") == ()


@pytest.mark.parametrize("content", [b'{"files": 3}', b"[]", b"\xff", b'{"occurred_on": "x"}'])
def test_a_damaged_draft_is_told(school: School, content: bytes) -> None:
    session = school.teacher()
    session.keep("report_draft", "report_draft", content)
    assert report_draft(session) == KeptDraft(damaged=True)
    drop_report_draft(session)
    assert report_draft(session) == KeptDraft()


def test_a_draft_whose_file_is_gone_keeps_its_words_and_tells(school: School) -> None:
    session = school.teacher()
    keep_report_draft(session, ABOUT_STAFF)
    (file,) = session.kept("report_file")
    session.drop("report_file", file.key)
    found = report_draft(session)
    assert (found.draft, found.damaged) == (replace(ABOUT_STAFF, files=()), True)


def test_a_file_of_a_draft_is_kept_once_and_goes_with_it(school: School) -> None:
    session = school.teacher()
    keep_report_draft(session, ABOUT_STAFF)
    (first,) = session.kept("report_file")
    school.clock.move(timedelta(minutes=1))
    keep_report_draft(session, replace(ABOUT_STAFF, facts="anders"))
    assert session.kept("report_file") == (first,)
    keep_report_draft(session, replace(ABOUT_STAFF, files=()))
    assert session.kept("report_file") == ()
