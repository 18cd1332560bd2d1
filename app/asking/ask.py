"""Noting that somebody was asked or reminded without paper of ours, and taking that back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.asking.back import end_facts
from app.asking.records import Request, Round, Way
from app.asking.rounds import newest_version
from app.errors import Refusal
from app.ids import new_id
from app.people.records import Pupil, Relation, StaffMember
from app.record import Compartment

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from app.ports import Reader, Session

NOTED_WAYS = (Way.PHONE, Way.IN_PERSON, Way.MESSAGE, Way.LETTER)


@dataclass(frozen=True, slots=True)
class Whom:
    """Somebody to ask about somebody; `round_id` is the round in which it is done, or ""."""

    subject_id: str
    decider_id: str
    round_id: str = ""


def note_asked(
    session: Session, whom: Iterable[Whom], how: Way, day: date | None = None
) -> tuple[Request, ...]:
    """Note that these were asked, or reminded when they had been asked before.

    Args:
        session: who notes it.
        whom: one or many, all in one round or in none; one journal entry for all.
        how: how it was done.
        day: when, today when left out.

    Raises:
        Refusal: `asking.nobody`, `asking.unknown_way`, `asking.asked_later`,
            `asking.not_a_decider`; nothing is stored.
    """
    listed = tuple(dict.fromkeys(whom))
    today = session.clock.today()
    asked_on = day or today
    if not listed:
        raise Refusal("asking.nobody")
    if how not in NOTED_WAYS:
        raise Refusal("asking.unknown_way", field="how")
    if asked_on > today:
        raise Refusal("asking.asked_later", field="asked_on")
    with session.work(Compartment.CONSENT, "asked_noted", listed[0].subject_id) as work:
        round_ = work.find(Round, listed[0].round_id) if listed[0].round_id else None
        newest = newest_version(work, round_.channel if round_ else "")
        requests = tuple(
            Request(
                id=new_id(),
                subject_id=one.subject_id,
                decider_id=one.decider_id,
                round_id=one.round_id,
                asked_on=asked_on,
                how=how,
                form_version_id=newest,
                recorded_at=session.clock.now(),
            )
            for one in listed
        )
        if not _all_decide(work, listed):
            raise Refusal("asking.not_a_decider")
        work.add(*requests)
        work.commit()
    return requests


def take_back(session: Session, requests: Iterable[Request]) -> None:
    """Take back what was noted by mistake; that it was noted stays in the history."""
    facts = tuple(requests)
    if facts:
        end_facts(session, "asked_taken_back", facts[0].subject_id, facts)


def _all_decide(reader: Reader, listed: tuple[Whom, ...]) -> bool:
    """Whether each can be asked: a guardian, at any time, or the person himself."""
    subjects = tuple({one.subject_id for one in listed})
    known = {(r.pupil_id, r.guardian_id) for r in reader.all(Relation, pupil_id=subjects)}
    known |= {(pupil.id, pupil.id) for pupil in reader.all(Pupil, id=subjects)}
    known |= {(member.id, member.id) for member in reader.all(StaffMember, id=subjects)}
    return all((one.subject_id, one.decider_id) in known for one in listed)
