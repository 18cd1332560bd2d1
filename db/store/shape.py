"""How tables are declared: three kinds of file, the few column types, and constraint names.

Every table of records has the columns `id` and, outside the check list, `seal`: the number of
the journal entry that wrote the row. Tables are STRICT, so a wrong type is refused.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, Table, Text

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

CONSENT = MetaData(naming_convention=NAMES)
DOSSIER = MetaData(naming_convention=NAMES)
CHECK = MetaData(naming_convention=NAMES)


def text(name: str) -> Column[Any]:
    """A column for text, a choice from a list, or several texts; perhaps empty."""
    return Column(name, Text, nullable=False)


def whole(name: str) -> Column[Any]:
    """A column for a whole number, or for yes (1) and no (0)."""
    return Column(name, Integer, nullable=False)


def day(name: str) -> Column[Any]:
    """A column for a day as 2026-11-22."""
    return Column(name, Text, nullable=False)


def day_or_none(name: str) -> Column[Any]:
    """A column for a day that may be missing."""
    return Column(name, Text, nullable=True)


def instant(name: str) -> Column[Any]:
    """A column for an instant as 2026-11-22T18:01:02.123456Z; it sorts by time."""
    return Column(name, Text, nullable=False)


def instant_or_none(name: str) -> Column[Any]:
    """A column for an instant that may be missing."""
    return Column(name, Text, nullable=True)


def refers(name: str, table: str) -> Column[Any]:
    """A column for the id of a record in another table of the same file, checked at commit."""
    target = ForeignKey(f"{table}.id", deferrable=True, initially="DEFERRED")
    return Column(name, Text, target, nullable=False)


def record_table(name: str, metadata: MetaData, *items: Column[Any] | Index) -> Table:
    """A table for one kind of record: `id`, these columns, `seal` outside the check list."""
    seal: list[Any] = []
    if metadata is not CHECK:
        seal = [Column("seal", Integer, nullable=False), Index(None, "seal")]
    key: Column[Any] = Column("id", Text, primary_key=True, nullable=False)
    columns = [item for item in items if isinstance(item, Column)]
    indexes = [item for item in items if isinstance(item, Index)]
    return Table(name, metadata, key, *columns, *seal, *indexes, sqlite_strict=True)
