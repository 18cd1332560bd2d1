"""What the register keeps of imports: the sources, the runs, and what each run wrote."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.record import Record

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterSource(Record):
    """A system or list that people come in from.

    Attributes:
        kind: a `SourceKind`.
        name: what the source is called; unique together with the kind.
        mapping: how its columns are understood, as `app.roster.mapping` writes it, or "".
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

    Attributes:
        files: names of the files, one a line.
        digest: SHA-256 of the files, hexadecimal.
        added, changed, left, returned: numbers of people.
        undone_at: when it was undone, or None.
    """

    source_id: str
    files: str
    digest: str
    added: int = 0
    changed: int = 0
    left: int = 0
    returned: int = 0
    imported_at: datetime
    undone_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportEffect(Record):
    """One record that an import added or changed, so that the import can be undone.

    Attributes:
        kind: name of the record's class.
        about: id of the record.
        former: the fields before, as JSON, or "" for a record that was added.
    """

    import_id: str
    kind: str
    about: str
    former: str = ""
