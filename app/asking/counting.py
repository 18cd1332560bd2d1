"""How the asking stands, counted a part of the school at a time."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

from app.asking.questions import AskingCounts, CountOpen, NamePart, NameParts
from app.asking.standing import pairs_question
from app.jobs import SILENT, Progress
from app.record import Compartment

if TYPE_CHECKING:
    from datetime import date

    from app.ports import Session
    from app.slices import Slices

_AT_ONCE = 2000
"""So many deciders are looked at before others have their turn."""


def count_asking(
    slices: Slices, overdue_after: int, progress: Progress = SILENT
) -> AskingCounts:
    """The counts of the start page for today; the same as `app.asking.listing.asking_counts`.

    Kept by the session until something is written or another day begins.

    Raises:
        CancelledError: the person stopped it.
    """
    begun = slices.read(partial(_begun, overdue_after))
    if begun.counts is not None:
        return begun.counts
    found = AskingCounts(0, 0, 0, 0)
    for place, part in enumerate(begun.parts):
        progress.step(place, len(begun.parts))
        found = found.plus(slices.read(partial(_count, part, overdue_after)))
    slices.read(partial(_keep, begun._replace(counts=found)))
    return found


class _Begun(NamedTuple):
    """What is counted: on which day, up to which entry of the journal, and in which parts."""

    day: date
    number: int
    overdue_after: int
    parts: tuple[NamePart, ...] = ()
    counts: AskingCounts | None = None


_SAME = 3
"""Of what the counts depend."""
_KEPT: WeakKeyDictionary[Session, _Begun] = WeakKeyDictionary()


def _begun(overdue_after: int, session: Session) -> _Begun:
    day = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        number, kept = reader.head().number, _KEPT.get(session)
        begun = _Begun(day, number, overdue_after)
        if kept is not None and kept[:_SAME] == begun[:_SAME]:
            return kept
        return begun._replace(parts=reader.ask(NameParts(_AT_ONCE)))


def _count(part: NamePart, overdue_after: int, session: Session) -> AskingCounts:
    day = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        question = replace(pairs_question(reader, day), part=part)
        return reader.ask(CountOpen(question, overdue_after))


def _keep(found: _Begun, session: Session) -> None:
    _KEPT[session] = found
