"""Lists from printing to their end: by the office, by a teacher, stale, back, printed again."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.check.publish import keep_published
from app.consent.decide import raise_flag
from app.consent.records import Channel
from app.errors import Refusal, Trouble
from app.ids import new_id
from app.lists.lines import Kind, Word, read
from app.lists.listing import (
    all_lists,
    end_list,
    list_board,
    list_board_anew,
    look_at_lists,
    stale_lists,
    state_of,
    undo_end,
)
from app.lists.make import (
    prepare_list,
    register_list,
    reprint_list,
)
from app.lists.now import Today
from app.lists.questions import NewestLists
from app.lists.records import Ending
from app.people.questions import GroupPupils, PupilIds
from app.people.records import Enrolment, EnrolmentKind, Group, Pupil
from app.record import Compartment
from app.register.records import School
from resources import profiles
from tests.app.lists.deeds import (
    DAYS,
    PRESS,
    USE,
    acts,
    allowed,
    asked,
    groups,
    office,
    printed,
    taught,
)
from tests.busy import Busy

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from app.ports import Session
    from tests.sample import Sample

# -- the office --------------------------------------------------------------------------------


def test_everybody_of_the_group_stands_on_it_once(sample: Sample) -> None:
    session = office(sample)
    record = printed(session)
    with session.look(Compartment.CONSENT) as reader:
        expected = reader.ask(GroupPupils(record.groups[0], session.clock.today()))
    assert list(read(record.lines)) == list(expected)


def test_it_is_valid_for_the_days_of_the_rules(sample: Sample) -> None:
    session = office(sample)
    record = printed(session)
    assert record.valid_until <= session.clock.today() + timedelta(days=DAYS - 1)


def test_it_stands_in_the_journal_before_it_leaves_and_each_time(sample: Sample) -> None:
    session = office(sample)
    prepared = prepare_list(session, PRESS, asked(session))
    assert "list_printed" not in acts(session)
    register_list(session, prepared)
    register_list(session, prepared, saved=True)
    assert acts(session)[:2] == ["list_saved", "list_printed"]
    assert len(all_lists(session)) == 1


def test_it_comes_back_byte_for_byte(sample: Sample) -> None:
    session = office(sample)
    prepared = prepare_list(session, PRESS, asked(session))
    register_list(session, prepared)
    again = reprint_list(session, prepared.record.id)
    assert again.content == prepared.pdf.content
    assert again.pages == prepared.pdf.pages


def test_what_was_kept_and_is_not_the_list_is_not_printed(sample: Sample) -> None:
    session = office(sample)
    prepared = prepare_list(session, PRESS, asked(session))
    register_list(session, replace(prepared, record=replace(prepared.record, digest="0" * 64)))
    with pytest.raises(Trouble):
        reprint_list(session, prepared.record.id)


BAD = [
    ({"uses": ()}, "lists.no_use"),
    ({"uses": (USE,) * 5}, "lists.too_many_uses"),
    ({"groups": ("0" * 32,)}, "lists.nobody"),
    ({"holder": "x" * 200}, "lists.holder_long"),
    ({"uses": ("smell:website",)}, "consent.unknown_use"),
]


@pytest.mark.parametrize(("wrong", "why"), BAD)
def test_what_makes_no_list_is_refused(
    sample: Sample, wrong: dict[str, object], why: str
) -> None:
    session = office(sample)
    with pytest.raises(Refusal) as refused:
        prepare_list(session, PRESS, asked(session, **wrong))
    assert refused.value.message.id == why


def test_single_children_make_a_list_with_a_name(sample: Sample) -> None:
    session = office(sample)
    guests = tuple(read(printed(session).lines))[:2]
    record = printed(session, groups=(), guests=guests)
    assert tuple(read(record.lines)) == guests
    assert record.title == "Losse kinderen"


def test_a_use_that_is_not_known_says_ask(sample: Sample) -> None:
    record = printed(office(sample), uses=("photo:nowhere",))
    assert {cell.word for (cell,) in read(record.lines).values()} <= {Word.ASK, Word.NO}


# -- stale ---------------------------------------------------------------------------------------


def test_a_list_of_today_is_current(sample: Sample) -> None:
    session = office(sample)
    printed(session)
    found = list_board(session)
    assert (found.stale, len(found.current)) == ((), 1)


def test_a_safety_flag_makes_it_stale_at_once(sample: Sample) -> None:
    session = office(sample)
    record = printed(session)
    pupil = allowed(record)
    sample.clock.move(timedelta(minutes=1))
    raise_flag(session, pupil)
    (state,) = stale_lists(session)
    assert state.forbids
    assert [(c.kind, c.pupil_id) for c in state.changes] == [(Kind.FORBIDS, pupil)]
    assert state.names[pupil]
    assert state.since == session.clock.today()


def test_a_list_of_another_group_stays_current(sample: Sample) -> None:
    session = office(sample)
    record = printed(session)
    other = printed(session, groups=groups(session)[1:2])
    raise_flag(session, allowed(record))
    found = list_board(session)
    assert [state.list.id for state in found.stale] == [record.id]
    assert [state.list.id for state in found.current] == [other.id]


def test_a_list_ends_by_itself(sample: Sample) -> None:
    session = office(sample)
    record = printed(session)
    while session.clock.today() < record.valid_until:
        sample.clock.move(timedelta(days=1))
    assert stale_lists(session) == ()
    sample.clock.move(timedelta(days=1))
    (state,) = stale_lists(session)
    assert [change.kind for change in state.changes][-1] is Kind.ENDED


def test_a_list_of_a_teacher_becomes_stale_too(sample: Sample) -> None:
    prepared = taught(sample.teacher())
    session = office(sample)
    assert stale_lists(session) == ()
    raise_flag(session, allowed(prepared.record))
    assert [state.list.id for state in stale_lists(session)] == [prepared.record.id]


def test_a_name_alone_makes_nothing_stale(sample: Sample) -> None:
    session = office(sample)
    record = printed(session)
    with session.work(Compartment.CONSENT, "renamed") as work:
        pupil = work.get(Pupil, allowed(record))
        work.change(replace(pupil, first_name="Anders"))
        work.commit()
    assert stale_lists(session) == ()


def test_a_channel_that_is_switched_off_makes_it_stale(sample: Sample) -> None:
    session = office(sample)
    printed(session)
    with session.work(Compartment.CONSENT, "switched") as work:
        (channel,) = work.all(Channel, key="website")
        work.change(replace(channel, active=False))
        work.commit()
    assert [state.forbids for state in stale_lists(session)] == [True]


def test_another_jurisdiction_makes_every_list_looked_at_again(sample: Sample) -> None:
    session = office(sample)
    printed(session)
    for place in profiles():
        with session.work(Compartment.CONSENT, "moved") as work:
            work.change(replace(work.get(School, "school"), jurisdiction=place))
            work.commit()
        assert known_changes(session) == every_change(session)
        assert list_board(session) == list_board_anew(session)


def test_who_comes_and_goes_again_between_two_looks_is_followed(sample: Sample) -> None:
    session = office(sample)
    record = printed(session)
    assert stale_lists(session) == ()
    pupil = join(session, record.groups[0], days=-2)
    assert [len(state.changes) for state in stale_lists(session)] == [1]
    leave(session, pupil, days=-1)
    assert list_board(session) == list_board_anew(session)
    assert stale_lists(session) == ()


def test_only_lists_that_something_touched_are_looked_at_anew(sample: Sample) -> None:
    session = office(sample)
    ours, others = (printed(session, groups=(one,)) for one in groups(session)[:2])
    first = {state.list.id: state for state in list_board(session).current}
    raise_flag(session, allowed(ours))
    (stale,), (same,) = (found := list_board(session)).stale, found.current
    assert stale.list.id == ours.id
    assert same is first[others.id]
    sample.clock.move(timedelta(days=1))
    assert list_board(session).current == (same,)
    assert list_board(session).current[0] is not same


@pytest.fixture
def one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.lists.listing._AT_ONCE", 1)


@pytest.mark.usefixtures("one_by_one")
def test_others_have_their_turn_after_each_list(sample: Sample) -> None:
    session = office(sample)
    ours, other = (printed(session, groups=(one,)) for one in groups(session)[:2])
    last = printed(session, groups=other.groups)
    deeds: list[Callable[[], object]] = [
        partial(raise_flag, session, allowed(ours)),
        partial(end_list, session, last.id, Ending.RETURNED),
    ]
    busy = Busy(session, deeds)
    found = look_at_lists(busy)
    assert busy.parts > 2
    assert {state.list.id for state in (*found.stale, *found.current)} == {ours.id, other.id}
    assert found == list_board_anew(session)
    assert [state.list.id for state in found.stale] == [ours.id]


@pytest.mark.usefixtures("one_by_one")
def test_a_list_that_is_made_meanwhile_is_looked_at_too(sample: Sample) -> None:
    session = office(sample)
    one, two = groups(session)[:2]
    printed(session, groups=(one,))
    printed(session, groups=(two,))
    found = look_at_lists(Busy(session, [partial(printed, session, groups=(one,))]))
    assert len(found.current) == 3
    assert found == list_board_anew(session)


def test_a_group_that_is_renamed_changes_no_answer(sample: Sample) -> None:
    session = office(sample)
    record = printed(session)
    with session.work(Compartment.CONSENT, "renamed") as work:
        work.change(replace(work.get(Group, record.groups[0]), name="Zeepaard"))
        work.commit()
    assert stale_lists(session) == ()


# -- back ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", list(Ending))
def test_a_list_that_is_back_is_out_of_sight(sample: Sample, how: Ending) -> None:
    session = office(sample)
    record = printed(session)
    end_list(session, record.id, how)
    found = list_board(session)
    assert (found.stale, found.current) == ((), ())
    ((known, end),) = all_lists(session)
    assert known.id == record.id
    assert end is not None
    assert end.how is how


def test_that_it_came_back_is_taken_back(sample: Sample) -> None:
    session = office(sample)
    record = printed(session)
    end = end_list(session, record.id, Ending.RETURNED)
    undo_end(session, end)
    assert len(list_board(session).current) == 1
    with pytest.raises(Refusal):
        undo_end(session, end)
    end_list(session, record.id, Ending.DESTROYED)
    ((_, last),) = all_lists(session)
    assert last is not None
    assert last.how is Ending.DESTROYED


def test_it_comes_back_once(sample: Sample) -> None:
    session = office(sample)
    record = printed(session)
    end_list(session, record.id, Ending.RETURNED)
    with pytest.raises(Refusal) as refused:
        end_list(session, record.id, Ending.DESTROYED)
    assert refused.value.message.id == "lists.ended_already"


def test_a_list_is_found_by_its_number(sample: Sample) -> None:
    session = office(sample)
    one, other = printed(session), printed(session)
    assert [found.id for found, _ in all_lists(session, other.number)] == [other.id]
    assert [found.id for found, _ in all_lists(session)] == [other.id, one.id]


def test_publishing_goes_on_while_lists_are_printed(sample: Sample) -> None:
    session = sample.administrator()
    keep_published(session)
    printed(session)
    assert not session.unpublished


# -- what is looked at again ---------------------------------------------------------------------


def every_change(session: Session) -> dict[str, bool]:
    """Whether each list is stale, all of them looked at in full."""
    day = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        today = Today(reader, day)
        return {
            found.id: bool(state_of(found, today, day))
            for found, _ in reader.ask(NewestLists())
        }


def known_changes(session: Session) -> dict[str, bool]:
    found = list_board(session)
    return {state.list.id: state.stale for state in (*found.stale, *found.current)}


def leave(session: Session, pupil_id: str, days: int = 0) -> None:
    last = session.clock.today() + timedelta(days=days)
    with session.look(Compartment.CONSENT) as reader:
        stay = reader.all(Enrolment, pupil_id=pupil_id)[0]
    with session.work(Compartment.CONSENT, "left", pupil_id) as work:
        now = session.clock.now()
        ended = replace(stay, id=new_id(), replaces=stay.id, end=last, recorded_at=now)
        work.add(ended)
        work.commit()


def join(session: Session, group_id: str, days: int = 0) -> str:
    """A new child comes into a group, after some days; returns the child's id."""
    start = session.clock.today() + timedelta(days=days)
    pupil = Pupil(id=new_id(), first_name="Nieuw", surname="Hier")
    with session.work(Compartment.CONSENT, "joined") as work:
        group = work.get(Group, group_id)
        stay = Enrolment(
            id=new_id(),
            pupil_id=pupil.id,
            kind=EnrolmentKind.VISITING,
            site_id=group.site_id,
            group_id=group_id,
            start=start,
            recorded_at=session.clock.now(),
        )
        work.add(pupil, stay)
        work.commit()
    return pupil.id


