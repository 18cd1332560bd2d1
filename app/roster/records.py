"""What the register keeps of imports: the sources, the runs, and what each run wrote."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.record import Record

if TYPE_CHECKING:
    from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterSource(Record):
    """A system or list that people come in from.

    Attributes:
        kind: a `SourceKind`.
        name: what the source is called; unique together with the kind.
        mapping: how its columns are understood, as TOML (`app.roster.readers.mapping`), or "".
    """

    kind: str
    name: str
    mapping: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceKey(Record):
    """The key by which a source names something that the register holds.

    Attributes:
        what: pupil, guardian, staff, group or site.
        key: the source's stable key.
        about: id of the record it names.
    """

    source_id: str
    what: str
    key: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterImport(Record):
    """One import that was accepted.

    Everything that it wrote is sealed by one entry of the journal, its own record among it; so
    nothing else has to be kept to undo it.

    Attributes:
        files: names of the files, one a line.
        digest: SHA-256 of the files, hexadecimal.
        as_of: the day that the files speak of, or None when they say none.
        added, changed, left, returned: numbers of people.
        undone_at: when it was undone, or None.
    """

    source_id: str
    files: str
    digest: str
    as_of: date | None = None
    added: int = 0
    changed: int = 0
    left: int = 0
    returned: int = 0
    imported_at: datetime
    undone_at: datetime | None = None
