"""A publication of a teacher as it is sealed to the office: plain values as JSON.

Who sealed it, and when, is what the seal proves; nothing is written here about that.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any

from app.consent.uses import split_use
from app.errors import Refusal
from app.publications.record import MOST_LINES, MOST_PEOPLE, PublicationDraft

FORMAT = "boordboek.publication"
VERSION = 1
LARGEST = 1 << 18
_LONGEST = 2_000
_ID = re.compile(r"[0-9a-f]{32}")
_BEGIN = f'{{"format":"{FORMAT}",'.encode()


@dataclass(frozen=True, slots=True)
class SealedPublication:
    """What a teacher says was used; the id is the publication's own."""

    id: str
    draft: PublicationDraft


def is_publication(content: bytes) -> bool:
    """Whether something that waits in the inbox says that it is a publication."""
    return content.startswith(_BEGIN)


def to_bytes(id: str, draft: PublicationDraft) -> bytes:
    """A publication as it is sealed."""
    values: dict[str, Any] = asdict(draft)
    values["used_on"] = draft.used_on.isoformat()
    values["found_at"] = draft.found_at.isoformat() if draft.found_at else ""
    values["until"] = draft.until.isoformat() if draft.until else ""
    content = {"format": FORMAT, "version": VERSION, "id": id, "publication": values}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def from_bytes(content: bytes) -> SealedPublication:
    """What was sealed, read with care: another program may have written it.

    Raises:
        Refusal: `publications.unreadable` when it is nothing that this program could have made.
    """
    if len(content) > LARGEST:
        raise Refusal("publications.unreadable")
    try:
        found = json.loads(content.decode("utf-8"))
        return SealedPublication(_id(found["id"]), _draft(found["publication"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Refusal("publications.unreadable") from error


def _draft(found: dict[str, Any]) -> PublicationDraft:
    medium, channel = split_use(f"{_text(found['medium'])}:{_text(found['channel'])}")
    return PublicationDraft(
        title=_text(found["title"]),
        medium=medium.value,
        channel=channel,
        used_on=date.fromisoformat(found["used_on"]),
        until=date.fromisoformat(found["until"]) if found["until"] else None,
        subjects=tuple(_id(each) for each in _texts(found["subjects"], MOST_PEOPLE)),
        places=_texts(found["places"], MOST_LINES),
        made_by=_text(found["made_by"]),
        keeper=_texts(found["keeper"], MOST_LINES),
        handed_out=found["handed_out"] is True,
        note=_text(found["note"]),
        composed=_number(found["composed"]),
        found_at=_instant(found.get("found_at", "")),
    )


def _instant(found: object) -> datetime | None:
    at = datetime.fromisoformat(text) if (text := _text(found)) else None
    if at is not None and at.tzinfo is None:
        raise ValueError("no time zone")
    return at.astimezone(UTC) if at else None


def _texts(found: object, most: int) -> tuple[str, ...]:
    if not isinstance(found, list) or len(found) > most:
        raise ValueError("no list of texts")
    return tuple(_text(each) for each in found)


def _number(found: object) -> int:
    if not isinstance(found, int) or found < 0:
        raise ValueError("no number")
    return found


def _text(found: object) -> str:
    if not isinstance(found, str) or len(found) > _LONGEST:
        raise ValueError("no short text")
    return found


def _id(found: object) -> str:
    text = _text(found)
    if not _ID.fullmatch(text):
        raise ValueError("no such id")
    return text
