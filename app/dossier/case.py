"""A case as the fold of its steps: where it is, what was answered, which terms run.

Pure: no store, no clock. Steps are facts; nothing here changes one. A case goes along one
procedure after the other and keeps what was answered and made true on the way.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from app.errors import Trouble
from app.procedures import answers as written
from app.procedures.procedure import COURSE, LETTER, frozen_procedure
from app.procedures.terms import last_day, term_on, time_left, urgency
from app.procedures.ways import lapsed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from app.dossier.records import Breach, Case, Step
    from app.errors import Message
    from app.procedures.answers import Answer, Answers
    from app.procedures.procedure import Procedure, ProcedureStep, State
    from app.procedures.terms import Term

TAKEN, CORRECTED, TAKEN_BACK, TERM_MOVED = "taken", "corrected", "taken_back", "term_moved"


@dataclass(frozen=True, slots=True)
class TakenStep:
    """A step that stands: what its procedure says of it, the fact, and what was answered.

    Attributes:
        answers: as they were corrected last.
        corrections: the later facts that correct it, oldest first.
        due_on: last day of the term that it started, computed again after a correction.
        early: the term for which it waits had not run out, as the answers stand now.
    """

    step: ProcedureStep
    record: Step
    answers: dict[str, Answer]
    corrections: tuple[Step, ...] = ()
    due_on: date | None = None
    early: bool = False

    @property
    def digest(self) -> str:
        """Digest of the fact that says how it stands: the step, or its newest correction."""
        return step_digest(self.corrections[-1] if self.corrections else self.record)


@dataclass(frozen=True, slots=True)
class UndoneStep:
    """A step that was taken back: what it was, the fact, and the later one that undid it."""

    step: ProcedureStep
    record: Step
    answers: dict[str, Answer]
    back: Step


@dataclass(frozen=True, slots=True)
class RunningTerm:
    """A term that was started in a case.

    Attributes:
        term: its value as it was on the day of the step.
        step_id: id of the fact that started it.
        due_on: its last day, as moved last; computed_on: its last day as it was computed.
        moved: why it was moved, or "".
    """

    term: Term
    step_id: str
    due_on: date
    computed_on: date
    moved: str = ""

    def left(self, today: date) -> Message:
        """What is left of it, in words."""
        return time_left(self.due_on, today, theirs=self.term.theirs)

    def urgency(self, today: date) -> Literal["act", "ask", "fine"]:
        """How much it presses."""
        return urgency(self.due_on, today, theirs=self.term.theirs)


@dataclass(frozen=True, slots=True)
class CaseState:
    """Where a case is after its steps.

    Attributes:
        procedure: the one that it follows now.
        taken: the steps that stand, in their order.
        made: facts that steps have made true.
        running: terms that run, the first to end on top.
        started: every term that was started so far, the newest of each key; those that were
            ended too.
        records: everything that was written down, in its order.
        undone: the steps that were taken back.
    """

    procedure: Procedure
    state: State
    taken: tuple[TakenStep, ...] = ()
    made: frozenset[str] = frozenset()
    running: tuple[RunningTerm, ...] = ()
    started: tuple[RunningTerm, ...] = ()
    records: tuple[Step, ...] = ()
    undone: tuple[UndoneStep, ...] = ()

    @property
    def answers(self) -> dict[str, Answer]:
        """The newest answer to everything that was asked so far."""
        return {field: given for step in self.taken for field, given in step.answers.items()}

    @property
    def days(self) -> dict[str, Answer]:
        """What was answered so far, and under `LETTER` when the newest letter was issued."""
        issued = [taken.record.taken_on for taken in self.taken if taken.step.letter]
        return {**self.answers, LETTER: issued[-1]} if issued else self.answers

    @property
    def digest(self) -> str:
        """Digest of the newest record, which the next one names; "" before the first."""
        return step_digest(self.records[-1]) if self.records else ""

    @property
    def due_on(self) -> date | None:
        """Last day of the term that ends first, or None when none runs."""
        return self.running[0].due_on if self.running else None

    @property
    def theirs(self) -> bool:
        """Whether that term is the other side's."""
        return bool(self.running) and self.running[0].term.theirs

    @property
    def closed(self) -> bool:
        """Whether the case came to an end."""
        return self.state.final

    def ran(self, key: str) -> RunningTerm | None:
        """A term as it was started last, also when it was ended since; None when never."""
        return next((term for term in self.started if term.term.key == key), None)

    def in_words(self, field: str, answer: Answer, language: str) -> Answer:
        """An answer as it is read: what was chosen from a list in words."""
        steps = (*(taken.step for taken in self.taken), *self.procedure.steps)
        asks = (ask for step in steps for ask in step.asks if ask.field == field)
        ask = next(asks, None)
        return written.in_words(ask, answer, language) if ask else answer


