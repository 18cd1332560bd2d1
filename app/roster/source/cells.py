"""What one cell says: a day, a name, an address for mail, a telephone number, yes or no.

Each reader gives back what was understood and, when that is not all, what is wrong. A message
never repeats what stood in the cell, except for a day that does not exist: the cell may hold
what the register may not know.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from app.errors import Message
from app.names import fold, tidy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.roster.source.layout import Cell

OLDEST, NEWEST = 1900, 2100

_PARTED = re.compile(r"(\d{1,4})\s*([-/. ])\s*(\d{1,2})\s*\2\s*(\d{1,4})")
_CLOCK = re.compile(r"[T ]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?\Z")
_MARKED_TEXT = re.compile(r"^['’](?=\d)")  # so a spreadsheet keeps a number as it is typed
_DIGITS = re.compile(r"\d{8}")
_SERIAL = re.compile(r"(\d{5})(?:[.,]0+)?")
_NAMED = re.compile(
    r"(\d{1,2})[. -]+([a-z]{3,9})[. -]+(\d{4})|([a-z]{3,9})[. ]+(\d{1,2}),? +(\d{4})"
)
_FIRST_SERIAL = date(1899, 12, 30)  # workbooks count a day too many up to March 1900
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januari", "feb february februari", "maa mrt mar march maart",
            "apr april", "mei may", "jun june juni", "jul july juli", "aug august augustus",
            "sep sept september", "okt oct october oktober", "nov november", "dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_ZEROES = "0-/. "
_YEAR_DIGITS = 4
_MONTHS_IN_YEAR = 12
_LONGEST_MONTH = 31

_YES = frozenset({"ja", "j", "yes", "y", "waar", "true", "1", "x", "wel", "oui", "ok"})
_NO = frozenset({"nee", "n", "no", "onwaar", "false", "0", "niet", "geen", "non"})

_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]]+@[^\s@<>,;\"()\[\]]+\.[^\s@<>,;\"()\[\].]+")
_PHONE = re.compile(r"[+(]?\d[\d ()./\-–]{5,24}")
_PLAIN_PHONE = re.compile(r"0\d{1,3}[- ]?\d{6,8}")
_SEVERAL = re.compile(r"\s/\s|[;,|\n]|\b(?:of|or|en|and)\b")
_PHONE_REST = re.compile(r"[^\d+]")
_FEWEST_DIGITS, _MOST_DIGITS = 7, 15
_LOST_ZERO = re.compile(r"6\d{8}")
_WHOLE_FRACTION = re.compile(r"(\d+)[.,]0+")

_NOTHING = frozenset(
    {"", "-", "--", "n.v.t.", "nvt", "n/a", "onbekend", "unknown", "geen", "?", "null"}
)


class DateOrder(StrEnum):
    """How days with three numbers are written; a year in front is always understood."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


def text(cell: Cell) -> str:
    """The text of a cell, tidied; a day as 2019-05-31."""
    return tidy(cell) if isinstance(cell, str) else cell.isoformat()


def code(cell: Cell) -> str:
    """A number that is a code, such as a pupil's: without what a spreadsheet adds to it."""
    found = _MARKED_TEXT.sub("", text(cell))
    whole = _WHOLE_FRACTION.fullmatch(found)
    return whole.group(1) if whole else found


def is_empty(cell: Cell) -> bool:
    """Whether a cell says nothing: empty, a dash, "n.v.t."."""
    return isinstance(cell, str) and tidy(cell).casefold() in _NOTHING


def day(
    cell: Cell, order: DateOrder = DateOrder.DAY_FIRST
) -> tuple[date | None, Message | None]:
    """The day in a cell, or None with what is wrong; None alone for an empty cell.

    Understood are a year in front, three numbers in the order given, eight digits, the number
    of a day in a workbook, and a month by its Dutch or English name. A time is left aside.
    """
    if not isinstance(cell, str):
        return _within(cell)
    if is_empty(cell):
        return None, None
    written = _MARKED_TEXT.sub("", _CLOCK.sub("", tidy(cell)))
    if not written.strip(_ZEROES):  # 00-00-0000 is how some systems write that they know none
        return None, None
    serial = _SERIAL.fullmatch(written)
    if serial:
        return _within(_FIRST_SERIAL + timedelta(days=int(serial.group(1))))
    found = _parts(written, order)
    return _as_day(*found) if found else (None, Message("roster.day_unreadable"))


