"""School days: working days outside the school holidays of a region, as far as these are known.

The regions and dates come from `resources/law/school_holidays.toml`. Without a region, and in a
school year that is not in that table, a working day counts as a school day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

import resources
from app.data import DataError, Rows
from app.days import is_working_day

if TYPE_CHECKING:
    from app.data import Wording

_DAY = timedelta(days=1)
_FIRST_MONTH = 8


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the country with school holidays of its own."""

    key: str
    name: Wording


@dataclass(frozen=True, slots=True)
class SchoolHoliday:
    """One holiday in one region; both days inclusive.

    Attributes:
        year: the school year, "2026-2027".
        binding: schools must keep it; otherwise it is advice.
        sure: the dates were read at their source.
    """

    year: str
    region: str
    key: str
    first: date
    last: date
    binding: bool
    checked: date
    sure: bool


@cache
def regions() -> tuple[Region, ...]:
    """The regions, in their order."""
    rows = Rows(resources.school_holidays(), "law/school_holidays")
    return tuple(
        Region(row.text("key"), row.words("name")) for row in rows.rows("regions", "key")
    )


@cache
def load_holidays() -> tuple[SchoolHoliday, ...]:
    """Every school holiday that is known.

    Raises:
        DataError: when the file does not say what it must, naming the place.
    """
    rows = Rows(resources.school_holidays(), "law/school_holidays")
    keys = tuple(region.key for region in regions())
    return tuple(_holiday(row, keys) for row in rows.rows("holidays", "key"))


def is_school_day(day: date, region: str) -> bool:
    """Whether a day is a working day outside the school holidays of a region."""
    free = any(h.region == region and h.first <= day <= h.last for h in load_holidays())
    return is_working_day(day) and not free


def next_school_day(day: date, region: str) -> date:
    """The day itself if it is a school day, else the first one after it."""
    while not is_school_day(day, region):
        day += _DAY
    return day


def is_known(day: date, region: str) -> bool:
    """Whether the school holidays of the year in which a day lies are known for a region."""
    begins = day.year if day.month >= _FIRST_MONTH else day.year - 1
    year = f"{begins}-{begins + 1}"
    return any(h.region == region and h.year == year for h in load_holidays())


def _holiday(row: Rows, keys: tuple[str, ...]) -> SchoolHoliday:
    row.text("source")
    found = SchoolHoliday(
        year=row.text("year"),
        region=row.choice("region", keys),
        key=row.text("key"),
        first=row.day("first"),
        last=row.day("last"),
        binding=row.choice("kind", ("set", "advice")) == "set",
        checked=row.day("checked"),
        sure=not row.flag("to_be_checked"),
    )
    if found.last < found.first:
        raise DataError(row.where, "ends before it begins")
    return found
