"""When the inspector's line is answered: working hours at the school, over weekends and holidays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clock import local
from app.days import is_working_day
from app.duties.line import line_now
from app.duties.rules import inspector_line

LINE = inspector_line()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "is_open", "until"),
    [
        ("2026-11-23T07:59:59+01:00", False, "2026-11-23T08:00+01:00"),
        ("2026-11-23T08:00:00+01:00", True, "2026-11-23T17:00+01:00"),
        ("2026-11-23T16:59:59+01:00", True, "2026-11-23T17:00+01:00"),
        ("2026-11-23T17:00:00+01:00", False, "2026-11-24T08:00+01:00"),
        ("2026-11-27T17:00:00+01:00", False, "2026-11-30T08:00+01:00"),
        ("2026-11-28T12:00:00+01:00", False, "2026-11-30T08:00+01:00"),
        ("2026-12-24T20:00:00+01:00", False, "2026-12-28T08:00+01:00"),
        ("2026-12-31T20:00:00+01:00", False, "2027-01-04T08:00+01:00"),
        ("2027-03-25T18:00:00+01:00", False, "2027-03-30T08:00+02:00"),
        ("2026-10-23T18:00:00+02:00", False, "2026-10-26T08:00+01:00"),
        ("2027-04-27T10:00:00+02:00", False, "2027-04-28T08:00+02:00"),
    ],
)
def test_the_line_by_the_clock_and_the_calendar(now: str, is_open: bool, until: str) -> None:
    found = line_now(LINE, at(now))
    assert (found.is_open, found.until) == (is_open, at(until))


@given(st.integers(0, 20 * 365 * 86_400))
def test_what_is_said_of_the_line_comes_true(seconds: int) -> None:
    now = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    found = line_now(LINE, now)
    assert found.until > now
    assert line_now(LINE, found.until).is_open is not found.is_open
    here = local(now)
    answered = is_working_day(here.date()) and LINE.opens <= here.time() < LINE.closes
    assert found.is_open == answered
    before = found.until - timedelta(seconds=1)
    assert before < now or line_now(LINE, before).is_open == found.is_open


def test_the_number_and_the_hours_are_data_with_a_source() -> None:
    assert LINE.phone == "0900 111 3 111"
    assert (LINE.opens.hour, LINE.closes.hour) == (8, 17)
    assert LINE.source.startswith("https://")
