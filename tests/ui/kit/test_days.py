"""Days as people type them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Refusal
from ui.kit.days import read_day, typed_day
from ui.words import day

APRIL = date(2026, 4, 3)


@pytest.mark.parametrize(
    "typed",
    [
        "3-4-2026",
        "03-04-2026",
        "3/4/2026",
        "3.4.2026",
        "3 4 2026",
        " 3 - 4 - 2026 ",
        "2026-04-03",
        "3 apr 2026",
        "3 april 2026",
        "3 Apr. 2026",
    ],
)
def test_reads_what_people_type(typed: str) -> None:
    assert read_day(typed) == APRIL


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("3-4-26", "kit.day_short_year"),
        ("31-2-2026", "kit.day_unknown"),
        ("3-13-2026", "kit.day_unknown"),
        ("morgen", "kit.day_unreadable"),
        ("3 foo 2026", "kit.day_unreadable"),
        ("1-2-3-4", "kit.day_unreadable"),
    ],
)
def test_says_what_is_wrong(typed: str, why: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_day(typed)
    assert caught.value.message.id == why


def test_nothing_is_no_day() -> None:
    assert read_day("  ") is None


@given(st.dates(min_value=date(1000, 1, 1)))
def test_reads_back_every_day_it_writes(any_day: date) -> None:
    assert read_day(typed_day(any_day)) == any_day
    assert read_day(day(any_day)) == any_day
