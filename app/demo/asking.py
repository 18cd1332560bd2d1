"""Who was asked in the sample school: a few parents wait for long, and one was called."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from app.asking.records import Request, Way
from app.asking.standing import open_pairs
from app.ids import new_id
from app.people.records import StaffMember
from app.record import Compartment

if TYPE_CHECKING:
    from datetime import date

    from app.asking.questions import OpenPair
    from app.ports import Session

_ASKED, _CALLED = timedelta(days=55), timedelta(days=12)
_MOST = 4


def ask_some(session: Session) -> None:
    """Note that some silent parents got a message, and that the first was called since."""
    today = session.clock.today()
    with session.work(Compartment.CONSENT, "asked_noted") as work:
        staff = {member.id for member in work.all(StaffMember)}
        silent = [one for one in open_pairs(work, today) if one.subject_id not in staff]
        asked = [_note(one, Way.MESSAGE, today - _ASKED) for one in silent[:_MOST]]
        called = [_note(one, Way.PHONE, today - _CALLED) for one in silent[:1]]
        work.add(*asked, *called)
        work.commit()


def _note(one: OpenPair, how: Way, day: date) -> Request:
    return Request(
        id=new_id(),
        subject_id=one.subject_id,
        decider_id=one.decider_id,
        asked_on=day,
        how=how,
        recorded_at=datetime.combine(day, time(12), UTC),
    )
