"""Putting people back as they were before a change that was a mistake.

Facts stay facts: what was added by mistake is replaced by a fact that never holds, and what it
ended or corrected is added again. The history shows all of it.
"""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from app.ids import new_id
from app.people import authority, places
from app.people.people import GuardianDraft, PupilDraft, save_guardian, save_pupil
from app.people.records import Authority, Enrolment, Guardian, Pupil
from app.record import Compartment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime

    from app.ports import Session

Fact = TypeVar("Fact", Authority, Enrolment)


def places_now(session: Session, pupil_id: str) -> tuple[Enrolment, ...]:
    """Where a pupil is and was taught as it stands now, for `put_places_back`."""
    with session.look(Compartment.CONSENT) as reader:
        return places.latest(reader.all(Enrolment, pupil_id=pupil_id))


def put_places_back(session: Session, pupil_id: str, before: tuple[Enrolment, ...]) -> None:
    """Let a pupil's enrolments and visits be what they were."""
    now, today = session.clock.now(), session.clock.today()
    with session.work(Compartment.CONSENT, "places_put_back", pupil_id) as work:
        known = work.all(Enrolment, pupil_id=pupil_id)
        ids = {fact.id: fact for fact in known}
        work.add(*_back(ids, places.latest(known), before, now, today))
        work.commit()


def authority_now(session: Session, pupil_id: str, guardian_id: str) -> tuple[Authority, ...]:
    """What is known of somebody's authority as it stands now, for `put_authority_back`."""
    pair = {"pupil_id": pupil_id, "guardian_id": guardian_id}
    with session.look(Compartment.CONSENT) as reader:
        return authority.latest(reader.all(Authority, **pair))


def put_authority_back(
    session: Session, pupil_id: str, guardian_id: str, before: tuple[Authority, ...]
) -> None:
    """Let what is known of somebody's authority be what it was; verdicts follow at once."""
    now, today = session.clock.now(), session.clock.today()
    with session.work(Compartment.CONSENT, "authority_put_back", pupil_id) as work:
        known = work.all(Authority, pupil_id=pupil_id, guardian_id=guardian_id)
        ids = {fact.id: fact for fact in known}
        work.add(*_back(ids, authority.latest(known), before, now, today))
        work.commit()


def put_pupil_back(session: Session, before: Pupil) -> None:
    """Give a pupil the names, birth date and number that he had.

    Raises:
        Refusals: another pupil has the number by now.
    """
    names = (field.name for field in fields(PupilDraft))
    save_pupil(session, PupilDraft(**{name: getattr(before, name) for name in names}))


def put_guardian_back(session: Session, before: Guardian) -> None:
    """Give a guardian the names, address and language that he had."""
    names = (field.name for field in fields(GuardianDraft))
    save_guardian(session, GuardianDraft(**{name: getattr(before, name) for name in names}))


def _back(
    known: Mapping[str, Fact],
    standing: tuple[Fact, ...],
    before: tuple[Fact, ...],
    now: datetime,
    today: date,
) -> Iterator[Fact]:
    """The facts that make what stands now what stood before."""
    stood = {fact.id: fact for fact in before}
    for fact in standing:
        origin = fact
        while origin.id not in stood and origin.replaces in known:
            origin = known[origin.replaces]
        if fact.id in stood:
            continue
        former = stood.get(origin.id) or _never(fact, today)
        yield replace(former, id=new_id(), recorded_at=now, replaces=fact.id)


def _never(fact: Fact, today: date) -> Fact:
    """The same fact, ending before it begins, so that it never holds."""
    days: tuple[date | None, ...] = (fact.start, today)
    start = next(day for day in days if day is not None)
    return replace(fact, start=start, end=start - timedelta(days=1))
