"""Days as people type them: 3-4-2026, 3/4/2026, 3 apr 2026; shown as 3 apr 2026."""

import re
from datetime import date
from functools import cache

from app.errors import Refusal
from app.text import LANGUAGES, Words

_NUMBERS = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{1,4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NAMED = re.compile(r"(\d{1,2})\s+([^\W\d_]+)\.?\s+(\d{1,4})")
_SHORT = re.compile(r"(\d{1,2})(?:\s*[-/. ]\s*(\d{1,2}))?")
_YEAR_DIGITS = 4
_MONTHS_BACK = 97
"""Eight years and a month: 29 February comes back within it, whatever the century."""


def read_day(typed: str) -> date | None:
    """The day that was typed, or None when nothing was.

    Raises:
        Refusal: it is not a day, the day does not exist, or the year lacks digits.
    """
    words = " ".join(typed.split()).casefold()
    if not words:
        return None
    parts = _parts(words)
    if parts is None:
        raise Refusal("kit.day_unreadable")
    day, month, year = parts
    if len(year) != _YEAR_DIGITS:
        raise Refusal("kit.day_short_year")
    try:
        return date(int(year), month, int(day))
    except ValueError:
        raise Refusal("kit.day_unknown") from None


def nearest_day(typed: str, today: date) -> date | None:
    """The newest day up to today that "12-5" or "12" can mean; None when it is neither."""
    parts = _SHORT.fullmatch(" ".join(typed.split()))
    if parts is None:
        return None
    day, month = int(parts[1]), int(parts[2] or 0)
    for back in range(_MONTHS_BACK):
        year, place = divmod(today.year * 12 + today.month - 1 - back, 12)
        try:
            found = date(year, place + 1, day)
        except ValueError:
            continue
        if found <= today and month in (0, found.month):
            return found
    return None


def typed_day(day: date) -> str:
    """A day as it is typed: 3-4-2026."""
    return f"{day.day}-{day.month}-{day.year}"


def _parts(words: str) -> tuple[str, int, str] | None:
    if found := _ISO.fullmatch(words):
        return found[3], int(found[2]), found[1]
    if found := _NUMBERS.fullmatch(words):
        return found[1], int(found[2]), found[3]
    if found := _NAMED.fullmatch(words):
        month = _months().get(found[2], 0)
        return (found[1], month, found[3]) if month else None
    return None


@cache
def _months() -> dict[str, int]:
    names: dict[str, int] = {}
    for language in LANGUAGES:
        words = Words(language)
        for month in range(1, 13):
            first = date(2000, month, 1)
            for shown in (words.day(first), words.long_day(first)):
                names[shown.split()[1].casefold()] = month
    return names
