from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.consent.facts import (
    AuthorityFact,
    DecisionFact,
    FlagFact,
    PresenceFact,
    RetractionFact,
    Subject,
)
from app.consent.outcome import Reason
from app.consent.profiles import profile
from app.consent.questions import (
    AnswerCounts,
    AuthorityOpen,
    CountAnswers,
    HighestForm,
    LastWritten,
    NewestDay,
    SubjectFacts,
    SubjectsFacts,
    Touched,
    TouchedSince,
)
from app.consent.records import (
    Answer,
    Channel,
    FormVersion,
    IssuedForm,
    Medium,
    Retraction,
    SafetyFlag,
)
from app.consent.verdict import UseRule, verdict
from app.languages import texts_of
from app.people.records import Authority, AuthorityKind, Guardian, Pupil, Relation, Site
from app.register.records import School
from tests.db.store.hand import START, TODAY, Shelf, decision, enrolment, pupil, put

if TYPE_CHECKING:
    from pathlib import Path

    from app.record import Record
    from db.store.compartment import CompartmentFile


def authority(
    id: str,
    guardian: str,
    kind: AuthorityKind = AuthorityKind.JOINT_PARENTAL,
    pupil_id: str = "p1",
    **fields: Any,
) -> Authority:
    return Authority(
        id=id, pupil_id=pupil_id, guardian_id=guardian, kind=kind, recorded_at=START, **fields
    )


def relation(id: str, guardian: str, position: int, pupil_id: str = "p1") -> Relation:
    return Relation(
        id=id, pupil_id=pupil_id, guardian_id=guardian, kind="parent", position=position
    )


BASE: tuple[Record, ...] = (
    Site(id="s1", name="Nijmegen"),
    replace(pupil("p1"), birth_date=date(2021, 1, 1)),
    pupil("p2", first="Bas", surname="Bos"),
    Guardian(id="m1", first_name="Anna"),
    Guardian(id="m2", first_name="Bert"),
    relation("r1", "m2", 2),
    relation("r2", "m1", 1),
    authority("a1", "m1"),
    authority("a2", "m2", AuthorityKind.NOT_KNOWN, investigated=True, start=TODAY),
    enrolment("e1", "p1"),
    enrolment("e2", "p2", end=date(2027, 1, 31)),
    decision("d1"),
    replace(decision("d2", decider="m2"), medium=Medium.FILM, valid_until=TODAY, scope=2),
    Retraction(id="x1", decision_id="d2", subject_id="p1", recorded_at=START),
    SafetyFlag(id="f1", pupil_id="p1", start=TODAY, recorded_at=START),
)

SUBJECT = Subject(
    id="p1",
    birth_date=date(2021, 1, 1),
    guardians=("m1", "m2"),
    presences=(PresenceFact("e1", date(2026, 8, 1), None, START),),
    authorities=(
        AuthorityFact("a1", "m1", AuthorityKind.JOINT_PARENTAL, None, None, START),
        AuthorityFact("a2", "m2", AuthorityKind.NOT_KNOWN, TODAY, None, START, "", True),
    ),
    flags=(FlagFact("f1", TODAY, None, START),),
    decisions=(
        DecisionFact(
            "d2", "m2", "film:website", Answer.YES, TODAY, START, ("no_name",), 2, TODAY
        ),
        DecisionFact("d1", "m1", "photo:website", Answer.YES, TODAY, START, ("no_name",)),
    ),
    retractions=(RetractionFact("d2", START),),
)


@pytest.fixture
def file(file: CompartmentFile) -> CompartmentFile:
    put(file, *BASE)
    return file


# -- facts ------------------------------------------------------------------------------------


def test_all_facts_of_one_pupil(file: CompartmentFile) -> None:
    with file.look() as reader:
        assert reader.ask(SubjectFacts("p1")) == SUBJECT


def test_the_facts_for_one_use_leave_other_decisions_out(file: CompartmentFile) -> None:
    with file.look() as reader:
        found = reader.ask(SubjectFacts("p1", "photo:website"))
    assert found == SUBJECT._replace(decisions=SUBJECT.decisions[1:])


def test_a_pupil_that_is_not_there_has_no_facts(file: CompartmentFile) -> None:
    with file.look() as reader:
        assert reader.ask(SubjectFacts("nobody")) is None


def test_several_pupils_come_in_the_order_that_was_asked(file: CompartmentFile) -> None:
    with file.look() as reader:
        found = reader.ask(SubjectsFacts(("p2", "nobody", "p1", "p2")))
        assert found == (reader.ask(SubjectFacts("p2")), SUBJECT)


