"""Dealing with a case: opening it, and taking one step at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.breach.protocol import load_protocol
from app.dossier import answers as written
from app.dossier.case import CaseState, fold, term_of
from app.dossier.facts import CaseFacts
from app.dossier.possible import PossibleStep, possible_steps
from app.dossier.procedure import asked_on, procedure_of
from app.dossier.records import Breach, Case, Dossier, Entry, Letter, Step
from app.errors import Refusal, Trouble
from app.ids import new_id

if TYPE_CHECKING:
    from app.dossier.answers import Answers
    from app.ports import Reader, Session
    from app.record import Compartment


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Everything about one case.

    Attributes:
        dossiers: the dossiers it stands in, its own first (more for brothers and sisters).
        entries: its entries, corrected ones left out; letters: those issued in it.
    """

    case: Case
    breach: Breach
    dossiers: tuple[Dossier, ...]
    state: CaseState
    facts: CaseFacts
    entries: tuple[Entry, ...]
    letters: tuple[Letter, ...]


@dataclass(frozen=True, slots=True)
class OpenedCase:
    """A case as shown: everything about it, and the steps that can follow."""

    file: CaseFile
    possible: tuple[PossibleStep, ...]


def open_case(session: Session, compartment: Compartment, case_id: str) -> OpenedCase:
    """Read a case with the steps that can follow; the reading is recorded in the journal.

    Raises:
        Refusal: `register.not_found`, `register.no_grant`.
        Trouble: `dossier.case_damaged`, `dossier.procedure_missing`.
    """
    with session.work(compartment, "case_read", case_id) as work:
        file = read_case(work, case_id)
        work.commit()
    return OpenedCase(file, _possible(session, file))


def take_step(
    session: Session,
    compartment: Compartment,
    case_id: str,
    step_id: str,
    answers: Answers,
) -> Step:
    """Take a step in a case: what is asked is answered, and its term starts.

    Raises:
        Refusals: answers that are not right; nothing is recorded.
        Refusal: `dossier.step_not_now`, `dossier.lacks_…`, or `dossier.step_writes_letter` for
            a step that issues a letter.
    """
    with session.work(compartment, "step_taken", case_id) as work:
        file = read_case(work, case_id)
        step = next_step(session, file, step_id, answers)
        if may_take(session, file, step_id).step.letter:
            raise Refusal("dossier.step_writes_letter")
        work.add(step)
        work.commit()
    return step


def read_case(reader: Reader, case_id: str) -> CaseFile:
    """Everything about a case; not recorded in the journal.

    Raises:
        Refusal: `register.not_found`.
        Trouble: `dossier.case_damaged`, or `dossier.procedure_missing` or
            `dossier.protocol_missing` when this program is older than the case.
    """
    case = reader.get(Case, case_id)
    breach = reader.get(Breach, case.breach_id)
    try:
        protocol = load_protocol(breach.protocol)
    except KeyError as error:
        raise Trouble("dossier.protocol_missing", protocol=breach.protocol) from error
    state = fold(
        procedure_of(case.procedure, case.version), case, reader.all(Step, case_id=case.id)
    )
    every = reader.all(Entry, case_id=case.id)
    entries = standing(every)
    return CaseFile(
        case=case,
        breach=breach,
        dossiers=_dossiers(reader, case, every),
        state=state,
        facts=CaseFacts(breach, protocol, entries, state.made),
        entries=entries,
        letters=reader.all(Letter, case_id=case.id),
    )


def standing(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The entries that no later one corrects."""
    replaced = {entry.replaces for entry in entries}
    return tuple(entry for entry in entries if entry.id not in replaced)


def may_take(session: Session, file: CaseFile, step_id: str) -> PossibleStep:
    """The step, if the user can take it now.

    Raises:
        Refusal: `dossier.step_not_now`, or what it lacks.
    """
    for found in _possible(session, file):
        if found.step.id == step_id:
            if found.lacks:
                raise found.refusal()
            return found
    raise Refusal("dossier.step_not_now")


def next_step(session: Session, file: CaseFile, step_id: str, answers: Answers) -> Step:
    """The record of a step that is taken now, not added yet.

    Raises:
        Refusals: answers that are not right.
        Refusal: `dossier.step_not_now`, or what the step lacks.
    """
    step = may_take(session, file, step_id).step
    today = session.clock.today()
    checked = written.checked(asked_on(step, today), answers, today)
    return Step(
        id=new_id(),
        case_id=file.case.id,
        position=len(file.state.records) + 1,
        step=step.id,
        taken_on=today,
        by=session.user.name,
        answers=written.to_json(checked),
        term=step.term,
        due_on=term_of(step, file.breach, today, {**file.state.answers, **checked}),
        previous=file.state.digest,
        recorded_at=session.clock.now(),
    )


def _possible(session: Session, file: CaseFile) -> tuple[PossibleStep, ...]:
    today = session.clock.today()
    return possible_steps(file.state, file.facts, session.user.roles, today)


def _dossiers(reader: Reader, case: Case, entries: tuple[Entry, ...]) -> tuple[Dossier, ...]:
    ids = {case.dossier_id: None} | {entry.dossier_id: None for entry in entries}
    return tuple(reader.get(Dossier, id) for id in ids)
