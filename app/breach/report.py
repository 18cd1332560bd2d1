"""Reporting a breach: anybody may write one, only whoever holds the dossier can open it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from app.breach import sealed
from app.breach.draft import (
    BreachDraft,
    KeptDraft,
    drop_report_draft,
    keep_report_draft,
    report_draft,
)
from app.breach.evidence import (
    LARGEST_FILE,
    LONGEST_FILE_NAME,
    EvidenceFile,
    evidence_note,
    file_faults,
    file_name,
)
from app.breach.register import register_said
from app.breach.route import Route, route
from app.breach.rules import MEDIA, SPREAD, faults, namesake
from app.breach.sealed import Report, tidy_line, tidy_text
from app.breach.texts import line_faults, text_faults
from app.check.accounts import who_is_who
from app.errors import Refusal, Trouble, collect
from app.ids import new_id
from app.protocol.shelf import counting_on, shelf
from app.record import Compartment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.ports import Session
    from app.protocol.values import Protocol

__all__ = [
    "LARGEST_FILE",
    "LONGEST_FILE_NAME",
    "MEDIA",
    "SPREAD",
    "BreachDraft",
    "EvidenceFile",
    "KeptDraft",
    "MyReport",
    "SentReport",
    "Withdrawn",
    "drop_report_draft",
    "faults",
    "file_faults",
    "file_name",
    "keep_report_draft",
    "line_faults",
    "my_reports",
    "receipt",
    "report_breach",
    "report_draft",
    "text_faults",
    "withdraw_report",
]

RECEIPT = "boordboek.receipt"
WITHDRAWAL = "boordboek.withdrawal"
_KEPT = "report"
_WAY = "report_way"
_WITHDRAWN = "report_withdrawn"


@dataclass(frozen=True, slots=True)
class SentReport:
    """A report that was sealed; nobody but a holder of the dossier can read it from now on.

    Attributes:
        id: under which it is received; boxes: names of the users to whom it was sealed
            instead of to everybody who opens the compartment, or ().
    """

    id: str
    compartment: Compartment
    sent_at: datetime
    boxes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """That a report was withdrawn by who wrote it.

    Attributes:
        report: id under which the report was received; reason: in his own words, or "".
    """

    report: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MyReport:
    """A report of the user who is signed in.

    Attributes:
        received_at: when it was taken in, or None; nothing more is known of what followed.
        report: what he wrote, or None when this version of the program cannot read his copy.
        withdrawn: that he withdrew it, or None.
        protocol: the version that it names, or None when it is not known any more.
    """

    id: str
    sent_at: datetime
    received_at: datetime | None
    report: Report | None
    withdrawn: Withdrawn | None = None
    protocol: Protocol | None = None


def report_breach(session: Session, draft: BreachDraft, language: str = "nl") -> SentReport:
    """Seal a report to the dossier it belongs in; the author keeps a copy of what he wrote.

    It names the version of the protocol that counts for the day of the event, and freezes what
    the register said about the pupils. The kept draft is dropped.

    Raises:
        Refusals: fields that are not right; nothing is sent.
        Refusal: `breach.only_reader`: nobody else could open it.
        Trouble: `breach.copy_not_kept`: the report was sent all the same.
    """
    users = session.users()
    day = draft.occurred_on or session.clock.today()
    protocol = counting_on(shelf(session), draft.actor_kind, day).protocol
    known = who_is_who(session, draft.actor_id)
    collect(faults(draft, protocol, session.clock.today(), users, known))
    concerned = namesake(draft, users, known)
    way = route(session, draft, protocol)
    draft = replace(draft, actor_user=concerned.id if concerned else "")
    report = _report(session, draft, protocol, language)
    sent = _seal(session, report, draft, way)
    try:
        session.keep(_KEPT, sent.id, sealed.to_bytes(report))
        session.keep(_WAY, sent.id, _way_bytes(way))
        drop_report_draft(session)
    except Trouble as trouble:
        raise Trouble("breach.copy_not_kept", done=True, why=trouble.message) from trouble
    return sent


def withdraw_report(session: Session, report_id: str, reason: str = "") -> Withdrawn:
    """Withdraw a report of one's own: a sealed note follows it, and nothing disappears.

    Raises:
        Refusal: `breach.not_mine`, `breach.withdrawn_already`.
        Refusals: a reason that is not right.
        Trouble: `breach.copy_not_kept`: the note was sent all the same.
    """
    mine = next((one for one in my_reports(session) if one.id == report_id), None)
    if mine is None or mine.report is None:
        raise Refusal("breach.not_mine")
    if mine.withdrawn is not None:
        raise Refusal("breach.withdrawn_already")
    collect(list(text_faults([("reason", reason)])))
    note = Withdrawn(report_id, session.clock.now(), tidy_text(reason))
    content = _withdrawal(note)
    compartment, boxes = _way_of(session, mine.id, mine.report)
    if boxes:
        for user in boxes:
            session.send(user, content)
    else:
        session.seal(compartment, content)
    try:
        session.keep(_WITHDRAWN, report_id, content)
    except Trouble as trouble:
        raise Trouble("breach.copy_not_kept", done=True, why=trouble.message) from trouble
    return note


def my_reports(session: Session) -> tuple[MyReport, ...]:
    """What the user reported, newest first, and whether it was received."""
    received = dict(_receipts(session))
    withdrawn = {one.key: read_withdrawal(one.content) for one in session.kept(_WITHDRAWN)}
    known = shelf(session)
    mine = []
    for kept in session.kept(_KEPT):
        report = _own(kept.content)
        protocol = known.named(report.protocol) if report else None
        at = received.get(kept.key)
        one = MyReport(kept.key, kept.at, at, report, withdrawn.get(kept.key), protocol)
        mine.append(one)
    return tuple(sorted(mine, key=lambda report: report.sent_at, reverse=True))


def receipt(report_id: str, received_at: datetime) -> bytes:
    """The message that tells an author that his report was received, and nothing more."""
    content = {"format": RECEIPT, "report": report_id, "at": received_at.isoformat()}
    return json.dumps(content, sort_keys=True).encode()


def read_withdrawal(content: bytes) -> Withdrawn | None:
    """The withdrawal that these bytes hold, or None when they hold something else."""
    if len(content) > sealed.LARGEST:
        return None
    try:
        found = json.loads(content)
        if found["format"] != WITHDRAWAL:
            return None
        at = datetime.fromisoformat(found["at"])
        reason = tidy_text(found["reason"])[: sealed.LONGEST_TEXT]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return Withdrawn(str(found["report"]), at, reason) if at.tzinfo else None


# -- values -----------------------------------------------------------------------------------


def _seal(session: Session, report: Report, draft: BreachDraft, way: Route) -> SentReport:
    names = [note.name for note in report.evidence]
    files = tuple(zip(names, (file.content for file in draft.files), strict=True))
    sent_at, content = session.clock.now(), sealed.to_bytes(report)
    if not way.boxes:
        id = session.seal(way.compartment, content, files)
        return SentReport(id, way.compartment, sent_at)
    for user in way.boxes:
        session.send(user.id, content, files)
    boxes = tuple(user.name for user in way.boxes)
    return SentReport(report.key, way.compartment, sent_at, boxes)


def _report(session: Session, draft: BreachDraft, protocol: Protocol, language: str) -> Report:
    occurred, today = draft.occurred_on, session.clock.today()
    if occurred is None:
        raise Refusal("breach.day_missing", field="occurred_on")
    affected = tuple(replace(pupil, name=tidy_line(pupil.name)) for pupil in draft.affected)
    use = (draft.medium, draft.channel)
    return Report(
        key=new_id(),
        protocol=protocol.key,
        protocol_version=protocol.version,
        protocol_digest=protocol.digest,
        actor_kind=draft.actor_kind,
        actor_id=draft.actor_id,
        actor_name=tidy_line(draft.actor_name),
        actor_user=draft.actor_user,
        actor_other=draft.actor_other,
        capacity=draft.capacity,
        own=draft.actor_user == session.user.id,
        occurred_on=occurred,
        discovered_on=draft.discovered_on or today,
        place=tidy_line(draft.place),
        facts=tidy_text(draft.facts),
        opinion=tidy_text(draft.opinion),
        articles=tuple(a.id for a in protocol.articles if a.id in draft.articles),
        medium=draft.medium,
        audience=draft.audience,
        channel=draft.channel,
        made=draft.made,
        shared=draft.shared,
        affected=affected,
        people=tuple(replace(one, name=tidy_line(one.name)) for one in draft.people),
        categories=tuple(c.key for c in protocol.categories if c.key in draft.categories),
        evidence=tuple(evidence_note(file, session.clock.now()) for file in draft.files),
        register=register_said(session, affected, use, occurred, language),
    )


def _withdrawal(note: Withdrawn) -> bytes:
    content = {
        "format": WITHDRAWAL,
        "version": 1,
        "report": note.report,
        "at": note.at,
        "reason": note.reason,
    }
    return sealed.written(content)


def _way_bytes(way: Route) -> bytes:
    content = {"compartment": way.compartment, "boxes": [user.id for user in way.boxes]}
    return sealed.written(content)


def _way_of(
    session: Session, report_id: str, report: Report
) -> tuple[Compartment, tuple[str, ...]]:
    """How a report went, so that what follows it goes the same way."""
    for kept in session.kept(_WAY):
        if kept.key == report_id:
            found = json.loads(kept.content)
            return Compartment(found["compartment"]), tuple(found["boxes"])
    protocol = shelf(session).protocols[-1]
    affected = bool(report.affected)
    compartment = protocol.compartment(report.actor_kind, pupil_affected=affected)
    if compartment is None:
        raise Refusal("breach.not_mine")
    return compartment, ()


def _own(content: bytes) -> Report | None:
    try:
        return sealed.from_bytes(content)
    except Refusal:
        return None


def _receipts(session: Session) -> Iterator[tuple[str, datetime]]:
    """The receipts among the messages, newest first, so that the oldest of a report counts."""
    for message in reversed(session.messages()):
        try:
            content = json.loads(message.content)
            if content["format"] == RECEIPT:
                yield str(content["report"]), datetime.fromisoformat(content["at"])
        except (ValueError, KeyError, TypeError):
            continue
