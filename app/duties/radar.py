"""The duties of a case: which arise, until when, and what was said about each.

Pure: no store, no clock. Computed anew from the facts every time, so that a duty disappears
only by a fact: it was done, reasoned away, or weighed otherwise. What was said of a duty that
is not asked any more stays readable.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import time
from typing import TYPE_CHECKING

from app.clock import school_day
from app.dossier.weighing import weighed
from app.duties.conditions import CONDITIONS, Situation
from app.duties.line import at_school
from app.duties.records import DONE, LEFT_OPEN, OPEN_AGAIN, PLANNED, REASONED
from app.duties.rules import WEIGHED, Duty, load_duties
from app.procedures.terms import last_day, last_moment, term_on

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from app.dossier.records import Entry
    from app.dossier.steps import CaseFile
    from app.dossier.weighing import Weighing
    from app.duties.questions import Notice
    from app.duties.records import DutyFact
    from app.procedures.terms import Term


@dataclass(frozen=True, slots=True)
class DutyState:
    """How a duty of a case stands.

    Attributes:
        status: open, planned, left_open, done or reasoned (away).
        arises: it is asked now; otherwise only what was said about it is left.
        due_on: the last day; until: the moment at which its time ends, for a term in hours.
        fact: what was said last, or None; entry: the entry by which it counts as done, or None.
        notice: what was recorded at the publication and settles it here, or None.
        shared: what is said of it here is recorded at the publication as well.
        history: everything that was said about it, oldest first.
        first: names of open duties that come before it.
    """

    duty: Duty
    term: Term
    status: str
    arises: bool
    due_on: date
    until: datetime | None = None
    fact: DutyFact | None = None
    entry: Entry | None = None
    weighing: Weighing | None = None
    notice: Notice | None = None
    shared: bool = False
    history: tuple[DutyFact, ...] = ()
    first: tuple[Duty, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.arises and self.status in (OPEN_AGAIN, PLANNED, LEFT_OPEN)

    @property
    def corrects(self) -> bool:
        """Whether saying something now takes back what was said: a plan only goes on."""
        return self.fact is not None and self.fact.kind not in (PLANNED, LEFT_OPEN)

    def hours_left(self, now: datetime) -> int | None:
        """Whole hours until its time ends, less than nought after it; None without a clock."""
        if self.until is None:
            return None
        return int((self.until - now).total_seconds() // 3600)


def radar(
    file: CaseFile, facts: Iterable[DutyFact], notice: Notice | None = None
) -> tuple[DutyState, ...]:
    """The duties that a case asks for, and those about which something was said, in order.

    Args:
        file: the case.
        facts: what was said about its duties.
        notice: what stands at the publication that it came from.
    """
    said: dict[str, list[DutyFact]] = {}
    for fact in sorted(facts, key=lambda each: each.position):
        said.setdefault(fact.duty, []).append(fact)
    found: dict[str, DutyState] = {}
    for duty in load_duties():
        situation = _situation(file, found)
        state = _state(file, duty, situation, tuple(said.get(duty.key, ())), found)
        if duty.at_publication:
            state = _with_notice(state, file, notice)
        if state.arises or state.history:
            found[duty.key] = state
    return tuple(found.values())


def _situation(file: CaseFile, found: dict[str, DutyState]) -> Situation:
    newest = file.weighings[-1] if file.weighings else None
    done = frozenset(key for key, state in found.items() if state.status == DONE)
    return Situation(file.facts, newest, done)


def _state(
    file: CaseFile,
    duty: Duty,
    situation: Situation,
    history: tuple[DutyFact, ...],
    before: dict[str, DutyState],
) -> DutyState:
    newest = history[-1] if history else None
    entry = _entry(file, duty)
    weighing = _answer(situation.weighing) if duty.key == WEIGHED else None
    status = newest.kind if newest else OPEN_AGAIN
    if entry is not None or weighing is not None:
        status = DONE
    term, due_on, until = _until(file, duty, situation)
    waits = (before[key] for key in duty.first if key in before)
    return DutyState(
        duty=duty,
        term=term,
        status=status,
        arises=_arises(duty, situation),
        due_on=due_on,
        until=until,
        fact=newest,
        entry=entry,
        weighing=weighing,
        history=history,
        first=tuple(state.duty for state in waits if state.is_open),
    )


def _with_notice(state: DutyState, file: CaseFile, notice: Notice | None) -> DutyState:
    """The state with what stands at the publication, where nothing here says otherwise."""
    state = replace(state, shared=bool(file.breach.publication_id))
    if notice is None or settled(state):
        return state
    fact = state.fact
    if fact and fact.kind == OPEN_AGAIN and fact.recorded_at >= notice.recorded_at:
        return state
    status = DONE if notice.told_on is not None else REASONED
    return replace(state, status=status, notice=notice)


def _answer(weighing: Weighing | None) -> Weighing | None:
    """A weighing that answers both questions."""
    both = weighing is not None and weighing.offence and weighing.data_breach
    return weighing if both else None


def _entry(file: CaseFile, duty: Duty) -> Entry | None:
    """The first entry in the case that counts as done."""
    if not duty.known_by:
        return None
    kinds = [entry for entry in file.entries if entry.kind == duty.known_by]
    return min(kinds, key=lambda entry: (entry.happened_on, entry.recorded_at), default=None)


def _until(
    file: CaseFile, duty: Duty, situation: Situation
) -> tuple[Term, date, datetime | None]:
    """Its term, the last day of it, and the moment for a term in hours.

    The value of the term is the one of the day on which the case was opened. Only the day of
    the discovery is known, not the hour: the clock runs from the beginning of that day, so that
    it never ends too late.
    """
    start = file.breach.discovered_on
    term = term_on(duty.term, file.case.opened_on)
    if term.starts == "decision":
        start = _decided_on(file, duty, situation)
    if term.unit != "hours":
        return term, last_day(term, start), None
    until = last_moment(term, at_school(start, time()))
    return term, school_day(until), until


def _decided_on(file: CaseFile, duty: Duty, situation: Situation) -> date:
    """The day of the weighing since which it is asked: the same said once more is no delay."""
    decided = situation.weighing
    for number in range(len(file.weighings), 0, -1):
        weighings = file.weighings[:number]
        facts = replace(file.facts, breach=weighed(file.breach, weighings))
        if not _arises(duty, replace(situation, facts=facts, weighing=weighings[-1])):
            break
        decided = weighings[-1]
    return school_day(decided.recorded_at) if decided else file.case.opened_on


def _arises(duty: Duty, situation: Situation) -> bool:
    return all(CONDITIONS[name](situation) for name in duty.when)


def settled(state: DutyState) -> bool:
    """Whether a duty was done or reasoned away."""
    return state.status in (DONE, REASONED)
