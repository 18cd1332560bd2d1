"""Reading a dossier and adding to it; what stands there is corrected only by adding."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from app.breach.data import EMPTY, Wording
from app.breach.report import file_faults, file_name, line_faults, text_faults
from app.breach.sealed import tidy_line, tidy_text
from app.dossier.case import fold
from app.dossier.facts import INSPECTOR
from app.dossier.procedure import procedure_of
from app.dossier.proof import signed_by
from app.dossier.questions import DossierLine, DossierLines
from app.dossier.records import Case, Dossier, Entry, Letter, Step
from app.errors import Refusal, Trouble, collect
from app.ids import new_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date, datetime

    from app.breach.report import EvidenceFile
    from app.dossier.answers import Answer
    from app.dossier.case import CaseState, TakenStep
    from app.dossier.inbox import Person
    from app.ports import Reader, Session, Work
    from app.record import Compartment
    from app.text import Words

KINDS = {
    "report": "dossier.kind_report",
    "evidence": "dossier.kind_evidence",
    "talk": "dossier.kind_talk",
    "call": "dossier.kind_call",
    "note": "dossier.kind_note",
    INSPECTOR: "dossier.kind_inspector",
    "letter_out": "dossier.kind_letter_out",
    "letter_in": "dossier.kind_letter_in",
    "decision": "dossier.kind_decision",
}
"""Kinds of entries, with the text that names each."""

ADDABLE = ("talk", "call", "note", "letter_in", INSPECTOR)
"""Kinds that a person adds; the others are made by what he does elsewhere."""

NOT_HERE = {
    "private_note": "dossier.no_private_notes",
    "complaint": "dossier.no_complaints",
}
"""Kinds that have no place in a dossier, with the text that says why.

