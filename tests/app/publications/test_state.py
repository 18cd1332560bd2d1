"""What must be taken down: rules as properties over facts in any order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from app.consent.facts import AuthorityFact, DecisionFact, FlagFact, PresenceFact, Subject
from app.consent.profiles import Profile
from app.consent.records import Answer
from app.consent.verdict import UseRule, verdict
from app.people.records import AuthorityKind
from app.publications.records import (
    BreachAnswer,
    Publication,
    PublicationStep,
    PublicationSubject,
    StepKind,
)
from app.publications.state import (
    Asked,
    Stand,
    cause_of,
    in_it,
    newest_fact,
    standing,
    standing_answer,
)

if TYPE_CHECKING:
    from random import Random

FIRST = date(2026, 9, 1)
TODAY = date(2026, 11, 22)
USE = "photo:website"
ASKED = Asked(UseRule(USE), Profile(), TODAY)
_CLOSING = {StepKind.REMOVED, StepKind.NOT_RECALLED}
_ids = (f"{number:032x}" for number in count(1))

days = st.integers(0, (TODAY - FIRST).days).map(lambda n: FIRST + timedelta(days=n))


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=UTC)


@st.composite
def decisions(draw: st.DrawFn) -> DecisionFact:
    day = draw(days)
    answer = draw(st.sampled_from([Answer.YES, Answer.YES, Answer.NO, Answer.WITHDRAWN]))
    ends = draw(st.none() | days) if answer is Answer.YES else None
    who = draw(st.sampled_from(["mother", "father"]))
    known = at(draw(st.dates(day, TODAY)))
    return DecisionFact(next(_ids), who, USE, answer, day, known, valid_until=ends)


@st.composite
def subjects(draw: st.DrawFn) -> Subject:
    flags = tuple(
        FlagFact(next(_ids), day, draw(st.none() | st.just(day)), at(day))
        for day in draw(st.lists(days, max_size=1))
    )
    left = draw(st.none() | days)
    holders = ("mother", "father")
    return Subject(
        id="child",
        birth_date=date(2018, 1, 1),
        guardians=holders,
        presences=(PresenceFact(next(_ids), FIRST, left, at(FIRST)),),
        authorities=tuple(
            AuthorityFact(next(_ids), who, AuthorityKind.JOINT_PARENTAL, None, None, at(FIRST))
            for who in holders
        ),
        flags=flags,
        decisions=tuple(draw(st.lists(decisions(), max_size=5))),
    )


@st.composite
def publications(draw: st.DrawFn) -> Publication:
    used_on = draw(days)
    id = next(_ids)
    return Publication(
        id=id,
        publication_id=id,
        title="Foto",
        medium="photo",
        channel="website",
        used_on=used_on,
        until=draw(st.none() | st.dates(used_on, TODAY + timedelta(days=3))),
        made_by="Roos",
        handed_out=draw(st.sampled_from([False, False, False, True])),
        recorded_by="Roos",
        recorded_at=at(used_on),
    )


@st.composite
def steps(draw: st.DrawFn) -> PublicationStep:
    day = draw(st.dates(FIRST, TODAY + timedelta(days=3)))
    return PublicationStep(
        id=next(_ids),
        publication_id="p",
        subject_id=draw(st.sampled_from(["", "child", "another"])),
        kind=draw(st.sampled_from([*StepKind])),
        taken_on=day,
        noted_by="Roos",
        recorded_at=at(day) + timedelta(seconds=draw(st.integers(0, 9))),
        cause=draw(st.sampled_from(["", "withdrawn:"])),
    )


some_steps = st.lists(steps(), max_size=4).map(tuple)


@given(subjects(), publications(), some_steps)
def test_a_task_is_open_when_it_is_up_forbidden_and_not_closed(
    subject: Subject, publication: Publication, done: tuple[PublicationStep, ...]
) -> None:
    now = verdict(subject, ASKED.rule, TODAY, ASKED.profile, TODAY)
    counting = [s for s in done if s.subject_id in ("", "child") and s.taken_on <= TODAY]
    last = max(counting, key=lambda s: (s.taken_on, s.recorded_at, s.id), default=None)
    closed = last is not None and (
        last.kind in _CLOSING
        or (last.kind is StepKind.KEPT and last.cause == cause_of(subject, now))
    )
    over = publication.until is not None and publication.until < TODAY
    expected = not (now.permits or publication.handed_out or over or closed)
    assert standing(publication, subject, done, ASKED).stand.is_task == expected


@given(subjects(), publications(), some_steps, days, st.sampled_from(["mother", "father"]))
def test_one_more_withdrawal_never_closes_a_task(
    subject: Subject,
    publication: Publication,
    done: tuple[PublicationStep, ...],
    day: date,
    who: str,
) -> None:
    before = standing(publication, subject, done, ASKED).stand
    fact = DecisionFact(next(_ids), who, USE, Answer.WITHDRAWN, day, at(TODAY))
    more = subject._replace(decisions=(*subject.decisions, fact))
    after = standing(publication, more, done, ASKED).stand
    assert after.is_task or not before.is_task


@given(subjects(), publications(), some_steps, st.randoms(use_true_random=False))
def test_the_order_of_entry_never_matters(
    subject: Subject,
    publication: Publication,
    done: tuple[PublicationStep, ...],
    chance: Random,
) -> None:
    mixed, turned = list(subject.decisions), list(done)
    chance.shuffle(mixed)
    chance.shuffle(turned)
    other = subject._replace(decisions=tuple(mixed))
    found = standing(publication, other, turned, ASKED)
    assert found == standing(publication, subject, done, ASKED)


@given(subjects(), publications())
def test_since_is_the_first_of_the_days_on_which_nothing_permits_it(
    subject: Subject, publication: Publication
) -> None:
    def permitted(day: date) -> bool:
        return verdict(subject, ASKED.rule, day, ASKED.profile, TODAY).permits

    found = standing(publication, subject, (), ASKED).since
    if permitted(TODAY):
        assert found is None
        return
    day = TODAY
    while day > publication.used_on and not permitted(day - timedelta(days=1)):
        day -= timedelta(days=1)
    assert found == day


@given(subjects(), publications(), st.lists(steps(), min_size=1, max_size=4).map(tuple))
def test_a_step_that_was_taken_back_never_was(
    subject: Subject, publication: Publication, done: tuple[PublicationStep, ...]
) -> None:
    last = done[-1]
    back = replace(last, id=next(_ids), replaces=last.id)
    found = standing(publication, subject, (*done, back), ASKED)
    assert found == standing(publication, subject, done[:-1], ASKED)


# -- facts that follow one another ---------------------------------------------------------------


def within(id: str, replaces: str = "", *, there: bool = True) -> PublicationSubject:
    return PublicationSubject(
        id=id,
        publication_id="p",
        subject_id="child",
        there=there,
        outcome="yes",
        reason="all_said_yes",
        found_at=at(TODAY),
        recorded_at=at(TODAY),
        replaces=replaces,
    )


@given(st.permutations([within("1"), within("2", "1", there=False), within("3", "2")]))
def test_who_is_in_it_follows_from_the_chain(facts: list[PublicationSubject]) -> None:
    assert [fact.id for fact in in_it(facts)] == ["3"]
    assert in_it(fact for fact in facts if fact.id != "3") == ()


def test_nothing_follows_from_nothing() -> None:
    nothing: tuple[BreachAnswer, ...] = ()
    assert newest_fact(nothing) is None
    assert standing_answer(nothing) is None


def test_an_answer_that_was_taken_back_stands_no_more() -> None:
    answer = BreachAnswer(
        id="1",
        publication_id="p",
        breach=True,
        reason="Gezicht te zien.",
        noted_by="Roos",
        recorded_at=at(TODAY),
    )
    assert standing_answer((answer,)) == answer
    back = replace(answer, id="2", replaces="1", taken_back=True)
    assert standing_answer((back, answer)) is None


def test_only_what_is_open_or_asked_is_a_task() -> None:
    assert [stand for stand in Stand if stand.is_task] == [Stand.OPEN, Stand.ASKED]
