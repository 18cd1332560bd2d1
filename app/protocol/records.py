"""The school's own protocol as it is stored.

Versions and dates are facts in the consent compartment. The check compartment holds a signed
copy of them, so that whoever writes a report can read the rules without opening anything else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.record import Record

if TYPE_CHECKING:
    from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolVersion(Record):
    """A fact: the school put a version of its own in force.

    Attributes:
        key: "own-1", "own-2", …; number: the same as a number.
        base: key of the shipped protocol from which categories, measures and dossiers come.
        content: name and articles, as JSON (see `app.protocol.own`).
        digest: SHA-256 of the content, hexadecimal.
        starts: the first day on which it counts.
        change: what is different, in the director's words.
        issued_by: name of the director.
    """

    key: str
    number: int
    base: str
    content: str
    digest: str
    starts: date
    change: str = ""
    issued_by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolDay(Record):
    """A fact: a date in the history of a version became known; the newest of a name counts.

    Attributes:
        protocol: key of the version, shipped or own.
        name: key of the date on its cover, or `evaluate`.
        on: the day, or None when it is taken back.
        noted_by: name of the director.
    """

    protocol: str
    name: str
    on: date | None
    noted_by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolSketch(Record):
    """The version that is being written; one row with the id "sketch".

    Attributes:
        content: what was typed so far, as JSON; "" when nothing is being written.
    """

    content: str
    changed_by: str
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolCopy(Record):
    """The school's versions and dates for everybody; one row with the id "protocol".

    Attributes:
        content: all of it as JSON.
        basis: number of the consent journal's head that it shows.
        user, key, signature: the director who signed it.
    """

    content: str
    basis: int
    user: str
    key: str
    signature: str
