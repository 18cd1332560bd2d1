"""Derived tables that make lists and search of people quick: folded words, order, presence.

A pupil has one row for each enrolment that no other fact replaces, or one row that is present
on no day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, Index, Table, Text

from app.names import search_text, sort_key
from app.people.records import Enrolment
from db.store.derived import Derived, batches
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
_PUPILS = """
SELECT p.first_name, p.prefix, p.surname, p.number, coalesce(p.birth_date, ''), p.id,
    coalesce(e.id, ''), coalesce(e.start, '9999-12-31'),
    CASE WHEN e.id IS NULL THEN '' ELSE coalesce(e."end", '9999-12-31') END,
    coalesce(e.site_id, ''), coalesce(e.group_id, '')
FROM pupil AS p
LEFT JOIN enrolment AS e ON e.pupil_id = p.id
    AND NOT EXISTS (
        SELECT 1 FROM enrolment AS later WHERE later.pupil_id = p.id AND later.replaces = e.id)
WHERE p.merged_into = ''
"""
_SOME_PUPILS = _PUPILS + "AND p.id IN (SELECT value FROM json_each(?))"
_GUARDIANS = """
SELECT first_name, prefix, surname, institution, ship, id FROM guardian
WHERE merged_into = ''
"""
_SOME_GUARDIANS = _GUARDIANS + "AND id IN (SELECT value FROM json_each(?))"
# A drawn number, so that what was read in work that came to nothing is not taken for another.
_NEW_EDITION = "INSERT OR REPLACE INTO derived VALUES ('pupil_index_edition', random())"
_EDITION = "SELECT version FROM derived WHERE name = 'pupil_index_edition'"
_ADD_PUPIL = "INSERT INTO pupil_index VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_ADD_GUARDIAN = "INSERT INTO guardian_index VALUES (?, ?, ?)"
_DROP_PUPILS = "DELETE FROM pupil_index WHERE id IN (SELECT value FROM json_each(?))"
_DROP_GUARDIANS = "DELETE FROM guardian_index WHERE id IN (SELECT value FROM json_each(?))"


def _pupil_row(row: tuple[Any, ...]) -> tuple[Any, ...]:
    first, prefix, surname, number, birth, pupil_id, enrolment_id, *presence = row
    words = " " + search_text(first, prefix, surname, number)
    key = sort_key(first, prefix, surname)
    return (key, pupil_id, enrolment_id, words, *presence, birth, number)


def _guardian_row(row: tuple[Any, ...]) -> tuple[Any, ...]:
    first, prefix, surname, institution, ship, guardian_id = row
    words = " " + search_text(first, prefix, surname, institution, ship)
    key = sort_key(first, prefix, surname or institution)
    return (key, guardian_id, words)


def index_pupils(raw: Raw, ids: Iterable[str]) -> None:
    """Bring the rows of these pupils up to date."""
    rows: list[tuple[Any, ...]] = []
    for wanted in batches(ids):
        raw.execute(once(_DROP_PUPILS), (wanted,))
        rows += map(_pupil_row, raw.execute(once(_SOME_PUPILS), (wanted,)).fetchall())
    raw.executemany(once(_ADD_PUPIL), sorted(rows))
    raw.execute(_NEW_EDITION)


def edition(reader: Reading) -> int | None:
    """What is the same as before only while no row of a pupil was written in between."""
    rows = reader.rows(_EDITION)
    return rows[0][0] if rows else None


def index_guardians(raw: Raw, ids: Iterable[str]) -> None:
    """Bring the rows of these guardians up to date."""
    rows: list[tuple[Any, ...]] = []
    for wanted in batches(ids):
        raw.execute(once(_DROP_GUARDIANS), (wanted,))
        rows += map(_guardian_row, raw.execute(once(_SOME_GUARDIANS), (wanted,)).fetchall())
    raw.executemany(once(_ADD_GUARDIAN), sorted(rows))


def _rebuild_pupils(raw: Raw) -> None:
    raw.execute("DELETE FROM pupil_index")
    raw.executemany(_ADD_PUPIL, sorted(map(_pupil_row, raw.execute(_PUPILS))))
    raw.execute(_NEW_EDITION)


def _rebuild_guardians(raw: Raw) -> None:
    raw.execute("DELETE FROM guardian_index")
    raw.executemany(_ADD_GUARDIAN, sorted(map(_guardian_row, raw.execute(_GUARDIANS))))


def _own_id(record: Record) -> str:
    return record.id


def _pupil_id(record: Record) -> str:
    return record.pupil_id if isinstance(record, Enrolment) else ""


PUPIL_INDEX = Derived(
    name="pupil_index",
    version=1,
    touched_by={"pupil": _own_id, "enrolment": _pupil_id},
    refresh=index_pupils,
    rebuild=_rebuild_pupils,
)
GUARDIAN_INDEX = Derived(
    name="guardian_index",
    version=1,
    touched_by={"guardian": _own_id},
    refresh=index_guardians,
    rebuild=_rebuild_guardians,
)
