"""A report as far as it is typed, kept encrypted with the author's own key.

Files are kept apart from the words, each once, so that a change of a word costs no more than
the word.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from app.breach.active import dangers
from app.breach.evidence import EvidenceFile
from app.breach.sealed import Affected, Involved, written
from app.data import DataError, Rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.ports import Session

_DRAFT = "report_draft"
_FILE = "report_file"


@dataclass(frozen=True, slots=True)
class BreachDraft:
    """A report as far as it is typed.

    Attributes:
        actor_kind: staff, guardian or other.
        actor_id: id when the person was chosen from a list; actor_name as typed or chosen.
        facts: what was seen or heard; opinion: what the reporter thinks of it, kept apart.
        medium: a key of `MEDIA`, or ""; audience: a key of `SPREAD`, or "".
        made, shared: whether a recording was made, and whether it was shared.
        protocol: key of the version whose articles were shown; the one that counts when "".
        actor_user: id of the account of the person, when chosen from those who work here.
        actor_other: it is somebody else than the user of that name.
        capacity: in which capacity somebody acted who is known in two: staff or guardian.
        channel: key of a channel of the check list, or "".
        people: others who have to do with it.
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
    actor_user: str = ""
    actor_other: bool = False
    capacity: str = ""
    channel: str = ""
    people: tuple[Involved, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """What was found of a draft.

    Attributes:
        draft: as far as it could be read, or None.
        damaged: something of it could not be read, and is not in the draft.
    """

    draft: BreachDraft | None = None
    damaged: bool = False


def keep_report_draft(session: Session, draft: BreachDraft) -> None:
    """Keep what is typed so far, encrypted with the author's own key."""
    content: dict[str, Any] = asdict(draft)
    kept = {one.key for one in session.kept(_FILE)}
    names = [hashlib.sha256(file.content).hexdigest() for file in draft.files]
    for file, row, name in zip(draft.files, content["files"], names, strict=True):
        if name not in kept:
            session.keep(_FILE, name, file.content)
        row["content"] = name
    session.keep(_DRAFT, _DRAFT, written(content))
    for name in kept - set(names):
        session.drop(_FILE, name)


def report_draft(session: Session) -> KeptDraft:
    """What was typed and not sent yet, and whether something of it was damaged."""
    found = session.kept(_DRAFT)
    if not found:
        return KeptDraft()
    files = {one.key: one.content for one in session.kept(_FILE)}
    try:
        rows = Rows(_object(found[-1].content), _DRAFT)
        draft = _draft(rows, files)
        count = sum(1 for _ in rows.rows("files", "name"))
    except (DataError, ValueError):
        return KeptDraft(damaged=True)
    return KeptDraft(draft, damaged=len(draft.files) < count)


def drop_report_draft(session: Session) -> None:
    """Forget what was typed."""
    session.drop(_DRAFT, _DRAFT)
    for one in session.kept(_FILE):
        session.drop(_FILE, one.key)


def _object(content: bytes) -> dict[str, Any]:
    found = json.loads(content)
    if not isinstance(found, dict):
        raise DataError(_DRAFT, "is damaged")
    return found


def _draft(rows: Rows, files: Mapping[str, bytes]) -> BreachDraft:
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
        files=tuple(
            _file(row, files)
            for row in rows.rows("files", "name")
            if row.text("content", "") in files
        ),
        protocol=rows.text("protocol", ""),
        actor_user=rows.text("actor_user", ""),
        actor_other=rows.flag("actor_other"),
        capacity=rows.text("capacity", ""),
        channel=rows.text("channel", ""),
        people=tuple(_involved(row) for row in rows.rows("people", "name")),
    )


def _involved(row: Rows) -> Involved:
    return Involved(
        *(row.text("role", ""), row.text("name", ""), row.text("kind", "other")),
        id=row.text("id", ""),
        user=row.text("user", ""),
    )


def _file(row: Rows, files: Mapping[str, bytes]) -> EvidenceFile:
    arrived = None if row.empty("arrived_at") else row.text("arrived_at")
    content = files[row.text("content")]
    return EvidenceFile(
        name=row.text("name", ""),
        content=content,
        obtained=row.text("obtained", ""),
        arrived_at=datetime.fromisoformat(arrived) if arrived else None,
        warnings=dangers(content),
    )


def _day_or_none(rows: Rows, key: str) -> date | None:
    found = "" if rows.empty(key) else rows.text(key, "")
    return date.fromisoformat(found) if found else None
