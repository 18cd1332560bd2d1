"""Which rows of derived tables a unit of work touches, and bringing them up to date."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from app.jobs import SILENT, Part, Progress, awaited
from db.store.derived import held
from db.store.engine import watched
from db.store.troubles import troubles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.record import Record
    from db.store.derived import Derived
    from db.store.engine import Raw

_SOME = 500
_MANY = 2000
"""Fewer rows of a derived table are always brought up to date one by one."""


class Touched:
    """What was written, as far as derived tables follow it.

    Args:
        raw: the file.
        tables: its derived tables.
    """

    def __init__(self, raw: Raw, tables: Sequence[Derived]) -> None:
        self._raw, self._tables = raw, tables
        self._ids: dict[str, set[str]] = defaultdict(set)
        self._held: dict[str, int] = {}
        self._anew: dict[str, int] = {}

    def note(self, kind: str, records: Sequence[Record]) -> None:
        """Remember that records of a kind were written."""
        for table in self._tables:
            id_of = table.touched_by.get(kind)
            if id_of and table.name in self._anew:
                self._anew[table.name] += len(records)
            elif id_of:
                self._ids[table.name].update(map(id_of, records))

    def lighten(self) -> None:
        """Forget which rows are touched of a table that it pays to make anew."""
        for table in self._tables:
            touched = len(self._ids.get(table.name, ()))
            if table.table is None or touched < _MANY:
                continue
            if table.name not in self._held:
                self._held[table.name] = held(self._raw, table.table)
            if self._held[table.name] <= 2 * touched:
                del self._ids[table.name]
                self._anew[table.name] = touched

    def follow(self, progress: Progress = SILENT) -> None:
        """Bring derived tables up to date; afterwards nothing is touched.

        Raises:
            CancelledError: when the person stopped it.
        """
        self.lighten()
        ids, anew = self._ids, self._anew
        self._ids, self._anew, self._held = defaultdict(set), {}, {}
        done, total = 0, sum(map(len, ids.values())) + sum(anew.values())
        for table in self._tables:
            some = sorted(ids.pop(table.name, ()))
            end = done + len(some) + anew.get(table.name, 0)
            part = Part(progress, done, end, total)
            with troubles():
                if table.name in anew:
                    with awaited(part, 0, 1) as told, watched(self._raw, told, end - done):
                        table.make(self._raw)
                else:
                    self._refresh(table, some, part)
            done = end

    def _refresh(self, table: Derived, ids: list[str], progress: Progress) -> None:
        for start in range(0, len(ids), _SOME):
            progress.step(start, len(ids))
            table.refresh(self._raw, ids[start : start + _SOME])