def test_an_ended_relation_stays_known(file: CompartmentFile) -> None:
    with file.work("ended") as work:
        work.change(replace(relation("r1", "m2", 2), ended=True))
        found = work.ask(SubjectFacts("p1"))
        assert found
        assert (found.guardians, found.former) == (("m1",), ("m2",))
        work.add(relation("r3", "m2", 3))
        again = work.ask(SubjectFacts("p1"))
        assert again
        assert (again.guardians, again.former) == (("m1", "m2"), ())


# -- counts -----------------------------------------------------------------------------------


def counts(file: CompartmentFile, on: date = TODAY) -> AnswerCounts:
    with file.look() as reader:
        return reader.ask(CountAnswers(on))


def test_pairs_are_counted(file: CompartmentFile) -> None:
    assert counts(file) == AnswerCounts(2, 1, 1, 1)
    with file.look() as reader:
        assert reader.ask(AuthorityOpen(TODAY)) == (("p1", "m2"),)
        assert reader.ask(AuthorityOpen(TODAY, limit=0)) == ()


def test_who_left_is_counted_no_more(file: CompartmentFile) -> None:
    assert counts(file, date(2027, 2, 1)) == AnswerCounts(2, 1, 1, 0)
    assert counts(file, date(2026, 7, 31)) == AnswerCounts(0, 0, 0, 0)


def test_an_answer_counts_at_once_and_a_retracted_one_no_more(file: CompartmentFile) -> None:
    put(file, decision("d9", decider="m2"))
    assert counts(file).answered == 2
    put(file, Retraction(id="x9", decision_id="d9", subject_id="p1", recorded_at=START))
    assert counts(file).answered == 1


def test_from_sixteen_the_pupil_decides_and_no_guardian_is_counted(
    file: CompartmentFile,
) -> None:
    assert counts(file, date(2036, 12, 31)).deciders == 2
    assert counts(file, date(2037, 1, 1)).deciders == 0


