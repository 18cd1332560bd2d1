"""Post for the dossiers: what waits sealed, for a compartment or for the user himself.

A report about somebody who opens the compartment himself waits in the boxes of the others. A
note that withdraws a report follows it the same way.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.breach.active import dangers
from app.breach.report import file_name, read_withdrawal, receipt
from app.breach.route import opens
from app.breach.sealed import from_bytes
from app.dossier.records import Filed
from app.errors import Refusal, Trouble
from app.protocol.shelf import shelf
from app.record import DOSSIERS, Compartment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from app.breach.report import Withdrawn
    from app.breach.sealed import Report
    from app.ports import Kept, Session, Unsealed, UserCard
    from app.protocol.values import Protocol
    from app.sealing import SealProof

REPORT, WITHDRAWAL = "report", "withdrawal"
_MESSAGE = "message"
_NOTE = 80 * 1024
"""A note that withdraws a report is never larger; larger post is not looked into for one."""


@dataclass(frozen=True, slots=True)
class InboxLine:
    """Something sealed that waits; what it says, and who wrote it, is known after opening.

    Attributes:
        at: when it was sealed, by the clock of that machine; None where that cannot be told.
        kind: a report, or a note that withdraws one.
        boxed: it was sealed to the user himself, past whom it is about.
        report: id of the report that a note withdraws.
        withdrawn: a note that withdraws it waits too.
        key: id under which a report is received and filed, the same in every copy.
    """

    compartment: Compartment
    id: str
    at: datetime | None
    kind: str = REPORT
    boxed: bool = False
    report: str = ""
    withdrawn: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file that came with a report.

    Attributes:
        intact: it is the very file that the report speaks of.
        arrived_at: when the reporter took it into the program, or None.
        warnings: keys of what it can do by itself; it is not opened then.
    """

    name: str
    obtained: str
    content: bytes
    intact: bool
    arrived_at: datetime | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenedReport:
    """A sealed report, opened and not filed yet.

    Attributes:
        author: who sealed it, proven by his signature.
        missing: names of files that the report speaks of and that did not arrive.
        content: the very bytes that he signed; proof: shows later that he did.
        key: id under which it is received and filed, the same in every copy.
        boxed: it came to the user himself, past whom it is about.
        withdrawn: that its author withdrew it, or None.
        protocol: the version that it names, or None when it is not known any more.
    """

    id: str
    compartment: Compartment
    author: UserCard
    at: datetime
    report: Report
    proof: SealProof
    files: tuple[OpenedFile, ...]
    missing: tuple[str, ...] = ()
    content: bytes = b""
    key: str = ""
    boxed: bool = False
    withdrawn: Withdrawn | None = None
    protocol: Protocol | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A note that withdraws a report, opened."""

    line: InboxLine
    unsealed: Unsealed
    said: Withdrawn


def lines(session: Session) -> tuple[InboxLine, ...]:
    """What waits for the user, oldest first in each inbox; what was filed is taken out now."""
    found = [*_of_compartments(session), *_of_own_box(session)]
    withdrawn = {line.report for line in found if line.kind == WITHDRAWAL}
    return tuple(
        replace(line, withdrawn=line.kind == REPORT and line.key in withdrawn) for line in found
    )


def fetch(session: Session, compartment: Compartment, id: str) -> tuple[Unsealed, bool]:
    """Something sealed, opened, and whether it came to the user himself.

    Raises:
        Refusal: `register.no_grant`, `register.not_found`, `register.seal_broken`.
    """
    if session.opens(compartment):
        try:
            return session.unseal_message(id), True
        except Refusal as refusal:
            if refusal.message.id != "register.not_found":
                raise
    return session.unseal(compartment, id), False


def opened(
    session: Session, compartment: Compartment, unsealed: Unsealed, *, boxed: bool
) -> OpenedReport:
    """A sealed report as values; files are compared with what it says of them.

    Raises:
        Refusal: `breach.unreadable`.
    """
    report = from_bytes(unsealed.content)
    key = report.key if boxed else unsealed.id
    notes = {note.digest: note for note in report.evidence}
    files = []
    for name, content in unsealed.files:
        note = notes.pop(hashlib.sha256(content).hexdigest(), None)
        files.append(
            OpenedFile(
                file_name(name),
                note.obtained if note else "",
                content,
                note is not None,
                note.arrived_at if note else None,
                dangers(content),
            )
        )
    return OpenedReport(
        id=unsealed.id,
        compartment=compartment,
        author=unsealed.author,
        at=unsealed.at,
        report=report,
        proof=unsealed.proof,
        files=tuple(files),
        missing=tuple(note.name for note in notes.values()),
        content=unsealed.content,
        key=key,
        boxed=boxed,
        withdrawn=next((n.said for n in notes_on(session, key, unsealed.author)), None),
        protocol=shelf(session).named(report.protocol),
    )


def notes_on(session: Session, report: str, author: UserCard) -> tuple[Note, ...]:
    """The notes that wait with which its author withdraws a report; others' do not count."""
    waiting = (line for line in lines_of_notes(session) if line.report == report)
    found = []
    for line in waiting:
        unsealed, _ = fetch(session, line.compartment, line.id)
        said = read_withdrawal(unsealed.content)
        if said is not None and unsealed.author.id == author.id:
            found.append(Note(line, unsealed, said))
    return tuple(found)


