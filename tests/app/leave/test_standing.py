"""Whether somebody had leave on a day: a table, and what holds for any history."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.leave.records import Leave, LeaveEnd
from app.leave.standing import Stand, answer, leave_on, stand

FIRST = date(2026, 9, 1)
NOTED = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)


def on(days: int) -> date:
    return FIRST + timedelta(days=days)


def at(days: int) -> datetime:
    return NOTED + timedelta(days=days)


def leave(start: int = 0, end: int = 10, noted: int = 0, id: str = "a") -> Leave:
    return Leave(
        id=id,
        staff_id="kees",
        purpose="schoolaccount",
        start=on(start),
        end=on(end),
        given_by="Jan",
        protocol="lovk-2023",
        version=1,
        article="A1",
        recorded_at=at(noted),
    )


def ended(
    day: int, noted: int, id: str = "e", replaces: str = "", *, mistake: bool = False
) -> LeaveEnd:
    return LeaveEnd(
        id=id,
        leave_id="a",
        staff_id="kees",
        ends_from=on(day),
        mistake=mistake,
        ended_by="Jan",
        recorded_at=at(noted),
        replaces=replaces,
    )


BACK = ended(5, 6, "b", "e")
# ends, day -> how leave from day 0 up to and including day 10 stands
STANDS = [
    ((), -1, Stand.AHEAD),
    ((), 0, Stand.HOLDS),
    ((), 10, Stand.HOLDS),
    ((), 11, Stand.OVER),
    ((ended(5, 5),), 4, Stand.HOLDS),
    ((ended(5, 5),), 5, Stand.WITHDRAWN),
    ((ended(5, 5),), 11, Stand.WITHDRAWN),
    ((ended(0, -3),), -1, Stand.WITHDRAWN),
    ((ended(5, 5), BACK), 5, Stand.HOLDS),
    ((ended(0, 5, mistake=True),), 4, Stand.MISTAKE),
    ((ended(0, 5, mistake=True), BACK), 4, Stand.HOLDS),
]


@pytest.mark.parametrize(("ends", "day", "expected"), STANDS)
def test_how_leave_stands(ends: tuple[LeaveEnd, ...], day: int, expected: Stand) -> None:
    assert stand(leave(), ends, on(day)) is expected


def test_leave_that_was_noted_afterwards_was_not_known_on_the_day() -> None:
    found = answer((leave(noted=7),), (), on(3))
    assert found.had
    assert found.differs
    assert found.known_then == ()


def test_what_was_withdrawn_later_held_until_then() -> None:
    facts = (leave(),), (ended(5, 5),)
    assert leave_on(*facts, on(7), at(4)) == facts[0]
    assert leave_on(*facts, on(7), at(5)) == ()


_DAYS = st.integers(-5, 20)


@given(_DAYS, st.lists(st.tuples(_DAYS, _DAYS), max_size=3), _DAYS)
def test_what_is_noted_later_changes_no_earlier_answer(
    day: int, withdrawn: list[tuple[int, int]], known: int
) -> None:
    ends = [ended(from_, noted, f"e{n}") for n, (from_, noted) in enumerate(withdrawn)]
    then = [end for end in ends if end.recorded_at <= at(known)]
    facts = (leave(),)
    assert leave_on(facts, ends, on(day), at(known)) == leave_on(
        facts, then, on(day), at(known)
    )


@given(st.lists(st.tuples(_DAYS, _DAYS), max_size=4), _DAYS)
def test_there_is_leave_exactly_within_its_days_and_before_it_ended(
    withdrawn: list[tuple[int, int]], day: int
) -> None:
    ends = [ended(from_, noted, f"e{n}") for n, (from_, noted) in enumerate(withdrawn)]
    first = min((from_ for from_, _ in withdrawn), default=11)
    assert bool(leave_on((leave(),), ends, on(day))) is (0 <= day <= 10 and day < first)