KINDS = st.sampled_from(list(AuthorityKind))
DAYS = st.none() | st.integers(-400, 400).map(lambda days: TODAY + timedelta(days))
FACTS = st.builds(
    authority,
    st.just(""),
    st.sampled_from(["m1", "m2"]),
    KINDS,
    start=DAYS,
    end=DAYS,
    investigated=st.booleans(),
    replaces=st.sampled_from(["", "a0", "a1"]),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(
    facts=st.lists(FACTS, max_size=5),
    periods=st.lists(st.tuples(st.integers(-300, 300), st.integers(0, 300)), max_size=3),
    days=st.lists(st.integers(-500, 500), min_size=3, max_size=6),
)
def test_counts_equal_the_rule_of_the_verdict(
    tmp_path_factory: pytest.TempPathFactory,
    facts: list[Authority],
    periods: list[tuple[int, int]],
    days: list[int],
) -> None:
    added = [replace(fact, id=f"a{place}") for place, fact in enumerate(facts)]
    present = [
        enrolment(f"e{n}", "p1", TODAY + timedelta(a), TODAY + timedelta(a + b))
        for n, (a, b) in enumerate(periods)
    ]
    with Shelf(tmp_path_factory.mktemp("pairs")).opened() as file:
        put(file, *BASE[:2], *BASE[3:7])
        put(file, *present, *added)
        with file.look() as reader:
            subject = reader.ask(SubjectFacts("p1"))
            assert subject
            for day in (TODAY + timedelta(days_) for days_ in days):
                assert reader.ask(CountAnswers(day)) == expected(subject, day)


def expected(subject: Subject, day: date) -> AnswerCounts:
    found = verdict(subject, UseRule("photo:website"), day, profile())
    if found.reason is Reason.NOT_PRESENT:
        return AnswerCounts(0, 0, 0, 0)
    unsettled = sum(voice.unsettled for voice in found.voices)
    return AnswerCounts(len(found.voices), 0, unsettled, 0)


# -- forms and what was touched -----------------------------------------------------------------


def test_the_highest_form_number(file: CompartmentFile) -> None:
    form = IssuedForm(
        id="i1", number="000009", pupil_id="p1", guardian_id="m1", form_version_id="v1",
        language="nl", issued_on=TODAY, head="", digest="",
    )  # fmt: skip
    with file.look() as reader:
        assert reader.ask(HighestForm()) == 0
    put(file, form, replace(form, id="i2", number="000010"))
    with file.look() as reader:
        assert reader.ask(HighestForm()) == 10


CHANNEL = Channel(
    id="c1",
    key="website",
    texts=texts_of({"nl": {"name": "Website"}}),
    audience="public",
    media=(),
)
CHANNEL2 = replace(CHANNEL, id="c2", key="press")
VERSION = FormVersion(
    id="v1", number=1, frozen_on=TODAY, uses=(), wording="", digest="", recorded_at=START
)
TOUCHING: dict[str, tuple[Record, Touched]] = {
    "pupil": (pupil("p3"), Touched(("p3",), everything=False)),
    "relation": (relation("r9", "m1", 1, "p2"), Touched(("p2",), everything=False)),
    "authority": (
        authority("a9", "m1", pupil_id="p2"),
        Touched(("p2",), everything=False),
    ),
    "enrolment": (enrolment("e9", "p2"), Touched(("p2",), everything=False)),
    "decision": (decision("d9"), Touched(("p1",), everything=False)),
    "flag": (
        SafetyFlag(id="f9", pupil_id="p2", start=TODAY, recorded_at=START),
        Touched(("p2",), everything=False),
    ),
    "retraction": (
        Retraction(id="x9", decision_id="d1", subject_id="p1", recorded_at=START),
        Touched(("p1",), everything=False),
    ),
    "form version": (VERSION, Touched((), everything=False)),
    "channel": (CHANNEL, Touched((), everything=True)),
    "site": (Site(id="s9", name="Vianen"), Touched((), everything=True)),
    "school": (School(id="school", name="LOVK"), Touched((), everything=True)),
}


@pytest.mark.parametrize("name", TOUCHING)
def test_what_was_touched_since_an_entry(file: CompartmentFile, name: str) -> None:
    record, touched = TOUCHING[name]
    before = file.head().number
    put(file, record)
    with file.look() as reader:
        assert reader.ask(TouchedSince(before)) == touched
        assert reader.ask(TouchedSince(before + 1)) == Touched((), everything=False)


@pytest.mark.parametrize("name", TOUCHING)
def test_the_last_entry_about_each_is_that_which_touched(
    file: CompartmentFile, name: str
) -> None:
    record, touched = TOUCHING[name]
    ids = ("p1", "p2", "p3")
    with file.look() as reader:
        before = reader.ask(LastWritten((*ids, "nobody")))
        number = reader.head().number
    put(file, record)
    put(file, CHANNEL2)
    with file.look() as reader:
        after = reader.ask(LastWritten((*ids, "nobody")))
        since = reader.ask(TouchedSince(number))
    assert after == before | dict.fromkeys(touched.pupils, number + 1)
    assert {id for id, last in after.items() if last > number} == set(since.pupils)


def test_a_changed_guardian_touches_his_children(file: CompartmentFile) -> None:
    with file.work("guardian_changed") as work:
        work.change(Guardian(id="m1", first_name="Anne"))
        before = work.head().number
        work.commit()
    with file.look() as reader:
        assert reader.ask(TouchedSince(before)).pupils == ("p1",)
        assert reader.ask(LastWritten(("p1",))) == {"p1": before + 1}


def test_pupils_are_kept_with_their_birth_date(file: CompartmentFile) -> None:
    with file.look() as reader:
        assert reader.all(Pupil, birth_date=date(2021, 1, 1)) == (BASE[1],)


def test_the_newest_day_of_what_was_decided(tmp_path: Path) -> None:
    ahead = replace(decision("d3"), recorded_at=START + timedelta(days=2, hours=14))
    with Shelf(tmp_path).opened() as file:
        put(file, pupil(), decision("d1"), replace(decision("d2"), signed_on=date(2025, 1, 9)))
        with file.look() as reader:
            assert reader.ask(NewestDay("p1")) == TODAY
            assert reader.ask(NewestDay("p2")) is None
        put(file, ahead)  # nine in the morning and fourteen hours: midnight at the school
        with file.look() as reader:
            assert reader.ask(NewestDay("p1")) == TODAY + timedelta(days=3)


# -- channels, which stay in memory -----------------------------------------------------------


def test_channels_are_those_of_the_last_commit(file: CompartmentFile) -> None:
    put(file, CHANNEL)
    with file.look() as reader:
        assert reader.all(Channel) == (CHANNEL,)
    changed = replace(CHANNEL, position=7)
    with file.work("changed") as work:
        work.change(changed)
        assert work.all(Channel) == (changed,)
    with file.look() as reader:
        assert reader.all(Channel) == (CHANNEL,)
    with file.work("changed") as work:
        assert work.all(Channel) == (CHANNEL,)
        work.change(changed)
        work.commit()
    with file.look() as reader:
        assert reader.all(Channel) == (changed,)
