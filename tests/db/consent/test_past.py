"""Which entry was newest at an instant, wherever the clock stood when entries were made."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from db.consent.past import BY_CLOCK, NEWEST, NONE_BETWEEN, newest_entry
from db.journal.entry import COLUMNS
from db.store.mapping import instant_text
from db.store.reading import Reading
from tests.db.store.hand import START, put, raw_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.store.compartment import CompartmentFile

COPIED = [name for name in COLUMNS if name not in ("number", "seq", "at")]
ENTRY = f"""
INSERT INTO journal (number, seq, at, {", ".join(COPIED)})
SELECT :number, :number, :at, {", ".join(COPIED)} FROM journal WHERE number = 1
"""
MINUTES = st.integers(0, 12)


@pytest.fixture
def file(file: CompartmentFile) -> CompartmentFile:
    put(file)
    return file


@contextmanager
def entries(file: CompartmentFile, minutes: dict[int, int]) -> Iterator[None]:
    """Entries made at these minutes after the first, by number, while it lasts."""
    raw = raw_of(file)
    raw.execute("BEGIN")
    for number, minute in minutes.items():
        at = instant_text(START + timedelta(minutes=minute))
        raw.execute(ENTRY, {"number": number, "at": at})
    try:
        yield
    finally:
        raw.execute("ROLLBACK")


def newest(file: CompartmentFile, minute: int) -> int:
    file._opened.answers.clear()
    return newest_entry(Reading(file._opened), START + timedelta(minutes=minute))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(MINUTES, max_size=9), st.sets(st.integers(2, 9)), MINUTES)
@example([6, 2, 9, 4], set(), 4)
@example([9, 4, 2], set(), 4)
def test_the_order_of_entries_counts(
    file: CompartmentFile, minutes: list[int], missing: set[int], asked: int
) -> None:
    """Entries that another tool took out change nothing about the others."""
    made = {n: at for n, at in enumerate(minutes, start=2) if n not in missing}
    with entries(file, made):
        expected = max((n for n, at in {1: 0, **made}.items() if at <= asked), default=0)
        assert newest(file, asked) == expected


def test_before_the_first_entry_there_was_none(file: CompartmentFile) -> None:
    assert newest(file, -1) == 0


def test_entries_are_found_by_their_clocks_alone(
    file: CompartmentFile,
) -> None:
    raw, steps = raw_of(file), []
    for statement in (BY_CLOCK, NONE_BETWEEN, NEWEST):
        plan = raw.execute("EXPLAIN QUERY PLAN " + statement, {"at": "", "number": 1})
        steps += [step for *_, step in plan.fetchall() if "journal" in step]
    by_clock = [step for step in steps if "USING COVERING INDEX ix_journal_at" in step]
    assert len(by_clock) == len(steps) - 1 == 3
