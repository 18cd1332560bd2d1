"""A case as the fold of its steps: where it is, what was answered, what can follow.

Pure: no store, no clock. Steps are facts; nothing here changes one.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING

from app.dossier import answers as written
from app.dossier.facts import FACTS, LACKING, CaseFacts
from app.dossier.terms import last_day, term_on
from app.errors import Message, Trouble

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.dossier.answers import Answer
    from app.dossier.procedure import Procedure, ProcedureStep, State
    from app.dossier.records import Breach, Case, Step


@dataclass(frozen=True, slots=True)
class TakenStep:
    """A step that was taken: what the procedure says of it, the fact, and what was answered."""

    step: ProcedureStep
    record: Step
    answers: dict[str, Answer]


@dataclass(frozen=True, slots=True)
class CaseState:
    """Where a case is after its steps.

    Attributes:
        made: facts that steps have made true.
        answers: the newest answer to everything that was asked so far.
    """

    procedure: Procedure
    state: State
    taken: tuple[TakenStep, ...] = ()
    made: frozenset[str] = frozenset()

    @property
    def answers(self) -> dict[str, Answer]:
        """The newest answer to everything that was asked so far."""
        return {field: given for step in self.taken for field, given in step.answers.items()}

    @property
    def digest(self) -> str:
        """Digest of the newest step, which the next one names; "" before the first."""
        return step_digest(self.taken[-1].record) if self.taken else ""

    @property
    def due_on(self) -> date | None:
        """Last day of the term that runs now, or None."""
        if self.state.final or not self.taken:
            return None
        return self.taken[-1].record.due_on


@dataclass(frozen=True, slots=True)
class PossibleStep:
    """A step that leaves the present state.

    Attributes:
        lacks: why it cannot be taken yet, in words; empty when it can.
    """

    step: ProcedureStep
    lacks: tuple[Message, ...] = ()

    @property
    def possible(self) -> bool:
        """Whether it can be taken now."""
        return not self.lacks


def fold(procedure: Procedure, case: Case, steps: Iterable[Step]) -> CaseState:
    """Where a case is, from its steps in any order.

    Raises:
        Trouble: `dossier.case_damaged` when the steps do not follow from each other.
    """
    state = start(procedure)
    for record in sorted(steps, key=lambda step: step.position):
        step = procedure.step(record.step)
        fits = (
            step is not None
            and state.state.key in step.sources
            and record.case_id == case.id
            and record.position == len(state.taken) + 1
            and record.previous == state.digest
        )
        if step is None or not fits:
            raise Trouble("dossier.case_damaged", case=case.number, position=record.position)
        state = after(state, step, record)
    return state


def start(procedure: Procedure) -> CaseState:
    """Where a case is before its first step."""
    return CaseState(procedure, _state(procedure, procedure.start))


def after(state: CaseState, step: ProcedureStep, record: Step) -> CaseState:
    """Where a case is after one more step."""
    taken = TakenStep(step, record, written.from_json(step.asks, record.answers))
    return replace(
        state,
        state=_state(state.procedure, step.to),
        taken=(*state.taken, taken),
        made=state.made.union(step.makes),
    )


def possible_steps(
    state: CaseState, facts: CaseFacts, roles: tuple[str, ...]
) -> tuple[PossibleStep, ...]:
    """The steps that leave the present state, each with what it lacks."""
    known = replace(facts, made=state.made)
    return tuple(
        PossibleStep(step, _lacks(step, known, roles))
        for step in state.procedure.steps
        if state.state.key in step.sources
    )


def _lacks(
    step: ProcedureStep, facts: CaseFacts, roles: tuple[str, ...]
) -> tuple[Message, ...]:
    found = [Message(LACKING[need]) for need in step.needs if not FACTS[need](facts)]
    if not set(step.by).intersection(roles):
        found.append(Message("dossier.lacks_role"))
    return tuple(found)


def step_digest(step: Step) -> str:
    """SHA-256 over everything that a step says, hexadecimal; the next step names it."""
    said = {field.name: _plain(getattr(step, field.name)) for field in fields(step)}
    content = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()


def term_of(step: ProcedureStep, breach: Breach, taken_on: date) -> date | None:
    """Last day of the term that starts with a step, or None when none does.

    A term that counts from a letter, a decision or a receipt counts from the day of the step.
    """
    if not step.term:
        return None
    term = term_on(step.term, taken_on)
    starts = {"event": breach.occurred_on, "discovery": breach.discovered_on}
    return last_day(term, starts.get(term.starts, taken_on))


def _state(procedure: Procedure, key: str) -> State:
    found = procedure.state(key)
    if found is None:
        raise KeyError(key)
    return found


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
