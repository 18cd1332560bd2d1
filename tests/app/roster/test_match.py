"""One row for each rule of matching: a file, what the register knows, and what is proposed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest

from app.errors import Refusal
from app.people.records import Group, Guardian, SchoolYear, Site, StaffMember
from app.roster.asking import Asking
from app.roster.compare import compare, proposal_of
from app.roster.proposal import About, Change, Choice, Decided, Line, Proposal
from app.roster.questions import Known, KnownPupil, KnownTie, Standing
from tests.app.roster.made import BORN, child, family, group, parent, roster, site, teacher

TODAY = date(2026, 11, 22)
LATER = date(2021, 6, 7)
DAY = timedelta(days=1)
YEAR = SchoolYear(id="y", name="2026-2027", start=date(2026, 8, 1), end=date(2027, 7, 31))
SITES = {"s": Site(id="s", name="De Kade"), "t": Site(id="t", name="Het Zwanejong")}
GROUPS = {
    key: Group(id=key, site_id=at, school_year_id="y", name=name)
    for key, at, name in (("g", "s", "Zeester"), ("h", "s", "Zeepaard"), ("k", "t", "Krab"))
}


def pupil(id: str = "p", first: str = "Zoë", surname: str = "Wal", **more: Any) -> KnownPupil:
    given = {
        "prefix": "", "birth_date": BORN, "number": "", "standing": Standing.ENROLLED,
        "site_id": "s", "group_id": "g", "start": date(2026, 8, 1), **more,
    }  # fmt: skip
    return KnownPupil(id=id, first_name=first, surname=surname, **given)


def register(*people: Any, keys: dict[str, str] | None = None, **more: Any) -> Known:
    """The register; keys as "about:key" to id."""
    named: dict[str, dict[str, str]] = {}
    for mark, id in (keys or {}).items():
        about, _, key = mark.partition(":")
        named.setdefault(about, {})[key] = id
    given = {
        "sites": {"s": SITES["s"]}, "groups": GROUPS, "years": {"y": YEAR}, "keys": named,
        "pupils": {p.id: p for p in people if isinstance(p, KnownPupil)},
        "guardians": {p.id: p for p in people if isinstance(p, Guardian)},
        "staff": {p.id: p for p in people if isinstance(p, StaffMember)},
        **more,
    }  # fmt: skip
    return Known(**given)


def proposed(
    known: Known, *people: Any, decided: dict[str, Decided] | None = None, **more: Any
) -> Proposal:
    values: dict[str, Any] = {"today": TODAY, "decided": decided or {}}
    values.update({name: more.pop(name) for name in ("site_id", "today") if name in more})
    asking = Asking(**values)
    made = roster(*people, **more)
    return proposal_of(made, known, compare(made, known, asking))


def lines(proposal: Proposal, about: About = About.PUPIL) -> list[Line]:
    return [line for line in proposal.lines if line.about is about]


@dataclass(frozen=True)
class Case:
    """One rule.

    Attributes:
        says: "same" (nothing or a change about the known one), "new", or the doubt.
    """

    row: Any
    known: tuple[KnownPupil, ...]
    says: str
    keys: dict[str, str] = field(default_factory=dict)


NUMBER: dict[str, Any] = {"number": "12"}
KEY: dict[str, Any] = {"key": "K1", "stable": True}
RULES = {
    # keys
    "key": Case(child("Zoe", **KEY), (pupil(),), "same", {"pupil:K1": "p"}),
    "key, other family name": Case(
        child("Zoë", "Bos", **KEY), (pupil(),), "same", {"pupil:K1": "p"}
    ),
    "key, nobody of that name": Case(
        child("Tom", "Bos", birth_date=LATER, **KEY), (pupil(),), "key_name", {"pupil:K1": "p"}
    ),
    "a dummy key is never matched on": Case(
        child("Tom", "Bos", key="#1", stable=False), (pupil(),), "new", {"pupil:#1": "p"}
    ),
    "key of one, number of another": Case(
        child("Zoë", **KEY, **NUMBER),
        (pupil(), pupil("q", "Tom", number="12")),
        "number_elsewhere",
        {"pupil:K1": "p"},
    ),
    # numbers
    "number": Case(child("Zoë", **NUMBER), (pupil(number="12"),), "same"),
    "number, other spelling": Case(child("Zoe", **NUMBER), (pupil(number="12"),), "same"),
    "number and birth date, other family name": Case(
        child("Zoë", "Bos", **NUMBER), (pupil(number="12"),), "same"
    ),
    "number, same name, other birth date": Case(
        child("Zoë", birth_date=LATER, **NUMBER), (pupil(number="12"),), "same"
    ),
    "number without a name": Case(
        child("", "", birth_date=None, **NUMBER), (pupil(number="12"),), "same"
    ),
    "number of somebody else": Case(
        child("Tom", "Bos", **NUMBER), (pupil(number="12"),), "number_name"
    ),
    "number of a brother": Case(
        child("Tom", birth_date=LATER, **NUMBER), (pupil(number="12"),), "number_name"
    ),
    "number, half a name, no birth date": Case(
        child("Tom", birth_date=None, **NUMBER), (pupil(number="12"),), "number_name"
    ),
    # name and birth date
    "name and birth date": Case(child("Zoë"), (pupil(),), "same"),
    "name without accents": Case(child("ZOE", "wal"), (pupil(),), "same"),
    "prefix in the surname": Case(
        child("Zoë", "van der Wal"), (pupil(prefix="van der"),), "same"
    ),
    "prefix missing": Case(child("Zoë", "Wal"), (pupil(prefix="van der"),), "same"),
    "name, other birth date": Case(child("Zoë", birth_date=LATER), (pupil(),), "new"),
    "other name, same birth date": Case(child("Tom"), (pupil(),), "new"),
    "same name, other number": Case(
        child("Zoë", number="13"), (pupil(number="12"),), "other_number"
    ),
    "same name twice": Case(child("Zoë"), (pupil(), pupil("q")), "several"),
    "moved site, weak": Case(child("Zoë", site_key="t", group_keys=()), (pupil(),), "moved"),
    "moved site, by number": Case(
        child("Zoë", site_key="t", group_keys=(), **NUMBER), (pupil(number="12"),), "same"
    ),
    # no birth date
    "name and group, no birth date": Case(child("Zoë", birth_date=None), (pupil(),), "same"),
    "name in another group, no birth date": Case(
        child("Zoë", birth_date=None, group_keys=("h",)), (pupil(),), "no_birth"
    ),
    "no birth date in the register": Case(
        child("Zoë", group_keys=("h",)), (pupil(birth_date=None),), "no_birth"
    ),
    "nobody of that name": Case(child("Tom", birth_date=None), (pupil(),), "new"),
}


@pytest.mark.parametrize("name", RULES)
def test_who_is_meant(name: str) -> None:
    case = RULES[name]
    known = register(*case.known, keys=case.keys, sites=SITES)
    places = (site("s", "De Kade"), site("t", "Het Zwanejong"))
    groups = (group("g", "Zeester", site_key="s"), group("h", "Zeepaard", site_key="s"))
    found = lines(proposed(known, case.row, *places, *groups))
    if case.says == "new":
        assert [line.change for line in found] == [Change.NEW]
        assert found[0].doubt is None
    elif case.says == "same":
        assert [(line.record_id, line.doubt) for line in found] in ([], [("p", None)])
    else:
        assert [line.doubt and line.doubt.id for line in found] == [f"roster.doubt_{case.says}"]
        assert found[0].candidates[0].id == "p"


def test_twins_of_one_name_are_two_children_only_when_a_person_says_so() -> None:
    twins = (child("Zoë", number="1"), child("Zoë", number="2"))
    found = lines(proposed(register(), *twins))
    assert [line.doubt and line.doubt.id for line in found] == ["roster.doubt_namesake", None]
    decided = {found[0].key: Decided(Choice.NEW)}
    again = lines(proposed(register(), *twins, decided=decided))
    assert [(line.change, line.doubt) for line in again] == [(Change.NEW, None)] * 2


def test_twins_of_one_name_in_both_are_matched_by_number() -> None:
    known = register(pupil(number="1"), pupil("q", number="2"))
    assert proposed(known, child("Zoë", number="2"), child("Zoë", number="1")).is_empty


@pytest.mark.parametrize(
    ("second", "why"),
    [
        (child("Zoë"), "roster.twice"),
        (child("Zoë", number="1"), "roster.twice"),
        (child("Tom", number="1"), "roster.number_twice"),
    ],
)
def test_a_row_that_is_there_twice_is_taken_once(second: Any, why: str) -> None:
    proposal = proposed(register(), child("Zoë", number="1"), second)
    if second.number or why != "roster.twice":
        assert [fault.message.id for fault in proposal.faults] == [why]
    assert len(lines(proposal)) == 1


def test_two_rows_about_one_known_pupil_are_one() -> None:
    proposal = proposed(register(pupil(number="12")), child("Zoë", **NUMBER), child("Zoë"))
    assert [fault.message.id for fault in proposal.faults] == []
    assert [line.doubt and line.doubt.id for line in lines(proposal)] == [
        "roster.doubt_namesake"
    ]


# -- what changes -----------------------------------------------------------------------------


def only(proposal: Proposal, about: About = About.PUPIL) -> Line:
    (line,) = lines(proposal, about)
    return line


def fields(line: Line) -> dict[str, tuple[str, str]]:
    return {change.field: (change.old, change.new) for change in line.fields}


def test_an_empty_field_empties_nothing() -> None:
    known = register(pupil(number="12", prefix="van der"))
    row = child("Zoë", "Wal", number="12", birth_date=None, group_keys=())
    assert proposed(known, row).is_empty


def test_a_change_tells_old_and_new() -> None:
    known = register(pupil(number="12", prefix="van der"))
    line = only(proposed(known, child("Zoë", "Jansen", number="12", birth_date=BORN)))
    assert fields(line) == {"prefix": ("van der", ""), "surname": ("Wal", "Jansen")}
    assert line.change is Change.CHANGED


def test_another_group_is_a_change() -> None:
    line = only(
        proposed(register(pupil()), child("Zoë", group_keys=("h",)), group("h", "Zeepaard"))
    )
    assert fields(line)["group"] == ("Zeester", "Zeepaard")


def test_who_is_missing_from_a_whole_source_has_left() -> None:
    known = register(pupil(), pupil("q", "Tom"))
    line = only(proposed(known, child("Zoë"), whole=True))
    assert (line.change, line.record_id, line.doubt) == (Change.LEFT, "q", None)
    assert fields(line)["until"] == ("", (TODAY - DAY).isoformat())
    assert proposed(known, child("Zoë"), whole=False).is_empty


@pytest.mark.parametrize(
    "other",
    [
        pupil("q", "Tom", site_id="t", group_id="k"),
        pupil("q", "Tom", standing=Standing.VISITING),
        pupil("q", "Tom", standing=Standing.LEFT, end=date(2026, 9, 1)),
        pupil("q", "Tom", end=TODAY + DAY),
        pupil("q", "Tom", start=TODAY + DAY),
    ],
    ids=["another site", "visitor", "left already", "leaves already", "begins later"],
)
def test_who_is_no_candidate_for_having_left(other: KnownPupil) -> None:
    known = register(pupil(), other, sites=SITES)
    places = (site("s", "De Kade"),)
    assert proposed(known, child("Zoë"), *places, whole=True).is_empty


def test_who_began_after_the_file_was_made_is_a_doubt() -> None:
    known = register(pupil(), pupil("q", "Tom", start=date(2026, 11, 2)))
    line = only(proposed(known, child("Zoë"), whole=True, as_of=date(2026, 11, 1)))
    assert line.doubt is not None
    assert line.doubt.id == "roster.doubt_began_later"


def test_who_is_missing_from_a_file_of_a_year_that_is_over_is_a_doubt() -> None:
    known = register(pupil(), pupil("q", "Tom", start=date(2020, 8, 1)))
    old: dict[str, Any] = {"whole": True, "school_year": "2024-2025"}
    row = child("Zoë", group_keys=())
    line = only(proposed(known, row, **old))
    assert (line.name, line.change) == ("Tom Wal", Change.LEFT)
    assert line.doubt is not None
    assert line.doubt.id == "roster.doubt_year_over"
    sure = {line.key: Decided(Choice.ACCEPT)}
    assert only(proposed(known, row, decided=sure, **old)).doubt is None


def test_a_file_of_an_earlier_year_changes_nothing_unasked() -> None:
    named: dict[str, Any] = {"birth_date": BORN, "number": "12"}
    known = register(pupil(number="12"))
    line = only(proposed(known, child("Zoë", "Bos", **named), school_year="2024-2025"))
    assert line.change is Change.CHANGED
    assert line.doubt is not None
    assert line.doubt.id == "roster.doubt_outdated"
    assert only(proposed(known, child("Zoë", "Bos", **named))).doubt is None


def test_a_list_of_parents_moves_nobody() -> None:
    known = register(
        pupil(number="12"), pupil("q", "Tom", site_id="t", group_id="k"), sites=SITES
    )
    rows = (child("", "", number="12", group_keys=()), child("Tom", group_keys=()))
    assert lines(proposed(known, *rows, site_id="s")) == []
    assert lines(proposed(known, *rows, site_id="t")) == []


def test_numbers_alone_need_no_site() -> None:
    known = register(pupil(number="12"), sites=SITES)
    row = child("", "", number="12", group_keys=(), birth_date=None)
    assert proposed(known, row).is_empty
    with pytest.raises(Refusal) as refused:
        proposed(known, row, child("Tom", group_keys=()))
    assert refused.value.message.id == "roster.site_needed"


def test_a_number_that_nobody_has_is_told() -> None:
    row = child("", "", number="13", group_keys=(), birth_date=None)
    proposal = proposed(register(pupil(number="12")), row)
    assert proposal.is_empty
    (fault,) = proposal.faults
    assert (fault.message.id, fault.left_out) == ("roster.number_nobody", True)


def test_a_possible_match_is_not_proposed_as_left() -> None:
    known = register(pupil(number="12"), pupil("q"))
    found = lines(proposed(known, child("Zoë", number="13"), whole=True))
    assert [line.change for line in found] == [Change.CHANGED]


def test_a_leaver_in_the_file_leaves() -> None:
    last = date(2026, 11, 6)
    line = only(proposed(register(pupil()), child("Zoë", left=last)))
    assert (line.change, fields(line)["until"]) == (Change.LEFT, ("", "2026-11-06"))
    gone = pupil(standing=Standing.LEFT, end=last)
    assert proposed(register(gone), child("Zoë", left=last)).is_empty


def test_an_unknown_leaver_is_taken_over_with_an_ended_enrolment() -> None:
    row = child("Zoë", entered=date(2024, 8, 1), left=date(2026, 7, 1))
    line = only(proposed(register(), row))
    assert line.change is Change.NEW
    assert fields(line)["from"] == ("", "2024-08-01")
    assert fields(line)["until"] == ("", "2026-07-01")


def test_who_left_and_is_in_the_file_again_returns() -> None:
    gone = pupil(standing=Standing.LEFT, end=date(2026, 9, 1))
    line = only(proposed(register(gone), child("Zoë")))
    assert (line.change, line.doubt) == (Change.RETURNED, None)
    doubtful = only(proposed(register(gone), child("Zoë"), as_of=date(2026, 8, 20)))
    assert doubtful.doubt is not None
    assert doubtful.doubt.id == "roster.doubt_left_later"


def test_a_visitor_in_the_file_is_enrolled() -> None:
    known = register(pupil(standing=Standing.VISITING, end=TODAY + DAY))
    assert only(proposed(known, child("Zoë"))).change is Change.CHANGED


def test_groups_that_become_one_are_one_line() -> None:
    known = register(pupil(), pupil("q", "Tom", group_id="h"), pupil("r", "Eva", group_id="h"))
    one = group("n", "Koraal")
    rows = [child(name, group_keys=("n",)) for name in ("Zoë", "Tom", "Eva")]
    proposal = proposed(known, *rows, one)
    assert lines(proposal) == []
    line = only(proposal, About.GROUP)
    assert (line.change, line.name, line.detail) == (
        Change.MERGED,
        "Koraal",
        "Zeepaard + Zeester",
    )


def test_groups_of_which_somebody_stays_are_not_merged() -> None:
    known = register(pupil(), pupil("q", "Tom", group_id="h"), pupil("r", "Eva", group_id="h"))
    rows = [child(name, group_keys=("n",)) for name in ("Zoë", "Tom")]
    proposal = proposed(known, *rows, group("n", "Koraal"))
    assert {line.change for line in lines(proposal)} == {Change.CHANGED}
    assert only(proposal, About.GROUP).change is Change.NEW


def test_a_coming_school_year_begins_on_its_first_day() -> None:
    row = child("Zoë", group_keys=("n",))
    asked: dict[str, Any] = {"school_year": "2027-2028", "today": date(2027, 6, 20)}
    line = only(proposed(register(pupil()), row, group("n", "Zeester"), **asked))
    assert fields(line)["from"] == ("", "2027-08-01")


def test_a_birth_date_long_ago_is_taken_and_told() -> None:
    proposal = proposed(register(), child("Zoë", birth_date=date(1990, 1, 1)))
    assert [(f.message.id, f.left_out) for f in proposal.faults] == [
        ("people.born_long_ago", False)
    ]
    assert only(proposal).change is Change.NEW


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (child("", ""), "people.name_missing"),
        (child("Zoë 123456782"), "people.bsn"),
        (child("Zoë", birth_date=TODAY + DAY), "people.born_later"),
        (child("Z" * 201), "people.too_long"),
    ],
)
def test_who_fails_a_check_is_left_out_alone(row: Any, why: str) -> None:
    proposal = proposed(register(), row, child("Tom"))
    assert [(f.message.id, f.left_out) for f in proposal.faults] == [(why, True)]
    assert [line.name for line in lines(proposal)] == ["Tom Wal"]


# -- guardians --------------------------------------------------------------------------------

ANNA = Guardian(
    id="a", first_name="Anna", surname="Wal", email="anna@wal.nl", street="Kade 1",
    postcode="1234 AB",
)  # fmt: skip
JAN = Guardian(id="j", first_name="Jan", surname="Wal", email="anna@wal.nl")
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
    from app.errors import Refusal

    with pytest.raises(Refusal) as refused:
        proposed(register(sites=SITES), child("Zoë"))
    assert refused.value.message.id == "roster.site_needed"
    assert only(proposed(register(sites=SITES), child("Zoë"), site_id="t")).doubt is None


def test_a_register_without_sites_gets_one() -> None:
    assert (
        only(proposed(register(sites={}, groups={}), child("Zoë")), About.SITE).name == "lijst"
    )
