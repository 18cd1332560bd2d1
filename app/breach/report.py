"""Reporting a breach: anybody may write one, only whoever holds the dossier can open it."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from app.breach import sealed
from app.breach.data import DataError, Rows
from app.breach.protocol import AUDIENCES, Protocol, current_protocol, load_protocol
from app.breach.sealed import (
    LONGEST_LINE,
    LONGEST_TEXT,
    Affected,
    EvidenceNote,
    Report,
    tidy_line,
    tidy_text,
)
from app.bsn import holds_bsn
from app.errors import Refusal, Trouble, collect

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.ports import Session
    from app.record import Compartment

MEDIA = {
    "photo": "breach.medium_photo",
    "film": "breach.medium_film",
    "audio": "breach.medium_audio",
    "text": "breach.medium_text",
}
"""What can have been made or shared, with the text that names it."""

SPREAD = {
    "public": "breach.audience_public",
    "closed_group": "breach.audience_closed_group",
    "private_message": "breach.audience_private_message",
    "not_known": "breach.audience_not_known",
}
"""Who could see it, with the text that names it."""

LARGEST_FILE = 25 * 1024 * 1024
LARGEST_TOGETHER = 50 * 1024 * 1024
MOST_FILES = 20
LONGEST_FILE_NAME = 120
RECEIPT = "boordboek.receipt"
_MEGABYTE = 1024 * 1024
_KEPT = "report"
_DRAFT = "report_draft"


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file that goes with a report.

    Attributes:
        name: its name, for people; never used as a path.
        obtained: how the reporter came by it.
    """

    name: str
    content: bytes
    obtained: str = ""


@dataclass(frozen=True, slots=True)
class BreachDraft:
    """A report as far as it is typed.

    Attributes:
        actor_kind: staff, guardian or other.
        actor_id: id when the person was chosen from a list; actor_name as typed or chosen.
        facts: what was seen or heard; opinion: what the reporter thinks of it, kept apart.
        medium: a key of `MEDIA`, or ""; audience: a key of `SPREAD`, or "".
        made, shared: whether a recording was made, and whether it was shared.
        protocol: key of the protocol; the school's own when "".
    """

    actor_kind: str = ""
    actor_id: str = ""
    actor_name: str = ""
    occurred_on: date | None = None
    discovered_on: date | None = None
    place: str = ""
    facts: str = ""
    opinion: str = ""
    articles: tuple[str, ...] = ()
    medium: str = ""
    audience: str = ""
    made: bool = False
    shared: bool = False
    affected: tuple[Affected, ...] = ()
    categories: tuple[str, ...] = ()
    files: tuple[EvidenceFile, ...] = ()
    protocol: str = ""


@dataclass(frozen=True, slots=True)
class SentReport:
    """A report that was sealed; nobody but a holder of the dossier can read it from now on."""

    id: str
    compartment: Compartment
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class MyReport:
    """A report of the user who is signed in.

    Attributes:
        received_at: when it was taken in, or None; nothing more is known of what followed.
        report: what he wrote, or None when this version of the program cannot read his copy.
    """

    id: str
    sent_at: datetime
    received_at: datetime | None
    report: Report | None


def report_breach(session: Session, draft: BreachDraft) -> SentReport:
    """Seal a report to the dossier it belongs in; the author keeps a copy of what he wrote.

    The kept draft is dropped.

    Raises:
        Refusals: fields that are not right; nothing is sent.
        Trouble: `breach.copy_not_kept`: the report was sent all the same.
    """
    protocol = load_protocol(draft.protocol) if draft.protocol else current_protocol(session)
    collect(faults(draft, protocol, session.clock.today()))
    report = _report(draft, protocol)
    compartment = protocol.compartment(report.actor_kind, pupil_affected=bool(report.affected))
    if compartment is None:
        raise Refusal("breach.actor_kind_missing", field="actor_kind")
    names = [note.name for note in report.evidence]
    files = tuple(zip(names, (file.content for file in draft.files), strict=True))
    sent_at = session.clock.now()
    sent = SentReport(
        session.seal(compartment, sealed.to_bytes(report), files), compartment, sent_at
    )
    try:
        session.keep(_KEPT, sent.id, sealed.to_bytes(report))
        drop_report_draft(session)
    except Trouble as trouble:
        raise Trouble("breach.copy_not_kept", done=True, why=trouble.message) from trouble
    return sent


def my_reports(session: Session) -> tuple[MyReport, ...]:
    """What the user reported, newest first, and whether it was received."""
    received = dict(_receipts(session))
    mine = (
        MyReport(kept.key, kept.at, received.get(kept.key), _own(kept.content))
        for kept in session.kept(_KEPT)
    )
    return tuple(sorted(mine, key=lambda report: report.sent_at, reverse=True))


