"""A file of this year, while everybody has a place in the coming year already."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from app.people.places import latest
from app.people.records import Enrolment, Group, Pupil
from app.people.year import begin_year, plan_year
from app.record import Compartment
from app.roster.accept import accept, propose
from app.roster.proposal import About, Change
from app.roster.undo import imports, undo_import
from tests.app.roster.compared import fields, lines
from tests.app.roster.made import child, group, roster
from tests.app.roster.test_accept import changes, session, taken

if TYPE_CHECKING:
    from db.register.session import LocalSession
    from tests.registers import School

__all__ = ["session"]
BEGUN, JUNE, LAST = date(2026, 8, 20), date(2027, 6, 20), date(2027, 7, 31)
BEFORE, NEXT = date(2027, 6, 19), date(2027, 8, 1)
THREE, OTHER = group("a", "Groep 3a"), group("b", "Groep 3b")


@pytest.fixture
def june(session: LocalSession, school: School) -> LocalSession:
    """Three children, and the coming year as it was begun in June."""
    known: dict[str, Any] = {"entered": BEGUN}
    taken(
        session, child("Zoë", group_keys=("a",), **known), child("Eva", group_keys=("a",), **known),
        child("Tom", group_keys=("b",), **known), THREE, OTHER,
    )  # fmt: skip
    school.clock.move(JUNE - session.clock.today())
    begin_year(session, plan_year(session))
    return session


def stays(session: LocalSession, first_name: str) -> list[tuple[str, date, date | None]]:
    """Where somebody is taught, one after another."""
    with session.look(Compartment.CONSENT) as reader:
        (known,) = reader.all(Pupil, first_name=first_name)
        names = {each.id: each.name for each in reader.all(Group)}
        facts = latest(reader.all(Enrolment, pupil_id=known.id))
    real = [fact for fact in facts if fact.end is None or fact.end >= fact.start]
    return sorted((names[fact.group_id], fact.start, fact.end) for fact in real)


def test_nothing_is_to_be_done_when_the_file_says_what_is_known(june: LocalSession) -> None:
    rows = [child("Zoë", group_keys=("a",)), child("Eva", group_keys=("a",))]
    tom = child("Tom", group_keys=("b",))
    assert propose(june, roster(*rows, tom, THREE, OTHER, whole=True)).is_empty


def test_who_changes_groups_keeps_the_place_in_the_coming_year(june: LocalSession) -> None:
    made = roster(child("Zoë", group_keys=("b",)), OTHER)
    (line,) = lines(propose(june, made))
    assert fields(line) == {"group": ("Groep 3a", "Groep 3b"), "from": ("", JUNE.isoformat())}
    accept(june, made, propose(june, made))
    assert stays(june, "Zoë") == [
        ("Groep 3a", BEGUN, BEFORE),
        ("Groep 3b", JUNE, LAST),
        ("Groep 4a", NEXT, None),
    ]
    assert propose(june, made).is_empty
    undo_import(june, imports(june)[0][0].id)
    assert stays(june, "Zoë") == [("Groep 3a", BEGUN, LAST), ("Groep 4a", NEXT, None)]


def test_who_moves_with_a_whole_group_keeps_it_too(june: LocalSession) -> None:
    rows = [child(name, group_keys=("b",)) for name in ("Zoë", "Eva", "Tom")]
    made = roster(*rows, OTHER)
    assert changes(propose(june, made)) == [(About.GROUP, Change.MERGED, "Groep 3b")]
    accept(june, made, propose(june, made))
    assert stays(june, "Eva")[2] == ("Groep 4a", NEXT, None)


def test_who_is_missing_is_proposed_as_left_and_has_no_place_later(june: LocalSession) -> None:
    rows = [child("Zoë", group_keys=("a",)), child("Tom", group_keys=("b",))]
    made = roster(*rows, THREE, OTHER, whole=True)
    (line,) = lines(propose(june, made))
    assert (line.name, line.change, line.doubt) == ("Eva Wal", Change.LEFT, None)
    assert fields(line) == {"until": ("", BEFORE.isoformat())}
    accept(june, made, propose(june, made))
    assert stays(june, "Eva") == [("Groep 3a", BEGUN, BEFORE)]
    assert propose(june, made).is_empty


@pytest.mark.parametrize("where", ["a", "b"])
def test_who_leaves_at_the_end_of_the_year_has_no_place_later(
    june: LocalSession, where: str
) -> None:
    made = roster(child("Zoë", group_keys=(where,), left=LAST), THREE, OTHER)
    (line,) = lines(propose(june, made))
    assert fields(line)["until"] == ("", LAST.isoformat())
    accept(june, made, propose(june, made))
    assert [end for _, _, end in stays(june, "Zoë")][-1] == LAST
    assert propose(june, made).is_empty
