"""Records and the rows that keep them: values, and the canonical bytes that a journal seals.

The canonical form of a row is a JSON object with its field names in order, in which empty text,
zero and missing values are left out. So a column that a later version adds, empty for old rows,
leaves their seals standing. This form never changes once registers exist.
"""

from __future__ import annotations

import hashlib
import json
import types
import typing
from collections.abc import Callable, Iterable
from dataclasses import fields
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sqlalchemy.dialects import sqlite

from app.languages import Texts
from app.record import Record

if TYPE_CHECKING:
    from sqlalchemy import Column, Table
    from sqlalchemy.sql.expression import ClauseElement

R = TypeVar("R", bound=Record)
Value = str | int | None
Codec = tuple[Callable[[Any], Value], Callable[[Any], Any]]

_SEPARATOR = "\x1f"
_DIGEST = hashlib.sha256().digest_size
_quoted = json.encoder.encode_basestring_ascii
_NAMED = sqlite.dialect(paramstyle="named")
_PLACED = sqlite.dialect(paramstyle="qmark")


def sql(statement: ClauseElement) -> str:
    """The SQL text of a statement, its bound names as `:name`."""
    return str(statement.compile(dialect=_NAMED))


def placed_sql(statement: ClauseElement) -> str:
    """The SQL text of a statement, its bound values as `?` in order."""
    return str(statement.compile(dialect=_PLACED))


@lru_cache(maxsize=64)  # what is written together carries one moment
def instant_text(value: datetime) -> str:
    """An aware instant as text of fixed width, in UTC.

    Raises:
        ValueError: for an instant without time zone.
    """
    if value.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    if value.tzinfo is not UTC:
        value = value.astimezone(UTC)
    return value.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def words_text(value: tuple[str, ...]) -> str:
    """Several texts as one, each followed by the unit separator.

    Raises:
        ValueError: when a text holds the separator itself.
    """
    joined = "".join(part + _SEPARATOR for part in value)
    if joined.count(_SEPARATOR) != len(value):
        raise ValueError("a text may not hold the unit separator")
    return joined


def words_tuple(value: str) -> tuple[str, ...]:
    """The texts that `words_text` joined."""
    return tuple(value.split(_SEPARATOR)[:-1])


def days_text(value: tuple[date, ...]) -> str:
    """Several days as one text, each followed by the unit separator."""
    return words_text(tuple(map(date.isoformat, value)))


def days_tuple(value: str) -> tuple[date, ...]:
    """The days that `days_text` joined."""
    return tuple(map(date.fromisoformat, words_tuple(value)))


def _optional(codec: Codec) -> Codec:
    write, read = codec
    return (
        lambda value: None if value is None else write(value),
        lambda value: None if value is None else read(value),
    )


_DAY: Codec = (date.isoformat, date.fromisoformat)
_INSTANT: Codec = (instant_text, datetime.fromisoformat)
_CODECS: dict[object, Codec | None] = {
    str: None,
    int: None,
    bool: (int, bool),
    date: _DAY,
    datetime: _INSTANT,
    tuple[str, ...]: (words_text, words_tuple),
    tuple[date, ...]: (days_text, days_tuple),
    Texts: (attrgetter("written"), Texts),
}
_OPTIONAL: dict[object, Codec] = {date: _optional(_DAY), datetime: _optional(_INSTANT)}


def _codec(annotation: object) -> Codec | None:
    """How values of a field are written and read; None when they are stored as they are."""
    if annotation in _CODECS:
        return _CODECS[annotation]
    if isinstance(annotation, types.UnionType):
        inner = [part for part in typing.get_args(annotation) if part is not type(None)]
        if len(inner) == 1 and inner[0] in _OPTIONAL:
            return _OPTIONAL[inner[0]]
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        members: dict[str, StrEnum] = {member.value: member for member in annotation}
        return (str, members.__getitem__)
    msg = f"no column type for {annotation!r}"
    raise TypeError(msg)


def kind_name(record: type[Record]) -> str:
    """The name of a kind of record in tables and journals: `SchoolYear` is "school_year"."""
    name = record.__name__
    return "".join("_" + char.lower() if char.isupper() else char for char in name).lstrip("_")


