"""A calendar file as calendar programs read it: RFC 5545, checked 2026-11-23.

Lines end with CR LF and are folded before 76 octets, never inside a character (3.1); commas,
semicolons, backslashes and line breaks in text are escaped (3.3.11). The same event keeps its
UID, so that a file which is read again moves it instead of doubling it. There is no METHOD: a
published event would have to name its organizer (RFC 5546, 3.2.1), and a file names nobody.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LONGEST = 75
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""})
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Event:
    """One line in a calendar.

    Attributes:
        uid: the same for the same thing, in every file.
        when: the whole day, or the moment at which something ends.
    """

    uid: str
    when: date | datetime
    summary: str


def stable_uid(*parts: str) -> str:
    """An identifier that follows from what it stands for and tells nothing about it."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32] + "@boordboek"


def calendar_file(events: Iterable[Event], stamp: datetime, name: str, language: str) -> bytes:
    """The file. A day is an event of the whole day, a moment the hour that ends with it.

    Args:
        events: what stands in it.
        stamp: when it is made, aware.
        name: of the calendar.
        language: nl or en.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Boordboek//Boordboek//{language.upper()}",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(name)}",
    ]
    for event in events:
        lines += _event(event, stamp)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event(event: Event, stamp: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{_instant(stamp)}"
    if isinstance(event.when, datetime):
        yield f"DTSTART:{_instant(event.when - _HOUR)}"
        yield f"DTEND:{_instant(event.when)}"
    else:
        yield f"DTSTART;VALUE=DATE:{event.when:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{event.when + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(event.summary)}"
    yield "CLASS:PRIVATE"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _instant(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    return words.translate(_ESCAPED)


def _folded(line: str) -> bytes:
    """A line in octets, with a break and a space wherever it would grow too long."""
    parts: list[bytes] = []
    room, part = _LONGEST, b""
    for character in line:
        octets = character.encode()
        if len(part) + len(octets) > room:
            parts.append(part)
            room, part = _LONGEST - 1, b""
        part += octets
    return b"\r\n ".join((*parts, part)) + b"\r\n"
