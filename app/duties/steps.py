"""Taking a step of a case; one that closes it says what is still open beside it.

What the law or the protocol asks must be done or reasoned away before a case is closed. Other
duties may stay open, but never without a word: the reason is kept at each of them, the dossier
tells it, and the start page goes on to show them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.breach.report import text_faults
from app.breach.sealed import tidy_text
from app.dossier.possible import ends_case
from app.dossier.steps import may_take, next_step, read_case
from app.duties.records import LEFT_OPEN
from app.duties.settle import Said, Settling, duties_of, said_of
from app.errors import Refusal, collect

if TYPE_CHECKING:
    from app.dossier.gathered import CaseReader
    from app.dossier.records import Entry, Step
    from app.dossier.steps import CaseFile
    from app.duties.radar import DutyState
    from app.duties.records import DutyFact
    from app.duties.settle import CaseDuties
    from app.ports import Session
    from app.procedures.answers import Answers
    from app.procedures.procedure import ProcedureStep
    from app.record import Compartment

WHY = "why_open"
"""The field in which it is said why a case is closed while something is open."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What is open beside a case when a step closes it; nothing for every other step.

    Attributes:
        first: what must be done or reasoned away before it can be closed.
        later: what may stay open, with the reason.
    """

    first: tuple[DutyState, ...] = ()
    later: tuple[DutyState, ...] = ()

    @property
    def all(self) -> tuple[DutyState, ...]:
        """Everything that is open, what must be settled first on top."""
        return (*self.first, *self.later)


NOTHING = Beside()


@dataclass(frozen=True, slots=True)
class Because:
    """Why a case is closed while something is open; the dossier tells it in `language`."""

    why: str = ""
    language: str = "nl"


UNSAID = Because()


def beside(read: CaseDuties, step: ProcedureStep) -> Beside:
    """What is open beside a case when this step is taken."""
    if not ends_case(read.file.state, step):
        return NOTHING
    found = [state for state in read.duties if state.is_open]
    return Beside(
        tuple(state for state in found if state.duty.must),
        tuple(state for state in found if not state.duty.must),
    )


def take_step(
    session: Session,
    compartment: Compartment,
    case_id: str,
    step_id: str,
    answers: Answers,
    because: Because = UNSAID,
) -> Step:
    """Take a step in a case: what is asked is answered, and its term starts.

    `because` is needed where it closes the case while something may stay open.

    Raises:
        Refusals: answers or a reason that are not right; nothing is recorded.
        Refusal: `dossier.step_not_now`, `dossier.lacks_…`, `dossier.step_writes_letter` for a
            step that issues a letter, or `duties.before_closing`.
    """
    with session.work(compartment, "step_taken", case_id) as work:
        file = read_case(work, case_id)
        record = next_step(session, file, step_id, answers)
        step = may_take(session, file, step_id).step
        if step.letter:
            raise Refusal("dossier.step_writes_letter")
        found = beside(duties_of(session, work, file), step)
        collect(faults(found, because))
        work.add(record, *left_open(session, work, file, found, because))
        work.commit()
    return record


def faults(found: Beside, because: Because) -> list[Refusal]:
    """Why a case cannot be closed with this open beside it; empty when it can."""
    if found.first:
        return [Refusal("duties.before_closing", names=names(found.first, because.language))]
    if not found.later:
        return []
    if not tidy_text(because.why):
        named = names(found.later, because.language)
        return [Refusal("duties.why_open", field=WHY, names=named)]
    return list(text_faults([(WHY, because.why)]))


def left_open(
    session: Session, reader: CaseReader, file: CaseFile, found: Beside, because: Because
) -> list[DutyFact | Entry]:
    """What is written down of the duties that stay open when a case is closed."""
    settling = Settling(LEFT_OPEN, note=because.why)
    records: list[DutyFact | Entry] = []
    for place, state in enumerate(found.later, 1):
        said = Said(file, state, settling, because.language)
        fact, entries = said_of(session, reader, said, place)
        records += [fact, *entries]
    return records


def names(found: tuple[DutyState, ...], language: str) -> str:
    """The names of duties in one line."""
    return "; ".join(state.duty.name.said(language) for state in found)
