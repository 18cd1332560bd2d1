"""Easter, King's Day and working days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.days import add_months, easter, holidays, is_working_day, kings_day, next_working_day

days = st.dates(date(1990, 1, 1), date(2150, 1, 1))


@pytest.mark.parametrize(
    "sunday",
    [
        date(1818, 3, 22),
        date(2000, 4, 23),
        date(2008, 3, 23),
        date(2026, 4, 5),
        date(2027, 3, 28),
        date(2038, 4, 25),
        date(2076, 4, 19),
    ],
)
def test_easter(sunday: date) -> None:
    assert easter(sunday.year) == sunday


@given(st.integers(1583, 4000))
def test_easter_is_a_sunday_between_its_bounds(year: int) -> None:
    day = easter(year)
    assert day.weekday() == 6
    assert date(year, 3, 22) <= day <= date(year, 4, 25)


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (2013, date(2013, 4, 30)),
        (2006, date(2006, 4, 29)),
        (2025, date(2025, 4, 26)),
        (2026, date(2026, 4, 27)),
    ],
)
def test_the_kings_day_is_never_a_sunday(year: int, day: date) -> None:
    assert kings_day(year) == day


def test_the_holidays_of_a_year() -> None:
    assert sorted(day.strftime("%d-%m") for day in holidays(2026)) == sorted(
        ["01-01", "03-04", "06-04", "27-04", "05-05", "14-05", "25-05", "25-12", "26-12"]
    )


@given(days)
def test_the_next_working_day_is_the_first_one(day: date) -> None:
    found = next_working_day(day)
    passed = [day + timedelta(days=n) for n in range((found - day).days)]
    assert is_working_day(found)
    assert not any(is_working_day(one) for one in passed)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 12, 5), 0, date(2026, 12, 5)),
    ],
)
def test_months_end_on_the_same_day_or_the_last(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later
