from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.names import fold, sort_key
from app.people.questions import (
    ChildrenOf,
    FindPeople,
    GroupPupils,
    GroupSize,
    GroupSizes,
    GuardianIds,
    GuardianLine,
    GuardianLines,
    GuardiansOf,
    Hit,
    Presence,
    PupilIds,
    PupilLine,
    PupilLines,
    PupilOrder,
)
from app.people.records import (
    Authority,
    AuthorityKind,
    Enrolment,
    EnrolmentKind,
    Group,
    Guardian,
    Pupil,
    Relation,
    SchoolYear,
    Site,
)
from tests.db.store.hand import START, TODAY, Shelf, enrolment, put

if TYPE_CHECKING:
    from pathlib import Path

    from app.record import Question
    from db.store.compartment import CompartmentFile

PLACES = (
    Site(id="s1", name="Nijmegen"),
    SchoolYear(id="y1", name="2026-2027", start=date(2026, 8, 1), end=date(2027, 7, 31)),
    Group(id="g1", site_id="s1", school_year_id="y1", name="Dolfijn", position=2),
    Group(id="g2", site_id="s1", school_year_id="y1", name="Zeehond", position=1),
)
PUPILS = (
    Pupil(
        id="p1", first_name="Zoë", prefix="van der", surname="Wal",
        birth_date=date(2021, 5, 1), number="A10",
    ),
    Pupil(
        id="p2", first_name="Łukasz", surname="Nowak", birth_date=date(2020, 1, 1), number="A9"
    ),
    Pupil(id="p3", first_name="Ömer", surname="Yıldız"),
    Pupil(id="p4", first_name="Bas", surname="Adriaans"),
)  # fmt: skip
GUARDIANS = (
    Guardian(id="m1", first_name="Anna", prefix="van der", surname="Wal", ship="Vrouwe Maria"),
    Guardian(id="m2", institution="Jeugdbescherming Rijn", town="Arnhem"),
)
RELATIONS = (
    Relation(id="r1", pupil_id="p1", guardian_id="m2", kind="institution", position=2),
    Relation(id="r2", pupil_id="p1", guardian_id="m1", kind="mother", position=1),
    Relation(id="r3", pupil_id="p2", guardian_id="m1", kind="mother"),
    Relation(id="r4", pupil_id="p3", guardian_id="m1", kind="other", ended=True),
)
ENROLMENTS = (
    enrolment("e1", "p1"),
    replace(enrolment("e2", "p2"), group_id="g2"),
    enrolment("e3", "p3", end=date(2026, 9, 30)),
)


@pytest.fixture
def file(file: CompartmentFile) -> CompartmentFile:
    put(file, *PLACES, *PUPILS, *GUARDIANS, *RELATIONS, *ENROLMENTS)
    return file


def ids(file: CompartmentFile, question: Question[tuple[str, ...]]) -> str:
    with file.look() as reader:
        return " ".join(reader.ask(question))


# -- lists ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("presence", "expected"),
    [(Presence.PRESENT, "p2 p1"), (Presence.LEFT, "p4 p3"), (Presence.ALL, "p4 p2 p1 p3")],
)
def test_pupils_come_in_the_dutch_order(
    file: CompartmentFile, presence: Presence, expected: str
) -> None:
    assert ids(file, PupilIds(on=TODAY, presence=presence)) == expected


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (PupilOrder.NAME, "p4 p2 p1 p3"),
        (PupilOrder.GROUP, "p2 p1 p3 p4"),
        (PupilOrder.BIRTH, "p2 p1 p4 p3"),
        (PupilOrder.NUMBER, "p2 p1 p4 p3"),
    ],
)
def test_pupils_come_in_other_orders(
    file: CompartmentFile, order: PupilOrder, expected: str
) -> None:
    assert ids(file, PupilIds(on=TODAY, presence=Presence.ALL, order=order)) == expected


