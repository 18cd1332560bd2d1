"""Questions about printed lists: what is out there, the newest, and every answer by index."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from app.ids import new_id
from app.lists.lines import Cell, Line, Word, written
from app.lists.listing import standing_end
from app.lists.numbers import list_number
from app.lists.questions import NewestLists, NumberTaken, OpenLists
from app.lists.records import Ending, ListEnd, PrintedList
from app.record import Compartment
from db.lists import questions
from db.store.reading import Reading
from tests.registers import NOW

if TYPE_CHECKING:
    from app.ports import Session
    from tests.registers import School

TODAY = date(2026, 11, 22)


def a_list(days: int = 6, minutes: int = 0) -> PrintedList:
    id = new_id()
    return PrintedList(
        id=id,
        number=list_number(id),
        groups=("g1", "g2"),
        title="Zeester, Anker",
        uses=("photo:website", "film:website"),
        lines=written([Line("p1", "Bo", (Cell(Word.NO), Cell(Word.YES_IF, ("no_name",))))]),
        language="nl",
        printed_at=NOW + timedelta(minutes=minutes),
        printed_by="Anna",
        holder="Pjotr",
        valid_until=TODAY + timedelta(days=days),
        basis=3,
        stamp="3 · x",
        digest="0" * 64,
        pages=1,
    )


def an_end(printed: PrintedList, replaces: str = "", minutes: int = 0) -> ListEnd:
    return ListEnd(
        id=new_id(),
        list_id=printed.id,
        how=Ending.RETURNED,
        noted_by="Anna",
        recorded_at=NOW + timedelta(minutes=minutes),
        replaces=replaces,
    )


def stored(school: School, *records: PrintedList | ListEnd) -> Session:
    session = school.administrator()
    with session.work(Compartment.CONSENT, "test") as work:
        work.add(*records)
        work.commit()
    return session


def out_there(session: Session, since: date = TODAY) -> list[str]:
    with session.look(Compartment.CONSENT) as reader:
        return [each.id for each in reader.ask(OpenLists(since))]


def test_a_list_comes_back_as_it_was_stored(school: School) -> None:
    printed = a_list()
    session = stored(school, printed)
    with session.look(Compartment.CONSENT) as reader:
        assert reader.ask(OpenLists(TODAY)) == (printed,)


def test_the_newest_comes_first(school: School) -> None:
    old, new = a_list(), a_list(minutes=1)
    assert out_there(stored(school, old, new)) == [new.id, old.id]


def test_who_is_back_is_not_out_there(school: School) -> None:
    one, other = a_list(), a_list()
    assert out_there(stored(school, one, other, an_end(one))) == [other.id]


def test_an_end_that_was_taken_back_is_none(school: School) -> None:
    printed = a_list()
    end = an_end(printed)
    back = an_end(printed, end.id, 1)
    session = stored(school, printed, end, back)
    assert out_there(session) == [printed.id]
    with session.look(Compartment.CONSENT) as reader:
        assert reader.ask(NewestLists()) == ((printed, None),)
    assert standing_end((end, back)) is None


def test_the_end_that_stands_is_told(school: School) -> None:
    printed = a_list()
    first = an_end(printed)
    last = an_end(printed, minutes=2)
    session = stored(school, printed, first, an_end(printed, first.id, 1), last)
    with session.look(Compartment.CONSENT) as reader:
        assert reader.ask(NewestLists()) == ((printed, last),)


def test_lists_that_ended_long_ago_are_left_out(school: School) -> None:
    old, new = a_list(days=-90), a_list()
    assert out_there(stored(school, old, new)) == [new.id]


def test_one_list_by_its_number(school: School) -> None:
    one, other = a_list(), a_list()
    session = stored(school, one, other)
    with session.look(Compartment.CONSENT) as reader:
        found = reader.ask(NewestLists(number=one.number))
        assert [each.id for each, _ in found] == [one.id]
        assert reader.ask(NumberTaken(one.number, other.id))
        assert not reader.ask(NumberTaken(one.number, one.id))


PLANS = [
    (questions._OPEN, {"since": "2026-11-22"}),
    (questions._END, {"id": "x"}),
    (questions._TAKEN, {"number": "x", "id": "y"}),
    (questions._CHANNELS, {"number": 7}),
    (questions._SCHOOL, {"number": 7}),
    (questions._NEWEST.format(where=""), {"number": "", "limit": 5}),
    (questions._NEWEST.format(where="WHERE p.number = :number"), {"number": "x", "limit": 5}),
]


@pytest.mark.parametrize(("statement", "values"), PLANS)
def test_no_question_reads_a_whole_table(
    school: School, statement: str, values: dict[str, object]
) -> None:
    session = school.administrator()
    with session.look(Compartment.CONSENT) as reader:
        assert isinstance(reader, Reading)
        plan = reader.rows(f"EXPLAIN QUERY PLAN {statement}", values)
    steps = [str(row[-1]) for row in plan]
    assert all("USING" in step for step in steps if step.startswith(("SCAN", "SEARCH"))), steps
