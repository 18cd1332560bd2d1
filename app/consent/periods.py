"""Days and periods, as verdicts reckon with them: both days inclusive."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

FAR = date(9999, 12, 31)
DAY = timedelta(days=1)
F = TypeVar("F", bound="Fact")


class Fact(Protocol):
    """Something that was recorded, and may put an earlier one right."""

    @property
    def id(self) -> str:
        """The id of the fact."""

    @property
    def replaces(self) -> str:
        """The id of the fact that it puts right, or ""."""


class Period(Protocol):
    """Something that holds on some days."""

    @property
    def start(self) -> date | None:
        """The first day, or None without a beginning."""

    @property
    def end(self) -> date | None:
        """The last day, or None without an end."""


def latest(facts: tuple[F, ...]) -> tuple[F, ...]:
    """The facts that no other fact replaces."""
    replaced = {fact.replaces for fact in facts if fact.replaces}
    return tuple(fact for fact in facts if fact.id not in replaced) if replaced else facts


def covered(facts: Iterable[Period], day: date, until: date) -> tuple[bool, date]:
    """Whether any period covers the day, and the last day on which that cannot change."""
    found = False
    for fact in facts:
        holds, until = covers(fact, day, until)
        found = found or holds
    return found, until


def covers(fact: Period, day: date, until: date) -> tuple[bool, date]:
    """Whether a period covers the day, and the last day on which that cannot change."""
    start, end = fact.start, fact.end
    if start is not None and start > day:
        return False, min(until, start - DAY)
    if end is None:
        return True, until
    return end >= day, min(until, end) if end >= day else until


@lru_cache(maxsize=4096)
def birthday(born: date, age: int) -> date:
    """The day on which somebody reaches an age; born on 29 February: 1 March in other years."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


@lru_cache(maxsize=4096)
def last_of(signed: date, months: int) -> date:
    """The last day of so many months that begin on a day; 0 months have no end."""
    if not months:
        return FAR
    years, month = divmod(signed.month - 1 + months, 12)
    year = signed.year + years
    if year > FAR.year:
        return FAR
    month += 1
    return date(year, month, min(signed.day, monthrange(year, month)[1])) - DAY
