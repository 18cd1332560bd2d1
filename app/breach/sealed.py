"""A report as it is sealed: plain values, and the bytes that travel and are kept.

The bytes are JSON with sorted keys. A reader takes what it knows and passes over what a newer
version added; what is known must be of the right kind and size, because whoever wrote it may
have used another program.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from app.breach.data import DataError, Rows
from app.errors import Refusal
from app.names import tidy

FORMAT = "boordboek.report"
VERSION = 1
LARGEST = 1 << 20
LONGEST_LINE = 200
LONGEST_TEXT = 20_000
MOST = 100
"""How many articles, pupils or files a report can name."""

_LINE_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_BLANK_LINES = re.compile(r"\n\s*\n+")
_BREAKS = re.compile(r"\s+")
_UNPRINTED = {"Cc", "Cs"}
_BLANKS = re.compile(r"[^\S\n]+")


def tidy_text(text: str) -> str:
    """Text in paragraphs as stored: canonical, no control characters, single blank lines."""
    lines = _LINE_BREAKS.sub("\n", unicodedata.normalize("NFC", text))
    kept = _printable(lines, "\n\t")
    trimmed = "\n".join(_BLANKS.sub(" ", line).strip() for line in kept.split("\n"))
    return _BLANK_LINES.sub("\n\n", trimmed).strip()


def tidy_line(text: str) -> str:
    """Text of one line as stored: canonical, no control characters, single spaces."""
    return tidy(_printable(_BREAKS.sub(" ", text), ""))


def _printable(text: str, also: str) -> str:
    return "".join(c for c in text if c in also or unicodedata.category(c) not in _UNPRINTED)


@dataclass(frozen=True, slots=True)
class Affected:
    """A pupil whom the event touches; `id` is "" when only the name is known."""

    name: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceNote:
    """What is known of a file that goes with a report.

    Attributes:
        obtained: how the reporter came by it.
        digest: SHA-256 of the file, hexadecimal.
    """

    name: str
    obtained: str
    digest: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What somebody reported, complete and neutral; facts apart from opinion.

    Attributes:
        protocol, protocol_version: the rules that the articles are of.
        actor_kind: staff, guardian or other; actor_id: "" when nobody was chosen from a list.
        categories: keys of the protocol's categories that it may come under.
    """

    protocol: str
    protocol_version: int
    actor_kind: str
    actor_id: str = ""
    actor_name: str = ""
    occurred_on: date
    discovered_on: date
    place: str = ""
    facts: str
    opinion: str = ""
    articles: tuple[str, ...]
    medium: str = ""
    audience: str = ""
    made: bool = False
    shared: bool = False
    affected: tuple[Affected, ...] = ()
    categories: tuple[str, ...] = ()
    evidence: tuple[EvidenceNote, ...] = ()


def to_bytes(report: Report) -> bytes:
    """The canonical bytes of a report: the same report gives the same bytes."""
    content: dict[str, Any] = {"format": FORMAT, "version": VERSION, **asdict(report)}
    for day in ("occurred_on", "discovered_on"):
        content[day] = content[day].isoformat()
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def from_bytes(content: bytes) -> Report:
    """The report that these bytes hold, newer fields passed over.

    Raises:
        Refusal: `breach.unreadable` when they hold no report.
    """
    try:
        return _report(Rows(_object(content), FORMAT))
    except (DataError, ValueError, RecursionError) as error:
        raise Refusal("breach.unreadable") from error


def _object(content: bytes) -> dict[str, Any]:
    if len(content) > LARGEST:
        raise ValueError("too large")
    found = json.loads(content.decode("utf-8"))
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise ValueError("no report")
    return found


def _report(rows: Rows) -> Report:
    rows.whole("version")
    return Report(
        protocol=_line(rows, "protocol"),
        protocol_version=rows.whole("protocol_version"),
        actor_kind=rows.choice("actor_kind", ("staff", "guardian", "other")),
        actor_id=_line(rows, "actor_id"),
        actor_name=_line(rows, "actor_name"),
        occurred_on=date.fromisoformat(rows.text("occurred_on")),
        discovered_on=date.fromisoformat(rows.text("discovered_on")),
        place=_line(rows, "place"),
        facts=_text(rows, "facts"),
        opinion=_text(rows, "opinion"),
        articles=_lines(rows, "articles"),
        medium=_line(rows, "medium"),
        audience=_line(rows, "audience"),
        made=rows.flag("made"),
        shared=rows.flag("shared"),
        affected=tuple(
            Affected(_line(row, "name"), _line(row, "id")) for row in _few(rows, "affected")
        ),
        categories=_lines(rows, "categories"),
        evidence=tuple(_evidence(row) for row in _few(rows, "evidence")),
    )


def _evidence(row: Rows) -> EvidenceNote:
    return EvidenceNote(
        name=_line(row, "name"),
        obtained=_line(row, "obtained"),
        digest=_line(row, "digest"),
        size=row.whole("size"),
    )


def _few(rows: Rows, key: str) -> tuple[Rows, ...]:
    return _counted(tuple(rows.rows(key, "name")))


def _lines(rows: Rows, key: str) -> tuple[str, ...]:
    return _counted(tuple(_short(tidy_line(text), LONGEST_LINE) for text in rows.texts(key)))


def _line(rows: Rows, key: str) -> str:
    return _short(tidy_line(rows.text(key, "")), LONGEST_LINE)


def _text(rows: Rows, key: str) -> str:
    return _short(tidy_text(rows.text(key, "")), LONGEST_TEXT)


def _short(text: str, longest: int) -> str:
    if len(text) > longest:
        raise ValueError("too long")
    return text


def _counted(found: tuple[Any, ...]) -> tuple[Any, ...]:
    if len(found) > MOST:
        raise ValueError("too many")
    return found