def test_an_order_can_be_turned_round(file: CompartmentFile) -> None:
    assert ids(file, PupilIds(on=TODAY, descending=True)) == "p1 p2"


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("zoe", "p1"), ("wal zo", "p1"), ("der", "p1"), ("al", ""), ("lukasz", "p2"),
        ("yildiz", "p3"), ("omer", "p3"), ("a9", "p2"), ("a1", "p1"), ("x", ""), ("  ", "p4 p2 p1 p3"),
    ],
)  # fmt: skip
def test_pupils_are_found_by_beginnings_of_words(
    file: CompartmentFile, search: str, expected: str
) -> None:
    assert ids(file, PupilIds(on=TODAY, search=search, presence=Presence.ALL)) == expected


def test_pupils_of_a_group_and_of_a_site(file: CompartmentFile) -> None:
    assert ids(file, PupilIds(on=TODAY, group_id="g2")) == "p2"
    assert ids(file, PupilIds(on=TODAY, site_id="s1")) == "p2 p1"
    assert ids(file, PupilIds(on=TODAY, site_id="s2")) == ""


def test_who_only_visits_is_found_alone_on_the_days_of_the_visit(file: CompartmentFile) -> None:
    visit = replace(
        enrolment("e4", "p4", TODAY, TODAY + timedelta(days=2)), kind=EnrolmentKind.VISITING
    )
    put(file, visit)
    asked_all = PupilIds(on=TODAY, presence=Presence.VISITING)
    in_group = replace(asked_all, group_id="g1")
    for asked in (asked_all, in_group, replace(asked_all, search="bas")):
        assert ids(file, asked) == "p4"
        assert ids(file, replace(asked, on=TODAY + timedelta(days=3))) == ""
    assert ids(file, PupilIds(on=TODAY)) == "p4 p2 p1"


def test_presence_follows_the_day_inclusive(file: CompartmentFile) -> None:
    assert ids(file, PupilIds(on=date(2026, 9, 30))) == "p2 p1 p3"
    assert ids(file, PupilIds(on=date(2026, 10, 1))) == "p2 p1"
    assert ids(file, PupilIds(on=date(2026, 7, 31))) == ""


def test_a_corrected_enrolment_counts_no_more(file: CompartmentFile) -> None:
    put(file, replace(enrolment("e9", "p1", end=date(2026, 8, 31)), replaces="e1"))
    assert ids(file, PupilIds(on=TODAY)) == "p2"


def test_a_list_is_asked_anew_after_a_change(file: CompartmentFile) -> None:
    assert ids(file, PupilIds(on=TODAY)) == "p2 p1"
    with file.work("pupil_changed") as work:
        work.change(replace(PUPILS[0], surname="Aa"))
        assert work.ask(PupilIds(on=TODAY)) == ("p1", "p2")
    assert ids(file, PupilIds(on=TODAY)) == "p2 p1"


def test_lines_come_in_the_order_that_was_asked(file: CompartmentFile) -> None:
    with file.look() as reader:
        assert reader.ask(PupilLines(("p4", "nobody", "p1"), TODAY)) == (
            PupilLine("p4", "Adriaans, Bas", "", "", None, ""),
            PupilLine("p1", "Wal, Zoë van der", "Dolfijn", "Nijmegen", date(2021, 5, 1), "A10"),
        )


def test_of_two_enrolments_the_one_that_began_last_shows(file: CompartmentFile) -> None:
    put(file, replace(enrolment("e9", "p1", start=date(2026, 11, 1)), group_id="g2"))
    with file.look() as reader:
        assert [line.group for line in reader.ask(PupilLines(("p1",), TODAY))] == ["Zeehond"]
    assert ids(file, PupilIds(on=TODAY)) == "p2 p1"


# -- guardians and search ---------------------------------------------------------------------


def test_guardians_are_found_by_name_institution_and_ship(file: CompartmentFile) -> None:
    assert ids(file, GuardianIds()) == "m2 m1"
    assert ids(file, GuardianIds("jeugd")) == "m2"
    assert ids(file, GuardianIds("vrouwe")) == "m1"


