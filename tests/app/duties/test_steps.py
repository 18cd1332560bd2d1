"""Closing a case with duties open: the must is settled first, the rest never goes unsaid."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.dossier.records import Entry
from app.dossier.steps import open_case
from app.duties.records import DutyFact
from app.duties.settle import Settling, case_duties, settle_duty
from app.duties.steps import WHY, Because, take_step
from app.errors import Refusal, Refusals
from app.letters.issue import draft_letter, issue_letter
from app.letters.requests import LetterRequest
from app.today.director import director_start
from reports.press import PaperPress
from tests.app.dossier.samples import ANSWERS, BECAUSE
from tests.app.dossier.situations import STAFF
from tests.app.duties.test_settle import DONE, sexual, status

if TYPE_CHECKING:
    from app.ports import Session

__all__ = ["sexual"]

AWAY = Settling("reasoned", note="Het betreft een misverstand.")
WAITING = ("weighed", "published_told")
UNTOLD = {"untold_because": "De betrokkene wist van niets."}


@pytest.fixture
def stopped(sexual: tuple[Session, str]) -> tuple[Session, str]:
    """The case is not pursued, and not closed yet."""
    session, case_id = sexual
    take_step(session, STAFF, case_id, "stop", {"grounds": ANSWERS["grounds"]})
    return sexual


@pytest.fixture
def settled(stopped: tuple[Session, str]) -> tuple[Session, str]:
    """Everything that must be is done or reasoned away."""
    session, case_id = stopped
    settle_duty(session, STAFF, case_id, "inspector_consulted", DONE)
    for key, said in status(session, case_id).items():
        if said == "open" and key not in WAITING:
            settle_duty(session, STAFF, case_id, key, AWAY)
    return stopped


def close(session: Session, case_id: str, because: Because = BECAUSE) -> None:
    take_step(session, STAFF, case_id, "close_untold", UNTOLD, because)


def test_what_must_be_done_is_settled_before_a_case_is_closed(
    stopped: tuple[Session, str],
) -> None:
    with pytest.raises(Refusals) as refused:
        close(*stopped)
    (found,) = refused.value.found
    assert found.message.id == "duties.before_closing"
    assert "Het bestuur inlichten; De vertrouwensinspecteur bellen" in str(found.message.values)
    assert "Afwegen" not in str(found.message.values)
    assert not open_case(stopped[0], STAFF, stopped[1]).file.state.closed


def test_what_may_wait_asks_for_the_reason(settled: tuple[Session, str]) -> None:
    with pytest.raises(Refusals) as refused:
        close(*settled, Because("  "))
    (found,) = refused.value.found
    assert (found.message.id, found.field) == ("duties.why_open", WHY)
    assert not open_case(settled[0], STAFF, settled[1]).file.state.closed


def test_the_reason_stands_at_the_duty_and_in_the_dossier(settled: tuple[Session, str]) -> None:
    session, case_id = settled
    close(session, case_id)
    assert open_case(session, STAFF, case_id).file.state.closed
    with session.look(STAFF) as reader:
        facts = [fact for fact in reader.all(DutyFact) if fact.kind == "left_open"]
        titles = [entry.title for entry in reader.all(Entry, case_id=case_id)]
    assert {(fact.duty, fact.note) for fact in facts} == {(key, BECAUSE.why) for key in WAITING}
    assert len({fact.position for fact in facts}) == len(WAITING)
    assert "Nog open bij het sluiten: Afwegen: strafbaar feit, datalek" in titles


def test_the_start_page_keeps_what_stayed_open(settled: tuple[Session, str]) -> None:
    session, case_id = settled
    close(session, case_id)
    start = director_start(session)
    assert start is not None
    (case,) = start.cases
    assert [line.state.duty.key for line in case.duties] == list(WAITING)
    settle_duty(session, STAFF, case_id, "published_told", DONE)
    assert status(session, case_id)["published_told"] == "done"


def test_a_letter_that_closes_a_case_asks_the_same(stopped: tuple[Session, str]) -> None:
    session, case_id = stopped
    request = LetterRequest(STAFF, case_id, "tell", {"contact": ANSWERS["contact"]})
    settle_duty(session, STAFF, case_id, "inspector_consulted", DONE)
    draft = draft_letter(session, request)
    assert [one.message.id for one in draft.findings if one.blocks] == ["duties.before_closing"]
    assert len(draft.beside.all) == list(status(session, case_id).values()).count("open")
    with pytest.raises(Refusals) as refused:
        issue_letter(session, PaperPress(), request)
    assert [one.message.id for one in refused.value.found] == ["duties.before_closing"]


def test_a_letter_that_closes_a_case_keeps_the_reason(settled: tuple[Session, str]) -> None:
    session, case_id = settled
    answers = {"contact": ANSWERS["contact"]}
    request = LetterRequest(STAFF, case_id, "tell", answers)
    assert [one.field for one in draft_letter(session, request).findings if one.blocks] == [WHY]
    said = LetterRequest(STAFF, case_id, "tell", answers, why_open=BECAUSE.why)
    issue_letter(session, PaperPress(), said)
    assert [status(session, case_id)[key] for key in WAITING] == ["left_open"] * len(WAITING)


def test_doing_what_was_planned_corrects_nothing(sexual: tuple[Session, str]) -> None:
    session, case_id = sexual
    today = session.clock.today()
    settle_duty(session, STAFF, case_id, "board_told", Settling("planned", today))
    settle_duty(session, STAFF, case_id, "board_told", DONE)
    with pytest.raises(Refusal) as refused:
        settle_duty(session, STAFF, case_id, "board_told", DONE)
    assert refused.value.message.id == "duties.reason_missing"
    assert case_duties(session, STAFF, case_id).duties[0].status == "done"