def fold(procedure: Procedure, case: Case, steps: Iterable[Step]) -> CaseState:
    """Where a case is, from its steps in any order; `procedure` is the one it began along.

    Raises:
        Trouble: `dossier.case_damaged` when the steps do not follow from each other;
            `procedures.procedure_missing` for a course that this program does not have.
    """
    records = sorted(steps, key=lambda step: step.position)
    _check_chain(case, records)
    state = start(procedure)
    for standing in _standing(case, records):
        step = state.procedure.step(standing.record.step)
        moves = standing.record.kind == TERM_MOVED
        if not moves and (step is None or state.state.key not in step.sources):
            raise _damaged(case, standing.record)
        state = _moved(state, standing.record) if step is None else _go(state, step, standing)
    return replace(state, records=tuple(records), undone=tuple(_undone(procedure, records)))


def start(procedure: Procedure) -> CaseState:
    """Where a case is before its first step."""
    return CaseState(procedure, _state(procedure, procedure.start))


def after(state: CaseState, step: ProcedureStep, record: Step) -> CaseState:
    """Where a case is after one more step."""
    gone = _go(state, step, _Standing(record))
    return replace(gone, records=(*state.records, record))


def step_digest(step: Step) -> str:
    """SHA-256 over everything that a step says, hexadecimal; the next step names it."""
    said = {field.name: _plain(getattr(step, field.name)) for field in fields(step)}
    content = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()


def term_of(
    step: ProcedureStep, breach: Breach, taken_on: date, answers: Answers, region: str = ""
) -> date | None:
    """Last day of the term that starts with a step, or None when none does.

    It counts from the day that the step names, as it is answered in `answers` (earlier steps
    included). Else one that counts from a letter, a decision or a receipt counts from the day
    of the step. A day that is not answered starts nothing. `region` is the school's, for its
    holidays.
    """
    if not step.term:
        return None
    term = term_on(step.term, taken_on)
    starts: dict[str, date | None] = {
        "event": breach.occurred_on,
        "discovery": breach.discovered_on,
    }
    begins = starts.get(term.starts, taken_on)
    if step.counts:
        counted = answers.get(step.counts)
        begins = None if counted is None else written.shown_day(counted)
    return last_day(term, begins, region) if begins else None


# -- what stands ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Standing:
    """A record that stands, with what was said about it later."""

    record: Step
    corrections: tuple[Step, ...] = ()
    due_on: date | None = None

    @property
    def answers(self) -> str:
        return self.corrections[-1].answers if self.corrections else self.record.answers


def _check_chain(case: Case, records: Sequence[Step]) -> None:
    previous = ""
    for place, record in enumerate(records, 1):
        fits = record.case_id == case.id and record.position == place
        if not fits or record.previous != previous:
            raise _damaged(case, record)
        previous = step_digest(record)


def _standing(case: Case, records: Sequence[Step]) -> tuple[_Standing, ...]:
    """The records that stand, each with its corrections and the days computed again."""
    found: dict[str, _Standing] = {}
    for record in records:
        old = found.get(record.replaces)
        if record.kind in (TAKEN, TERM_MOVED):
            found[record.id] = _Standing(record)
        elif old is None or old.record.step != record.step:
            raise _damaged(case, record)
        elif record.kind == TAKEN_BACK:
            del found[record.replaces]
        else:
            found[record.replaces] = replace(old, corrections=(*old.corrections, record))
            for id, day in json.loads(record.terms).items():
                found[id] = replace(found[id], due_on=date.fromisoformat(day))
    return tuple(found.values())