def receipt(report_id: str, received_at: datetime) -> bytes:
    """The message that tells an author that his report was received, and nothing more."""
    content = {"format": RECEIPT, "report": report_id, "at": received_at.isoformat()}
    return json.dumps(content, sort_keys=True).encode()


def keep_report_draft(session: Session, draft: BreachDraft) -> None:
    """Keep what is typed so far, encrypted with the author's own key."""
    content: dict[str, Any] = asdict(draft)
    for day in ("occurred_on", "discovered_on"):
        content[day] = content[day].isoformat() if content[day] else ""
    for file in content["files"]:
        file["content"] = base64.b64encode(file["content"]).decode()
    session.keep(_DRAFT, _DRAFT, json.dumps(content, ensure_ascii=False).encode())


def report_draft(session: Session) -> BreachDraft | None:
    """What was typed and not sent yet, or None; also None when it cannot be read any more."""
    found = session.kept(_DRAFT)
    if not found:
        return None
    try:
        return _draft(Rows(json.loads(found[-1].content), _DRAFT))
    except (DataError, ValueError, AttributeError):
        return None


def drop_report_draft(session: Session) -> None:
    """Forget what was typed."""
    session.drop(_DRAFT, _DRAFT)


# -- rules ------------------------------------------------------------------------------------


def faults(draft: BreachDraft, protocol: Protocol, today: date) -> list[Refusal]:
    """What is not right in a draft, field by field; empty when it can be sent."""
    return [
        *_actor_faults(draft),
        *_day_faults(draft, today),
        *_article_faults(draft, protocol),
        *_choice_faults(draft, protocol),
        *_text_faults(draft),
        *file_faults(draft.files),
    ]


def _actor_faults(draft: BreachDraft) -> Iterator[Refusal]:
    if draft.actor_kind not in AUDIENCES:
        yield Refusal("breach.actor_kind_missing", field="actor_kind")


def _day_faults(draft: BreachDraft, today: date) -> Iterator[Refusal]:
    days = (("occurred_on", draft.occurred_on), ("discovered_on", draft.discovered_on))
    for field, day in days:
        if day is None:
            yield Refusal("breach.day_missing", field=field)
        elif day > today:
            yield Refusal("breach.day_ahead", field=field, today=today)
    if draft.occurred_on and draft.discovered_on and draft.discovered_on < draft.occurred_on:
        yield Refusal("breach.found_before", field="discovered_on", day=draft.occurred_on)


def _article_faults(draft: BreachDraft, protocol: Protocol) -> Iterator[Refusal]:
    if not draft.articles:
        yield Refusal("breach.article_missing", field="articles")
    for id in dict.fromkeys(draft.articles):
        article = protocol.article(id)
        if article is None:
            yield Refusal("breach.article_unknown", field="articles", article=id)
        elif draft.actor_kind in ("staff", "guardian") and not article.binds(draft.actor_kind):
            yield Refusal("breach.article_not_meant", field="articles", article=id)


def _choice_faults(draft: BreachDraft, protocol: Protocol) -> Iterator[Refusal]:
    if draft.medium not in (*MEDIA, ""):
        yield Refusal("breach.choice_unknown", field="medium")
    if draft.audience not in (*SPREAD, ""):
        yield Refusal("breach.choice_unknown", field="audience")
    if not set(draft.categories) <= {category.key for category in protocol.categories}:
        yield Refusal("breach.choice_unknown", field="categories")
    if len(draft.affected) > sealed.MOST:
        yield Refusal("breach.too_many_affected", field="affected", most=sealed.MOST)


def _text_faults(draft: BreachDraft) -> Iterator[Refusal]:
    if not tidy_text(draft.facts):
        yield Refusal("breach.facts_missing", field="facts")
    if any(not tidy_line(pupil.name) for pupil in draft.affected):
        yield Refusal("breach.affected_unnamed", field="affected")
    lines = [("actor_name", draft.actor_name), ("place", draft.place)]
    lines += [("affected", pupil.name) for pupil in draft.affected]
    yield from line_faults(lines)
    yield from text_faults((("facts", draft.facts), ("opinion", draft.opinion)))


def line_faults(lines: Iterable[tuple[str, str]]) -> Iterator[Refusal]:
    """What is not right in texts of one line: too long, or a citizen service number in them."""
    for field, text in lines:
        if len(tidy_line(text)) > LONGEST_LINE:
            yield Refusal("breach.too_long", field=field, longest=LONGEST_LINE)
        if holds_bsn(text):
            yield Refusal("people.bsn", field=field)