def test_guardian_lines_name_the_children(file: CompartmentFile) -> None:
    with file.look() as reader:
        assert reader.ask(GuardianLines(("m1", "m2"))) == (
            GuardianLine(
                "m1", "Wal, Anna van der", "", "Vrouwe Maria",
                ("Łukasz Nowak", "Zoë van der Wal"),
            ),
            GuardianLine("m2", "Jeugdbescherming Rijn", "Arnhem", "", ("Zoë van der Wal",)),
        )  # fmt: skip


def test_the_global_search_finds_pupils_first(file: CompartmentFile) -> None:
    with file.look() as reader:
        found = reader.ask(FindPeople("wal", TODAY))
        assert found[0] == Hit("pupil", "p1", "Zoë van der Wal", "Dolfijn · Nijmegen")
        assert [(hit.kind, hit.id) for hit in found] == [("pupil", "p1"), ("guardian", "m1")]
        assert len(reader.ask(FindPeople("wal", TODAY, limit=1))) == 1
        assert reader.ask(FindPeople(" ", TODAY)) == ()


def test_the_guardians_of_a_pupil_come_with_relation_and_authority(
    file: CompartmentFile,
) -> None:
    fact = Authority(
        id="a1", pupil_id="p1", guardian_id="m1", kind=AuthorityKind.SOLE_PARENTAL,
        recorded_at=START,
    )  # fmt: skip
    later = replace(fact, id="a0", recorded_at=START + timedelta(days=1))
    put(file, later, fact)
    with file.look() as reader:
        first, second = reader.ask(GuardiansOf("p1"))
        assert (first.guardian.id, first.relation.id) == ("m1", "r2")
        assert first.authority == (fact, later)
        assert (second.guardian, second.authority) == (GUARDIANS[1], ())
        assert reader.ask(GuardiansOf("p3")) == ()


def test_the_children_of_a_guardian_come_by_birth_date(file: CompartmentFile) -> None:
    with file.look() as reader:
        assert [found.id for found in reader.ask(ChildrenOf("m1"))] == ["p2", "p1"]


# -- groups -----------------------------------------------------------------------------------


def test_the_pupils_of_a_group_on_a_day(file: CompartmentFile) -> None:
    assert ids(file, GroupPupils("g1", TODAY)) == "p1"
    assert ids(file, GroupPupils("g1", date(2026, 9, 1))) == "p1 p3"


def test_groups_are_counted_on_a_day(file: CompartmentFile) -> None:
    with file.look() as reader:
        found = reader.ask(GroupSizes(date(2026, 9, 1)))
    assert set(found) == {GroupSize("g1", 2), GroupSize("g2", 1)}


# -- against a plain model --------------------------------------------------------------------

WORDS = st.sampled_from(["Zoë", "van", "der", "Wal", "Bo", "O'Neil", "İpek", "ß", "x", "Å"])
NEW = st.builds(Pupil, id=st.just(""), first_name=WORDS, prefix=WORDS, surname=WORDS)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(people=st.lists(NEW, max_size=8), search=st.lists(WORDS, max_size=2).map(" ".join))
def test_search_and_order_equal_a_plain_model(
    tmp_path_factory: pytest.TempPathFactory, people: list[Pupil], search: str
) -> None:
    folder: Path = tmp_path_factory.mktemp("model")
    pupils = [replace(person, id=f"q{place}") for place, person in enumerate(people)]
    with Shelf(folder).opened() as file:
        put(file, *pupils)
        found = ids(file, PupilIds(on=TODAY, search=search, presence=Presence.ALL)).split()
    parts = {p.id: (p.first_name, p.prefix, p.surname) for p in pupils}
    wanted = [f" {word}" for word in fold(search).split()]
    expected = [
        p.id for p in pupils if all(w in " " + fold(" ".join(parts[p.id])) for w in wanted)
    ]
    assert found == sorted(expected, key=lambda id_: (sort_key(*parts[id_]), id_))


def test_enrolments_are_facts_of_their_pupil(file: CompartmentFile) -> None:
    with file.look() as reader:
        assert reader.all(Enrolment, pupil_id="p1") == (ENROLMENTS[0],)