def _undone(procedure: Procedure, records: Sequence[Step]) -> Iterator[UndoneStep]:
    """What was taken back, named by the procedure that was followed when it was taken."""
    taken = {record.id: record for record in records}
    for back in records:
        if back.kind == TAKEN_BACK:
            record = taken[back.replaces]
            for followed in reversed(_followed(procedure, records[: record.position - 1])):
                step = followed.step(record.step)
                if step is not None:
                    answers = written.from_json(step.asks, record.answers)
                    yield UndoneStep(step, record, answers, back)
                    break


def _followed(procedure: Procedure, records: Sequence[Step]) -> list[Procedure]:
    """The procedures that a case has followed until a record, those left again included."""
    courses = (json.loads(record.answers).get(COURSE) for record in records)
    return [procedure, *(frozen_procedure(course) for course in courses if course)]


def _damaged(case: Case, record: Step) -> Trouble:
    return Trouble("dossier.case_damaged", case=case.number, position=record.position)


# -- one step on ------------------------------------------------------------------------------


def _go(state: CaseState, step: ProcedureStep, standing: _Standing) -> CaseState:
    record = standing.record
    answers = written.from_json(step.asks, standing.answers)
    due_on = standing.due_on or record.due_on
    early = _is_early(state, step, record.taken_on)
    taken = TakenStep(step, record, answers, standing.corrections, due_on, early)
    course = str(answers.get(COURSE, ""))
    procedure = frozen_procedure(course) if step.opens else state.procedure
    here = _state(procedure, procedure.start if step.opens else step.leads(state.state.key))
    running, started = _terms(state, taken, final=here.final)
    return replace(
        state,
        procedure=procedure,
        state=here,
        taken=(*state.taken, taken),
        made=(state.made - lapsed(state.procedure, step)).union(step.makes),
        running=running,
        started=started,
    )


def _is_early(state: CaseState, step: ProcedureStep, day: date) -> bool:
    ran = state.ran(step.after) if step.after else None
    return ran is not None and day <= ran.due_on and not state.made.intersection(step.unless)


def _terms(
    state: CaseState, taken: TakenStep, *, final: bool
) -> tuple[tuple[RunningTerm, ...], tuple[RunningTerm, ...]]:
    """The terms that run after a step, and all that were started so far."""
    step, record = taken.step, taken.record
    new: tuple[RunningTerm, ...] = ()
    if taken.due_on is not None:
        term = term_on(step.term, record.taken_on)
        new = (RunningTerm(term, record.id, taken.due_on, taken.due_on),)
    running = [term for term in state.running if term.term.key not in (*step.ends, step.term)]
    running = [term for term in (*running, *new) if term.term.outlives or not final]
    started = [term for term in state.started if not new or term.term.key != step.term]
    return _in_order(running), (*started, *new)


def _moved(state: CaseState, record: Step) -> CaseState:
    """The same with the last day of one running term moved.

    Never to before the day that was computed: a correction can have made that the later one.
    """
    day = record.due_on
    if day is None:
        return state

    def moved(terms: tuple[RunningTerm, ...]) -> tuple[RunningTerm, ...]:
        return tuple(
            replace(term, due_on=max(day, term.computed_on), moved=record.reason)
            if term.term.key == record.term
            else term
            for term in terms
        )

    return replace(state, running=_in_order(moved(state.running)), started=moved(state.started))


def _in_order(terms: Iterable[RunningTerm]) -> tuple[RunningTerm, ...]:
    return tuple(sorted(terms, key=lambda term: (term.due_on, term.term.key)))


def _state(procedure: Procedure, key: str) -> State:
    found = procedure.state(key)
    if found is None:
        raise KeyError(key)
    return found


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