def find_order(cells: Iterable[Cell]) -> DateOrder | None:
    """The order in which a column writes its days, or None when it cannot be told.

    A number above twelve tells; so do dashes and dots, which the Dutch order uses.
    """
    first = second = slashes = 0
    for cell in cells:
        if not isinstance(cell, str):
            continue
        found = _PARTED.fullmatch(_MARKED_TEXT.sub("", _CLOCK.sub("", tidy(cell))))
        if found is None or len(found.group(1)) == _YEAR_DIGITS:
            continue
        one, two = int(found.group(1)), int(found.group(3))
        first += one > _MONTHS_IN_YEAR
        second += two > _MONTHS_IN_YEAR
        slashes += found.group(2) == "/" and one != two
    if second and not first:
        return DateOrder.MONTH_FIRST
    if first or not slashes:
        return DateOrder.DAY_FIRST
    return None


def email(cell: Cell) -> tuple[str, Message | None]:
    """The address in a cell ("Name <a@b.nl>" too), the first one when there are several."""
    if isinstance(cell, str) and _ADDRESS.fullmatch(cell):
        return cell, None
    if is_empty(cell):
        return "", None
    found = _ADDRESS.findall(text(cell).replace("mailto:", ""))
    if not found:
        return "", Message("roster.email_unreadable")
    return str(found[0]), Message("roster.email_several") if len(found) > 1 else None


def phone(cell: Cell) -> tuple[str, Message | None]:
    """The telephone number in a cell as it is written, the first one when there are several.

    The zero that a spreadsheet takes from a mobile number is put back.
    """
    if isinstance(cell, str) and _PLAIN_PHONE.fullmatch(cell):
        return cell, None
    if is_empty(cell):
        return "", None
    written = code(cell)
    if _LOST_ZERO.fullmatch(written):
        return f"0{written}", None
    found = [
        one.rstrip(" -–./(") for part in _SEVERAL.split(written) for one in _PHONE.findall(part)
    ]
    found = [part for one in found for part in _apart(one)]
    found = [one for one in found if _FEWEST_DIGITS <= _digits(one) <= _MOST_DIGITS]
    if not found:
        return "", Message("roster.phone_unreadable")
    first = f"({found[0]}" if found[0].count(")") > found[0].count("(") else found[0]
    return first, Message("roster.phone_several") if len(found) > 1 else None


def yes_no(cell: Cell) -> tuple[bool | None, Message | None]:
    """Whether a cell says yes or no; None when it says nothing or is not understood."""
    word = fold(text(cell))
    if word in _YES:
        return True, None
    if word in _NO:
        return False, None
    return None, None if is_empty(cell) else Message("roster.yes_no_unreadable")


def _apart(written: str) -> list[str]:
    """Two numbers with a stroke between them; "010/1234567" is one."""
    return written.split("/") if _digits(written) > _MOST_DIGITS else [written]


def _digits(written: str) -> int:
    return len(_PHONE_REST.sub("", written).lstrip("+"))


def _within(found: date) -> tuple[date | None, Message | None]:
    if OLDEST <= found.year <= NEWEST:
        return found, None
    return None, Message("roster.day_far", {"year": found.year})


def _as_day(year: int, month: int, number: int) -> tuple[date | None, Message | None]:
    if len(str(year)) < _YEAR_DIGITS:
        return None, Message("roster.day_short_year")
    try:
        return _within(date(year, month, number))
    except ValueError:
        return None, Message("roster.day_not_there", {"day": f"{number:02}-{month:02}-{year}"})


def _parts(written: str, order: DateOrder) -> tuple[int, int, int] | None:
    """Year, month and day as numbers, also when there is no such day."""
    parted = _PARTED.fullmatch(written)
    if parted:
        one, two, three = (int(parted.group(place)) for place in (1, 3, 4))
        if len(parted.group(1)) == _YEAR_DIGITS:
            return one, two, three
        return (three, one, two) if order is DateOrder.MONTH_FIRST else (three, two, one)
    if _DIGITS.fullmatch(written):
        return _eight(written)
    named = _NAMED.fullmatch(written.casefold())
    if named is None:
        return None
    number, month, year = named.group(1, 2, 3) if named.group(1) else named.group(5, 4, 6)
    return (int(year), _MONTHS[month], int(number)) if month in _MONTHS else None


def _eight(digits: str) -> tuple[int, int, int] | None:
    """Eight digits with the year in front or at the end; never a number of another kind."""
    for year, month, number in (
        (digits[:4], digits[4:6], digits[6:]),
        (digits[4:], digits[2:4], digits[:2]),
    ):
        right = OLDEST <= int(year) <= NEWEST and 1 <= int(month) <= _MONTHS_IN_YEAR
        if right and 1 <= int(number) <= _LONGEST_MONTH:
            return int(year), int(month), int(number)
    return None
