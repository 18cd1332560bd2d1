"""A new school year: groups go up, with a look at it before."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from app.errors import Refusal, Refusals
from app.jobs import CancelledError
from app.people import year as year_of
from app.people.admit import admit
from app.people.people import PupilDraft
from app.people.places import (
    EnrolmentDraft,
    current_year,
    enrol,
    leave,
    save_group,
    save_site,
)
from app.people.questions import GroupPupils
from app.people.records import EnrolmentKind, Group, SchoolYear
from app.people.year import NewGroup, begin_year, next_name, plan_year
from app.record import Compartment
from tests.journeys.families import settle

if TYPE_CHECKING:
    from app.ports import Session
    from tests.registers import School

JULY = datetime(2027, 7, 1, 10, 0, tzinfo=UTC)
FIRST = date(2027, 8, 1)


@pytest.mark.parametrize(
    ("name", "later"),
    [
        ("Groep 3", "Groep 4"),
        ("groep 3a", "groep 4a"),
        ("7", "8"),
        ("Groep 8", ""),
        ("Zeester", "Zeester"),
        ("Groep 1/2", "Groep 1/2"),
        ("Klas van 2026", "Klas van 2026"),
        ("Groep 0", "Groep 0"),
    ],
)
def test_a_number_goes_up_and_a_name_stays(name: str, later: str) -> None:
    assert next_name(name) == later


def in_group(session: Session, group: Group, day: date) -> tuple[str, ...]:
    with session.look(Compartment.CONSENT) as reader:
        return reader.ask(GroupPupils(group.id, day))


def group_named(session: Session, name: str, year_id: str) -> Group:
    with session.look(Compartment.CONSENT) as reader:
        (found,) = reader.all(Group, name=name, school_year_id=year_id)
    return found


@pytest.fixture
def office(school: School) -> tuple[Session, Group, tuple[str, ...]]:
    """Groep 3 with two pupils who are enrolled and one visitor."""
    session = school.administrator()
    settle(session)
    site = save_site(session, "Aalst", "Aalst")
    year = current_year(session)
    group = save_group(
        session, Group(id="", site_id=site.id, school_year_id=year.id, name="Groep 3")
    )
    place = EnrolmentDraft("", site.id, group.id, start=date(2026, 8, 24))
    visit = replace(place, kind=EnrolmentKind.VISITING, end=date(2027, 12, 31))
    ids = tuple(
        admit(session, PupilDraft(name), where).id
        for name, where in (("Zoë", place), ("Bram", place), ("Gast", visit))
    )
    school.clock.set(JULY)
    return session, group, ids


def test_a_plan_says_who_would_go_where(office: tuple[Session, Group, tuple[str, ...]]) -> None:
    session, group, _ = office
    plan = plan_year(session)
    (move,) = plan.moves
    assert (plan.name, plan.start) == ("2027-2028", FIRST)
    assert (move.group_id, move.to) == (group.id, "Groep 4")
    assert [each.name for each in move.pupils] == ["Bram", "Zoë"]


def test_everybody_goes_up_on_the_first_day(
    office: tuple[Session, Group, tuple[str, ...]],
) -> None:
    session, group, (zoe, bram, guest) = office
    year = begin_year(session, plan_year(session))
    fourth = group_named(session, "Groep 4", year.id)
    assert set(in_group(session, group, date(2027, 7, 31))) == {zoe, bram, guest}
    assert set(in_group(session, fourth, FIRST)) == {zoe, bram}
    assert in_group(session, group, FIRST) == (guest,)


def test_the_same_year_twice_is_nothing_to_do(
    office: tuple[Session, Group, tuple[str, ...]],
) -> None:
    session, _, _ = office
    plan = plan_year(session)
    begin_year(session, plan)
    with pytest.raises(Refusal, match="nothing_to_move"):
        begin_year(session, plan)


def test_one_pupil_stays_down_and_one_leaves(
    office: tuple[Session, Group, tuple[str, ...]],
) -> None:
    session, group, (zoe, bram, _) = office
    plan = plan_year(session)
    stays = replace(plan.moves[0], pupils=(), to="Groep 3")
    year = begin_year(
        session,
        replace(plan, moves=(*plan.moves, stays), apart=((zoe, "Groep 3"), (bram, ""))),
    )
    third = group_named(session, "Groep 3", year.id)
    assert third.id != group.id
    assert in_group(session, third, FIRST) == (zoe,)
    with session.look(Compartment.CONSENT) as reader:
        left = [g for g in reader.all(Group) if bram in reader.ask(GroupPupils(g.id, FIRST))]
    assert left == []


def test_a_group_goes_on_for_whoever_stays_down_though_nobody_comes_into_it(
    office: tuple[Session, Group, tuple[str, ...]],
) -> None:
    session, _, (zoe, bram, _) = office
    year = begin_year(session, replace(plan_year(session), apart=((zoe, "Groep 3"),)))
    assert in_group(session, group_named(session, "Groep 3", year.id), FIRST) == (zoe,)
    assert in_group(session, group_named(session, "Groep 4", year.id), FIRST) == (bram,)


def test_who_left_meanwhile_stays_away(
    office: tuple[Session, Group, tuple[str, ...]],
) -> None:
    session, _, (zoe, bram, _) = office
    plan = plan_year(session)
    leave(session, zoe, date(2027, 7, 10))
    year = begin_year(session, plan)
    fourth = group_named(session, "Groep 4", year.id)
    assert in_group(session, fourth, FIRST) == (bram,)


def test_a_plan_that_does_not_fit_says_where(
    office: tuple[Session, Group, tuple[str, ...]],
) -> None:
    session, _, (zoe, _, _) = office
    plan = plan_year(session)
    with pytest.raises(Refusals) as caught:
        begin_year(session, replace(plan, end=plan.start, apart=((zoe, "Groep 9"),)))
    assert [each.message.id for each in caught.value.found] == [
        "people.year_ends_early",
        "people.group_unknown",
    ]


def test_groups_for_newcomers_are_made_with_the_year(
    office: tuple[Session, Group, tuple[str, ...]],
) -> None:
    session, group, (zoe, _, _) = office
    plan = replace(plan_year(session), added=(NewGroup(group.site_id, "Groep 1"),))
    year = begin_year(session, replace(plan, apart=((zoe, "Groep 1"),)))
    first = group_named(session, "Groep 1", year.id)
    assert in_group(session, first, FIRST) == (zoe,)


@pytest.mark.parametrize(
    ("name", "why"),
    [(" ", "group_name_missing"), ("x" * 201, "too_long"), ("123456782", "bsn")],
)
def test_a_group_for_newcomers_needs_a_name_like_any(
    office: tuple[Session, Group, tuple[str, ...]], name: str, why: str
) -> None:
    session, group, _ = office
    plan = replace(plan_year(session), added=(NewGroup(group.site_id, name),))
    with pytest.raises(Refusals) as refused:
        begin_year(session, plan)
    (found,) = refused.value.found
    assert (found.field, found.message.id) == ("new_0", f"people.{why}")


def test_who_has_no_group_yet_stands_in_the_plan(
    office: tuple[Session, Group, tuple[str, ...]],
) -> None:
    session, group, (zoe, _, _) = office
    enrol(session, EnrolmentDraft(zoe, group.site_id, start=JULY.date()))
    ida = admit(session, PupilDraft("Ida"), EnrolmentDraft("", group.site_id, "", start=FIRST))
    plan = plan_year(session)
    (some,) = plan.ungrouped
    assert (some.site_id, [each.pupil_id for each in some.pupils]) == (group.site_id, [zoe])
    assert ida.id
    year = begin_year(session, replace(plan, apart=((zoe, "Groep 4"),)))
    assert zoe in in_group(session, group_named(session, "Groep 4", year.id), FIRST)


def test_who_has_no_group_stays_without_one_unless_somebody_chooses(
    office: tuple[Session, Group, tuple[str, ...]],
) -> None:
    session, group, (zoe, bram, _) = office
    for id in (zoe, bram):
        enrol(session, EnrolmentDraft(id, group.site_id, start=JULY.date()))
    plan = plan_year(session)
    assert plan.moves == ()
    with pytest.raises(Refusal, match="nothing_to_move"):
        begin_year(session, plan)
    begin_year(session, replace(plan, apart=((bram, ""),)))
    with session.look(Compartment.CONSENT) as reader:
        assert reader.ask(GroupPupils("", FIRST)) == (zoe,)


class StopsAt:
    """A progress whose person stops at a step."""

    def __init__(self, number: int) -> None:
        self.left = number

    def step(self, done: int, total: int) -> None:
        assert done <= total
        self.left -= 1
        if self.left < 0:
            raise CancelledError


@pytest.mark.parametrize("step", range(2))
def test_a_year_that_is_stopped_leaves_nothing(
    office: tuple[Session, Group, tuple[str, ...]], step: int
) -> None:
    session, group, (zoe, bram, guest) = office
    plan = plan_year(session)
    with session.look(Compartment.CONSENT) as reader:
        head = reader.head()
    with pytest.raises(CancelledError):
        begin_year(session, plan, StopsAt(step))
    with session.look(Compartment.CONSENT) as reader:
        assert reader.head() == head
        assert [year.name for year in reader.all(SchoolYear)] == ["2026-2027"]
    assert set(in_group(session, group, FIRST)) == {bram, zoe, guest}
    begin_year(session, plan)
    assert in_group(session, group, FIRST) == (guest,)


def test_pupils_of_several_slices_go_up(
    office: tuple[Session, Group, tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    session, group, (zoe, bram, guest) = office
    monkeypatch.setattr(year_of, "_SOME", 1)
    year = begin_year(session, plan_year(session))
    later = group_named(session, "Groep 4", year.id)
    assert set(in_group(session, later, FIRST)) == {zoe, bram}
    assert in_group(session, group, FIRST) == (guest,)
