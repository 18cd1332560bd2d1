"""What is known of authority: recorded, ended, corrected, as the verdict sees it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.consent.facts import AuthorityFact, PresenceFact, Subject
from app.consent.profiles import Profile
from app.consent.verdict import UseRule, verdict
from app.errors import Refusals
from app.people.authority import (
    AuthorityDraft,
    AuthorityState,
    authority_state,
    current_authority,
    latest,
    record_authority,
)
from app.people.card import guardian_card, pupil_card
from app.people.people import GuardianDraft, save_guardian
from app.people.records import Authority, AuthorityKind
from app.record import Compartment
from tests.journeys.families import add_family, settle

if TYPE_CHECKING:
    from app.people.card import Tie
    from app.ports import Session
    from tests.journeys.families import Family
    from tests.registers import School

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
DAYS = st.none() | st.dates(TODAY - timedelta(days=3), TODAY + timedelta(days=3))


def family_in(session: Session) -> Family:
    return add_family(session, settle(session))


def mother(session: Session, family: Family, day: date = TODAY) -> Tie:
    with session.look(Compartment.CONSENT) as reader:
        return pupil_card(reader, family.pupil.id, day).ties[0]


def note(
    session: Session,
    family: Family,
    kind: AuthorityKind,
    source: str = "statement",
    **more: Any,
) -> Authority:
    ids = (family.pupil.id, family.mother.id)
    return record_authority(session, AuthorityDraft(*ids, kind, source=source, **more))


@st.composite
def facts(draw: st.DrawFn) -> Authority:
    start, end = draw(DAYS), draw(DAYS)
    return Authority(
        id=str(draw(st.integers(0, 5))),
        pupil_id="p",
        guardian_id="m",
        kind=draw(st.sampled_from(AuthorityKind)),
        start=start,
        end=end,
        investigated=draw(st.booleans()),
        recorded_at=NOW + timedelta(seconds=draw(st.integers(0, 9))),
        replaces=draw(st.sampled_from(["", "", "", "1", "2"])),
    )


@given(st.lists(facts(), max_size=5, unique_by=lambda fact: fact.id))
def test_the_state_is_what_the_verdict_goes_by(known: list[Authority]) -> None:
    authorities = tuple(
        AuthorityFact(
            f.id, "m", f.kind, f.start, f.end, f.recorded_at, f.replaces, f.investigated
        )
        for f in known
    )
    presence = PresenceFact("e", date(2020, 1, 1), None, NOW)
    subject = Subject("p", None, ("m",), (presence,), authorities)
    voices = verdict(subject, UseRule("photo:website"), TODAY, Profile()).voices
    state = authority_state(tuple(known), TODAY)
    if not voices:
        assert state is AuthorityState.NONE
    else:
        assert (state is AuthorityState.OPEN) == voices[0].unsettled


def fact(name: str, kind: AuthorityKind, **more: Any) -> Authority:
    return Authority(
        id=name, pupil_id="p", guardian_id="m", kind=kind, **{"recorded_at": NOW, **more}
    )


@pytest.mark.parametrize("second", [AuthorityKind.NOT_KNOWN, AuthorityKind.NONE])
def test_two_facts_that_begin_on_one_day_say_the_same_in_any_order(
    second: AuthorityKind,
) -> None:
    tomorrow = TODAY + timedelta(days=1)
    both = (
        fact("0", AuthorityKind.JOINT_PARENTAL, start=tomorrow),
        fact("1", second, start=tomorrow),
    )
    states = {authority_state(each, TODAY) for each in (both, both[::-1])}
    assert states == {AuthorityState.OPEN}


@pytest.mark.parametrize(
    ("nearest", "state"),
    [
        (AuthorityKind.SOLE_PARENTAL, AuthorityState.NONE),
        (AuthorityKind.NOT_KNOWN, AuthorityState.OPEN),
    ],
)
def test_of_what_begins_later_and_ended_before_the_nearest_counts(
    nearest: AuthorityKind, state: AuthorityState
) -> None:
    near, far = timedelta(days=1), timedelta(days=9)
    other = (
        AuthorityKind.NOT_KNOWN if state is AuthorityState.NONE else AuthorityKind.SOLE_PARENTAL
    )
    later = (fact("0", nearest, start=TODAY + near), fact("1", other, start=TODAY + far))
    before = (fact("0", nearest, end=TODAY - near), fact("1", other, end=TODAY - far))
    assert authority_state(later, TODAY) is authority_state(before, TODAY) is state


def test_of_several_that_hold_the_one_recorded_last_is_the_current_one() -> None:
    first = fact("9", AuthorityKind.NONE)
    second = fact("1", AuthorityKind.JOINT_PARENTAL, recorded_at=NOW + timedelta(seconds=1))
    for known in ((first, second), (second, first)):
        assert current_authority(known, TODAY) == second


def test_nothing_known_is_open() -> None:
    assert authority_state((), TODAY) is AuthorityState.OPEN
    assert current_authority((), TODAY) is None


def test_new_authority_ends_the_earlier_the_day_before(school: School) -> None:
    session = school.administrator()
    family = family_in(session)
    note(session, family, AuthorityKind.NONE, start=TODAY)
    assert mother(session, family).state is AuthorityState.NONE
    yesterday = TODAY - timedelta(days=1)
    assert mother(session, family, yesterday).state is AuthorityState.HOLDS


def test_what_begins_later_and_what_is_over_are_told(school: School) -> None:
    session = school.administrator()
    family = family_in(session)
    known = mother(session, family).authority
    assert known is not None
    day = TODAY + timedelta(days=30)
    note(session, family, AuthorityKind.JOINT_PARENTAL, start=day, replaces=known.id)
    tie = mother(session, family)
    assert (tie.authority, tie.over) == (None, None)
    assert tie.later is not None
    assert tie.later.start == day
    note(session, family, AuthorityKind.JOINT_PARENTAL, end=TODAY, replaces=tie.later.id)
    tie = mother(session, family, TODAY + timedelta(days=1))
    assert (tie.authority, tie.later) == (None, None)
    assert tie.over is not None
    assert tie.over.end == TODAY
    assert mother(session, family, TODAY).over is None


def test_without_a_day_it_holds_from_today(school: School) -> None:
    session = school.administrator()
    family = family_in(session)
    assert note(session, family, AuthorityKind.NONE).start == TODAY


def test_what_was_open_is_settled_for_always(school: School) -> None:
    session = school.administrator()
    family = family_in(session)
    note(session, family, AuthorityKind.NOT_KNOWN, start=TODAY)
    assert mother(session, family).state is AuthorityState.OPEN
    with session.look(Compartment.CONSENT) as reader:
        pair = {"pupil_id": family.pupil.id, "guardian_id": family.mother.id}
        assert len(latest(reader.all(Authority, **pair))) == 2
    note(session, family, AuthorityKind.SOLE_PARENTAL)
    assert mother(session, family).state is AuthorityState.HOLDS


def test_a_correction_never_was_otherwise(school: School) -> None:
    session = school.administrator()
    family = family_in(session)
    wrong = mother(session, family).authority
    assert wrong is not None
    note(session, family, AuthorityKind.NONE, replaces=wrong.id)
    long_ago = date(2026, 8, 2)
    assert mother(session, family, long_ago).state is AuthorityState.NONE


def test_a_correction_is_not_known_before_it_was_recorded(school: School) -> None:
    session = school.administrator()
    family = family_in(session)
    before = session.clock.now()
    school.clock.move(timedelta(hours=1))
    note(session, family, AuthorityKind.NONE, start=TODAY)
    with session.look(Compartment.CONSENT) as reader:
        then = pupil_card(reader, family.pupil.id, TODAY, before).ties[0]
    assert then.state is AuthorityState.HOLDS


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"source": ""}, "source"),
        ({"seen_on": date(2026, 11, 23)}, "seen_on"),
        ({"seen_by": "111222333"}, "seen_by"),
        ({"start": TODAY, "end": date(2026, 11, 21)}, "end"),
    ],
)
def test_wrong_authority_is_refused_at_its_field(
    school: School, more: dict[str, Any], field: str
) -> None:
    session = school.administrator()
    family = family_in(session)
    with pytest.raises(Refusals) as refused:
        note(session, family, AuthorityKind.NONE, **more)
    assert refused.value.field == field


def test_a_day_may_be_the_first_and_the_last_and_seen_today(school: School) -> None:
    session = school.administrator()
    family = family_in(session)
    found = note(
        session,
        family,
        AuthorityKind.NONE,
        start=TODAY,
        end=TODAY,
        seen_on=TODAY,
        seen_by="Anna",
    )
    assert (found.source, found.seen_on, found.seen_by) == ("statement", TODAY, "Anna")
    assert mother(session, family).state is AuthorityState.NONE


def test_what_is_not_known_was_seen_by_nobody(school: School) -> None:
    session = school.administrator()
    family = family_in(session)
    found = note(session, family, AuthorityKind.NOT_KNOWN, seen_on=TODAY, seen_by="Anna")
    assert (found.source, found.seen_on, found.seen_by) == ("", None, "")


def test_who_saw_it_is_the_one_who_notes_it_unless_told(school: School) -> None:
    session = school.administrator()
    found = note(session, family_in(session), AuthorityKind.NONE)
    assert found.seen_by == session.user.name


def test_what_ended_on_the_day_another_begins_ends_the_day_before(school: School) -> None:
    session = school.administrator()
    family = family_in(session)
    note(session, family, AuthorityKind.SOLE_PARENTAL, start=TODAY, end=TODAY)
    note(session, family, AuthorityKind.NONE, start=TODAY)
    assert mother(session, family).state is AuthorityState.NONE


D = timedelta(days=1)
JOINT, SOLE = AuthorityKind.JOINT_PARENTAL, AuthorityKind.SOLE_PARENTAL
NONE, PAUSED = AuthorityKind.NONE, AuthorityKind.TEMPORARILY_NONE
UNSURE = AuthorityKind.UNDETERMINABLE
Days = tuple[int, int | None]

# known, and recorded after it, in days from today -> how it stands on the days -20, 5, 15 and 25
IN_TURN: dict[str, tuple[tuple[AuthorityKind, Days], tuple[AuthorityKind, Days], str]] = {
    "what begins only after it stays": ((JOINT, (20, None)), (SOLE, (0, 10)), "NHNH"),
    "none after it stays as well": ((NONE, (20, None)), (JOINT, (0, 19)), "NHHN"),
    "what is over before it stays": ((JOINT, (-30, -10)), (NONE, (0, None)), "HNNN"),
    "what began before it ends for good": ((JOINT, (-30, None)), (JOINT, (0, 10)), "HHNN"),
    "nobody knows what comes after none": ((JOINT, (-30, None)), (PAUSED, (0, 10)), "HNOO"),
    "what began later goes on after it": ((JOINT, (5, None)), (SOLE, (0, 10)), "NHHH"),
    "also what ends some day": ((JOINT, (5, 20)), (SOLE, (0, 10)), "NHHN"),
    "also what is unsettled": ((UNSURE, (5, None)), (JOINT, (0, 10)), "NHOO"),
    "none that began later does not": ((NONE, (5, None)), (PAUSED, (0, 10)), "ONOO"),
    "what begins with it is over with it": ((JOINT, (0, None)), (JOINT, (0, 10)), "NHNN"),
    "what lies within it is gone": ((NONE, (5, 10)), (JOINT, (0, 19)), "NHHN"),
    "planned authority outlives none": ((JOINT, (10, None)), (NONE, (0, None)), "ONHH"),
    "none with a last day takes its own": ((JOINT, (5, None)), (PAUSED, (0, 10)), "ONHH"),
    "also where it was unsettled": ((UNSURE, (10, None)), (PAUSED, (0, None)), "ONOO"),
    "until its own day is named": ((JOINT, (10, None)), (NONE, (10, None)), "OONN"),
    "authority that has begun does not": ((JOINT, (-5, None)), (NONE, (-10, None)), "ONNN"),
    "planned none gives way to authority": ((NONE, (10, None)), (JOINT, (0, None)), "NHHH"),
}


def test_none_ends_before_the_first_of_what_is_planned(school: School) -> None:
    session = school.administrator()
    family = family_in(session)
    aunt = save_guardian(session, GuardianDraft(surname="Bos"), family.pupil.id, "other")
    pair = family.pupil.id, aunt.id
    for start, end in ((TODAY + 20 * D, None), (TODAY + 5 * D, TODAY + 10 * D)):
        record_authority(session, AuthorityDraft(*pair, JOINT, start, end, "court"))
    none = record_authority(session, AuthorityDraft(*pair, NONE, TODAY, source="court"))
    assert none.end == TODAY + 4 * D


@pytest.mark.parametrize("row", IN_TURN)
def test_what_a_new_fact_leaves_of_what_was_known(school: School, row: str) -> None:
    session = school.administrator()
    family = family_in(session)
    aunt = save_guardian(session, GuardianDraft(surname="Bos"), family.pupil.id, "other")
    pair = family.pupil.id, aunt.id
    for kind, days in IN_TURN[row][:2]:
        start, end = (None if day is None else TODAY + day * D for day in days)
        record_authority(session, AuthorityDraft(*pair, kind, start, end, "court"))
    with session.look(Compartment.CONSENT) as reader:
        known = reader.all(Authority, pupil_id=pair[0], guardian_id=pair[1])
    states = [authority_state(known, TODAY + day * D) for day in (-20, 5, 15, 25)]
    assert "".join(state.name[0] for state in states) == IN_TURN[row][2]


def test_a_guardian_shows_every_child(school: School) -> None:
    session = school.administrator()
    family = family_in(session)
    with session.look(Compartment.CONSENT) as reader:
        card = guardian_card(reader, family.mother.id, TODAY)
    assert [child.name for child in card.children] == ["Zoë van der Wal"]
    assert card.children[0].tie.relation.kind == "mother"
