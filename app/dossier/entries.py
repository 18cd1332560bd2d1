"""Adding to a dossier, and beginning one; what stands there is corrected only by adding."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.breach.report import file_faults, file_name, line_faults, text_faults
from app.breach.sealed import tidy_line, tidy_text
from app.dossier.concern import refuse_concerned
from app.dossier.facts import INSPECTOR
from app.dossier.inbox import Person
from app.dossier.records import Dossier, Entry
from app.dossier.whose import dossier_of
from app.errors import Refusal, collect
from app.ids import new_id
from app.people.questions import GonePerson
from app.people.records import Pupil, StaffMember
from app.record import Compartment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from app.breach.report import EvidenceFile
    from app.ports import Reader, Session, Work

COMPILED = "compiled"
"""Kind of a copy of the dossier that was compiled; see `app.compile`."""

LETTER_IN = "letter_in"

KINDS = {
    "report": "dossier.kind_report",
    "withdrawal": "dossier.kind_withdrawal",
    "evidence": "dossier.kind_evidence",
    "talk": "dossier.kind_talk",
    "call": "dossier.kind_call",
    "note": "dossier.kind_note",
    "informed": "dossier.kind_informed",
    "response": "dossier.kind_response",
    INSPECTOR: "dossier.kind_inspector",
    "letter_out": "dossier.kind_letter_out",
    LETTER_IN: "dossier.kind_letter_in",
    "decision": "dossier.kind_decision",
    COMPILED: "dossier.kind_compiled",
}
"""Kinds of entries, with the text that names each."""

ADDABLE = ("talk", "call", "note", "informed", "response", LETTER_IN, INSPECTOR)
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
        happened_on: the day of the talk, or the day that stands on the letter.
        arrived_on: the day on which it came in; of a letter that came in only.
        about: the person it is about, when that is not the subject of the dossier.
        replaces: id of the entry that this one corrects, or ""; reason: why it does.
    """

    kind: str
    happened_on: date | None
    title: str
    body: str = ""
    case_id: str = ""
    about: Person | None = None
    file: EvidenceFile | None = None
    arrived_on: date | None = None
    replaces: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Twin:
    """The same file, filed before.

    Attributes:
        subject: whose dossier; own: it is the dossier that was asked for.
    """

    entry_id: str
    dossier_id: str
    subject: str
    title: str
    day: date
    own: bool


def add_entry(
    session: Session, compartment: Compartment, dossier_id: str, entry: NewEntry
) -> Entry:
    """Add a talk, a call, a note of facts, a letter that came in, or what the inspector said.

    Raises:
        Refusals: fields that are not right; nothing is stored.
        Refusal: `dossier.no_private_notes`, `dossier.no_complaints`, `dossier.kind_by_program`,
            `dossier.replaced_already`, `dossier.replaces_other`, `dossier.other_case`.
    """
    _check(entry, session.clock.today())
    act = "entry_corrected" if entry.replaces else "entry_added"
    with session.work(compartment, act, dossier_id) as work:
        work.get(Dossier, dossier_id)
        refuse_concerned(session, work, dossier_id)
        old = _replaced(work, dossier_id, entry) if entry.replaces else None
        if old is not None:
            about = entry.about or _about(old)
            entry = replace(entry, case_id=old.case_id, about=about)
        elif entry.case_id and not work.all(
            Entry, dossier_id=dossier_id, case_id=entry.case_id
        ):
            raise Refusal("dossier.other_case", field="case_id")
        found = _entry(session, work, dossier_id, entry)
        if old is not None and entry.file is None:
            found = _with_file_of(found, old)
        work.add(found)
        work.commit()
    return found


def file_entry(
    session: Session, compartment: Compartment, subject: Person, entry: NewEntry
) -> Entry:
    """Add an entry to somebody's dossier, which is begun when there is none yet.

    Raises:
        Refusals: fields that are not right; nothing is stored, and no dossier is begun.
        Refusal: `dossier.subject_missing`, `dossier.subject_unknown`, or as `add_entry`.
    """
    if not subject.id:
        raise Refusal("dossier.subject_missing", field="subject")
    _check(entry, session.clock.today())
    _refuse_stranger(session, compartment, subject)
    with session.work(compartment, "entry_added", subject.id) as work:
        dossier, begun = begun_for(session, work, subject)
        refuse_concerned(session, work, dossier.id)
        found = _entry(session, work, dossier.id, replace(entry, case_id=""))
        work.add(*begun, found)
        work.commit()
    return found


def begin_dossier(session: Session, compartment: Compartment, subject: Person) -> Dossier:
    """The dossier of somebody, begun when there is none yet.

    Raises:
        Refusal: `dossier.subject_missing`, `dossier.subject_unknown`.
    """
    if not subject.id:
        raise Refusal("dossier.subject_missing", field="subject")
    _refuse_stranger(session, compartment, subject)
    with session.work(compartment, "dossier_begun", subject.id) as work:
        dossier, begun = begun_for(session, work, subject)
        work.add(*begun)
        work.commit()
    return dossier


