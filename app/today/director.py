"""The start of the day of whoever deals with cases: what comes next in each, without names.

Only numbers, kinds of steps and days: a screen that stands open tells nobody whom it is about.
What the user is concerned with himself is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.dossier.possible import proposed
from app.dossier.signing import AskedOfMe, asked_of_me
from app.dossier.steps import next_steps
from app.duties.line import LineNow, line_now
from app.duties.records import PLANNED
from app.duties.rules import Line, inspector_line
from app.duties.settle import every_case
from app.letters.terms import agreement_ending
from app.procedures.terms import stale_terms, urgency
from app.record import DOSSIERS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from app.data import Wording
    from app.dossier.case import RunningTerm
    from app.dossier.possible import PossibleStep
    from app.duties.radar import DutyState
    from app.duties.settle import CaseDuties
    from app.letters.terms import Agreement
    from app.ports import Session
    from app.procedures.terms import Term
    from app.record import Compartment

ACT, ASK, FINE = "act", "ask", "fine"
_RANKS = {ACT: 0, ASK: 1, FINE: 2}
_DAY = 24


@dataclass(frozen=True, slots=True)
class DutyLine:
    """A duty that is still to be done; `weight` as of a task."""

    state: DutyState
    weight: str


@dataclass(frozen=True, slots=True)
class NextInCase:
    """What comes next in one case.

    Attributes:
        weight: of the most urgent thing in it, as of a task.
        state: where it is; next: the step on its main road, or None.
        term: the running term that ends first, or None.
        duties: what is still to be done, the most urgent on top.
    """

    compartment: Compartment
    case_id: str
    number: str
    weight: str
    state: Wording
    next: PossibleStep | None
    term: RunningTerm | None
    duties: tuple[DutyLine, ...]


@dataclass(frozen=True, slots=True)
class DirectorStart:
    """The cases part of the start page.

    Attributes:
        cases: those that go on or have an open duty, the most urgent on top.
        line, line_now: the telephone of the confidential inspector, and whether it is open.
        asked: steps that the user was asked to sign as a second person.
        stale: terms of which the value was checked more than a year ago.
        agreement: the collective agreement that letters name, when it ends soon or has ended.
    """

    cases: tuple[NextInCase, ...]
    line: Line
    line_now: LineNow
    asked: tuple[AskedOfMe, ...] = ()
    stale: tuple[Term, ...] = ()
    agreement: Agreement | None = None


def director_start(session: Session) -> DirectorStart | None:
    """What comes next in every case; None for who opens no dossier.

    Raises:
        Trouble: `dossier.case_damaged`, `procedures.procedure_missing` and the like.
    """
    opened = [compartment for compartment in DOSSIERS if session.opens(compartment)]
    if not opened:
        return None
    clock = session.clock
    found = [line for each in opened for line in _cases(session, each)]
    line = inspector_line()
    return DirectorStart(
        cases=tuple(sorted(found, key=_order)),
        line=line,
        line_now=line_now(line, clock.now()),
        asked=asked_of_me(session),
        stale=stale_terms(clock.today()),
        agreement=agreement_ending(clock.today()),
    )


def duty_weight(state: DutyState, now: datetime, today: date) -> str:
    """How much an open duty presses: less when it is planned or waits for another."""
    planned = state.fact.day if state.status == PLANNED and state.fact else None
    hours = state.hours_left(now)
    if hours is not None:
        if hours < _DAY:
            return ACT
        return FINE if planned and planned > today else ASK
    if planned is not None:
        return urgency(planned, today)
    return FINE if state.first else urgency(state.due_on, today)


def open_duties(read: CaseDuties, now: datetime, today: date) -> tuple[DutyLine, ...]:
    """The duties of a case that are still to be done, the most urgent on top."""
    lines = [
        DutyLine(state, duty_weight(state, now, today))
        for state in read.duties
        if state.is_open
    ]
    return tuple(sorted(lines, key=lambda line: _RANKS[line.weight]))


def _cases(session: Session, compartment: Compartment) -> Iterator[NextInCase]:
    for read in every_case(session, compartment):
        line = _next(session, compartment, read)
        if not read.concerned and (not read.file.state.closed or line.duties):
            yield line


def _next(session: Session, compartment: Compartment, read: CaseDuties) -> NextInCase:
    now, today = session.clock.now(), session.clock.today()
    file, duties = read.file, open_duties(read, now, today)
    closed = file.state.closed
    steps = () if closed else next_steps(session, file)
    term = file.state.running[0] if file.state.running else None
    weights = [line.weight for line in duties]
    weights.append(FINE if closed else ASK)
    if term is not None:
        weights.append(term.urgency(today))
    return NextInCase(
        compartment=compartment,
        case_id=file.case.id,
        number=file.case.number,
        weight=min(weights, key=lambda weight: _RANKS[weight]),
        state=file.state.state.name,
        next=proposed(file.state, steps),
        term=term,
        duties=duties,
    )


def _order(line: NextInCase) -> tuple[int, str, str]:
    days = [each.state.due_on for each in line.duties]
    if line.term is not None:
        days.append(line.term.due_on)
    first = min(days).isoformat() if days else "9999"
    return _RANKS[line.weight], first, line.number
