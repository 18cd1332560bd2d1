"""Reads one compartment; fulfils `app.ports.Reader`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from dataclasses import field as fresh
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from sqlalchemy import bindparam, func, select

from app.errors import Refusal
from app.ids import new_id
from app.record import Question, Record
from db.journal.head import head_of, published
from db.store.answers import answer_to
from db.store.mapping import Kind, placed_sql
from db.store.tables import Blob
from db.store.troubles import DriverError, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.ports import Head
    from db.store.blobs import BlobBox
    from db.store.engine import Raw
    from db.store.identity import Identity
    from db.store.schema import Schema

R = TypeVar("R", bound=Record)
T = TypeVar("T")
Row = tuple[Any, ...]
_DESTROYED = "SELECT 1 FROM file_destroyed WHERE blob = ?"


@dataclass(slots=True)
class Opened:
    """An open compartment file, as readers and units of work share it.

    Attributes:
        answers: answers kept until the next commit, by kind of question.
        settings: all records of kinds that are settings, until one of the kind is written.
        made: what rooms made of the file and keep, with what must still hold for it to count.
        name: differs each time a file is opened; commits: how often it was written since.
    """

    raw: Raw
    schema: Schema
    identity: Identity
    blobs: BlobBox
    answers: dict[type, dict[Question[Any], Any]]
    name: str = ""
    commits: int = 0
    made: dict[type, tuple[object, object]] = fresh(default_factory=dict)
    settings: dict[type[Record], tuple[Any, ...]] = fresh(default_factory=dict)

    def __post_init__(self) -> None:
        """Give it a name that no other opening has."""
        self.name = new_id()


@cache
def _select(kind: Kind[Any], where: tuple[tuple[str, str], ...]) -> str:
    """The SELECT for records of a kind; `where` pairs a field with "is", "none" or "among"."""
    table = kind.table
    statement = select(*(table.c[name] for name in kind.columns)).order_by(table.c.id)
    for field, how in where:
        column = table.c[field]
        if how == "none":
            statement = statement.where(column.is_(None))
        elif how == "among":
            listed = func.json_each(bindparam(field)).table_valued("value")
            statement = statement.where(column.in_(select(listed.c.value)))
        else:
            statement = statement.where(column == bindparam(field))
    return placed_sql(statement)


class Reading:
    """One consistent view of a compartment, until it is closed."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._closed = False

    def close(self) -> None:
        """Refuse every later call."""
        self._closed = True

    def rows(self, statement: str, values: object = ()) -> list[Row]:
        """The rows that a statement gives; for the questions of the rooms."""
        if self._closed:
            raise RuntimeError("this reader is closed")
        try:
            return self._opened.raw.execute(statement, values).fetchall()
        except DriverError as error:
            raise told(error) or error from error

    def stream(self, statement: str, values: object = ()) -> Iterator[Row]:
        """The rows that a statement gives, a few at a time; for what reads whole tables."""
        try:
            yield from self._opened.raw.execute(statement, values)
        except DriverError as error:
            raise told(error) or error from error

    def find(self, kind: type[R], id: str) -> R | None:
        """The record with this id, or None."""
        stored: Kind[R] = self._opened.schema.kind(kind)
        found = self.rows(_select(stored, (("id", "is"),)), (id,))
        return stored.read(found[0]) if found else None

    def get(self, kind: type[R], id: str) -> R:
        """The record with this id.

        Raises:
            Refusal: `register.not_found` when there is none.
        """
        found = self.find(kind, id)
        if found is None:
            raise Refusal("register.not_found")
        return found

    def all(self, kind: type[R], /, **equal: object) -> tuple[R, ...]:
        """All records whose fields equal the given values (a tuple means: one of), by id."""
        stored: Kind[R] = self._opened.schema.kind(kind)
        if stored.setting and not equal and self._is_as_committed(kind):
            return self._settings(stored)
        where: list[tuple[str, str]] = []
        values: list[object] = []
        for field, value in equal.items():
            if isinstance(value, tuple):
                where.append((field, "among"))
                values.append(json.dumps([stored.value(field, part) for part in value]))
            elif (plain := stored.value(field, value)) is None:
                where.append((field, "none"))
            else:
                where.append((field, "is"))
                values.append(plain)
        return tuple(map(stored.read, self.rows(_select(stored, tuple(where)), values)))

    def _settings(self, stored: Kind[R]) -> tuple[R, ...]:
        """All records of a kind that is a setting, from memory once they were read."""
        kept = self._opened.settings.get(stored.record)
        if kept is None:
            kept = tuple(map(stored.read, self.rows(_select(stored, ()))))
            self._opened.settings[stored.record] = kept
        return kept

    def is_as_committed(self, *kinds: type[Record]) -> bool:
        """Whether the records of these kinds are those of the last commit."""
        return all(map(self._is_as_committed, kinds))

    def _is_as_committed(self, kind: type[Record]) -> bool:
        """Whether the records of a kind are those of the last commit; to a reader they are."""
        del kind
        return True

    def ask(self, question: Question[T]) -> T:
        """The answer to a question that the store knows."""
        answer = answer_to(type(question), self._opened.schema.name)
        return cast("T", answer(self, question))

    def kept_answer(self, question: Question[T]) -> T | None:
        """An answer that was kept since the last commit, or None."""
        kept = self._opened.answers.get(type(question))
        return cast("T | None", kept.get(question)) if kept else None

    def keep_answer(self, question: Question[T], answer: T, most: int = 4) -> None:
        """Keep an answer that is dear to find until something is committed.

        Args:
            question: what was asked.
            answer: what was found.
            most: how many answers to this kind of question to keep; the oldest goes first.
        """
        kept = self._opened.answers.setdefault(type(question), {})
        if len(kept) >= most:
            del kept[next(iter(kept))]
        kept[question] = answer

    @property
    def made(self) -> dict[type, tuple[object, object]]:
        """What rooms made of the file, until it is closed, with what must still hold for it."""
        return self._opened.made

    def moment(self) -> tuple[str, int, int]:
        """What is the same as before only while nobody has written to the file in between.

        SQLite tells whether another connection wrote; the commits of this one are counted.
        """
        others = self.rows("PRAGMA data_version")[0][0]
        return self._opened.name, others, self._opened.commits

    def blob(self, id: str) -> bytes:
        """The content of an attached file, checked against its hash.

        Raises:
            Refusal: `retention.destroyed` when it was destroyed for good.
            Trouble: `register.blob_missing` or `register.blob_damaged`.
        """
        row = self.get(Blob, id)
        if self.rows(_DESTROYED, (id,)):
            raise Refusal("retention.destroyed")
        return self._opened.blobs.read(row)

    def head(self) -> Head:
        """The newest journal entry of this compartment."""
        return head_of(self.rows) if self._opened.schema.journaled else published(self.rows)
