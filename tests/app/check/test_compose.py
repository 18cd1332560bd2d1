"""Who may be in one picture: one row per rule, and the largest set among all sets."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from app.check.answer import (
    CheckAnswer,
    CheckChannel,
    CheckLine,
    Freshness,
    board,
    gather,
)
from app.check.compose import (
    Go,
    Here,
    Place,
    Shown,
    compose,
    composed,
    is_valid,
    largest,
    rules,
    shown,
)
from app.check.publish import keep_published
from app.check.records import CheckRow, RowKind
from app.consent.decide import raise_flag
from app.consent.outcome import Outcome, Reason
from app.errors import Message
from app.ids import new_id
from app.people.records import Enrolment, EnrolmentKind, Pupil, Site
from app.record import Compartment
from tests.registers import NOW

if TYPE_CHECKING:
    from tests.sample import Sample

KEPT = rules()
SITE = CheckChannel("site", {"nl": "website"}, {}, ("photo", "film", "audio"))
FRESH = Freshness(NOW, "Anna", None, 7)
USE = "photo:site"

# outcome, reason, conditions, medium -> place, allowed
TABLE = [
    (Outcome.YES, Reason.ALL_SAID_YES, (), "photo", Place.IN, True),
    (Outcome.NOT_NEEDED, Reason.GROUND, (), "photo", Place.IN, True),
    (Outcome.YES_IF, Reason.ALL_SAID_YES, ("no_name",), "photo", Place.IN, True),
    (Outcome.YES_IF, Reason.ALL_SAID_YES, ("no_location",), "film", Place.IN, True),
    (Outcome.YES_IF, Reason.ALL_SAID_YES, ("from_behind",), "photo", Place.BEHIND, True),
    (Outcome.YES_IF, Reason.ALL_SAID_YES, ("from_behind",), "audio", Place.IN, True),
    (Outcome.YES_IF, Reason.ALL_SAID_YES, ("group_only",), "photo", Place.IN, True),
    (Outcome.YES_IF, Reason.ALL_SAID_YES, ("on_sundays",), "photo", Place.OUT, False),
    (Outcome.NO, Reason.REFUSED, (), "photo", Place.BEHIND, False),
    (Outcome.NO, Reason.WITHDRAWN, (), "film", Place.BEHIND, False),
    (Outcome.NO, Reason.REFUSED, (), "audio", Place.OUT, False),
    (Outcome.ASK, Reason.UNANSWERED, (), "photo", Place.BEHIND, False),
    (Outcome.ASK, Reason.INCOMPLETE, (), "audio", Place.OUT, False),
    (Outcome.NO, Reason.SAFETY, (), "photo", Place.OUT, False),
    (Outcome.NO, Reason.NOT_PRESENT, (), "photo", Place.OUT, False),
    (Outcome.ASK, None, (), "photo", Place.OUT, False),
]


@pytest.mark.parametrize(
    ("outcome", "reason", "conditions", "medium", "place", "allowed"), TABLE
)
def test_what_an_answer_means_for_a_picture(
    outcome: Outcome,
    reason: Reason | None,
    conditions: tuple[str, ...],
    medium: str,
    place: Place,
    allowed: bool,
) -> None:
    found = shown(medium, outcome, reason, conditions, KEPT)
    assert (found.place, found.allowed) == (place, allowed)


def test_a_safety_flag_is_never_among_those_who_may_stand_there() -> None:
    assert Reason.SAFETY not in KEPT.without
    assert Reason.NOT_PRESENT not in KEPT.without


def test_every_condition_of_the_form_has_a_meaning() -> None:
    known = {KEPT.together, KEPT.hidden, *KEPT.harmless}
    assert {item["key"] for item in resources.conditions()} == known


# -- the largest set ----------------------------------------------------------------------------

ONE = st.builds(
    Shown,
    allowed=st.booleans(),
    place=st.sampled_from(Place),
    company=st.booleans(),
    adult=st.booleans(),
)
FEW = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), ONE, max_size=8)


@given(FEW)
def test_the_largest_set_is_valid_and_holds_every_other_valid_set(
    everybody: dict[str, Shown],
) -> None:
    best = largest(everybody, KEPT)
    assert is_valid(best, everybody, KEPT)
    for size in range(len(everybody) + 1):
        for some in combinations(everybody, size):
            assert not is_valid(some, everybody, KEPT) or set(some) <= best


@given(FEW)
def test_whoever_is_not_in_it_makes_it_invalid(everybody: dict[str, Shown]) -> None:
    best = largest(everybody, KEPT)
    for id in everybody.keys() - best:
        assert not is_valid(best | {id}, everybody, KEPT)


# -- a whole composition ------------------------------------------------------------------------


def answer(name: str, outcome: Outcome, reason: Reason, *conditions: str) -> CheckAnswer:
    line = CheckLine(USE, SITE, outcome, Message("check.ask"), conditions, reason)
    return CheckAnswer(name, name, None, (line,), FRESH)


def adult(found: CheckAnswer) -> CheckAnswer:
    return replace(found, kind=RowKind.STAFF)


def yes(name: str, *conditions: str) -> CheckAnswer:
    outcome = Outcome.YES_IF if conditions else Outcome.YES
    return answer(name, outcome, Reason.ALL_SAID_YES, *conditions)


def no(name: str, reason: Reason = Reason.REFUSED) -> CheckAnswer:
    return answer(name, Outcome.NO, reason)


WHOLE = [
    ((), Go.EMPTY, ""),
    ((yes("a"),), Go.ALL, "a"),
    ((yes("a"), yes("b", "no_name")), Go.ALL_IF, "ab"),
    ((yes("a"), no("b")), Go.SOME, "a"),
    ((no("a"), no("b", Reason.SAFETY)), Go.NOBODY, ""),
    ((yes("a", "group_only"),), Go.NOBODY, ""),
    ((yes("a", "group_only"), yes("b")), Go.SOME, "b"),
    ((yes("a", "group_only"), yes("b"), yes("c")), Go.ALL_IF, "abc"),
    ((yes("a", "group_only"), yes("b"), no("c")), Go.SOME, "b"),
    (
        (yes("a", "group_only"), yes("b", "from_behind"), yes("c", "group_only")),
        Go.ALL_IF,
        "abc",
    ),
    ((yes("a"), adult(no("b"))), Go.SOME, "a"),
    ((yes("a"), adult(yes("b", "no_name"))), Go.ALL_IF, "ab"),
    ((yes("a", "group_only"), adult(yes("b")), adult(yes("c"))), Go.SOME, "bc"),
    ((adult(yes("a", "group_only")), yes("b"), yes("c")), Go.ALL_IF, "abc"),
    ((adult(yes("a", "group_only")), yes("b"), yes("c", "group_only")), Go.SOME, "b"),
]


@pytest.mark.parametrize(("answers", "go", "published"), WHOLE)
def test_the_answer_for_a_picture(
    answers: tuple[CheckAnswer, ...], go: Go, published: str
) -> None:
    found = compose(answers, (), USE)
    assert found.go is go
    assert "".join(one.id for one in found.people if one.published) == published


def test_who_needs_company_and_has_none_stays_out_and_is_told_why() -> None:
    alone = compose((yes("a", "group_only"),), (), USE).people[0]
    assert (alone.place, alone.why.id) == (Place.OUT, "check.too_few")


def test_an_adult_without_company_is_told_in_words_of_adults() -> None:
    alone = compose((adult(yes("a", "group_only")),), (), USE).people[0]
    assert (alone.place, alone.why.id) == (Place.OUT, "check.too_few_adult")
    assert alone.kind is RowKind.STAFF


def test_only_what_is_asked_for_who_is_shown_is_asked() -> None:
    found = compose((yes("a", "no_name"), yes("b", "group_only"), no("c")), (), USE)
    assert found.asked == ("no_name",)


def test_whom_the_list_does_not_know_stays_out() -> None:
    found = compose((yes("a"),), ("x",), USE)
    assert [child.id for child in found.at(Place.OUT)] == ["x"]
    assert found.go is Go.SOME


def test_a_use_that_the_list_does_not_know_allows_nobody() -> None:
    assert compose((yes("a"),), (), "photo:press").go is Go.NOBODY


def test_what_is_handed_on_holds_everybody_once() -> None:
    found = composed(compose((yes("a"), no("b")), ("x",), USE), NOW, 7)
    assert (found.medium, found.channel, found.list_number) == ("photo", "site", 7)
    assert (found.published, found.out) == (("a",), ("b", "x"))


# -- from the list ------------------------------------------------------------------------------


def everybody(sample: Sample) -> tuple[str, ...]:
    with sample.teacher().look(Compartment.CHECK) as reader:
        return tuple(row.id for row in reader.all(CheckRow))


def test_children_of_several_groups_come_in_the_order_of_names(sample: Sample) -> None:
    session = sample.teacher()
    with session.look(Compartment.CHECK) as reader:
        rows = sorted(reader.all(CheckRow), key=lambda row: row.sort_key)
    rows = [row for row in rows if not row.kind.adult]
    groups = tuple({row.group_id for row in rows})
    found = gather(session, groups[:-1], (rows[0].id, rows[0].id))
    expected = [r.id for r in rows if r.group_id in groups[:-1] or r.id == rows[0].id]
    assert [answer.pupil_id for answer in found.answers] == expected


def test_an_unknown_child_is_named_as_unknown(sample: Sample) -> None:
    stranger = new_id()
    assert gather(sample.teacher(), (), (stranger,)).unknown == (stranger,)


def test_nobody_may_when_the_list_is_too_old(sample: Sample) -> None:
    ids = everybody(sample)
    sample.clock.move(timedelta(days=30))
    found = gather(sample.teacher(), (), ids)
    assert found.freshness.trouble is not None
    composition = compose(found.answers, found.unknown, "photo:school_guide")
    assert composition.go is Go.NOBODY
    assert len(composition.at(Place.OUT)) == len(ids)


def test_a_safety_flag_is_out_of_the_frame_without_its_reason(sample: Sample) -> None:
    session = sample.administrator()
    with session.look(Compartment.CHECK) as reader:
        row = reader.all(CheckRow)[0]
    keep_published(session)
    raise_flag(session, row.id)
    found = gather(sample.teacher(), (), (row.id,))
    for line in found.answers[0].lines:
        child = compose(found.answers, (), line.use).people[0]
        assert child.place is Place.OUT
        assert child.why.id == "consent.reason_safety"


def test_a_visitor_without_a_group_is_found_under_none(sample: Sample) -> None:
    session = sample.administrator()
    keep_published(session)
    pupil = Pupil(id=new_id(), first_name="Kijk", surname="Dag")
    with session.work(Compartment.CONSENT, "visits") as work:
        stay = Enrolment(
            id=new_id(),
            pupil_id=pupil.id,
            kind=EnrolmentKind.VISITING,
            site_id=work.all(Site)[0].id,
            start=session.clock.today(),
            recorded_at=session.clock.now(),
        )
        work.add(pupil, stay)
        work.commit()
    teacher = sample.teacher()
    assert board(teacher).ungrouped
    found = gather(teacher, ("",))
    assert [answer.pupil_id for answer in found.answers] == [pupil.id]
    assert compose(found.answers, (), "photo:website").go is Go.NOBODY


def test_no_stray_is_offered_when_everybody_has_a_group(sample: Sample) -> None:
    assert not board(sample.teacher()).ungrouped


def test_a_child_asked_for_twice_is_there_once(sample: Sample) -> None:
    (first, *_) = everybody(sample)
    found = gather(sample.teacher(), (), (first, first))
    assert [answer.pupil_id for answer in found.answers] == [first]


IDS = st.sampled_from("abc")


@given(st.lists(st.tuples(st.sampled_from(["group", "guest", "turn", "drop"]), IDS)))
def test_who_is_here_is_told_once_whatever_was_pressed(deeds: list[tuple[str, str]]) -> None:
    here = Here()
    for deed, id in deeds:
        if deed == "group":
            here = here.with_group(id)
        elif deed == "guest":
            here = here.with_guest(id)
            assert id not in here.away
        elif deed == "drop":
            here = here.without_guest(id)
            assert id not in (*here.guests, *here.away)
        else:
            assert here.turned(id).turned(id) == here
            here = here.turned(id)
    assert len(set(here.groups)) == len(here.groups)
    assert len(set(here.guests)) == len(here.guests)
