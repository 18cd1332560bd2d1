"""One row for each rule of matching: a file, what the register knows, and what is proposed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from app.errors import Refusal
from app.roster.proposal import About, Change, Choice, Decided
from app.roster.questions import KnownPupil, Standing
from tests.app.roster.compared import (
    DAY,
    LATER,
    SITES,
    TODAY,
    fields,
    lines,
    only,
    proposed,
    pupil,
    register,
)
from tests.app.roster.made import BORN, child, group, site


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


def test_namesakes_in_groups_of_their_own_are_asked_about_once() -> None:
    rows = (child("Ab"), child("Ab", group_keys=("h",)))
    groups = (group(), group("h", "Zeepaard"))
    new, doubtful = sorted(
        lines(proposed(register(), *rows, *groups)), key=lambda line: line.doubt is not None
    )
    assert (new.doubt, doubtful.doubt and doubtful.doubt.id) == (None, "roster.doubt_namesake")
    known = register(pupil(first="Ab"), pupil("q", "Ab", group_id="h"))
    assert proposed(known, *rows, *groups).is_empty


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


def test_a_list_in_capitals_takes_no_second_capital_from_a_name() -> None:
    known = register(pupil(first="LeRoy", surname="DeVito"))
    assert lines(proposed(known, child("Leroy", "Devito"))) == []
    assert fields(only(proposed(known, child("LeRoy", "de Vito"))))["surname"][1] == "de Vito"


def test_a_prefix_against_the_surname_is_a_prefix() -> None:
    assert lines(proposed(register(pupil(surname="d'Ancona")), child("Zoë", "d'Ancona"))) == []
    known = register(pupil(surname="Ancona", prefix="d'"))
    assert lines(proposed(known, child("Zoë", "d'Ancona"))) == []
    apart = proposed(register(pupil(surname="d'Ancona")), child("Zoë", "Ancona", "d'"))
    assert only(apart).change is Change.CHANGED
