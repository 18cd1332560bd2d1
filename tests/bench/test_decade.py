"""What the consent rooms take in a register with ten years of decisions."""

from __future__ import annotations

import time
from datetime import timedelta
from itertools import count, cycle
from typing import TYPE_CHECKING

import pytest

from app.check.publish import keep_published, publish
from app.consent.asof import end_of
from app.consent.decide import DecisionsDraft, UseAnswer, record_decisions
from app.consent.grid import group_verdicts
from app.consent.records import Answer
from app.demo.users import demo_users
from app.figures.collect import collect
from app.figures.trend import trend
from app.lists.listing import list_board, look_at_lists
from app.publications.tasks import look_for_tasks, open_tasks
from app.record import Compartment
from tests.bench.table import PROCESSOR, Measured, Slowest, Table, in_turns
from tests.bench.test_register import (
    guardians_of,
    raw_of,
    read_bare,
    some_pupils,
    test_a_group_of_thirty_and_all_uses,
    test_a_verdict_from_stored_facts,
    test_recording_one_decision,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from db.register.session import LocalSession
    from tests.bench.conftest import Copies

__all__ = [
    "test_a_group_of_thirty_and_all_uses",
    "test_a_verdict_from_stored_facts",
    "test_recording_one_decision",
]

pytestmark = pytest.mark.bench

_PAST = timedelta(days=4 * 365)
_WHOLE = (
    "every decision row once, by bare SQL, is the floor; seconds on the clock in the other row"
)
_UP = """
SELECT p.*, f.* FROM publication AS p JOIN publication_subject AS f
ON f.publication_id = p.publication_id WHERE p.until IS NULL OR p.until >= ?
"""
_IN_THEM = """
SELECT d.* FROM decision AS d WHERE d.medium = 'photo' AND d.channel = 'website'
AND d.subject_id IN (SELECT f.subject_id FROM publication AS p JOIN publication_subject AS f
    ON f.publication_id = p.publication_id WHERE p.until IS NULL OR p.until >= ?)
"""
_OPEN = "SELECT * FROM printed_list WHERE valid_until >= ?"


@pytest.fixture(scope="module")
def session(pupils: int, copies: Copies) -> Iterator[LocalSession]:
    """The director, signed in on a register with ten years of decisions."""
    director = demo_users()[0]
    opened = copies.vault().unlock(copies.decade(pupils), director.name, director.phrase)
    keep_published(opened)
    yield opened
    opened.lock()


@pytest.fixture
def about() -> str:
    return ", ten years"


def test_publishing_one_change(session: LocalSession, pupils: int, table: Table) -> None:
    ids = cycle(some_pupils(session, 40))
    raw = raw_of(session, Compartment.CHECK)
    raw.execute("CREATE TABLE IF NOT EXISTS bench_floor (id INTEGER, body BLOB)")
    numbers = count()

    def floor() -> None:
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("INSERT INTO bench_floor VALUES (?,?)", (next(numbers), bytes(600)))
        raw.execute("COMMIT")

    try:
        mine, bare = in_turns(lambda: publish(session, [next(ids)]), floor)
    finally:
        raw.execute("DROP TABLE bench_floor")
    table.add(Measured("publish the check list after one change", pupils, mine, bare, 3))


def test_looking_back_at_a_group(
    session: LocalSession, pupils: int, table: Table, forget: Callable[[LocalSession], None]
) -> None:
    ids, today = some_pupils(session, 30), session.clock.today()
    raw, at = raw_of(session, Compartment.CONSENT), end_of(today - _PAST)
    with session.look(Compartment.CONSENT) as reader:

        def ours() -> None:
            group_verdicts(reader, ids, today - _PAST, at, today)

        def anew() -> None:
            forget(session)
            ours()

        mine, bare = in_turns(ours, lambda: read_bare(raw, ids), clock=PROCESSOR)
        first, _ = in_turns(anew, lambda: read_bare(raw, ids), rounds=5, clock=PROCESSOR)
    what = "group of 30 as known four years ago"
    table.add(Measured(what, pupils, mine, bare, 5))
    table.add(Measured(what + ", first asked", pupils, first, 0, 100, "ms"))


def test_lists_that_became_stale(session: LocalSession, pupils: int, table: Table) -> None:
    day, raw = session.clock.today(), raw_of(session, Compartment.CONSENT)
    signed = day - timedelta(days=1)
    for pupil_id, guardian in guardians_of(session, 10):
        answers = (UseAnswer("photo:website", Answer.WITHDRAWN),)
        record_decisions(session, DecisionsDraft(pupil_id, guardian, answers, signed))
    slices = Slowest(session)
    board = look_at_lists(slices)
    longest = slices.longest * 1000
    table.add(Measured("stale lists, longest hold", pupils, longest, 0, 500, "ms"))
    many = len(board.stale) + len(board.current)
    said = (line for state in board.stale for line in state.list.lines)
    ids = tuple(dict.fromkeys(line.partition(" ")[0] for line in said))

    def floor() -> None:
        raw.execute(_OPEN, (day.isoformat(),)).fetchall()
        read_bare(raw, ids)

    mine, bare = in_turns(lambda: list_board(session), floor, rounds=7, clock=PROCESSOR)
    note = f"{len(board.stale)} are stale; the floor reads all lists and who is on these"
    table.add(Measured(f"stale among {many} printed lists", pupils, mine, bare, 20, note=note))


def test_what_must_be_taken_down(session: LocalSession, pupils: int, table: Table) -> None:
    day, raw = session.clock.today().isoformat(), raw_of(session, Compartment.CONSENT)

    def floor() -> None:
        raw.execute(_UP, (day,)).fetchall()
        raw.execute(_IN_THEM, (day,)).fetchall()

    mine, bare = in_turns(lambda: open_tasks(session), floor, rounds=3, clock=PROCESSOR)
    table.add(Measured("what must be taken down", pupils, mine, bare, 20))
    slices = Slowest(session)
    look_for_tasks(slices)
    longest = slices.longest * 1000
    table.add(Measured("what must be taken down, longest hold", pupils, longest, 0, 500, "ms"))


@pytest.mark.parametrize("what", ["overview", "trend"])
def test_figures(session: LocalSession, pupils: int, table: Table, what: str) -> None:
    work, most = (collect, 10_000) if what == "overview" else (trend, 30_000)
    slices = Slowest(session)
    raw = raw_of(session, Compartment.CONSENT)
    begun, clock = time.thread_time(), time.perf_counter()
    work(slices)
    mine, passed = time.thread_time() - begun, time.perf_counter() - clock
    begun = time.thread_time()
    for _ in raw.execute("SELECT * FROM decision"):
        pass
    bare = time.thread_time() - begun
    name = f"figures, {what}"
    table.add(Measured(name, pupils, mine * 1000, 0, most, "ms", note=f"{passed:.1f} s"))
    table.add(Measured(f"{name}, as a ratio", pupils, mine, bare, 5, note=_WHOLE))
    table.add(Measured(f"{name}, longest hold", pupils, slices.longest * 1000, 0, 1000, "ms"))
