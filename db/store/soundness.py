"""The check at every start: is the file whole, and are the attached files there?

Each of the two integrity checks alone misses damage that the other finds: SQLCipher's sees no
missing last pages, SQLite's sees no damage in free pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.errors import Message, Trouble

if TYPE_CHECKING:
    from db.store.reading import Opened, Reading

KEPT_FILES = "SELECT id FROM blob WHERE id NOT IN (SELECT blob FROM file_destroyed)"
_GAP = "SELECT coalesce(max(number), 0) - count(*) FROM journal"


def faults(reader: Reading, opened: Opened) -> tuple[Message, ...]:
    """What is wrong, as sentences; empty when all is well."""
    found = _file(reader)
    if not found:
        found += _references(reader)
        found += _journaled(reader, opened) if opened.schema.journaled else []
    return tuple(found)


def _file(reader: Reading) -> list[Message]:
    found: list[Message] = []
    pages = reader.rows("PRAGMA cipher_integrity_check")
    if pages:
        found.append(Message("store.pages_damaged", {"count": len(pages)}))
    try:
        sound = reader.rows("PRAGMA integrity_check(10)") == [("ok",)]
    except Trouble:
        sound = False
    if not sound:
        found.append(Message("store.structure_damaged"))
    return found


def _references(reader: Reading) -> list[Message]:
    broken = reader.rows("PRAGMA foreign_key_check")
    return [Message("store.reference_broken", {"count": len(broken)})] if broken else []


def _journaled(reader: Reading, opened: Opened) -> list[Message]:
    found = []
    gap = reader.rows(_GAP)[0][0]
    if gap:
        found.append(Message("store.entries_missing", {"count": gap}))
    missing = opened.blobs.missing(row[0] for row in reader.rows(KEPT_FILES))
    if missing:
        found.append(Message("store.blobs_missing", {"count": len(missing)}))
    return found