class Kind(Generic[R]):
    """One kind of record with the table that keeps it.

    Attributes:
        name: name of the kind, and of its table.
        fact: rows are only added; the file itself refuses to change or remove them.
        removable: a row may be taken out again, once its last state was moved to the history.
        setting: few rows that are read for nearly everything and seldom written; all of them
            stay in memory until one is.
        columns: names of the stored fields, in the order of stored values.
    """

    def __init__(
        self,
        record: type[R],
        table: Table,
        *,
        fact: bool = False,
        removable: bool = False,
        setting: bool = False,
    ) -> None:
        hints = typing.get_type_hints(record, localns={"date": date, "datetime": datetime})
        self.record = record
        self.table = table
        self.fact = fact
        self.removable = removable
        self.setting = setting
        self.name = kind_name(record)
        self.columns = tuple(column.name for column in table.c if column.name != "seal")
        self.sealed = "seal" in table.c
        self._check()
        self._codecs = {name: _codec(hints[name]) for name in self.columns}
        at = {name: place for place, name in enumerate(self.columns)}
        coded = [(at[name], codec) for name, codec in self._codecs.items() if codec is not None]
        self._writers = [(place, codec[0]) for place, codec in coded]
        self._readers = [(place, codec[1]) for place, codec in coded]
        self._take = attrgetter(*self.columns) if len(at) > 1 else lambda row: (row.id,)
        self._order = [(f'"{name}":', at[name], _shown(table.c[name])) for name in sorted(at)]
        self._prefix = self.name.encode() + b"\n"

    def _check(self) -> None:
        """The table declares exactly the fields of the record, under the same name."""
        declared = {field.name for field in fields(self.record)}
        differ = sorted(declared ^ set(self.columns))
        if differ or self.table.name != self.name:
            msg = f"table {self.table.name} differs from {self.name}: {differ}"
            raise TypeError(msg)

    def listed(self, alias: str) -> str:
        """The columns as they stand in a SELECT, for `read`."""
        return ", ".join(f'{alias}."{name}"' for name in self.columns)

    def values(self, record: R) -> list[Value]:
        """What is stored of a record, in the order of `columns`."""
        values = list(self._take(record))
        for place, write in self._writers:
            values[place] = write(values[place])
        return values

    def value(self, field: str, value: object) -> Value:
        """What is stored of one field.

        Raises:
            TypeError: when the kind has no such field.
        """
        if field not in self._codecs:
            msg = f"{self.name} has no {field}"
            raise TypeError(msg)
        codec = self._codecs[field]
        if codec is None:
            return typing.cast("Value", value)
        return codec[0](value)

    def read(self, values: Iterable[Any]) -> R:
        """The record that was stored as these values."""
        row = list(values)
        for place, read in self._readers:
            row[place] = read(row[place])
        return self.record(**dict(zip(self.columns, row, strict=False)))

    def canonical(self, values: typing.Sequence[Any]) -> str:
        """The one text of these stored values that a seal covers."""
        parts = [
            name + shown(value)
            for name, place, shown in self._order
            if (value := values[place])
        ]
        return "{" + ",".join(parts) + "}"

    def digest(self, canonical: str) -> bytes:
        """SHA-256 of a row in canonical form, bound to its kind."""
        return hashlib.sha256(self._prefix + canonical.encode("ascii")).digest()

    def past(self, canonical: str) -> R:
        """The record in a former state, from its canonical form."""
        found: dict[str, Value] = json.loads(canonical)
        empty = {column.name: _empty(column) for column in self.table.c}
        return self.read([found.get(name, empty[name]) for name in self.columns])


def _shown(column: Column[Any]) -> Callable[[Any], str]:
    """How a value of a column is written in the canonical form."""
    return _quoted if column.type.python_type is str else str


def _empty(column: Column[Any]) -> Value:
    if column.nullable:
        return None
    return "" if column.type.python_type is str else 0


def states_digest(parts: Iterable[bytearray]) -> bytes:
    """As `state_digest`, of very many digests in parts by their first byte."""
    total = hashlib.sha256()
    for part in parts:
        whole = bytes(part)
        cut = sorted([whole[at : at + _DIGEST] for at in range(0, len(whole), _DIGEST)])
        total.update(b"".join(cut))
    return total.digest()


def state_digest(digests: Iterable[bytes]) -> bytes:
    """SHA-256 over the digests of all rows that one unit of work wrote, in their own order."""
    total = hashlib.sha256()
    for digest in sorted(digests):
        total.update(digest)
    return total.digest()
