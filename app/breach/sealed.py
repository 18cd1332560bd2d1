"""A report as it is sealed: plain values, and the bytes that travel and are kept.

The bytes are JSON with sorted keys. A reader takes what it knows and passes over what a newer
version added; what an older version did not write is empty. What is known must be of the right
kind and size, because whoever wrote it may have used another program.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any

from app.data import DataError, Rows
from app.errors import Refusal
from app.names import tidy

FORMAT = "boordboek.report"
VERSION = 2
LARGEST = 1 << 23
"""Bytes of a report without its files: every answer of the register fits beside the words."""
LONGEST_LINE = 200
LONGEST_TEXT = 20_000
MOST = 100
"""How many articles, people or files a report can name."""

MOST_ANSWERS = 2_000
"""How many answers of the register a report can hold."""

ROLES = ("actor", "affected", "witness", "reporter")
"""What somebody has to do with an event, besides the one whom the report is about."""

KINDS = ("pupil", "staff", "guardian", "other")
"""What kind of person somebody is to the school."""

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
class Involved:
    """Somebody else who has to do with the event.

    Attributes:
        role: a key of `ROLES`; kind: a key of `KINDS`.
        id: of a pupil on the check list, or "".
        user: id of his account, when he was chosen from those who work with the program.
    """

    role: str
    name: str
    kind: str = "other"
    id: str = ""
    user: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceNote:
    """What is known of a file that goes with a report.

    Attributes:
        obtained: how the reporter came by it.
        digest: SHA-256 of the file, hexadecimal.
        arrived_at: when it was taken into the program, or None when that is not known.
        warnings: keys of what it can do by itself, see `app.breach.active`.
    """

    name: str
    obtained: str
    digest: str
    size: int
    arrived_at: datetime | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What the register said about one person and one use, frozen.

    Attributes:
        use: `medium:channel`; name_of_use: its name as it was.
        outcome: a key of `app.consent.outcome.Outcome`; why: the reason as it was read.
    """

    id: str
    name: str
    use: str
    name_of_use: str
    outcome: str
    why: str


@dataclass(frozen=True, slots=True)
class RegisterSaid:
    """What the register said when somebody looked.

    Attributes:
        source: `list` (the check list as it stood then) or `register` (as known that day).
        day: the day that the answers are about.
        number: of the check list, 0 without one; published_at: when it was published.
        doubt: why the answers could not be relied on, or "".
        answers: one per person and use.
    """

    source: str
    day: date
    number: int = 0
    published_at: datetime | None = None
    doubt: str = ""
    answers: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What somebody reported, complete and neutral; facts apart from opinion.

    Attributes:
        protocol, protocol_version: the rules that the articles are of.
        actor_kind: staff, guardian or other; actor_id: "" when nobody was chosen from a list.
        categories: keys of the protocol's categories that it may come under.
        key: the same in every copy; "" in reports of the first format.
        protocol_digest: SHA-256 of that version's articles.
        actor_user: id of the account of the person whom it is about, when it was chosen.
        actor_other: the reporter says that it is somebody else than the user of that name.
        capacity: in which capacity he acted, asked when he is known in two: staff or guardian.
        own: the reporter is the person whom it is about.
        channel: key of the channel of the check list where it stands, or "".
        people: others who have to do with it.
        register: what the register said, or None when nothing was asked.
        publication: id of the publication that it tells of, a data breach as answered, or "".
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
    key: str = ""
    protocol_digest: str = ""
    actor_user: str = ""
    actor_other: bool = False
    capacity: str = ""
    own: bool = False
    channel: str = ""
    people: tuple[Involved, ...] = ()
    register: RegisterSaid | None = None
    publication: str = ""


def to_bytes(report: Report) -> bytes:
    """The canonical bytes of a report: the same report gives the same bytes."""
    content: dict[str, Any] = {"format": FORMAT, "version": VERSION, **asdict(report)}
    return written(content)


def written(content: dict[str, Any]) -> bytes:
    """Plain values as canonical JSON; days and instants as ISO 8601."""
    text = json.dumps(
        content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_iso
    )
    return text.encode()


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value))


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
        key=_line(rows, "key"),
        protocol_digest=_line(rows, "protocol_digest"),
        actor_user=_line(rows, "actor_user"),
        actor_other=rows.flag("actor_other"),
        capacity=rows.choice("capacity", ("staff", "guardian"), ""),
        own=rows.flag("own"),
        channel=_line(rows, "channel"),
        people=tuple(_involved(row) for row in _few(rows, "people")),
        register=register_said(rows),
        publication=_line(rows, "publication"),
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
        arrived_at=_instant(row, "arrived_at"),
        warnings=_lines(row, "warnings"),
    )


def _involved(row: Rows) -> Involved:
    return Involved(
        role=row.choice("role", ROLES),
        name=_line(row, "name"),
        kind=row.choice("kind", KINDS, "other"),
        id=_line(row, "id"),
        user=_line(row, "user"),
    )


def register_said(rows: Rows) -> RegisterSaid | None:
    """What the register said, out of a report; None when nothing was asked.

    Raises:
        DataError, ValueError: when it says something else.
    """
    if rows.empty("register"):
        return None
    inner = rows.inner("register")
    return RegisterSaid(
        source=inner.choice("source", ("list", "register")),
        day=date.fromisoformat(inner.text("day")),
        number=inner.whole("number"),
        published_at=_instant(inner, "published_at"),
        doubt=_line(inner, "doubt"),
        answers=tuple(
            Said(**{field.name: _line(row, field.name) for field in fields(Said)})
            for row in _counted(tuple(inner.rows("answers", "use")), MOST_ANSWERS)
        ),
    )


def _instant(rows: Rows, key: str) -> datetime | None:
    if rows.empty(key):
        return None
    found = datetime.fromisoformat(rows.text(key))
    if found.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    return found


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


def _counted(found: tuple[Any, ...], most: int = MOST) -> tuple[Any, ...]:
    if len(found) > most:
        raise ValueError("too many")
    return found