@given(
    st.lists(st.sampled_from(["print", "flag", "leave", "join", "day", "switch"]), max_size=6),
    st.randoms(use_true_random=False),
)
@settings(
    max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_what_is_passed_over_had_not_changed(
    sample: Sample, deeds: list[str], random: Random
) -> None:
    session = sample.administrator()
    for deed in ["print", *deeds]:
        with session.look(Compartment.CONSENT) as reader:
            pupils = reader.ask(PupilIds(on=session.clock.today()))
        if deed == "print":
            group = random.choice(groups(session))
            with suppress(Refusal):  # everybody of the group has left
                printed(session, groups=(group,))
        elif deed == "flag":
            raise_flag(session, random.choice(pupils))
        elif deed == "leave":
            leave(session, random.choice(pupils))
        elif deed == "join":
            join(session, random.choice(groups(session)), random.randint(0, 2))
        elif deed == "day":
            sample.clock.move(timedelta(days=random.randint(1, 3)))
        else:
            with session.work(Compartment.CONSENT, "switched") as work:
                (channel,) = work.all(Channel, key="website")
                work.change(replace(channel, lenient=not channel.lenient))
                work.commit()
        assert known_changes(session) == every_change(session)


def test_who_joined_makes_it_stale(sample: Sample) -> None:
    session = office(sample)
    record = printed(session)
    pupil = join(session, record.groups[0])
    (state,) = stale_lists(session)
    assert [(c.kind, c.pupil_id) for c in state.changes] == [(Kind.JOINED, pupil)]


def test_who_will_come_makes_it_stale_on_that_day(sample: Sample) -> None:
    session = office(sample)
    pupil = join(session, groups(session)[0], days=2)
    printed(session)
    assert stale_lists(session) == ()
    sample.clock.move(timedelta(days=2))
    (state,) = stale_lists(session)
    assert (Kind.JOINED, pupil) in [(c.kind, c.pupil_id) for c in state.changes]


def test_who_left_the_school_makes_it_stale(sample: Sample) -> None:
    session = office(sample)
    record = printed(session)
    pupil = next(iter(read(record.lines)))
    leave(session, pupil)
    sample.clock.move(timedelta(days=1))
    (state,) = stale_lists(session)
    assert (Kind.LEFT, pupil) in [(c.kind, c.pupil_id) for c in state.changes]


def test_a_guest_who_left_makes_it_stale(sample: Sample) -> None:
    session = office(sample)
    first = printed(session, groups=groups(session)[1:2])
    guest = next(iter(read(first.lines)))
    record = printed(session, guests=(guest,))
    assert guest in read(record.lines)
    leave(session, guest)
    sample.clock.move(timedelta(days=1))
    assert record.id in [state.list.id for state in stale_lists(session)]
