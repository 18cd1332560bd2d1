"""A member of staff decides alone, as long as he has not left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from app.consent.decide import (
    DecisionsDraft,
    UseAnswer,
    lift_flag,
    raise_flag,
    record_decisions,
    retract,
    withdraw_consent,
)
from app.consent.grid import answer_for, consent_grid
from app.consent.records import Answer
from app.consent.staff import find_staff, relation_of
from app.errors import Message, Refusal
from app.people.people import StaffDraft, save_staff
from app.people.records import AdultKind
from app.record import Compartment
from app.start.begin import make_ready

if TYPE_CHECKING:
    from datetime import datetime

    from app.consent.grid import GridLine
    from app.consent.records import Decision
    from app.ports import Session
    from tests.registers import School

USE = "photo:website"
KEES = StaffDraft("Kees", "K.", "van", "Smit", "leerkracht")


@pytest.fixture
def session(school: School) -> Session:
    """The administrator of a register with channels."""
    make_ready(school.director())
    return school.administrator()


def says(session: Session, staff_id: str, answer: Answer = Answer.YES) -> tuple[Decision, ...]:
    """What the member of staff decides today."""
    signed = session.clock.today()
    draft = DecisionsDraft(staff_id, staff_id, (UseAnswer(USE, answer),), signed)
    return record_decisions(session, draft)


def answer(
    session: Session, staff_id: str, day: date | None = None, known_at: datetime | None = None
) -> GridLine:
    with session.look(Compartment.CONSENT) as reader:
        today = session.clock.today()
        return answer_for(reader, staff_id, USE, day or today, known_at, today)


def test_a_member_of_staff_is_asked_himself(session: Session) -> None:
    kees = save_staff(session, KEES)
    assert answer(session, kees.id).verdict.outcome == "ask"
    said = says(session, kees.id)
    line = answer(session, kees.id)
    assert line.verdict.outcome == "yes"
    assert line.why.values["who"] == Message("people.relation_staff")
    retract(session, said)
    assert answer(session, kees.id).verdict.outcome == "ask"


def test_another_adult_is_no_member_of_staff_in_the_grid(session: Session) -> None:
    ria = save_staff(session, replace(KEES, kind=AdultKind.VOLUNTEER))
    says(session, ria.id)
    with session.look(Compartment.CONSENT) as reader:
        grid = consent_grid(reader, ria.id, session.clock.today())
    assert [one.relation for one in grid.deciders] == [relation_of(ria)]
    assert answer(session, ria.id).why.values["who"] == Message("people.relation_adult")


def test_a_withdrawal_of_a_member_of_staff_counts_at_once(session: Session) -> None:
    kees = save_staff(session, KEES)
    says(session, kees.id)
    withdraw_consent(session, kees.id, kees.id, (USE,), how="conversation")
    assert answer(session, kees.id).verdict.reason == "withdrawn"


def test_who_has_left_is_not_recorded_but_was_when_he_worked_here(
    school: School, session: Session
) -> None:
    kees = save_staff(session, KEES)
    says(session, kees.id)
    before, day = session.clock.now(), session.clock.today()
    school.clock.move(timedelta(days=3))
    save_staff(session, replace(KEES, left=True, id=kees.id))
    assert answer(session, kees.id).verdict.reason == "not_present"
    assert answer(session, kees.id, day, before).verdict.outcome == "yes"
    with pytest.raises(Refusal, match="not_found"):
        answer(session, kees.id, day, before - timedelta(days=1))


def test_the_grid_of_a_member_of_staff_has_one_column(session: Session) -> None:
    kees = save_staff(session, KEES)
    with session.look(Compartment.CONSENT) as reader:
        grid = consent_grid(reader, kees.id, session.clock.today())
    assert [(one.name, one.relation) for one in grid.deciders] == [("Kees van Smit", "staff")]
    assert len(grid.lines) > 1


def test_members_of_staff_are_found_by_the_beginning_of_their_names(session: Session) -> None:
    save_staff(session, KEES)
    with session.look(Compartment.CONSENT) as reader:
        found = [len(find_staff(reader, text)) for text in ("kees", "SMI ke", "mit", " ", "")]
    assert found == [1, 1, 0, 0, 0]


def test_a_safety_flag_about_a_member_of_staff_forbids_every_recording(
    session: Session,
) -> None:
    kees = save_staff(session, KEES)
    says(session, kees.id)
    flag = raise_flag(session, kees.id)
    assert answer(session, kees.id).verdict.reason == "safety"
    lift_flag(session, flag)
    assert answer(session, kees.id).verdict.outcome == "yes"


def test_nobody_else_gets_a_safety_flag(session: Session) -> None:
    with pytest.raises(Refusal, match="unknown_subject"):
        raise_flag(session, "0" * 32)
