"""Taking back what was noted by mistake; that it was noted stays in the history."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from app.asking.records import NotHandedOut, Request
from app.ids import new_id
from app.record import Compartment

if TYPE_CHECKING:
    from app.ports import Session

Fact = TypeVar("Fact", Request, NotHandedOut)


def end_facts(session: Session, act: str, subject_id: str, facts: tuple[Fact, ...]) -> None:
    """Add facts that take these back, under one entry of the journal."""
    now = session.clock.now()
    ends = tuple(
        replace(one, id=new_id(), recorded_at=now, replaces=one.id, taken_back=True)
        for one in facts
    )
    with session.work(Compartment.CONSENT, act, subject_id) as work:
        work.add(*ends)
        work.commit()
