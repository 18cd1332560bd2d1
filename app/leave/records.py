"""Leave as it is stored: facts that are added, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.record import Record

if TYPE_CHECKING:
    from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave(Record):
    """A fact: somebody may use social media during lessons, both days inclusive.

    Attributes:
        staff_id: to whom it is given.
        purpose: what for, in the head's words.
        channels: names of the social media that it is about; of any without one.
        given_by: name of the director who gave it.
        protocol, version, article: the rule on which it rests, as it was then.
    """

    staff_id: str
    purpose: str
    channels: tuple[str, ...] = ()
    start: date
    end: date
    given_by: str
    protocol: str
    version: int
    article: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveEnd(Record):
    """A fact: leave was withdrawn, or noted by mistake, or that is taken back.

    Attributes:
        ends_from: the first day without leave.
        mistake: it was never given.
        ended_by: name of the director who says so.
        replaces: id of the fact that this one takes back, or "".
    """

    leave_id: str
    staff_id: str
    ends_from: date
    mistake: bool = False
    reason: str = ""
    ended_by: str
    recorded_at: datetime
    replaces: str = ""
