"""A report is withdrawn by a note that follows it; nothing disappears."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.breach.report import my_reports, read_withdrawal, withdraw_report
from app.breach.sealed import written
from app.dossier.inbox import Filing, file_report, file_withdrawal, open_report, waiting
from app.dossier.post import lines
from app.dossier.records import Entry
from app.errors import Refusal, Refusals
from tests.app.breach.test_route import SECOND, about_director, two
from tests.app.dossier.situations import (
    ABOUT_GUARDIAN,
    PUPILS,
    STAFF,
    filed_about_staff,
    reported,
    settle_in,
)

if TYPE_CHECKING:
    from app.ports import Session
    from tests.registers import School

__all__ = ["two"]
WHY = "Het was een ander account."


def entries(session: Session) -> list[tuple[str, str, str]]:
    with session.look(STAFF) as reader:
        return [(one.kind, one.body, one.author) for one in reader.all(Entry)]


def test_a_withdrawn_report_is_still_there_and_says_so(school: School) -> None:
    sent = reported(school)
    note = withdraw_report(school.teacher(), sent.id, f"  {WHY}\n")
    (mine,) = my_reports(school.teacher())
    assert mine.withdrawn == note
    assert (note.reason, mine.report is not None) == (WHY, True)
    session = school.director()
    kinds = {line.kind: line for line in lines(session)}
    assert kinds["report"].withdrawn
    assert kinds["withdrawal"].report == sent.id
    assert waiting(session) == (kinds["report"],)
    assert open_report(session, STAFF, sent.id).withdrawn == note


def test_the_note_is_filed_along_with_the_report(school: School) -> None:
    sent = reported(school)
    withdraw_report(school.teacher(), sent.id, WHY)
    session = school.director()
    filed = file_report(session, STAFF, sent.id, Filing((settle_in(session).kees,)))
    assert ("withdrawal", WHY, "Pjotr Żak") in entries(session)
    assert filed.case is not None
    assert waiting(session) == ()


def test_a_note_that_comes_later_goes_where_the_report_stands(school: School) -> None:
    sent = reported(school, ABOUT_GUARDIAN)
    session = school.director()
    people = settle_in(session)
    filing = Filing((people.zoe, people.daan), people.father)
    file_report(session, PUPILS, sent.id, filing)
    withdraw_report(school.teacher(), sent.id, WHY)
    session = school.director()
    (line,) = waiting(session)
    added = file_withdrawal(session, PUPILS, line.id)
    assert len({entry.dossier_id for entry in added}) == 2
    assert {(one.about_name, one.body) for one in added} == {(people.father.name, WHY)}
    assert waiting(session) == ()
    with pytest.raises(Refusal):
        file_withdrawal(session, PUPILS, line.id)


def test_a_note_waits_for_its_report(school: School) -> None:
    sent = reported(school)
    withdraw_report(school.teacher(), sent.id, WHY)
    session = school.director()
    note = next(line for line in lines(session) if line.kind == "withdrawal")
    with pytest.raises(Refusal, match="report_waits"):
        file_withdrawal(session, STAFF, note.id)
    assert len(lines(session)) == 2


def test_a_report_is_withdrawn_once_and_by_its_author(school: School) -> None:
    sent = reported(school)
    session = school.teacher()
    withdraw_report(session, sent.id, WHY)
    with pytest.raises(Refusal, match="withdrawn_already"):
        withdraw_report(session, sent.id, WHY)
    with pytest.raises(Refusal, match="not_mine"):
        withdraw_report(school.administrator(), sent.id, WHY)


def test_a_note_of_somebody_else_changes_nothing(school: School) -> None:
    sent = reported(school)
    forged = {"format": "boordboek.withdrawal", "report": sent.id, "reason": WHY}
    session = school.administrator()
    session.seal(STAFF, written({**forged, "at": session.clock.now()}))
    director = school.director()
    assert open_report(director, STAFF, sent.id).withdrawn is None
    file_report(director, STAFF, sent.id, Filing((settle_in(director).kees,)))
    assert {kind for kind, _, _ in entries(director)} == {"report", "evidence"}
    (line,) = waiting(director)
    with pytest.raises(Refusal, match="not_its_author"):
        file_withdrawal(director, STAFF, line.id)


def test_a_reason_holds_no_citizen_service_number(school: School) -> None:
    sent = reported(school)
    with pytest.raises(Refusals):
        withdraw_report(school.teacher(), sent.id, "111222333")
    assert len(waiting(school.director())) == 1


def test_a_note_follows_a_report_past_somebody(two: School) -> None:
    sent = about_director(two)
    withdraw_report(two.teacher(), sent.id, WHY)
    assert waiting(two.director()) == ()
    session = two.unlock(SECOND)
    (report,) = waiting(session)
    assert report.withdrawn
    file_report(session, STAFF, report.id, Filing((settle_in(session).kees,)))
    assert ("withdrawal", WHY, "Pjotr Żak") in entries(session)
    assert waiting(session) == ()


def test_a_report_of_before_can_be_withdrawn(school: School) -> None:
    sent = reported(school)
    session = school.teacher()
    session.drop("report_way", sent.id)
    withdraw_report(session, sent.id, WHY)
    assert len(lines(school.director())) == 2


def test_a_filed_report_can_be_withdrawn_too(school: School) -> None:
    _, _, filed = filed_about_staff(school)
    note = withdraw_report(school.teacher(), filed.breach.report_id, WHY)
    (mine,) = my_reports(school.teacher())
    assert (mine.withdrawn, mine.received_at is not None) == (note, True)


def test_of_two_reports_in_the_same_words_the_right_one_is_withdrawn(school: School) -> None:
    first, second = reported(school), reported(school)
    session = school.director()
    kees = settle_in(session).kees
    filed = [file_report(session, STAFF, one.id, Filing((kees,))) for one in (first, second)]
    withdraw_report(school.teacher(), second.id, WHY)
    session = school.director()
    (line,) = waiting(session)
    (noted,) = file_withdrawal(session, STAFF, line.id)
    assert filed[1].case is not None
    assert noted.case_id == filed[1].case.id


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"\xff",
        b"[" * 5_000,
        b'{"format": "boordboek.withdrawal"}',
        b'{"format": "boordboek.withdrawal", "report": "a", "at": "now", "reason": ""}',
        b'{"format": "boordboek.withdrawal", "report": "a", "at": "2026-11-22", "reason": ""}',
        b'{"format": "boordboek.report"}',
    ],
)
def test_what_is_no_withdrawal_is_none(content: bytes) -> None:
    assert read_withdrawal(content) is None
