"""School holidays per region, and terms that end on a school day."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from app.data import DataError
from app.days import is_working_day
from app.procedures.school_days import (
    is_known,
    is_school_day,
    load_holidays,
    next_school_day,
    regions,
)
from app.procedures.terms import last_day, term_on

SOFT = replace(term_on("talk.within", date(2026, 11, 22)), moves="next_school_day")
KEYS = tuple(region.key for region in regions())


@pytest.mark.parametrize(
    ("day", "region", "first"),
    [
        (date(2026, 10, 12), "north", date(2026, 10, 19)),
        (date(2026, 10, 12), "middle", date(2026, 10, 12)),
        (date(2026, 10, 19), "middle", date(2026, 10, 26)),
        (date(2026, 12, 19), "north", date(2027, 1, 4)),
        (date(2027, 4, 24), "south", date(2027, 5, 3)),
        (date(2026, 10, 12), "", date(2026, 10, 12)),
        (date(2031, 10, 13), "north", date(2031, 10, 13)),
    ],
)
def test_the_next_school_day(day: date, region: str, first: date) -> None:
    assert next_school_day(day, region) == first


def test_a_term_ends_on_a_school_day_where_the_school_is() -> None:
    start = date(2026, 9, 28)
    assert last_day(SOFT, start, "north") == date(2026, 10, 19)
    assert last_day(SOFT, start, "middle") == date(2026, 10, 12)
    assert last_day(SOFT, start) == date(2026, 10, 12)


@given(st.dates(date(2025, 8, 1), date(2028, 1, 1)), st.sampled_from(KEYS))
def test_a_school_day_is_a_working_day_and_not_far_off(day: date, region: str) -> None:
    found = next_school_day(day, region)
    assert is_working_day(found)
    assert is_school_day(found, region)
    assert day <= found <= day + timedelta(weeks=7)


def test_every_region_knows_five_holidays_of_every_year() -> None:
    years = {holiday.year for holiday in load_holidays()}
    for year in years:
        for region in KEYS:
            found = [h for h in load_holidays() if (h.year, h.region) == (year, region)]
            assert [h.key for h in found] == ["autumn", "christmas", "spring", "may", "summer"]
            assert all(h.first.weekday() == 5 and h.last.weekday() == 6 for h in found)
            assert sorted(found, key=lambda h: h.first) == found


def test_a_school_year_without_dates_is_said_to_be_unknown() -> None:
    assert is_known(date(2026, 11, 22), "north")
    assert not is_known(date(2030, 11, 22), "north")
    assert not is_known(date(2026, 11, 22), "")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"region": "moon"}, "region is 'moon'"),
        ({"last": date(2020, 1, 1)}, "ends before it begins"),
        ({"kind": "perhaps"}, "kind is 'perhaps'"),
        ({"source": ""}, "source is empty"),
    ],
)
def test_a_planted_fault_names_its_holiday(
    monkeypatch: pytest.MonkeyPatch, change: dict[str, Any], said: str
) -> None:
    table = deepcopy(resources.school_holidays())
    table["holidays"][0].update(change)
    monkeypatch.setattr(resources, "school_holidays", lambda: table)
    with pytest.raises(
        DataError, match=r"school_holidays, holidays autumn.*" + re.escape(said)
    ):
        load_holidays.__wrapped__()
