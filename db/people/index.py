"""Derived tables that make lists and search of people quick: folded words, order, presence.

A pupil has one row for each enrolment that no other fact replaces, or one row that is present
on no day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Column, Index, Table, Text

from app.people.records import Enrolment
from db.store.derived import Derived, anew, batches
from db.store.engine import once
from db.store.shape import CONSENT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.record import Record
    from db.store.engine import Raw
    from db.store.reading import Reading

pupil_index = Table(
    "pupil_index",
    CONSENT,
    Column("sort_key", Text, primary_key=True, nullable=False),
    Column("id", Text, primary_key=True, nullable=False),
    Column("enrolment_id", Text, primary_key=True, nullable=False),
    Column("words", Text, nullable=False),
    Column("start", Text, nullable=False),
    Column("end", Text, nullable=False),
    Column("site_id", Text, nullable=False),
    Column("group_id", Text, nullable=False),
    Column("birth_date", Text, nullable=False),
    Column("number", Text, nullable=False),
    Index(None, "id"),
    Index(None, "group_id", "start", "end"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
guardian_index = Table(
    "guardian_index",
    CONSENT,
    Column("sort_key", Text, primary_key=True, nullable=False),
    Column("id", Text, primary_key=True, nullable=False),
    Column("words", Text, nullable=False),
    Index(None, "id"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
_ADD_PUPILS = """
INSERT INTO pupil_index
SELECT sort_key(p.first_name, p.prefix, p.surname), p.id, coalesce(e.id, ''),
    ' ' || search_text(p.first_name, p.prefix, p.surname, p.number),
    coalesce(e.start, '9999-12-31'),
    CASE WHEN e.id IS NULL THEN '' ELSE coalesce(e."end", '9999-12-31') END,
    coalesce(e.site_id, ''), coalesce(e.group_id, ''), coalesce(p.birth_date, ''), p.number
FROM pupil AS p
LEFT JOIN enrolment AS e ON e.pupil_id = p.id
    AND NOT EXISTS (
        SELECT 1 FROM enrolment AS later WHERE later.pupil_id = p.id AND later.replaces = e.id)
WHERE p.merged_into = ''
"""
_ADD_GUARDIANS = """
INSERT INTO guardian_index
SELECT sort_key(first_name, prefix, coalesce(nullif(surname, ''), institution)), id,
    ' ' || search_text(first_name, prefix, surname, institution, ship)
FROM guardian AS p WHERE p.merged_into = ''
"""
_AMONG = " AND p.id IN (SELECT value FROM json_each(?))"
# A drawn number, so that what was read in work that came to nothing is not taken for another.
_NEW_EDITION = "INSERT OR REPLACE INTO derived VALUES ('pupil_index_edition', random())"
_EDITION = "SELECT version FROM derived WHERE name = 'pupil_index_edition'"
_DROP_PUPILS = "DELETE FROM pupil_index WHERE id IN (SELECT value FROM json_each(?))"
_DROP_GUARDIANS = "DELETE FROM guardian_index WHERE id IN (SELECT value FROM json_each(?))"


def index_pupils(raw: Raw, ids: Iterable[str]) -> None:
    """Bring the rows of these pupils up to date."""
    for wanted in batches(ids):
        raw.execute(once(_DROP_PUPILS), (wanted,))
        raw.execute(once(_ADD_PUPILS + _AMONG), (wanted,))
    raw.execute(_NEW_EDITION)


def edition(reader: Reading) -> int | None:
    """What is the same as before only while no row of a pupil was written in between."""
    rows = reader.rows(_EDITION)
    return rows[0][0] if rows else None


def index_guardians(raw: Raw, ids: Iterable[str]) -> None:
    """Bring the rows of these guardians up to date."""
    for wanted in batches(ids):
        raw.execute(once(_DROP_GUARDIANS), (wanted,))
        raw.execute(once(_ADD_GUARDIANS + _AMONG), (wanted,))


def _all_pupils(raw: Raw) -> None:
    with anew(raw, pupil_index):
        raw.execute(_ADD_PUPILS)
    raw.execute(_NEW_EDITION)


def _all_guardians(raw: Raw) -> None:
    with anew(raw, guardian_index):
        raw.execute(_ADD_GUARDIANS)


def _own_id(record: Record) -> str:
    return record.id


def _pupil_id(record: Record) -> str:
    return record.pupil_id if isinstance(record, Enrolment) else ""


PUPIL_INDEX = Derived(
    name="pupil_index",
    version=1,
    touched_by={"pupil": _own_id, "enrolment": _pupil_id},
    refresh=index_pupils,
    rebuild=_all_pupils,
    table=pupil_index,
)
GUARDIAN_INDEX = Derived(
    name="guardian_index",
    version=1,
    touched_by={"guardian": _own_id},
    refresh=index_guardians,
    rebuild=_all_guardians,
    table=guardian_index,
)
