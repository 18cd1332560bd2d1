"""Who read a dossier, or let something of it leave: from the journal, ready to show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.dossier.papers import ReadersPaper
from app.dossier.records import Breach, Case, Dossier, Entry, Letter
from app.journal.questions import JournalOf
from app.record import Compartment
from app.register.letterhead import sender
from app.text import Words

if TYPE_CHECKING:
    from datetime import datetime

    from app.paper import Pdf
    from app.ports import Press, Reader, Session

READS = {
    "dossier_read": "dossier.read_dossier",
    "case_read": "dossier.read_case",
    "attachment_read": "dossier.read_file",
    "letter_reprinted": "dossier.read_letter",
    "report_read": "dossier.read_report",
    "letter_drafted": "dossier.read_drafted",
    "dossier_compiled": "dossier.read_compiled",
    "attachment_saved": "dossier.left_file_saved",
    "evidence_saved": "dossier.left_file_saved",
    "letter_printed": "dossier.left_letter_printed",
    "letter_saved": "dossier.left_letter_saved",
    "compiled_printed": "dossier.left_copy_printed",
    "compiled_saved": "dossier.left_copy_saved",
    "readers_printed": "dossier.left_readers_printed",
    "readers_saved": "dossier.left_readers_saved",
}
"""Acts by which somebody read something in a dossier or let it leave, with what is said."""

_NAMES = {
    Compartment.PUPIL_DOSSIER: "dossier.pupil",
    Compartment.STAFF_DOSSIER: "dossier.staff",
}

SEEN = frozenset(
    {*READS, "dossier_list_read", "case_list_read", "letter_list_read"} - {"dossier_compiled"}
)
"""Acts that change nothing in a dossier."""


@dataclass(frozen=True, slots=True)
class ReaderLine:
    """That somebody read something of a dossier.

    Attributes:
        act: a key of `READS`.
        what: which piece, case or letter of the dossier; "" for the dossier itself.
    """

    at: datetime
    user: str
    act: str
    what: str = ""


def readers(
    session: Session, compartment: Compartment, dossier_id: str, limit: int = 0
) -> tuple[ReaderLine, ...]:
    """Who read a dossier, its cases, letters and files, newest first; 0 for everything."""
    names = {user.id: user.name for user in session.users()}
    with session.look(compartment) as reader:
        reader.get(Dossier, dossier_id)
        things = _things(reader, dossier_id)
        found = reader.ask(JournalOf(tuple(things), tuple(READS), limit))
    return tuple(
        ReaderLine(line.at, names.get(line.user, line.user), line.act, things[line.subject])
        for line in found
    )


def draw_readers(
    session: Session, press: Press, compartment: Compartment, dossier_id: str, language: str
) -> Pdf:
    """Everybody who read a dossier, on paper; it is noted when it leaves."""
    words = Words(language)
    lines = readers(session, compartment, dossier_id)
    with session.look(compartment) as reader:
        dossier = reader.get(Dossier, dossier_id)
        stamp = reader.head().stamp
    paper = ReadersPaper(
        language=words.language,
        letterhead=sender(session),
        subject=dossier.subject_name,
        dossier=words(_NAMES[compartment]),
        day=words.moment(session.clock.now()),
        rows=tuple((words.moment(line.at), line.user, _said(line, words)) for line in lines),
        stamp=stamp,
    )
    return press.draw(paper)


def _said(line: ReaderLine, words: Words) -> str:
    return " ".join(part for part in (words(READS[line.act]), line.what) if part)


def _things(reader: Reader, dossier_id: str) -> dict[str, str]:
    """Everything in a dossier that can be read by itself: its id, and how it is called."""
    things = {dossier_id: ""}
    entries = reader.all(Entry, dossier_id=dossier_id)
    case_ids = tuple({entry.case_id for entry in entries if entry.case_id})
    for entry in entries:
        things[entry.id] = entry.file_name or entry.title
    for case in reader.all(Case, id=case_ids):
        things[case.id] = case.number
        things[reader.get(Breach, case.breach_id).report_id] = case.number
    for letter in (
        *reader.all(Letter, dossier_id=dossier_id),
        *reader.all(Letter, case_id=case_ids),
    ):
        things[letter.id] = letter.number
    return things
