"""A case is the fold of its steps, and no step succeeds that may not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from app.data import Wording
from app.dossier.case import after, fold, start, step_digest
from app.dossier.facts import FACTS as REGISTRY
from app.dossier.facts import CaseFacts
from app.dossier.possible import possible_steps
from app.errors import Refusals, Trouble
from app.letters.template import load_template
from app.procedures import answers as written
from app.procedures.procedure import Ask, Procedure
from tests.app.dossier.samples import (
    ANSWERS,
    BREACH,
    CASE,
    FACTS,
    GUARDIAN,
    LOVK,
    STAFF,
    TODAY,
    answers_for,
    entry,
    taken,
)

if TYPE_CHECKING:
    from app.dossier.records import Step
    from app.procedures.answers import Answer

DIRECTOR = ("director",)


class Dealing(RuleBasedStateMachine):
    """Random steps, legal and not, against the fold."""

    procedure: Procedure = STAFF

    def __init__(self) -> None:
        super().__init__()
        self.steps: list[Step] = []
        self.state = start(self.procedure)

    @rule(number=st.integers(0, 20))
    def tries(self, number: int) -> None:
        step = self.procedure.steps[number % len(self.procedure.steps)]
        answers = {**answers_for(step)}
        if step.opens:
            answers["course"] = self.procedure.frozen
        record = taken(self.state, step, answers)
        possible = {
            found.step.id for found in possible_steps(self.state, FACTS, DIRECTOR, TODAY)
        }
        if step.id in possible:
            self.steps.append(record)
            self.state = after(self.state, step, record)
        else:
            with pytest.raises(Trouble):
                fold(self.procedure, CASE, [*self.steps, record])

    @invariant()
    def the_state_is_the_fold(self) -> None:
        shuffled = list(self.steps)
        Random(len(shuffled)).shuffle(shuffled)
        assert fold(self.procedure, CASE, shuffled) == self.state

    @invariant()
    def only_what_reopens_leaves_an_end(self) -> None:
        found = possible_steps(self.state, FACTS, DIRECTOR, TODAY)
        assert found
        assert {each.step.reopens for each in found} == {self.state.state.final}

    @invariant()
    def a_letter_finds_what_it_asks(self) -> None:
        for found in possible_steps(self.state, FACTS, DIRECTOR, TODAY):
            if found.step.letter:
                letter = load_template(found.step.letter, "nl")
                asked = {ask.field for ask in found.step.asks}.union(self.state.answers)
                wanted = {s.key for s in letter.slots if s.source == "asks" and s.required}
                assert wanted <= asked
                if letter.purpose == "warning":
                    assert self.state.made & {"talk_held", "talk_declined"}


class DealingWithGuardian(Dealing):
    """The same for a parent."""

    procedure = GUARDIAN


TestDealing = Dealing.TestCase
TestDealingWithGuardian = DealingWithGuardian.TestCase


def walk(*ids: str) -> list[Step]:
    state, steps = start(STAFF), []
    for id in ids:
        step = STAFF.step(id)
        assert step is not None
        steps.append(taken(state, step))
        state = after(state, step, steps[-1])
    return steps


def test_the_whole_way_to_the_end() -> None:
    state = fold(STAFF, CASE, walk("plan_talk", "hold_talk", "warn", "review"))
    assert state.state.key == "closed"
    assert state.made == {"talk_held"}
    assert state.answers["reaction"] == ANSWERS["reaction"]
    assert state.due_on is None


def test_the_newest_term_runs() -> None:
    state = fold(STAFF, CASE, walk("plan_talk"))
    assert state.due_on == date(2026, 12, 7)


@pytest.mark.parametrize("gone", [0, 1])
def test_a_step_that_is_gone_is_noticed(gone: int) -> None:
    steps = walk("plan_talk", "hold_talk", "warn")
    del steps[gone]
    with pytest.raises(Trouble) as trouble:
        fold(STAFF, CASE, steps)
    assert trouble.value.message.id == "dossier.case_damaged"


def test_a_step_that_was_altered_is_noticed() -> None:
    first, second = walk("plan_talk", "hold_talk")
    changed = replace(first, taken_on=date(2026, 11, 21))
    with pytest.raises(Trouble):
        fold(STAFF, CASE, [changed, second])


def test_a_digest_covers_every_field() -> None:
    step = walk("plan_talk")[0]
    other = replace(step, by="Iemand anders")
    assert step_digest(step) != step_digest(other)
    assert step_digest(step) == step_digest(replace(step))


# -- what a step lacks ------------------------------------------------------------------------


def lacks(facts: CaseFacts, steps: list[Step], id: str) -> list[str]:
    state = fold(STAFF, CASE, steps)
    found = [one for one in possible_steps(state, facts, DIRECTOR, TODAY) if one.step.id == id]
    return [message.id for message in found[0].lacks]


def test_without_a_name_there_is_no_talk() -> None:
    facts = replace(FACTS, breach=replace(BREACH, actor_id=""))
    assert lacks(facts, [], "plan_talk") == ["dossier.lacks_person"]
    assert lacks(facts, [], "drop") == []


def test_a_rule_that_was_not_known_gives_no_warning() -> None:
    facts = replace(FACTS, breach=replace(BREACH, occurred_on=date(2024, 5, 29)))
    steps = walk("plan_talk", "hold_talk")
    assert lacks(facts, steps, "warn") == ["dossier.lacks_known_article"]


def test_the_inspector_comes_before_any_letter() -> None:
    facts = replace(FACTS, breach=replace(BREACH, categories=("sexual",)))
    assert lacks(facts, [], "plan_talk") == ["dossier.lacks_inspector"]
    assert lacks(replace(facts, entries=(entry("inspector"),)), [], "plan_talk") == []


def test_another_role_takes_no_step() -> None:
    found = possible_steps(start(STAFF), FACTS, ("administrator",), TODAY)
    assert {one.possible for one in found} == {False}


@pytest.mark.parametrize(
    ("name", "breach", "made", "true"),
    [
        ("person_named", {}, (), True),
        ("person_named", {"actor_id": ""}, (), False),
        ("talk_held", {}, ("talk_held",), True),
        ("talk_held", {}, ("talk_declined",), False),
        ("talk_declined", {}, ("talk_declined",), True),
        ("talk_declined", {}, (), False),
        ("article_known_to_person", {}, (), True),
        ("article_known_to_person", {"articles": ("A5", "Z9")}, (), False),
        ("article_known_to_person", {"articles": ()}, (), False),
        ("article_known_to_person", {"actor_kind": "guardian", "articles": ("B1",)}, (), False),
        ("article_known_to_person", {"actor_kind": "other"}, (), False),
        ("inspector_settled", {}, (), True),
        ("inspector_settled", {"categories": ("violence",)}, (), True),
        ("inspector_settled", {"categories": ("sexual",)}, (), False),
        ("inspector_settled", {"categories": ("sexual",), "actor_kind": "guardian"}, (), True),
    ],
)
def test_facts(name: str, breach: dict[str, Any], made: tuple[str, ...], true: bool) -> None:
    changed = replace(BREACH, **breach)
    assert REGISTRY[name](CaseFacts(changed, LOVK, (), frozenset(made))) is true


# -- answers ----------------------------------------------------------------------------------

NAME = Wording("naam", "name")
ASKS = tuple(Ask(kind, kind, NAME) for kind in ("line", "text", "day", "moment", "yes_no"))
GOOD: dict[str, Answer] = {
    "line": "een regel",
    "text": "een\n\ntwee",
    "day": TODAY,
    "moment": datetime(2026, 11, 22, 9, tzinfo=UTC),
    "yes_no": False,
}


def test_answers_come_back_as_they_were() -> None:
    found = written.checked(ASKS, GOOD, TODAY)
    assert written.from_json(ASKS, written.to_json(found)) == GOOD


@given(st.text(), st.text())
def test_any_text_is_an_answer_or_a_named_fault(line: str, text: str) -> None:
    asks, given_answers = ASKS[:2], {"line": line, "text": text}
    faulty: set[str | None] = set()
    try:
        found = written.checked(asks, given_answers, TODAY)
    except Refusals as refused:
        faulty = {fault.field for fault in refused.found}
        found = written.tidied(asks, given_answers)
    assert faulty <= {"line", "text"}
    assert written.from_json(asks, written.to_json(found)) == found


@pytest.mark.parametrize(
    ("field", "answer", "said"),
    [
        ("line", " ", "procedures.answer_missing"),
        ("line", "x" * 201, "breach.too_long"),
        ("text", "nummer 111222333", "people.bsn"),
        ("text", 3, "procedures.answer_unfit"),
        ("day", "2026-11-22", "procedures.answer_unfit"),
        ("day", GOOD["moment"], "procedures.answer_unfit"),
        ("moment", datetime(2026, 11, 22), "procedures.answer_unfit"),  # noqa: DTZ001 - without zone
        ("yes_no", "ja", "procedures.answer_unfit"),
        ("colour", "red", "procedures.not_asked"),
    ],
)
def test_an_answer_that_is_not_right_names_its_field(
    field: str, answer: Answer, said: str
) -> None:
    with pytest.raises(Refusals) as refused:
        written.checked(ASKS, {**GOOD, field: answer}, TODAY)
    assert [(fault.field, fault.message.id) for fault in refused.value.found] == [(field, said)]


@pytest.mark.parametrize(
    ("lies", "day", "fits"),
    [
        ("past", TODAY, True),
        ("past", date(2026, 11, 23), False),
        ("ahead", TODAY, False),
        ("ahead", date(2026, 11, 23), True),
    ],
)
def test_days_lie_where_they_must(lies: str, day: date, fits: bool) -> None:
    ask = Ask("day", "day", NAME, lies)
    if fits:
        assert written.checked((ask,), {"day": day}, TODAY) == {"day": day}
    else:
        with pytest.raises(Refusals):
            written.checked((ask,), {"day": day}, TODAY)


def test_a_step_that_is_not_answered_lists_everything() -> None:
    step = STAFF.step("warn")
    assert step is not None
    with pytest.raises(Refusals) as refused:
        written.checked(step.asks, {}, TODAY)
    assert {fault.field for fault in refused.value.found} == set(answers_for(step))