def text_faults(texts: Iterable[tuple[str, str]]) -> Iterator[Refusal]:
    """What is not right in texts in paragraphs: too long, or a citizen service number."""
    for field, text in texts:
        if len(tidy_text(text)) > LONGEST_TEXT:
            yield Refusal("breach.too_long", field=field, longest=LONGEST_TEXT)
        if holds_bsn(text):
            yield Refusal("people.bsn", field=field)


def file_faults(files: tuple[EvidenceFile, ...]) -> Iterator[Refusal]:
    """What is not right in files: empty, too large, too many, or not said how obtained."""
    for file in files:
        name = file_name(file.name)
        if not file.content:
            yield Refusal("breach.file_empty", field="files", name=name)
        if len(file.content) > LARGEST_FILE:
            most = LARGEST_FILE // _MEGABYTE
            yield Refusal("breach.file_too_large", field="files", name=name, most=most)
        if not tidy_line(file.obtained):
            yield Refusal("breach.obtained_missing", field="files", name=name)
        yield from line_faults([("files", file.obtained), ("files", name)])
    if len(files) > MOST_FILES:
        yield Refusal("breach.too_many_files", field="files", most=MOST_FILES)
    if sum(len(file.content) for file in files) > LARGEST_TOGETHER:
        most = LARGEST_TOGETHER // _MEGABYTE
        yield Refusal("breach.files_too_large", field="files", most=most)


def file_name(name: str) -> str:
    """A name as shown and stored: without folders, not too long, its ending kept."""
    bare = tidy_line(name.replace("\\", "/").rpartition("/")[2]) or "-"
    if len(bare) <= LONGEST_FILE_NAME:
        return bare
    stem, dot, ending = bare.rpartition(".")
    if not dot or len(ending) > LONGEST_FILE_NAME // 4:
        return bare[:LONGEST_FILE_NAME]
    return stem[: LONGEST_FILE_NAME - len(ending) - 1] + dot + ending


# -- values -----------------------------------------------------------------------------------


def _report(draft: BreachDraft, protocol: Protocol) -> Report:
    if draft.occurred_on is None or draft.discovered_on is None:
        raise Refusal("breach.day_missing", field="occurred_on")
    return Report(
        protocol=protocol.key,
        protocol_version=protocol.version,
        actor_kind=draft.actor_kind,
        actor_id=draft.actor_id,
        actor_name=tidy_line(draft.actor_name),
        occurred_on=draft.occurred_on,
        discovered_on=draft.discovered_on,
        place=tidy_line(draft.place),
        facts=tidy_text(draft.facts),
        opinion=tidy_text(draft.opinion),
        articles=tuple(a.id for a in protocol.articles if a.id in draft.articles),
        medium=draft.medium,
        audience=draft.audience,
        made=draft.made,
        shared=draft.shared,
        affected=tuple(replace(pupil, name=tidy_line(pupil.name)) for pupil in draft.affected),
        categories=tuple(c.key for c in protocol.categories if c.key in draft.categories),
        evidence=tuple(_note(file) for file in draft.files),
    )


def _note(file: EvidenceFile) -> EvidenceNote:
    digest = hashlib.sha256(file.content).hexdigest()
    return EvidenceNote(
        file_name(file.name), tidy_line(file.obtained), digest, len(file.content)
    )


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


def _draft(rows: Rows) -> BreachDraft:
    return BreachDraft(
        actor_kind=rows.text("actor_kind", ""),
        actor_id=rows.text("actor_id", ""),
        actor_name=rows.text("actor_name", ""),
        occurred_on=_day_or_none(rows, "occurred_on"),
        discovered_on=_day_or_none(rows, "discovered_on"),
        place=rows.text("place", ""),
        facts=rows.text("facts", ""),
        opinion=rows.text("opinion", ""),
        articles=rows.texts("articles"),
        medium=rows.text("medium", ""),
        audience=rows.text("audience", ""),
        made=rows.flag("made"),
        shared=rows.flag("shared"),
        affected=tuple(
            Affected(row.text("name", ""), row.text("id", ""))
            for row in rows.rows("affected", "name")
        ),
        categories=rows.texts("categories"),
        files=tuple(_file(row) for row in rows.rows("files", "name")),
        protocol=rows.text("protocol", ""),
    )


def _file(row: Rows) -> EvidenceFile:
    content = base64.b64decode(row.text("content", ""))
    return EvidenceFile(row.text("name", ""), content, row.text("obtained", ""))


def _day_or_none(rows: Rows, key: str) -> date | None:
    found = rows.text(key, "")
    return date.fromisoformat(found) if found else None
