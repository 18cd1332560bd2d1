"""A list that a teacher printed, as it is sealed to the office: plain values as JSON.

Who printed it, and when, is what the seal proves; what is written here about that is not
believed.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any

from app.check.compose import rules
from app.consent.uses import split_use
from app.errors import Refusal
from app.lists import lines
from app.lists.numbers import list_number
from app.lists.records import PrintedList
from app.names import tidy

FORMAT = "boordboek.list"
VERSION = 1
LARGEST = 1 << 20
MOST = 2_000
_LONGEST = 300
_ID = re.compile(r"[0-9a-f]{32}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_LANGUAGES = ("nl", "en")


@dataclass(frozen=True, slots=True)
class SealedList:
    """What a teacher says of a list that left; `saved` as a file, else printed."""

    record: PrintedList
    saved: bool


def is_list(content: bytes) -> bool:
    """Whether something that waits in the inbox says that it is a list."""
    return content.startswith(_BEGIN)


def to_bytes(record: PrintedList, *, saved: bool) -> bytes:
    """A list as it is sealed."""
    values: dict[str, Any] = asdict(record)
    values["printed_at"] = record.printed_at.astimezone(UTC).isoformat()
    values["valid_until"] = record.valid_until.isoformat()
    content = {"format": FORMAT, "version": VERSION, "saved": saved, "list": values}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


_BEGIN = f'{{"format":"{FORMAT}",'.encode()


def from_bytes(content: bytes) -> SealedList:
    """What was sealed, read with care: another program may have written it.

    Raises:
        Refusal: `lists.unreadable` when it is not a list that this program could have made.
    """
    if len(content) > LARGEST:
        raise Refusal("lists.unreadable")
    try:
        found = json.loads(content.decode("utf-8"))
        record = _record(found["list"])
        return SealedList(record, bool(found["saved"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Refusal("lists.unreadable") from error


def _record(found: dict[str, Any]) -> PrintedList:
    id, uses = _matching(_ID, found["id"]), _texts(found["uses"])
    for use in uses:
        split_use(use)
    language = found["language"]
    if language not in _LANGUAGES or not uses:
        raise ValueError("language or uses")
    return PrintedList(
        id=id,
        number=list_number(id),
        groups=tuple(_matching(_ID, group) for group in _texts(found["groups"])),
        guests=tuple(_matching(_ID, guest) for guest in _texts(found["guests"])),
        title=_line(found["title"]),
        uses=uses,
        lines=_lines(_texts(found["lines"]), len(uses)),
        language=language,
        printed_at=datetime.fromisoformat(found["printed_at"]).astimezone(UTC),
        printed_by=_line(found["printed_by"]),
        holder=_line(found["holder"]),
        valid_until=date.fromisoformat(found["valid_until"]),
        from_check=True,
        basis=_number(found["basis"]),
        stamp=_line(found["stamp"]),
        digest=_matching(_DIGEST, found["digest"]),
        pages=_number(found["pages"]),
    )


def _lines(found: tuple[str, ...], uses: int) -> tuple[str, ...]:
    """Stored lines, as this program would have written them."""
    known = {rules().together, rules().hidden, *rules().harmless}
    for id, cells in lines.read(found).items():
        _matching(_ID, id)
        if len(cells) != uses or not all(set(cell.conditions) <= known for cell in cells):
            raise ValueError("cells")
    return found


def _texts(found: object) -> tuple[str, ...]:
    if not isinstance(found, list) or len(found) > MOST:
        raise ValueError("no list of texts")
    return tuple(_text(each) for each in found)


def _number(found: object) -> int:
    if not isinstance(found, int) or found < 0:
        raise ValueError("no number")
    return found


def _line(found: object) -> str:
    return tidy(_text(found))


def _text(found: object) -> str:
    if not isinstance(found, str) or len(found) > _LONGEST:
        raise ValueError("no short text")
    return found


def _matching(pattern: re.Pattern[str], found: object) -> str:
    text = _text(found)
    if not pattern.fullmatch(text):
        raise ValueError("no such id")
    return text