def lines_of_notes(session: Session) -> tuple[InboxLine, ...]:
    """The notes that wait."""
    found = (*_of_compartments(session), *_of_own_box(session))
    return tuple(line for line in found if line.kind == WITHDRAWAL)


def is_filed(session: Session, compartment: Compartment, key: str) -> bool:
    """Whether something was filed under this id."""
    with session.look(compartment) as reader:
        return reader.find(Filed, key) is not None


def clear(session: Session, compartment: Compartment, unsealed: Unsealed, *, key: str) -> None:
    """Send the receipt and take the report out; a second receipt changes nothing."""
    with suppress(Refusal):
        # An author who has left gets none.
        session.send(unsealed.author.id, receipt(key, session.clock.now()))
    take_out(session, compartment, unsealed.id, boxed=key != unsealed.id)


def take_out(session: Session, compartment: Compartment, id: str, *, boxed: bool) -> None:
    """Take something out of where it waited."""
    if boxed:
        session.drop(_MESSAGE, id)
    else:
        session.settle(compartment, id)


# -- where it waits ---------------------------------------------------------------------------


def _of_compartments(session: Session) -> Iterator[InboxLine]:
    for compartment in DOSSIERS:
        if not session.opens(compartment):
            continue
        for card in session.waiting(compartment):
            note = _note_in(session, compartment, card.id) if card.size <= _NOTE else None
            if not _is_done(session, compartment, card.id):
                kind = WITHDRAWAL if note else REPORT
                report = note.report if note else ""
                yield InboxLine(compartment, card.id, card.at, kind, report=report, key=card.id)


def _is_done(session: Session, compartment: Compartment, id: str) -> bool:
    """Whether it was filed already; then it is taken out of the inbox."""
    if not is_filed(session, compartment, id):
        return False
    with suppress(Refusal, Trouble):
        clear(session, compartment, session.unseal(compartment, id), key=id)
    return True


def _of_own_box(session: Session) -> Iterator[InboxLine]:
    """Reports and notes among the user's own messages; the rest is not for here."""
    if not any(session.opens(compartment) for compartment in DOSSIERS):
        return
    for message in session.messages():
        note = read_withdrawal(message.content)
        if note is not None:
            compartment = _filed_in(session, note.report)
            if compartment is not None:
                at = message.at
                yield InboxLine(
                    compartment, message.key, at, WITHDRAWAL, boxed=True, report=note.report
                )
            continue
        line = _boxed_report(session, message)
        if line is not None:
            yield line


def _boxed_report(session: Session, message: Kept) -> InboxLine | None:
    id, report = message.key, _report_in(message.content)
    if report is None or not report.key:
        return None
    compartment = _compartment(session, report)
    if compartment is None or not opens(session.user, compartment):
        return None
    if is_filed(session, compartment, report.key):
        with suppress(Refusal, Trouble):
            clear(session, compartment, session.unseal_message(id), key=report.key)
        return None
    return InboxLine(compartment, id, message.at, boxed=True, key=report.key)


def _filed_in(session: Session, report: str) -> Compartment | None:
    """The compartment of a report in the user's own box, filed or waiting."""
    for compartment in DOSSIERS:
        if session.opens(compartment) and is_filed(session, compartment, report):
            return compartment
    for message in session.messages():
        found = _report_in(message.content)
        if found is not None and found.key == report:
            return _compartment(session, found)
    return None


def _compartment(session: Session, report: Report) -> Compartment | None:
    protocol = shelf(session).protocols[-1]
    return protocol.compartment(report.actor_kind, pupil_affected=bool(report.affected))


def _report_in(content: bytes) -> Report | None:
    try:
        return from_bytes(content)
    except Refusal:
        return None


def _note_in(session: Session, compartment: Compartment, id: str) -> Withdrawn | None:
    """The note in a small object; nothing else of it is looked at or shown."""
    try:
        return read_withdrawal(session.unseal(compartment, id).content)
    except Refusal:
        return None
