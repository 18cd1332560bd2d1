"""Looking back: which day, and as known at which moment."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.clock import SCHOOL_ZONE, school_day
from app.errors import Refusal

if TYPE_CHECKING:
    from datetime import date, tzinfo

_TIME = re.compile(r"(\d{1,2})[:.](\d{2})")


@dataclass(frozen=True, slots=True)
class AsOf:
    """What is looked at.

    Attributes:
        day: the day of use.
        known_at: only what the register knew at this instant; all it knows now when None.
        today: the present day, if it matters; see `app.consent.verdict.verdict`.
    """

    day: date
    known_at: datetime | None = None
    today: date | None = None


def as_of(day: date, known_on: date | None, known_time: str, today: date) -> AsOf:
    """A look back as typed; without a time the whole day counts as known.

    Args:
        day: the day of use; may lie in the future.
        known_on: the day of knowledge, or None for all that is known now.
        known_time: "14:05", or "".
        today: the present day.

    Raises:
        Refusal: `consent.known_later`, `consent.time_unreadable`.
    """
    if known_on is None:
        return AsOf(day, today=today)
    if known_on > today:
        raise Refusal("consent.known_later", field="known_on")
    return AsOf(day, _instant(known_on, known_time.strip()), today)


def past_moment(known_at: datetime | None, today: date | None) -> datetime | None:
    """The moment to look back to; None when all that is known now was known by then.

    What a clock that ran ahead has dated later than today is known today as well.
    """
    if known_at is None or (today is not None and known_at >= end_of(today)):
        return None
    return known_at


def present_then(past: datetime | None, today: date | None) -> date | None:
    """The day that was the present one at the moment looked back to; see `past_moment`.

    What forbids counted from that day at the latest, and does so when it is asked for again.
    """
    return today if past is None or today is None else school_day(past)


def end_of(day: date) -> datetime:
    """The last instant of a day at the school."""
    midnight = datetime.combine(day + timedelta(days=1), time(), _zone())
    return midnight.astimezone(UTC) - timedelta(microseconds=1)


def _instant(day: date, typed: str) -> datetime:
    if not typed:
        return end_of(day)
    return minute_of(day, typed, "known_time") + timedelta(seconds=59)


def minute_of(day: date, typed: str, field: str) -> datetime:
    """The instant at which a minute begins at the school, as typed: "14:05" or "14.05".

    Raises:
        Refusal: `consent.time_unreadable` at the field.
    """
    found = _TIME.fullmatch(typed.strip())
    try:
        minute = time(int(found[1]), int(found[2])) if found else None
    except ValueError:
        minute = None
    if minute is None:
        raise Refusal("consent.time_unreadable", field=field)
    return datetime.combine(day, minute, _zone()).astimezone(UTC)


def _zone() -> tzinfo:
    try:
        return ZoneInfo(SCHOOL_ZONE)
    except ZoneInfoNotFoundError:
        return UTC
