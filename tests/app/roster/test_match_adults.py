"""Guardians, staff, sites and groups: one row for each rule of matching."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from app.errors import Refusal
from app.people.records import Guardian, Relation, StaffMember
from app.record import Compartment
from app.roster.accept import propose
from app.roster.asking import Asking
from app.roster.compare import compare
from app.roster.proposal import About, Change
from app.roster.questions import KnownTie
from app.roster.roster import RosterRelation
from tests.app.roster.compared import (
    SITES,
    TODAY,
    fields,
    lines,
    only,
    proposed,
    pupil,
    register,
)
from tests.app.roster.made import child, family, group, parent, roster, site, teacher
from tests.app.roster.test_accept import session, taken

if TYPE_CHECKING:
    from db.register.session import LocalSession

__all__ = ["session"]

# -- guardians --------------------------------------------------------------------------------

ANNA = Guardian(
    id="a", first_name="Anna", surname="Wal", email="anna@wal.nl", street="Kade 1",
    postcode="1234 AB",
)  # fmt: skip
JAN = Guardian(id="j", first_name="Jan", surname="Wal", email="anna@wal.nl")
MUM = Guardian(id="a", first_name="", surname="Wal", email="a@b.nl")
DAYLIGHT = Asking(today=TODAY)
TIE = {"p": (KnownTie("r", "a", "mother", 1, ended=False),)}
PARENTS = {
    "key": (parent("Anna", "Bos", key="K", stable=True), "a"),
    "e-mail and family name": (parent("Anna", email="ANNA@wal.nl"), "a"),
    "e-mail, other family name": (parent("Anna", "Bos", email="anna@wal.nl"), "new"),
    "e-mail of a couple": (parent("Jan", email="anna@wal.nl"), "j"),
    "e-mail of a couple, no first name": (parent("", email="anna@wal.nl"), "a"),
    "name and address": (parent("Anna", street="kade 1", postcode="1234ab"), "a"),
    "initial and address": (
        parent("", initials="A.", street="Kade 1", postcode="1234 AB"),
        "a",
    ),
    "name within the same child": (parent("Anna"), "a"),
    "initial within the same child": (parent("", initials="A."), "a"),
    "another name within the same child": (parent("Eva"), "new"),
}


@pytest.mark.parametrize("name", PARENTS)
def test_which_parent_is_meant(name: str) -> None:
    row, says = PARENTS[name]
    known = register(pupil(), ANNA, JAN, ties=TIE, keys={"guardian:K": "a"})
    made = (child("Zoë", key="z"), row, *family(z=(row.key,)))
    plan = compare(roster(*made), known, Asking(today=TODAY))
    tied = {tie.guardian_id for tie in plan.ties}
    new = [step for step in plan.steps if step.about is About.GUARDIAN and step.is_new]
    if says == "new":
        assert len(new) == 1
    else:
        assert new == []
        assert tied <= {says}


def test_two_who_may_be_meant_are_a_doubt() -> None:
    other = Guardian(id="b", first_name="Anna", surname="Wal", email="anna@wal.nl")
    row = parent("Anna", email="anna@wal.nl")
    made = (child("Tom", key="z"), row, *family(z=(row.key,)))
    line = only(proposed(register(ANNA, other), *made), About.GUARDIAN)
    assert line.doubt is not None
    assert {candidate.id for candidate in line.candidates} == {"a", "b"}


def test_a_mother_in_the_rows_of_both_children_is_one_person() -> None:
    rows = (parent("Anna", key="1", email="a@b.nl"), parent("Anna", key="2", email="a@b.nl"))
    made = (child("Zoë", key="z"), child("Tom", key="t"), *rows, *family(z="1", t="2"))
    line = only(proposed(register(), *made), About.GUARDIAN)
    assert [change.new for change in line.fields if change.field == "child"] == [
        "Zoë Wal",
        "Tom Wal",
    ]


def nameless(*kinds: str, second: tuple[str, ...] = ()) -> tuple[Any, ...]:
    """Parents of one child, and of another, whose names are not given."""
    rows = [parent("", key=f"{kind}", email="a@b.nl") for kind in kinds]
    ties = [
        RosterRelation(key, kind, kind, place)
        for key, some in (("z", kinds), ("t", second))
        for place, kind in enumerate(some, 1)
    ]
    return child("Zoë", key="z", number="1"), child("Tom", key="t", number="2"), *rows, *ties


@pytest.mark.parametrize("kinds", [("father", "mother"), ("parent", "other")])
def test_parents_of_one_child_who_share_name_and_address_are_two(
    session: LocalSession, kinds: tuple[str, str]
) -> None:
    made = taken(session, *nameless(*kinds, second=kinds))
    assert propose(session, made).is_empty
    with session.look(Compartment.CONSENT) as reader:
        assert len(reader.all(Guardian)) == 2
        assert len(reader.all(Relation)) == 4


def test_a_father_without_a_given_name_is_not_the_mother() -> None:
    known = {"p": (KnownTie("r", "a", "mother", 1, ended=False),)}
    made = (child("Zoë", key="z"), parent("", key="1", email="anna@wal.nl"))
    father = proposed(register(pupil(), ANNA, ties=known), *made, *family("father", z="1"))
    assert only(father, About.GUARDIAN).change is Change.NEW
    both = (*nameless("father", "mother"), group())
    plan = compare(roster(*both), register(pupil(number="1"), MUM, ties=known), DAYLIGHT)
    new = [step for step in plan.steps if step.about is About.GUARDIAN and step.is_new]
    assert [(tie.guardian_id, tie.kind) for tie in plan.ties] == [(new[0].id, "father")]


def test_parents_of_two_children_who_share_name_and_address_are_one() -> None:
    rows = nameless("father", "mother")
    ties = family("parent", z=("father",), t=("mother",))
    proposal = proposed(register(), *rows[:4], *ties)
    assert len(lines(proposal, About.GUARDIAN)) == 1


def test_rows_of_one_parent_that_contradict_are_told() -> None:
    rows = (
        parent("Anna", key="1", email="a@b.nl", phone="078 000 00 00"),
        parent("Anna", key="2", email="a@b.nl", phone="078 000 00 01"),
    )
    made = (child("Zoë", key="z"), child("Tom", key="t"), *rows, *family(z="1", t="2"))
    proposal = proposed(register(), *made)
    assert [fault.message.id for fault in proposal.faults] == ["roster.guardian_contradicts"]


def test_a_parent_without_a_child_is_not_taken_over() -> None:
    proposal = proposed(register(), child("Zoë"), parent("Anna"))
    assert [fault.message.id for fault in proposal.faults] == ["roster.no_child"]
    assert lines(proposal, About.GUARDIAN) == []


def test_a_wrong_address_leaves_only_the_field_empty() -> None:
    made = (child("Zoë", key="z"), parent("Anna", key="1", email="geen"), *family(z="1"))
    proposal = proposed(register(), *made)
    assert [(f.message.id, f.left_out) for f in proposal.faults] == [
        ("people.email_wrong", False)
    ]
    assert "email" not in fields(only(proposal, About.GUARDIAN))


@pytest.mark.parametrize(("kind", "new"), [("parent", 0), ("other", 0), ("foster_parent", 1)])
def test_a_relation_becomes_known_and_is_never_ended(kind: str, new: int) -> None:
    made = (child("Zoë", key="z"), parent("Anna", key="1"), *family(kind, z="1"))
    known = register(pupil(), ANNA, ties=TIE)
    plan = compare(roster(*made), known, Asking(today=TODAY))
    assert [tie.relation_id for tie in plan.ties] == ["r"] * new


def test_a_relation_that_was_ended_stays_ended() -> None:
    ended = {"p": (KnownTie("r", "a", "mother", 1, ended=True),)}
    made = (child("Zoë", key="z"), parent("Anna", key="1"), *family("mother", z="1"))
    assert proposed(register(pupil(), ANNA, ties=ended), *made).is_empty


# -- staff, sites and groups --------------------------------------------------------------------

ADA = StaffMember(id="m", first_name="Ada", surname="Bos", email="ada@school.nl")


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (teacher("Ada", email="ADA@school.nl"), "same"),
        (teacher("Ada"), "same"),
        (teacher("Ada", email="a.bos@school.nl"), "doubt"),
        (teacher("Ada", "Vis", key="K", stable=True), "same"),
        (teacher("Eva"), "new"),
    ],
)
def test_which_member_of_staff_is_meant(row: Any, says: str) -> None:
    found = lines(proposed(register(ADA, keys={"staff:K": "m"}), row), About.STAFF)
    if says == "new":
        assert [line.change for line in found] == [Change.NEW]
    elif says == "doubt":
        assert found[0].doubt is not None
    else:
        assert {line.record_id for line in found} <= {"m"}


def test_staff_who_are_missing_are_proposed_as_left() -> None:
    line = only(proposed(register(ADA), child("Zoë"), whole_staff=True), About.STAFF)
    assert (line.change, line.doubt) == (Change.LEFT, None)
    asked: dict[str, Any] = {"site_id": "s", "whole_staff": True}
    line = only(proposed(register(ADA, sites=SITES), child("Zoë"), **asked), About.STAFF)
    assert line.doubt is not None


def test_staff_who_left_and_are_in_the_file_return() -> None:
    gone = StaffMember(id="m", first_name="Ada", surname="Bos", left=True)
    assert only(proposed(register(gone), teacher("Ada")), About.STAFF).change is Change.RETURNED
    leaver = teacher("Ada", left=True)
    assert only(proposed(register(ADA), leaver), About.STAFF).change is Change.LEFT
    assert lines(proposed(register(), leaver), About.STAFF) == []


def test_a_group_of_another_year_is_another_group() -> None:
    proposal = proposed(
        register(), child("Zoë"), group("g", "Zeester"), school_year="2027-2028"
    )
    assert only(proposal, About.GROUP).change is Change.NEW
    assert (
        lines(proposed(register(), child("Zoë"), group("g", "zeester")), About.GROUP)[0]
        .fields[0]
        .old
        == "Zeester"
    )


def test_a_group_at_two_sites_is_a_group_at_each() -> None:
    rows = (child("Zoë", site_key="s"), child("Tom", site_key="t"))
    places = (site("s", "De Kade"), site("t", "Het Zwanejong"))
    found = lines(proposed(register(sites=SITES), *rows, *places), About.GROUP)
    assert [(line.name, line.detail) for line in found] == [
        ("Zeester", "Het Zwanejong, 2026-2027")
    ]


def test_a_file_without_sites_needs_one_to_be_chosen() -> None:
    with pytest.raises(Refusal) as refused:
        proposed(register(sites=SITES), child("Zoë"))
    assert refused.value.message.id == "roster.site_needed"
    assert only(proposed(register(sites=SITES), child("Zoë"), site_id="t")).doubt is None


def test_a_register_without_sites_gets_one() -> None:
    assert (
        only(proposed(register(sites={}, groups={}), child("Zoë")), About.SITE).name == "lijst"
    )


def test_one_telephone_number_written_twice_is_no_contradiction_and_no_change() -> None:
    known = Guardian(id="a", first_name="Anna", surname="Wal", phone="06-12345678")
    ties = {"p": (KnownTie("r", "a", "mother", 1, ended=False),)}
    ways = ("0612345678", "+31 6 12345678")
    rows = [parent("Anna", key=way, email="a@b.nl", phone=way) for way in ways]
    made = (child("Zoë", key="z"), *rows, *family("mother", z=ways))
    proposal = proposed(register(pupil(), known, ties=ties), *made)
    assert proposal.faults == ()
    assert list(fields(only(proposal, About.GUARDIAN))) == ["email"]
    other = parent("Anna", key="x", email="a@b.nl", phone="0687654321")
    apart = proposed(register(pupil()), child("Zoë", key="z"), rows[0], other)
    assert [fault.message.id for fault in apart.faults][:1] == ["roster.guardian_contradicts"]
