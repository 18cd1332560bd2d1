"""What a case asks for beside itself, computed: nothing disappears without a fact."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clock import school_day
from app.dossier.case import start
from app.dossier.facts import CaseFacts
from app.dossier.steps import CaseFile
from app.dossier.weighing import NO, OPEN, VERDICTS, YES, Weighing, weighed
from app.duties.line import at_school
from app.duties.radar import DutyState, radar
from app.duties.records import KINDS, DutyFact
from app.duties.rules import WEIGHED, load_duties
from tests.app.dossier.samples import BREACH, CASE, LOVK, NOW, STAFF, entry

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from app.dossier.records import Breach

SHARED = replace(BREACH, shared=True, affected=("Zoë",), affected_ids=("",))
KEYS = tuple(duty.key for duty in load_duties())
CATEGORIES = ("sexual", "violence", "discrimination")


def file_of(breach: Breach, *weighings: Weighing, entries: Sequence[str] = ()) -> CaseFile:
    every = tuple(entry(kind) for kind in entries)
    facts = CaseFacts(weighed(breach, weighings), LOVK, every)
    return CaseFile(
        case=CASE,
        breach=breach,
        dossiers=(),
        state=start(STAFF),
        facts=facts,
        entries=every,
        letters=(),
        weighings=weighings,
    )


def weighing(position: int, categories: tuple[str, ...], offence: str, breach: str) -> Weighing:
    return Weighing(
        id=f"{position:032x}",
        case_id=CASE.id,
        position=position,
        categories=categories,
        offence=offence,
        data_breach=breach,
        reason="Gehoord.",
        author="H. Vermeer",
        recorded_at=NOW + timedelta(minutes=position),
    )


def fact(position: int, duty: str, kind: str) -> DutyFact:
    return DutyFact(
        id=f"{position:032x}",
        case_id=CASE.id,
        position=position,
        duty=duty,
        kind=kind,
        author="H. Vermeer",
        recorded_at=NOW + timedelta(minutes=position),
    )


def named(found: Sequence[DutyState], key: str) -> DutyState:
    return next(state for state in found if state.duty.key == key)


@pytest.mark.parametrize(
    ("discovered", "ends"),
    [
        (date(2026, 11, 23), "2026-11-26T00:00+01:00"),
        (date(2026, 10, 24), "2026-10-26T23:00+01:00"),  # an hour comes twice on the 25th
        (date(2027, 3, 27), "2027-03-30T01:00+02:00"),  # an hour is missing on the 28th
        (date(2028, 2, 28), "2028-03-02T00:00+01:00"),
    ],
)
def test_seventy_two_hours_are_seventy_two_hours(discovered: date, ends: str) -> None:
    state = named(
        radar(file_of(replace(SHARED, discovered_on=discovered)), ()), "authority_told"
    )
    assert state.until == datetime.fromisoformat(ends)
    begins = at_school(discovered, time())
    assert state.hours_left(begins) == 72
    assert state.hours_left(begins + timedelta(hours=71, minutes=59)) == 0
    assert state.hours_left(begins + timedelta(hours=72, seconds=1)) == -1


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_the_clock_never_ends_later_than_from_any_hour_of_the_day(day: date) -> None:
    state = named(radar(file_of(replace(SHARED, discovered_on=day)), ()), "authority_told")
    assert state.until is not None
    assert state.until - timedelta(hours=72) == at_school(day, time())
    assert school_day(state.until - timedelta(hours=72)) == day
    assert state.due_on == school_day(state.until)


ACTIONS = st.one_of(
    st.tuples(st.sampled_from(KEYS), st.sampled_from(KINDS)),
    st.tuples(
        st.lists(st.sampled_from(CATEGORIES), unique=True).map(tuple),
        st.sampled_from(VERDICTS),
        st.sampled_from(VERDICTS),
    ),
)
BREACHES = st.builds(
    replace,
    st.just(BREACH),
    actor_kind=st.sampled_from(("staff", "guardian", "other")),
    shared=st.booleans(),
    affected=st.sampled_from(((), ("Zoë",))),
    categories=st.lists(st.sampled_from(CATEGORIES), unique=True).map(tuple),
)


def opened(found: Sequence[DutyState]) -> set[str]:
    return {state.duty.key for state in found if state.is_open}


@given(BREACHES, st.lists(ACTIONS, max_size=8))
def test_a_duty_disappears_only_by_a_fact_about_it(breach: Breach, acts: list[object]) -> None:
    weighings: tuple[Weighing, ...] = ()
    facts: tuple[DutyFact, ...] = ()
    before = radar(file_of(breach), ())
    for position, act in enumerate(acts, 1):
        assert isinstance(act, tuple)
        if len(act) == 2:
            facts = (*facts, fact(position, *act))
        else:
            weighings = (*weighings, weighing(position, *act))
        after = radar(file_of(breach, *weighings), facts)
        gone = opened(before) - opened(after)
        if len(act) == 2:
            assert gone <= {act[0], "inspector_told"}
        said = {each.duty for each in facts}
        assert {state.duty.key for state in after} >= said
        kept = [each.id for state in after for each in state.history]
        assert sorted(kept) == sorted(each.id for each in facts)
        before = after


@given(BREACHES, st.lists(ACTIONS, max_size=5), st.randoms())
def test_the_order_in_which_facts_are_read_changes_nothing(
    breach: Breach, acts: list[tuple[str, ...]], chance: Random
) -> None:
    facts = [fact(place, *act) for place, act in enumerate(acts) if len(act) == 2]
    mixed = list(facts)
    chance.shuffle(mixed)
    assert radar(file_of(breach), facts) == radar(file_of(breach), mixed)


def test_what_comes_first_is_pointed_out_until_it_is_settled() -> None:
    sexual = replace(SHARED, categories=("sexual",))
    police = named(radar(file_of(sexual), ()), "police_report")
    keys = [duty.key for duty in police.first]
    assert keys == ["inspector_consulted", "parents_told", "person_told"]
    done = (fact(1, "parents_told", "done"), fact(2, "person_told", "reasoned"))
    later = named(radar(file_of(sexual, entries=("inspector",)), done), "police_report")
    assert later.first == ()


@pytest.mark.parametrize(
    ("offence", "breach", "status"),
    [(YES, NO, "done"), (NO, OPEN, "open"), (OPEN, OPEN, "open")],
)
def test_weighing_is_done_when_both_questions_are_answered(
    offence: str, breach: str, status: str
) -> None:
    found = radar(file_of(SHARED, weighing(1, (), offence, breach)), ())
    assert named(found, WEIGHED).status == status


def test_weighing_the_same_once_more_is_no_delay() -> None:
    def due(*offences: str) -> date:
        days = range(0, 2 * len(offences), 2)
        every = [
            replace(weighing(place, (), said, NO), recorded_at=NOW + timedelta(days=day))
            for place, (said, day) in enumerate(zip(offences, days, strict=True), 1)
        ]
        found = {one.duty.key: one for one in radar(file_of(SHARED, *every), ())}
        return found["police_report"].due_on

    first = school_day(NOW)
    assert due(YES, YES, YES) == first
    assert due(YES, NO, YES) == first + timedelta(days=4)
    assert due(NO, YES, YES) == first + timedelta(days=2)


def test_a_duty_after_a_weighing_counts_from_it() -> None:
    judged = weighing(1, (), YES, NO)
    police = named(radar(file_of(SHARED, judged), ()), "police_report")
    assert police.due_on == school_day(judged.recorded_at)
    assert named(radar(file_of(SHARED), ()), WEIGHED).due_on == date(2026, 11, 5)


def test_every_duty_can_arise() -> None:
    sexual = replace(SHARED, categories=("sexual",))
    found = radar(file_of(sexual), (fact(1, "police_report", "done"),))
    assert {state.duty.key for state in found} == set(KEYS)
    assert NOW.tzinfo is UTC
