"""The cases in the dossiers that somebody can open, with their terms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.dossier.case import fold
from app.dossier.records import Case, Dossier, Step
from app.procedures.procedure import procedure_of
from app.record import DOSSIERS, Compartment

if TYPE_CHECKING:
    from app.data import Wording
    from app.ports import Reader, Session


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case in the list of all cases.

    Attributes:
        subject: the name that the dossier has.
        due_on: last day of the term that runs, or None; theirs: it is the other side's.
    """

    compartment: Compartment
    id: str
    dossier_id: str
    number: str
    subject: str
    procedure: Wording
    state: Wording
    closed: bool
    opened_on: date
    due_on: date | None
    theirs: bool = False


def cases(session: Session, *, again: bool = False) -> tuple[CaseRow, ...]:
    """All cases the user can open: open ones first, the shortest term on top.

    The reading is recorded in the journal, but for `again`: the same list, looked at further.

    Raises:
        Trouble: `dossier.case_damaged`, `procedures.procedure_missing`.
    """
    found: list[CaseRow] = []
    for compartment in DOSSIERS:
        if session.opens(compartment):
            if not again:
                session.note(compartment, "case_list_read")
            with session.look(compartment) as reader:
                found += _cases(reader, compartment)
    return tuple(sorted(found, key=_urgency))


def _cases(reader: Reader, compartment: Compartment) -> list[CaseRow]:
    found = reader.all(Case)
    wanted = tuple({case.dossier_id for case in found})
    names = {dossier.id: dossier.subject_name for dossier in reader.all(Dossier, id=wanted)}
    steps: dict[str, list[Step]] = {}
    for step in reader.all(Step):
        steps.setdefault(step.case_id, []).append(step)
    rows = []
    for case in found:
        procedure = procedure_of(case.procedure, case.version)
        state = fold(procedure, case, steps.get(case.id, ()))
        rows.append(
            CaseRow(
                compartment=compartment,
                id=case.id,
                dossier_id=case.dossier_id,
                number=case.number,
                subject=names.get(case.dossier_id, ""),
                procedure=procedure.name,
                state=state.state.name,
                closed=state.state.final,
                opened_on=case.opened_on,
                due_on=state.due_on,
                theirs=state.theirs,
            )
        )
    return rows


def _urgency(row: CaseRow) -> tuple[bool, date, str]:
    return row.closed, row.due_on or date.max, row.number
