"""Taking a merger apart again, as long as nothing was built on it.

What the merger wrote of people, relations, places and keys of sources goes, and what it changed
is as it was. Facts stay facts: an answer that was recorded once more is taken back as recorded
by mistake, and authority and safety flags are replaced by what they were, or by what never
holds.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from app.consent.records import Retraction, SafetyFlag
from app.errors import Refusal
from app.ids import new_id
from app.people.records import Authority, Guardian, Pupil
from app.record import Compartment
from app.roster.questions import MergerOf, MergersInto

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from app.ports import Session
    from app.roster.questions import Merger

_Dated = TypeVar("_Dated", Authority, SafetyFlag)
_DAY = timedelta(days=1)


def mergers(session: Session, kept: str) -> tuple[Merger, ...]:
    """Every merger into a record that goes on, newest first."""
    with session.look(Compartment.CONSENT) as reader:
        return reader.ask(MergersInto(kept))


def undo_merger(session: Session, given_up: str) -> Merger:
    """Let a record that was given up live again, and the other be what it was.

    Verdicts follow at once.

    Raises:
        Refusal: `roster.not_merged`, or `roster.merger_built_upon` when something was recorded
            or changed since about either record.
    """
    now, today = session.clock.now(), session.clock.today()
    with session.work(Compartment.CONSENT, "merger_undone", given_up) as work:
        found = work.ask(MergerOf(given_up))
        if found is None:
            raise Refusal("roster.not_merged")
        if found.built:
            raise Refusal("roster.merger_built_upon", name=found.built[0].name)
        known = {fact.id: fact for fact in work.all(Authority, id=_replaced(found.authority))}
        work.take_back(Pupil if work.find(Pupil, given_up) else Guardian, given_up)
        work.add(
            *(_retraction(each.id, each.subject_id, now) for each in found.decisions),
            *_put_back(found.authority, known, now, today),
            *_put_back(found.flags, {}, now, today),
        )
        work.commit()
    return found


def _replaced(facts: tuple[Authority, ...]) -> tuple[str, ...]:
    return tuple(fact.replaces for fact in facts if fact.replaces)


def _retraction(decision_id: str, subject_id: str, now: datetime) -> Retraction:
    return Retraction(
        id=new_id(), decision_id=decision_id, subject_id=subject_id, recorded_at=now
    )


def _put_back(
    written: tuple[_Dated, ...], known: dict[str, _Dated], now: datetime, today: date
) -> Iterator[_Dated]:
    """What makes the facts that a merger wrote say what was known before it."""
    own = {fact.id: fact for fact in written}
    followed = {fact.replaces for fact in written}
    for fact in written:
        if fact.id in followed:
            continue
        origin = fact
        while origin.replaces in own:
            origin = own[origin.replaces]
        before = known.get(origin.replaces) or _never(fact, today)
        yield replace(before, id=new_id(), recorded_at=now, replaces=fact.id)


def _never(fact: _Dated, today: date) -> _Dated:
    """The same fact, ending before it begins, so that it never holds."""
    days: tuple[date | None, ...] = (fact.start, today)
    start = next(day for day in days if day is not None)
    return replace(fact, start=start, end=start - _DAY)
