"""What a list says, and what changed since it was printed: tables and properties."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.check.compose import rules
from app.consent.outcome import Outcome
from app.lists.lines import (
    Cell,
    Kind,
    Line,
    Word,
    cell,
    changes,
    ended,
    last_day,
    read,
    written,
)

TODAY = date(2026, 11, 23)
CONDITIONS = ("group_only", "no_name")
USES = ("photo:site", "film:site")

WORDS = [
    (Outcome.YES, (), Cell(Word.YES)),
    (Outcome.NOT_NEEDED, (), Cell(Word.YES)),
    (Outcome.YES_IF, ("no_name", "group_only"), Cell(Word.YES_IF, CONDITIONS)),
    (Outcome.YES_IF, ("on_sundays",), Cell(Word.NO)),
    (Outcome.ASK, (), Cell(Word.ASK)),
    (Outcome.NO, (), Cell(Word.NO)),
]


@pytest.mark.parametrize(("outcome", "conditions", "expected"), WORDS)
def test_the_paper_says_no_more_than_it_must(
    outcome: Outcome, conditions: tuple[str, ...], expected: Cell
) -> None:
    assert cell(outcome, conditions, rules()) == expected


YES, NO, ASK = Cell(Word.YES), Cell(Word.NO), Cell(Word.ASK)
NAMELESS = Cell(Word.YES_IF, ("no_name",))

# before, now -> what kind of change
STALE = [
    (YES, YES, None),
    (YES, NO, Kind.FORBIDS),
    (YES, ASK, Kind.FORBIDS),
    (YES, NAMELESS, Kind.FORBIDS),
    (NAMELESS, Cell(Word.YES_IF, CONDITIONS), Kind.FORBIDS),
    (NAMELESS, Cell(Word.YES_IF, ("group_only",)), Kind.FORBIDS),
    (Cell(Word.YES_IF, CONDITIONS), NAMELESS, Kind.ALLOWS),
    (NAMELESS, YES, Kind.ALLOWS),
    (NO, YES, Kind.ALLOWS),
    (NO, ASK, Kind.ALLOWS),
    (ASK, NO, Kind.FORBIDS),
]


@pytest.mark.parametrize(("before", "now", "kind"), STALE)
def test_one_answer_that_changed(before: Cell, now: Cell, kind: Kind | None) -> None:
    found = changes({"a": (before,)}, {"a": (now,)}, USES[:1])
    assert [change.kind for change in found] == ([kind] if kind else [])


def test_who_came_and_who_went() -> None:
    found = changes({"a": (YES,), "b": (YES,)}, {"b": (YES,), "c": (NO,)}, USES[:1])
    assert [(c.kind, c.pupil_id) for c in found] == [(Kind.JOINED, "c"), (Kind.LEFT, "a")]


def test_what_forbids_comes_first() -> None:
    found = changes({"a": (NO, YES)}, {"a": (YES, NO), "b": (YES, YES)}, USES)
    assert [change.kind for change in found] == [Kind.FORBIDS, Kind.ALLOWS, Kind.JOINED]
    assert found[0].use == "film:site"


CELLS = st.one_of(
    st.sampled_from([YES, NO, ASK]),
    st.sets(st.sampled_from(CONDITIONS), min_size=1).map(
        lambda some: Cell(Word.YES_IF, tuple(sorted(some)))
    ),
)
LISTS = st.dictionaries(st.sampled_from("abcdef"), st.tuples(CELLS, CELLS), max_size=6)


@given(LISTS, LISTS)
def test_a_list_is_stale_exactly_when_its_lines_differ(
    printed: dict[str, tuple[Cell, ...]], now: dict[str, tuple[Cell, ...]]
) -> None:
    assert bool(changes(printed, now, USES)) == (printed != now)


@given(LISTS, LISTS)
def test_every_child_in_a_change_is_on_one_of_both(
    printed: dict[str, tuple[Cell, ...]], now: dict[str, tuple[Cell, ...]]
) -> None:
    found = {change.pupil_id for change in changes(printed, now, USES)}
    assert found == {id for id in printed | now if printed.get(id) != now.get(id)}


@given(LISTS)
def test_lines_come_back_as_they_were_written(found: dict[str, tuple[Cell, ...]]) -> None:
    lines = [Line(id, "name", cells) for id, cells in found.items()]
    assert read(written(lines)) == found


@pytest.mark.parametrize("line", ["a maybe", "a yes+", "", "a"])
def test_a_line_without_meaning_is_not_read(line: str) -> None:
    if line in ("", "a"):
        assert read([line]) == {line: ()}
    elif line == "a yes+":
        assert read([line]) == {"a": (Cell(Word.YES, ("",)),)}
    else:
        with pytest.raises(ValueError, match="maybe"):
            read([line])


ENDS = [
    (7, (), 6),
    (1, (), 0),
    (7, (None,), 6),
    (7, (TODAY + timedelta(days=2), None), 2),
    (7, (TODAY + timedelta(days=30),), 6),
    (7, (TODAY,), 0),
]


@pytest.mark.parametrize(("days", "ends", "after"), ENDS)
def test_a_list_ends_with_the_first_answer_that_can_change(
    days: int, ends: tuple[date | None, ...], after: int
) -> None:
    assert last_day(TODAY, days, ends) == TODAY + timedelta(days=after)


def test_its_last_day_still_counts() -> None:
    assert ended(TODAY, TODAY) == ()
    assert [change.kind for change in ended(TODAY - timedelta(days=1), TODAY)] == [Kind.ENDED]
