"""A change that was a mistake is taken back: by facts that are added, never by removing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from app.consent.grid import answer_for
from app.people.authority import AuthorityDraft, authority_state, record_authority
from app.people.people import GuardianDraft, PupilDraft, save_guardian, save_pupil
from app.people.places import EnrolmentDraft, enrol, leave
from app.people.records import Authority, AuthorityKind, Enrolment, Guardian, Pupil
from app.people.undo import (
    authority_now,
    places_now,
    put_authority_back,
    put_guardian_back,
    put_places_back,
    put_pupil_back,
)
from app.record import Compartment
from tests.journeys.families import WEBSITE, Family, add_family, says, settle

if TYPE_CHECKING:
    from app.ports import Session
    from tests.registers import School

DAY = timedelta(days=1)
NONE = AuthorityKind.NONE


@pytest.fixture
def session(school: School) -> Session:
    """The administrator."""
    return school.administrator()


@pytest.fixture
def family(session: Session) -> Family:
    """A pupil whose parents both said yes."""
    family = add_family(session, settle(session))
    for parent in (family.mother, family.father):
        says(session, family.pupil, parent)
    return family


def outcome(session: Session, family: Family) -> str:
    with session.look(Compartment.CONSENT) as reader:
        today = session.clock.today()
        return answer_for(reader, family.pupil.id, WEBSITE, today).verdict.outcome


def periods(session: Session, family: Family) -> set[tuple[str, date, date | None]]:
    """The places that hold on some day."""
    stand = places_now(session, family.pupil.id)
    held = (one for one in stand if one.end is None or one.end >= one.start)
    return {(one.group_id, one.start, one.end) for one in held}


def states(session: Session, family: Family) -> list[str]:
    """What follows from the father's authority, on some days."""
    pair = {"pupil_id": family.pupil.id, "guardian_id": family.father.id}
    with session.look(Compartment.CONSENT) as reader:
        facts = reader.all(Authority, **pair)
    today = session.clock.today()
    return [authority_state(facts, today + n * DAY) for n in (-400, -1, 0, 1, 400)]


def test_leaving_is_taken_back(session: Session, family: Family) -> None:
    pupil = family.pupil.id
    before, then = places_now(session, pupil), periods(session, family)
    leave(session, pupil, session.clock.today() - DAY)
    assert outcome(session, family) == "no"
    put_places_back(session, pupil, before)
    assert periods(session, family) == then
    assert outcome(session, family) == "yes"
    with session.look(Compartment.CONSENT) as reader:
        assert len(reader.all(Enrolment, pupil_id=pupil)) == 3


@pytest.mark.parametrize("ahead", [-30, 0, 30])
def test_another_group_is_taken_back(session: Session, family: Family, ahead: int) -> None:
    pupil, then = family.pupil.id, periods(session, family)
    before = places_now(session, pupil)
    start = session.clock.today() + ahead * DAY
    place = EnrolmentDraft(pupil, before[0].site_id, "another", start=start)
    enrol(session, place)
    assert periods(session, family) != then
    put_places_back(session, pupil, before)
    assert periods(session, family) == then


def test_what_was_taken_back_can_be_done_again(session: Session, family: Family) -> None:
    pupil = family.pupil.id
    for _ in range(2):
        before = places_now(session, pupil)
        leave(session, pupil, session.clock.today() - DAY)
        put_places_back(session, pupil, before)
    assert outcome(session, family) == "yes"


@pytest.mark.parametrize("start", [None, date(2026, 1, 1), date(2027, 1, 1)])
@pytest.mark.parametrize("corrects", [True, False])
def test_authority_is_taken_back(
    session: Session, family: Family, start: date | None, *, corrects: bool
) -> None:
    pair, then = (family.pupil.id, family.father.id), states(session, family)
    before = authority_now(session, *pair)
    old = before[-1].id if corrects else ""
    draft = AuthorityDraft(*pair, NONE, start, source="court_order", replaces=old)
    record_authority(session, draft)
    assert states(session, family) != then
    put_authority_back(session, *pair, before)
    assert states(session, family) == then
    assert outcome(session, family) == "yes"


def test_the_first_that_was_known_of_authority_is_taken_back(
    session: Session, family: Family
) -> None:
    kind = AuthorityKind.JOINT_PARENTAL
    aunt = save_guardian(session, GuardianDraft("Ada"), family.pupil.id, "other")
    family = replace(family, father=aunt)
    pair, then = (family.pupil.id, aunt.id), states(session, family)
    record_authority(session, AuthorityDraft(*pair, kind, source="court_order"))
    put_authority_back(session, *pair, ())
    assert states(session, family) == then == ["open"] * 5


def test_names_and_addresses_are_put_back(session: Session, family: Family) -> None:
    pupil, mother = family.pupil, family.mother
    save_pupil(session, PupilDraft("Joep", id=pupil.id))
    save_guardian(session, GuardianDraft("Joke", town="Werkendam", id=mother.id))
    put_pupil_back(session, pupil)
    put_guardian_back(session, mother)
    with session.look(Compartment.CONSENT) as reader:
        assert reader.get(Pupil, pupil.id) == pupil
        assert reader.get(Guardian, mother.id) == mother
