"""Dutch public holidays and working days, computed for any year.

Algemene termijnenwet art. 3(1) and (2): New Year's Day, Good Friday, Easter Monday, the King's
birthday, 5 May, Ascension Day, Whit Monday and both days of Christmas; Saturdays and Sundays
come from art. 1(1). Days that the government adds for some years (art. 3(3)) are not known
here, so a last day computed here is never too late. Source
https://wetten.overheid.nl/BWBR0002448, wording read at
https://staatsrechtpraktijk.nl/nieuwjaarsdag-en-kerstmis-in-het-staatsrecht/, checked
2026-11-22.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import cache

_DAY = timedelta(days=1)
_SATURDAY = 5
_SUNDAY = 6
_FIRST_KINGS_DAY = 2014


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the computation of Meeus, Jones and Butcher)."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    leaps, rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - correction + 15) % 30
    quarter, remainder = divmod(of_century, 4)
    weekday = (32 + 2 * rest + 2 * quarter - epact - remainder) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@cache
def holidays(year: int) -> frozenset[date]:
    """The generally recognised holidays of a year, and Good Friday."""
    sunday = easter(year)
    moving = (-2, 1, 39, 50)
    fixed = ((1, 1), (5, 5), (12, 25), (12, 26))
    return frozenset(
        (
            kings_day(year),
            *(sunday + timedelta(days=days) for days in moving),
            *(date(year, month, day) for month, day in fixed),
        )
    )


def kings_day(year: int) -> date:
    """The day on which the King's birthday is celebrated.

    27 April, a day earlier when that is a Sunday; until 2013 the Queen's, 30 April likewise.
    """
    day = date(year, 4, 27) if year >= _FIRST_KINGS_DAY else date(year, 4, 30)
    return day - _DAY if day.weekday() == _SUNDAY else day


def is_working_day(day: date) -> bool:
    """Whether a day is no Saturday, Sunday or holiday."""
    return day.weekday() < _SATURDAY and day not in holidays(day.year)


def next_working_day(day: date) -> date:
    """The day itself if it is a working day, else the first one after it."""
    while not is_working_day(day):
        day += _DAY
    return day


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or the last of that month when it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    longest = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, longest))
