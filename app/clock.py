"""The only source of now and today.

Everything that needs the time takes a `Clock`; tests and the sample school move theirs by hand.
"""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

SCHOOL_ZONE = "Europe/Amsterdam"


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...

    def today(self) -> date:
        """The present day in the school's time zone."""
        ...


def school_day(instant: datetime) -> date:
    """The day on which an aware instant falls at the school."""
    return local(instant).date()


def local(instant: datetime) -> datetime:
    """An aware instant in the school's time zone, or the machine's where no zone data exist."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # noqa: PLC0415 - slow, and no window needs it

    try:
        return instant.astimezone(ZoneInfo(SCHOOL_ZONE))
    except ZoneInfoNotFoundError:
        return instant.astimezone()


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """The present day in the school's time zone."""
        return school_day(self.now())


class SetClock:
    """A clock that stands still until it is moved, for tests and for the sample school."""

    def __init__(self, instant: datetime) -> None:
        self._instant = instant

    def now(self) -> datetime:
        """The instant that was set."""
        return self._instant

    def today(self) -> date:
        """The day of the instant that was set, at the school."""
        return school_day(self._instant)

    def move(self, step: timedelta) -> None:
        """Go forward (or back) by a step."""
        self._instant += step

    def set(self, instant: datetime) -> None:
        """Stand still at another instant."""
        self._instant = instant


def since_boot() -> int:
    """Milliseconds of a clock that never goes back while the machine is on."""
    return time.monotonic_ns() // 1_000_000
