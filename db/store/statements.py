"""The statements with which a unit of work writes, each made once for its kind of record."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from db.store.mapping import placed_sql

if TYPE_CHECKING:
    from db.store.mapping import Kind
    from db.store.schema import Schema


@cache
def insert(kind: Kind[Any]) -> str:
    """Add a row; the values in the order of the columns."""
    return placed_sql(sa.insert(kind.table))


@cache
def present(kind: Kind[Any]) -> str:
    """The values of a row by its id, the seal last where there is one."""
    seal = ("seal",) if kind.sealed else ()
    columns = [kind.table.c[name] for name in (*kind.columns, *seal)]
    return placed_sql(sa.select(*columns).where(kind.table.c.id == sa.bindparam("was")))


@cache
def update(kind: Kind[Any]) -> str:
    """Replace all values of a row; its id comes last."""
    return placed_sql(sa.update(kind.table).where(kind.table.c.id == sa.bindparam("was")))


@cache
def change(kind: Kind[Any], places: tuple[int, ...]) -> str:
    """Replace the values in some columns of a row; its id comes last."""
    names = ", ".join(f'"{kind.columns[place]}" = ?' for place in places)
    return f'UPDATE "{kind.name}" SET {names} WHERE id = ?'


@cache
def replace(kind: Kind[Any]) -> str:
    """Put a row there, whether or not one with its id was there before."""
    return placed_sql(sa.insert(kind.table).prefix_with("OR REPLACE"))


@cache
def delete(kind: Kind[Any]) -> str:
    """Take out the rows whose ids are in a JSON list."""
    return placed_sql(sa.delete(kind.table)) + " WHERE id IN (SELECT value FROM json_each(?))"


@cache
def insert_into(schema: Schema, table: str) -> str:
    """Add a row to a table that holds no records."""
    return placed_sql(sa.insert(schema.metadata.tables[table]))
