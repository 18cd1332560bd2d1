"""Whether a telephone line is answered now, and when it opens or closes.

Working days and holidays as in `app.days`; the clock is that of the school.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from app.clock import local
from app.days import is_working_day, next_working_day

if TYPE_CHECKING:
    from datetime import date, time

    from app.duties.rules import Line


@dataclass(frozen=True, slots=True)
class LineNow:
    """A line at a moment.

    Attributes:
        until: when it closes, while it is open; else when it opens.
    """

    is_open: bool
    until: datetime


def line_now(line: Line, now: datetime) -> LineNow:
    """Whether the line is answered at an aware instant; from `opens` until before `closes`."""
    here = local(now)
    day, hour = here.date(), here.time()
    if is_working_day(day) and hour < line.closes:
        if hour >= line.opens:
            return LineNow(is_open=True, until=at_school(day, line.closes))
        return LineNow(is_open=False, until=at_school(day, line.opens))
    opens_on = next_working_day(day + timedelta(days=1))
    return LineNow(is_open=False, until=at_school(opens_on, line.opens))


def at_school(day: date, hour: time) -> datetime:
    """The instant of an hour on a day at the school, in UTC."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    here = local(noon).replace(hour=hour.hour, minute=hour.minute, second=0, microsecond=0)
    return here.astimezone(UTC)