Personal working notes are not part of a file, and a complaint is dealt with and kept apart from
the person it is about (https://www.onderwijsgeschillen.nl/thema/leerlingdossier, checked
2026-11-22, to be checked).
"""


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry as typed.

    Attributes:
        kind: one of `ADDABLE`.
        about: the person it is about, when that is not the subject of the dossier.
        replaces: id of the entry that this one corrects, or "".
    """

    kind: str
    happened_on: date | None
    title: str
    body: str = ""
    case_id: str = ""
    about: Person | None = None
    file: EvidenceFile | None = None
    replaces: str = ""


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """One line of a dossier's time line.

    Attributes:
        kind: kind of an entry, or "step".
        day: when it happened; at: when it was recorded.
        name: name of the step; empty for an entry.
        details: what the step asked, with the answer.
        about: name of the person it is about, when that is not the subject.
        letter_id: the letter that left, or "".
        signer: of a report: who signed it, as his signature shows; "" when it does not.
        replaced_by: id of the entry that corrects this one, or "".
    """

    id: str
    kind: str
    day: date
    at: datetime
    name: Wording = EMPTY
    title: str = ""
    body: str = ""
    details: tuple[tuple[Wording, Answer], ...] = ()
    author: str = ""
    signer: str = ""
    about: str = ""
    file_name: str = ""
    case_number: str = ""
    letter_id: str = ""
    due_on: date | None = None
    replaces: str = ""
    replaced_by: str = ""

    def heading(self, words: Words) -> str:
        """What it is, in the reader's language."""
        return words(KINDS[self.kind]) if self.kind in KINDS else self.name.said(words.language)


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
        Trouble: `dossier.case_damaged`, `dossier.procedure_missing`.
    """
    with session.work(compartment, "dossier_read", dossier_id) as work:
        opened = _read(
            work, work.get(Dossier, dossier_id), partial(_signer, session, compartment)
        )
        work.commit()
    return opened


def timeline(
    session: Session, compartment: Compartment, dossier_id: str
) -> tuple[TimelineItem, ...]:
    """Everything in a dossier, oldest first; the reading is recorded in the journal."""
    return open_dossier(session, compartment, dossier_id).timeline


def add_entry(
    session: Session, compartment: Compartment, dossier_id: str, entry: NewEntry
) -> Entry:
    """Add a talk, a call, a note of facts, a letter that came in, or what the inspector said.

    Raises:
        Refusals: fields that are not right; nothing is stored.
        Refusal: `dossier.no_private_notes`, `dossier.no_complaints`, `dossier.kind_by_program`,
            `dossier.replaced_already`, `dossier.replaces_other`, `dossier.other_case`.
    """
    _refuse_kind(entry.kind)
    collect(list(_faults(entry, session.clock.today())))
    act = "entry_corrected" if entry.replaces else "entry_added"
    with session.work(compartment, act, dossier_id) as work:
        work.get(Dossier, dossier_id)
        if entry.replaces:
            old = _replaced(work, dossier_id, entry)
            entry = replace(entry, case_id=old.case_id)
        elif entry.case_id and not work.all(
            Entry, dossier_id=dossier_id, case_id=entry.case_id
        ):
            raise Refusal("dossier.other_case", field="case_id")
        found = _entry(session, work, dossier_id, entry)
        work.add(found)
        work.commit()
    return found


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


# -- rules ------------------------------------------------------------------------------------


def _refuse_kind(kind: str) -> None:
    if kind in NOT_HERE:
        raise Refusal(NOT_HERE[kind], field="kind")
    if kind not in ADDABLE:
        raise Refusal("dossier.kind_by_program", field="kind")


def _faults(entry: NewEntry, today: date) -> Iterator[Refusal]:
    if entry.happened_on is None:
        yield Refusal("dossier.day_missing", field="happened_on")
    elif entry.happened_on > today:
        yield Refusal("dossier.day_ahead", field="happened_on", today=today)
    if not tidy_line(entry.title):
        yield Refusal("dossier.title_missing", field="title")
    if not tidy_text(entry.body) and entry.file is None:
        yield Refusal("dossier.body_missing", field="body")
    lines = [("title", entry.title)]
    if entry.about:
        lines.append(("about", entry.about.name))
    yield from line_faults(lines)
    yield from text_faults((("body", entry.body),))
    if entry.file:
        named = replace(entry.file, obtained=entry.file.obtained or "-")
        yield from file_faults((named,))


def _replaced(work: Work, dossier_id: str, entry: NewEntry) -> Entry:
    old = work.get(Entry, entry.replaces)
    _refuse_kind(old.kind)
    if (old.dossier_id, old.kind) != (dossier_id, entry.kind):
        raise Refusal("dossier.replaces_other")
    if work.all(Entry, dossier_id=dossier_id, replaces=old.id):
        raise Refusal("dossier.replaced_already")
    return old


def _entry(session: Session, work: Work, dossier_id: str, entry: NewEntry) -> Entry:
    file = entry.file
    if entry.happened_on is None:
        raise Refusal("dossier.day_missing", field="happened_on")
    return Entry(
        id=new_id(),
        dossier_id=dossier_id,
        case_id=entry.case_id,
        kind=entry.kind,
        happened_on=entry.happened_on,
        title=tidy_line(entry.title),
        body=tidy_text(entry.body),
        about_id=entry.about.id if entry.about else "",
        about_name=tidy_line(entry.about.name) if entry.about else "",
        author=session.user.name,
        blob=work.attach(file.content) if file else "",
        file_name=file_name(file.name) if file else "",
        digest=hashlib.sha256(file.content).hexdigest() if file else "",
        recorded_at=session.clock.now(),
        replaces=entry.replaces,
    )


# -- reading ----------------------------------------------------------------------------------


def _signer(session: Session, compartment: Compartment, entry: Entry) -> str:
    return (signed_by(session, compartment, entry) or "") if entry.kind == "report" else ""


def _read(reader: Reader, dossier: Dossier, signer: Callable[[Entry], str]) -> OpenedDossier:
    entries = reader.all(Entry, dossier_id=dossier.id)
    ids = {entry.case_id for entry in entries if entry.case_id}
    cases = [reader.get(Case, id) for id in sorted(ids)]
    folded = [(case, _state(reader, case)) for case in cases]
    letters = {
        letter.blob: letter.id
        for case in cases
        for letter in reader.all(Letter, case_id=case.id)
    }
    numbers = {case.id: case.number for case in cases}
    items = [
        replace(_entry_item(entry, entries, numbers, letters), signer=signer(entry))
        for entry in entries
    ]
    items += [_step_item(taken, case.number) for case, state in folded for taken in state.taken]
    return OpenedDossier(
        dossier,
        tuple(_case_line(case, state) for case, state in folded),
        tuple(sorted(items, key=_order)),
    )


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
        file_name=entry.file_name,
        case_number=numbers.get(entry.case_id, ""),
        letter_id=letters.get(entry.blob, "") if entry.blob else "",
        replaces=entry.replaces,
        replaced_by=later,
    )


def _step_item(taken: TakenStep, number: str) -> TimelineItem:
    record = taken.record
    return TimelineItem(
        id=record.id,
        kind="step",
        day=record.taken_on,
        at=record.recorded_at,
        name=taken.step.name,
        details=tuple(
            (ask.name, taken.answers[ask.field])
            for ask in taken.step.asks
            if ask.field in taken.answers
        ),
        author=record.by,
        case_number=number,
        due_on=record.due_on,
    )
