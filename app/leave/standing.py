"""Whether somebody had leave on a day: pure functions over facts.

Leave is withdrawn from a day on, never for days that have passed: what somebody did on them was
done with leave. Leave that was noted by mistake never was.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from app.consent.asof import end_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from app.leave.records import Leave, LeaveEnd


class Stand(StrEnum):
    """How leave stands on a day."""

    HOLDS = "holds"
    AHEAD = "ahead"
    OVER = "over"
    WITHDRAWN = "withdrawn"
    MISTAKE = "mistake"


@dataclass(frozen=True, slots=True)
class LeaveOnDay:
    """The answer to "had this person leave on that day?".

    Attributes:
        held: leave that covers the day, by all that is known now.
        known_then: leave that covered it by what was known when the day ended.
    """

    held: tuple[Leave, ...]
    known_then: tuple[Leave, ...]

    @property
    def had(self) -> bool:
        """Whether there was leave."""
        return bool(self.held)

    @property
    def differs(self) -> bool:
        """Whether something was noted only afterwards."""
        return self.held != self.known_then


def leave_on(
    leaves: Iterable[Leave],
    ends: Iterable[LeaveEnd],
    day: date,
    known_at: datetime | None = None,
) -> tuple[Leave, ...]:
    """The leave that covers a day, by all facts or by those known at an instant, inclusive."""
    noted = tuple(end for end in ends if known_at is None or end.recorded_at <= known_at)
    known = (one for one in leaves if known_at is None or one.recorded_at <= known_at)
    return tuple(one for one in known if stand(one, noted, day) is Stand.HOLDS)


def answer(leaves: tuple[Leave, ...], ends: tuple[LeaveEnd, ...], day: date) -> LeaveOnDay:
    """Whether there was leave on a day, now and as known when that day ended."""
    return LeaveOnDay(leave_on(leaves, ends, day), leave_on(leaves, ends, day, end_of(day)))


def stand(leave: Leave, ends: Iterable[LeaveEnd], day: date) -> Stand:
    """How leave stands on a day, with the ends that are to be looked at."""
    end = standing_end(leave.id, ends)
    if end is not None and end.mistake:
        return Stand.MISTAKE
    if day < leave.start:
        early = end is not None and end.ends_from <= leave.start
        return Stand.WITHDRAWN if early else Stand.AHEAD
    if end is not None and end.ends_from <= min(day, leave.end):
        return Stand.WITHDRAWN
    return Stand.OVER if day > leave.end else Stand.HOLDS


def standing_end(leave_id: str, ends: Iterable[LeaveEnd]) -> LeaveEnd | None:
    """The end of leave that was not taken back: a mistake first, then the earliest day."""
    own = tuple(end for end in ends if end.leave_id == leave_id)
    back = {end.replaces for end in own if end.replaces}
    standing = (end for end in own if not end.replaces and end.id not in back)
    return min(standing, key=_first, default=None)


def _first(end: LeaveEnd) -> tuple[bool, date, str]:
    return not end.mistake, end.ends_from, end.id
