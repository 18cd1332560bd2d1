"""Dealing with a case: opening it, and taking one step at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.dossier.case import CaseState, fold, term_of
from app.dossier.concern import Concern, concern, is_concerned
from app.dossier.facts import CaseFacts
from app.dossier.possible import PossibleStep, possible_steps
from app.dossier.records import (
    Breach,
    Case,
    Countersignature,
    Dossier,
    Entry,
    Letter,
    SecondAsked,
    Step,
)
from app.dossier.second import SecondLine, is_countersigned, seconds
from app.dossier.weighing import Weighing, in_order, weighed
from app.errors import Refusal, Trouble
from app.ids import new_id
from app.people.accounts import KINDS, accounts
from app.procedures import answers as written
from app.procedures.procedure import asked_on, procedure_of
from app.protocol.frozen import thawed
from app.record import Compartment
from app.register.records import School

if TYPE_CHECKING:
    from app.dossier.gathered import CaseReader
    from app.ports import Session
    from app.procedures.answers import Answers


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Everything about one case.

    Attributes:
        dossiers: the dossiers it stands in, its own first (more for brothers and sisters).
        entries: its entries, corrected ones left out; letters: those issued in it.
        asked, signatures: who was asked to sign as a second person, and who did.
        weighings: what the breach was found to come under later, oldest first; `facts` go by
            the newest.
    """

    case: Case
    breach: Breach
    dossiers: tuple[Dossier, ...]
    state: CaseState
    facts: CaseFacts
    entries: tuple[Entry, ...]
    letters: tuple[Letter, ...]
    asked: tuple[SecondAsked, ...] = ()
    signatures: tuple[Countersignature, ...] = ()
    weighings: tuple[Weighing, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenedCase:
    """A case as shown: everything about it, and the steps that can follow.

    Attributes:
        seconds: the steps that ask for a second signature, with what there is of it.
        concern: whether it is about the user, who may look and not act, and why.
        by_name: that was told by names alone: who the user is in the register was not recorded.
    """

    file: CaseFile
    possible: tuple[PossibleStep, ...]
    seconds: tuple[SecondLine, ...] = ()
    concern: Concern = Concern.NONE
    by_name: bool = False

    @property
    def concerned(self) -> bool:
        """Whether it is about the user."""
        return self.concern is not Concern.NONE


def open_case(session: Session, compartment: Compartment, case_id: str) -> OpenedCase:
    """Read a case with the steps that can follow; the reading is recorded in the journal.

    Raises:
        Refusal: `register.not_found`, `register.no_grant`.
        Trouble: `dossier.case_damaged`, `procedures.procedure_missing`.
    """
    with session.work(compartment, "case_read", case_id) as work:
        file = read_case(work, case_id)
        work.commit()
    known = accounts(session, file.breach.actor_id)
    return OpenedCase(
        file,
        next_steps(session, file),
        seconds(session, file),
        concern(session, session.user, file.breach, known),
        by_name=file.breach.actor_kind in KINDS and not known.is_settled(session.user.id),
    )


def read_case(reader: CaseReader, case_id: str) -> CaseFile:
    """Everything about a case; not recorded in the journal.

    Raises:
        Refusal: `register.not_found`.
        Trouble: `dossier.case_damaged`, or `procedures.procedure_missing` or
            `dossier.protocol_missing` when this program is older than the case.
    """
    case = reader.get(Case, case_id)
    breach = reader.get(Breach, case.breach_id)
    try:
        protocol = thawed(breach.protocol, breach.protocol_text)
    except KeyError as error:
        raise Trouble("dossier.protocol_missing", protocol=breach.protocol) from error
    state = fold(
        procedure_of(case.procedure, case.version), case, reader.all(Step, case_id=case.id)
    )
    every = reader.all(Entry, case_id=case.id)
    entries = standing(every)
    weighings = in_order(reader.all(Weighing, case_id=case.id))
    return CaseFile(
        case=case,
        breach=breach,
        dossiers=_dossiers(reader, case, every),
        state=state,
        facts=CaseFacts(weighed(breach, weighings), protocol, entries, state.made),
        entries=entries,
        letters=reader.all(Letter, case_id=case.id),
        asked=reader.all(SecondAsked, case_id=case.id),
        signatures=reader.all(Countersignature, case_id=case.id),
        weighings=weighings,
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
    for found in next_steps(session, file):
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
    checked = written.checked(asked_on(step, today), answers, today, file.state.days)
    known = {**file.state.answers, **checked}
    return replace(
        new_record(session, file, step.id),
        answers=written.to_json(checked),
        term=step.term,
        due_on=term_of(step, file.breach, today, known, region_of(session)),
    )


def new_record(session: Session, file: CaseFile, step_id: str) -> Step:
    """The next record of a case, chained to the one before; says nothing yet."""
    return Step(
        id=new_id(),
        case_id=file.case.id,
        position=len(file.state.records) + 1,
        step=step_id,
        taken_on=session.clock.today(),
        by=session.user.name,
        previous=file.state.digest,
        recorded_at=session.clock.now(),
    )


def next_steps(session: Session, file: CaseFile) -> tuple[PossibleStep, ...]:
    """The steps that leave the present state, each with what it lacks for the user."""
    user, breach = session.user, file.breach
    facts = replace(
        file.facts,
        concerned=is_concerned(session, user, breach),
        reported=breach.reported_by == user.name,
        noted=any(e.kind == "note" and e.author == user.name for e in file.entries),
        countersigned=is_countersigned(session, file),
    )
    return possible_steps(file.state, facts, user.roles, session.clock.today())


def region_of(session: Session) -> str:
    """The school's region for school holidays, as far as the user can read it, or ""."""
    if not session.opens(Compartment.CONSENT):
        return ""
    with session.look(Compartment.CONSENT) as reader:
        school = reader.find(School, "school")
    return school.region if school else ""


def _dossiers(
    reader: CaseReader, case: Case, entries: tuple[Entry, ...]
) -> tuple[Dossier, ...]:
    ids = {case.dossier_id: None} | {entry.dossier_id: None for entry in entries}
    return tuple(reader.get(Dossier, id) for id in ids)
