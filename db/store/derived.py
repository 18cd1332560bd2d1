"""Derived tables: made from records, made again when missing or made by other rules.

No seal covers them and they never travel; they make lists, search and counts quick.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Column, Integer, Table, Text
from sqlalchemy.schema import CreateIndex

from db.store.mapping import sql
from db.store.shape import CONSENT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from app.record import Record
    from db.store.engine import Raw

_BATCH = 2000
_KNOWN = "SELECT version FROM derived WHERE name = ?"
_NOTE = "INSERT OR REPLACE INTO derived (name, version) VALUES (?, ?)"

derived = Table(
    "derived",
    CONSENT,
    Column("name", Text, primary_key=True, nullable=False),
    Column("version", Integer, nullable=False),
    sqlite_strict=True,
)


@dataclass(frozen=True)
class Derived:
    """A derived table.

    Attributes:
        version: raised when the rules by which it is made change.
        touched_by: kinds of records it is made from, with the id under which each counts.
        refresh: brings the rows of some ids up to date.
        rebuild: makes all rows anew.
        table: the table, when it pays to make it anew rather than bring most of it up to date.
    """

    name: str
    version: int
    touched_by: dict[str, Callable[[Record], str]]
    refresh: Callable[[Raw, Iterable[str]], None]
    rebuild: Callable[[Raw], None]
    table: Table | None = None

    def is_current(self, raw: Raw) -> bool:
        """Whether the rows were made by these rules."""
        return raw.execute(_KNOWN, (self.name,)).fetchone() == (self.version,)

    def make(self, raw: Raw) -> None:
        """Make all rows anew; the caller holds the transaction."""
        self.rebuild(raw)
        raw.execute(_NOTE, (self.name, self.version))


def batches(ids: Iterable[str], many: int = _BATCH) -> Iterator[str]:
    """The ids in order, as JSON lists of a bearable length."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), many):
        yield json.dumps(ordered[start : start + many])


def held(raw: Raw, table: Table) -> int:
    """How many rows a table has."""
    found = raw.execute(f"SELECT count(*) FROM {table.name}").fetchone()
    return int(found[0]) if found else 0


@contextmanager
def anew(raw: Raw, table: Table) -> Iterator[None]:
    """Empty a table that is to be filled again; its indexes are made afterwards, in one go."""
    indexes = sorted(table.indexes, key=lambda index: str(index.name))
    for index in indexes:
        raw.execute(f"DROP INDEX {index.name}")
    raw.execute(f"DELETE FROM {table.name}")
    yield
    for index in indexes:
        raw.execute(sql(CreateIndex(index)))