def begun_for(
    session: Session, work: Work, subject: Person
) -> tuple[Dossier, tuple[Dossier, ...]]:
    """Somebody's dossier, and the same again when it is new and has to be added."""
    id, known = dossier_of(session, work, subject.id)
    if known is not None:
        return known, ()
    new = Dossier(
        id=new_id(),
        subject_id=id,
        subject_name=tidy_line(subject.name),
        opened_on=session.clock.today(),
    )
    return new, (new,)


def twins(
    session: Session, compartment: Compartment, content: bytes, subject_id: str = ""
) -> tuple[Twin, ...]:
    """Where the very same file stands already in a compartment, by its digest."""
    digest = hashlib.sha256(content).hexdigest()
    with session.look(compartment) as reader:
        found = reader.all(Entry, digest=digest)
        ids = tuple({entry.dossier_id for entry in found})
        whose = {dossier.id: dossier for dossier in reader.all(Dossier, id=ids)}
    return tuple(
        Twin(
            entry_id=entry.id,
            dossier_id=entry.dossier_id,
            subject=whose[entry.dossier_id].subject_name,
            title=entry.title,
            day=entry.happened_on,
            own=whose[entry.dossier_id].subject_id == subject_id,
        )
        for entry in found
    )


# -- rules ------------------------------------------------------------------------------------


def _check(entry: NewEntry, today: date) -> None:
    _refuse_kind(entry.kind)
    collect([*_day_faults(entry, today), *_text_faults(entry), *_reason_faults(entry)])


def _refuse_kind(kind: str) -> None:
    if kind in NOT_HERE:
        raise Refusal(NOT_HERE[kind], field="kind")
    if kind not in ADDABLE:
        raise Refusal("dossier.kind_by_program", field="kind")


def _day_faults(entry: NewEntry, today: date) -> Iterator[Refusal]:
    if entry.happened_on is None:
        yield Refusal("dossier.day_missing", field="happened_on")
    elif entry.happened_on > today:
        yield Refusal("procedures.day_ahead", field="happened_on", today=today)
    arrived = entry.arrived_on
    if arrived is None:
        return
    if entry.kind != LETTER_IN:
        yield Refusal("dossier.arrived_letter_only", field="arrived_on")
    elif arrived > today:
        yield Refusal("procedures.day_ahead", field="arrived_on", today=today)
    elif entry.happened_on is not None and arrived < entry.happened_on:
        yield Refusal("dossier.arrived_before", field="arrived_on", day=entry.happened_on)


def _text_faults(entry: NewEntry) -> Iterator[Refusal]:
    if not tidy_line(entry.title):
        yield Refusal("dossier.title_missing", field="title")
    if not tidy_text(entry.body) and entry.file is None and not entry.replaces:
        yield Refusal("dossier.body_missing", field="body")
    lines = [("title", entry.title)]
    if entry.about:
        lines.append(("about", entry.about.name))
    yield from line_faults(lines)
    yield from text_faults((("body", entry.body),))
    if entry.file:
        named = replace(entry.file, obtained=entry.file.obtained or "-")
        yield from file_faults((named,))


def _reason_faults(entry: NewEntry) -> Iterator[Refusal]:
    if entry.replaces and not tidy_text(entry.reason):
        yield Refusal("dossier.correct_reason_missing", field="reason")
    yield from text_faults((("reason", entry.reason),))


def _refuse_stranger(session: Session, compartment: Compartment, subject: Person) -> None:
    """Whom the register does not know, as far as the user can look him up."""
    if not session.opens(Compartment.CONSENT):
        return
    kind = StaffMember if compartment is Compartment.STAFF_DOSSIER else Pupil
    with session.look(Compartment.CONSENT) as reader:
        if not _known(reader, kind, subject.id):
            raise Refusal("dossier.subject_unknown", field="subject", name=subject.name)


def _known(reader: Reader, kind: type[Pupil | StaffMember], id: str) -> bool:
    """Whether the register knows somebody, or did before an import was undone."""
    return reader.find(kind, id) is not None or isinstance(reader.ask(GonePerson(id)), kind)


# -- what is added ----------------------------------------------------------------------------


def _replaced(work: Work, dossier_id: str, entry: NewEntry) -> Entry:
    old = work.get(Entry, entry.replaces)
    _refuse_kind(old.kind)
    if (old.dossier_id, old.kind) != (dossier_id, entry.kind):
        raise Refusal("dossier.replaces_other")
    if work.all(Entry, dossier_id=dossier_id, replaces=old.id):
        raise Refusal("dossier.replaced_already")
    return old


def _with_file_of(entry: Entry, old: Entry) -> Entry:
    """A correction keeps the file, unless another one comes with it."""
    if not old.blob and not entry.body:
        raise Refusal("dossier.body_missing", field="body")
    return replace(entry, blob=old.blob, file_name=old.file_name, digest=old.digest)


def _about(old: Entry) -> Person | None:
    """Whom the corrected entry was about: its correction is about the same person."""
    return Person(old.about_id, old.about_name) if old.about_name else None


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
        arrived_on=entry.arrived_on,
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
        reason=tidy_text(entry.reason),
    )
