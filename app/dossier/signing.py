"""Asking somebody to sign a step of a case as a second person, and signing it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.breach.report import text_faults
from app.breach.sealed import tidy_text
from app.dossier.concern import is_concerned
from app.dossier.records import Case, Countersignature, SecondAsked
from app.dossier.second import line_of, signed_content, written
from app.dossier.steps import read_case
from app.errors import Refusal, collect
from app.ids import new_id
from app.record import DOSSIERS

if TYPE_CHECKING:
    from datetime import datetime

    from app.dossier.case import TakenStep
    from app.dossier.steps import CaseFile
    from app.ports import Session, UserCard
    from app.record import Compartment


@dataclass(frozen=True, slots=True)
class AskedOfMe:
    """A step that the user was asked to sign as a second person."""

    compartment: Compartment
    case_id: str
    number: str
    asked_by: str
    at: datetime


def can_sign(
    session: Session, file: CaseFile, compartment: Compartment
) -> tuple[UserCard, ...]:
    """Whom the newest step can be put to: who may write there, but for the two who may not."""
    return tuple(
        user
        for user in session.users()
        if user.may(f"{compartment}.write")
        and not user.pending
        and user.id != session.user.id
        and not is_concerned(session, user, file.breach)
    )


def ask_second(
    session: Session, compartment: Compartment, case_id: str, step_id: str, user_id: str
) -> SecondAsked:
    """Ask somebody to sign a step as a second person; it stands on his start page.

    Raises:
        Refusal: `register.not_found`, `dossier.no_second` for a step that asks for none,
            `dossier.second_cannot` for somebody who may not.
    """
    with session.work(compartment, "second_asked", case_id) as work:
        file = read_case(work, case_id)
        taken = _wanted(file, step_id)
        found = [user for user in can_sign(session, file, compartment) if user.id == user_id]
        if not found or found[0].name == taken.record.by:
            raise Refusal("dossier.second_cannot", field="user_id")
        record = SecondAsked(
            id=new_id(),
            case_id=case_id,
            step_id=step_id,
            user_id=user_id,
            user_name=found[0].name,
            asked_by=session.user.name,
            recorded_at=session.clock.now(),
        )
        work.add(record)
        work.commit()
    return record


def countersign(
    session: Session, compartment: Compartment, case_id: str, step_id: str, statement: str
) -> Countersignature:
    """Sign a step as a second person, with a statement.

    Raises:
        Refusals: a statement that is missing or not right; nothing is recorded.
        Refusal: `register.not_found`, `dossier.no_second`, `dossier.second_is_first` for who
            took the step himself, `dossier.lacks_other_handler` for who is concerned,
            `dossier.second_done`.
    """
    with session.work(compartment, "countersigned", case_id) as work:
        file = read_case(work, case_id)
        taken = _wanted(file, step_id)
        _refuse_signer(session, file, taken)
        said = tidy_text(statement)
        collect(
            list(text_faults([("statement", statement)]))
            if said
            else [Refusal("dossier.statement_missing", field="statement")]
        )
        now = session.clock.now()
        content = signed_content(file.case.number, taken.digest, said, session.user.name, now)
        record = Countersignature(
            id=new_id(),
            case_id=case_id,
            step_id=step_id,
            digest=taken.digest,
            by=session.user.name,
            statement=said,
            signature=written(session.sign(content)),
            recorded_at=now,
        )
        work.add(record)
        work.commit()
    return record


def asked_of_me(session: Session) -> tuple[AskedOfMe, ...]:
    """The steps that the user was asked to sign and did not sign yet, oldest first."""
    found: list[AskedOfMe] = []
    for compartment in DOSSIERS:
        if session.opens(compartment):
            with session.look(compartment) as reader:
                asked = reader.all(SecondAsked, user_id=session.user.id)
                signed = reader.all(
                    Countersignature, step_id=tuple(one.step_id for one in asked)
                )
                done = {(one.step_id, one.by) for one in signed}
                for one in asked:
                    if (one.step_id, session.user.name) not in done:
                        number = reader.get(Case, one.case_id).number
                        found.append(
                            AskedOfMe(
                                compartment, one.case_id, number, one.asked_by, one.recorded_at
                            )
                        )
    return tuple(sorted(found, key=lambda one: one.at))


def _wanted(file: CaseFile, step_id: str) -> TakenStep:
    found = next((taken for taken in file.state.taken if taken.record.id == step_id), None)
    if found is None:
        raise Refusal("register.not_found")
    if not found.step.second:
        raise Refusal("dossier.no_second")
    return found


def _refuse_signer(session: Session, file: CaseFile, taken: TakenStep) -> None:
    if is_concerned(session, session.user, file.breach):
        raise Refusal("dossier.lacks_other_handler")
    if taken.record.by == session.user.name:
        raise Refusal("dossier.second_is_first")
    if session.user.name == line_of(session, file, taken).by:
        raise Refusal("dossier.second_done")
