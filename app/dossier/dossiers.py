"""Reading a dossier: everything in it in the order in which it happened."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from app.dossier.case import fold
from app.dossier.items import TimelineItem
from app.dossier.proof import signed_by
from app.dossier.questions import DossierLine, DossierLines
from app.dossier.records import Breach, Case, Dossier, Entry, Letter, Step
from app.dossier.trail import step_items
from app.errors import Refusal, Trouble
from app.procedures.procedure import procedure_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from app.data import Wording
    from app.dossier.case import CaseState
    from app.ports import Reader, Session
    from app.record import Compartment


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case in a dossier."""

    id: str
    number: str
    procedure: Wording
    state: Wording
    closed: bool
    opened_on: date
    due_on: date | None
    theirs: bool = False


@dataclass(frozen=True, slots=True)
class OpenedDossier:
    """A dossier as shown: its cases, and everything in the order in which it happened."""

    dossier: Dossier
    cases: tuple[CaseLine, ...]
    timeline: tuple[TimelineItem, ...]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file out of a dossier; the name is for people, never a path."""

    name: str
    content: bytes


def dossiers(
    session: Session, compartment: Compartment, search: str = "", *, again: bool = False
) -> tuple[DossierLine, ...]:
    """The dossiers of a compartment by name, found by words of the name.

    The reading is recorded in the journal, but for `again`: the same list, looked at further.
    """
    if not again:
        session.note(compartment, "dossier_list_read")
    with session.look(compartment) as reader:
        return reader.ask(DossierLines(search))


def open_dossier(session: Session, compartment: Compartment, dossier_id: str) -> OpenedDossier:
    """Read a dossier; the reading is recorded in the journal.

    Raises:
        Refusal: `register.not_found`, `register.no_grant`.
        Trouble: `dossier.case_damaged`, `procedures.procedure_missing`.
    """
    with session.work(compartment, "dossier_read", dossier_id) as work:
        opened = read_dossier(session, work, compartment, dossier_id)
        work.commit()
    return opened


def read_dossier(
    session: Session, reader: Reader, compartment: Compartment, dossier_id: str
) -> OpenedDossier:
    """A dossier as shown, within a reading or a unit of work that is recorded by itself."""
    dossier = reader.get(Dossier, dossier_id)
    return _read(reader, dossier, partial(_signer, session, compartment))


def timeline(
    session: Session, compartment: Compartment, dossier_id: str
) -> tuple[TimelineItem, ...]:
    """Everything in a dossier, oldest first; the reading is recorded in the journal."""
    return open_dossier(session, compartment, dossier_id).timeline


def attachment(session: Session, compartment: Compartment, entry_id: str) -> Attachment:
    """The file of an entry, the very bytes that were filed; the reading is recorded.

    Raises:
        Refusal: `dossier.no_file`.
        Trouble: `dossier.attachment_damaged`, `register.blob_missing`.
    """
    with session.work(compartment, "attachment_read", entry_id) as work:
        entry = work.get(Entry, entry_id)
        if not entry.blob:
            raise Refusal("dossier.no_file")
        content = work.blob(entry.blob)
        if hashlib.sha256(content).hexdigest() != entry.digest:
            raise Trouble("dossier.attachment_damaged", name=entry.file_name)
        work.commit()
    return Attachment(entry.file_name, content)


# -- reading ----------------------------------------------------------------------------------


def _signer(session: Session, compartment: Compartment, entry: Entry) -> str:
    return (signed_by(session, compartment, entry) or "") if entry.kind == "report" else ""


def _read(reader: Reader, dossier: Dossier, signer: Callable[[Entry], str]) -> OpenedDossier:
    entries = reader.all(Entry, dossier_id=dossier.id)
    own = {case.id: case for case in reader.all(Case, dossier_id=dossier.id)}
    ids = {entry.case_id for entry in entries if entry.case_id} | own.keys()
    cases = [own.get(id) or reader.get(Case, id) for id in sorted(ids)]
    folded = [(case, _state(reader, case)) for case in cases]
    letters = {
        letter.blob: letter.id
        for letter in (
            *reader.all(Letter, dossier_id=dossier.id),
            *reader.all(Letter, case_id=tuple(ids)),
        )
    }
    numbers = {case.id: case.number for case in cases}
    items = [
        replace(_entry_item(entry, entries, numbers, letters), signer=signer(entry))
        for entry in entries
    ]
    for case, state in folded:
        name, id = _about(reader.get(Breach, case.breach_id), dossier)
        steps = step_items(state, case.number)
        items += [replace(item, about=name, about_id=id) for item in steps]
    return OpenedDossier(
        dossier,
        tuple(_case_line(case, state) for case, state in folded),
        tuple(sorted(items, key=_order)),
    )


def _about(breach: Breach, dossier: Dossier) -> tuple[str, str]:
    """Whom a case is about, when that is not the subject of the dossier."""
    if breach.actor_kind == "staff" or breach.actor_id == dossier.subject_id:
        return "", ""
    return breach.actor_name, breach.actor_id


def _order(item: TimelineItem) -> tuple[date, datetime, int]:
    """In one moment: the report, its evidence, what people added, steps, letters that leave."""
    return item.day, item.at, _RANKS.get(item.kind, _ADDED)


_ADDED = 2
_RANKS = {"report": 0, "evidence": 1, "step": 3, "letter_out": 4}


def _state(reader: Reader, case: Case) -> CaseState:
    procedure = procedure_of(case.procedure, case.version)
    return fold(procedure, case, reader.all(Step, case_id=case.id))


def _case_line(case: Case, state: CaseState) -> CaseLine:
    return CaseLine(
        id=case.id,
        number=case.number,
        procedure=state.procedure.name,
        state=state.state.name,
        closed=state.state.final,
        opened_on=case.opened_on,
        due_on=state.due_on,
        theirs=state.theirs,
    )


def _entry_item(
    entry: Entry,
    entries: tuple[Entry, ...],
    numbers: dict[str, str],
    letters: dict[str, str],
) -> TimelineItem:
    later = next((other.id for other in entries if other.replaces == entry.id), "")
    return TimelineItem(
        id=entry.id,
        kind=entry.kind,
        day=entry.happened_on,
        at=entry.recorded_at,
        title=entry.title,
        body=entry.body,
        author=entry.author,
        about=entry.about_name,
        about_id=entry.about_id,
        file_name=entry.file_name,
        digest=entry.digest,
        case_number=numbers.get(entry.case_id, ""),
        letter_id=letters.get(entry.blob, "") if entry.blob else "",
        arrived=entry.arrived_on,
        replaces=entry.replaces,
        reason=entry.reason,
        replaced_by=later,
    )
