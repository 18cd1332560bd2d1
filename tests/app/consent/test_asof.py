"""Looking back: what was typed becomes a day and a moment."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.consent.asof import as_of
from app.errors import Refusal

TODAY = date(2026, 11, 22)
MAY = date(2026, 5, 12)


def test_without_a_moment_all_that_is_known_counts() -> None:
    assert as_of(MAY, None, "14:05", TODAY).known_at is None


def test_a_day_is_known_until_its_last_instant_at_the_school() -> None:
    found = as_of(MAY, MAY, "", TODAY).known_at
    assert found == datetime(2026, 5, 12, 21, 59, 59, 999999, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["14:05", "14.05", " 14:05 "])
def test_a_time_holds_for_the_whole_minute(typed: str) -> None:
    found = as_of(MAY, MAY, typed, TODAY).known_at
    assert found == datetime(2026, 5, 12, 12, 5, 59, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["25:00", "12:60", "twaalf", "12"])
def test_what_is_no_time_is_refused_at_its_field(typed: str) -> None:
    with pytest.raises(Refusal, match="time_unreadable") as refused:
        as_of(MAY, MAY, typed, TODAY)
    assert refused.value.field == "known_time"


def test_nothing_is_known_yet_of_tomorrow() -> None:
    with pytest.raises(Refusal, match="known_later"):
        as_of(MAY, date(2026, 11, 23), "", TODAY)


def test_the_day_itself_may_lie_ahead() -> None:
    assert as_of(date(2027, 1, 1), TODAY, "", TODAY).day == date(2027, 1, 1)
