"""The newest entry of a journal, or of the publications that the check list has instead."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from app.check.records import Publication
from app.ports import Head

if TYPE_CHECKING:
    from app.record import Record

Rows = Callable[[str], list[tuple[Any, ...]]]

_JOURNAL = "SELECT number, digest FROM journal ORDER BY number DESC LIMIT 1"
_PUBLICATION = "SELECT number, root FROM publication ORDER BY number DESC LIMIT 1"


def head_of(rows: Rows) -> Head:
    """The newest entry; number 0 when there is none yet."""
    found = rows(_JOURNAL)
    return Head(found[0][0], found[0][1].hex()) if found else Head(0, "")


def published(rows: Rows) -> Head:
    """The newest publication of the check list; number 0 when there is none yet."""
    found = rows(_PUBLICATION)
    return Head(found[0][0], found[0][1]) if found else Head(0, "")


def newest(written: Iterable[Record]) -> Head | None:
    """The head that a unit of work on the check list leaves; None when it published nothing.

    A publication is numbered after every other, which the list itself demands.
    """
    found = [record for record in written if isinstance(record, Publication)]
    last = max(found, key=lambda record: record.number, default=None)
    return Head(last.number, last.root) if last else None
