"""The relations that an import writes, found by child."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING

from app.ids import new_id
from app.people.records import Relation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.ports import Work
    from app.roster.plan import Tie

_pupil_of = attrgetter("pupil_id")


class Ties:
    """Relations to be written, found by child: one list in order takes little room."""

    def __init__(self, ties: Iterable[Tie]) -> None:
        self._ties = sorted(ties, key=_pupil_of)
        self._given = bytearray(len(self._ties))
        self._next = 0

    def of(self, pupil_id: str) -> list[Tie]:
        """The relations of a child, which are not left any more.

        Quick for children who are asked for in the order of their ids.
        """
        ties, start = self._ties, self._next
        if not (start < len(ties) and ties[start].pupil_id == pupil_id):
            start = bisect_left(ties, pupil_id, key=_pupil_of)
        end = start
        while end < len(ties) and ties[end].pupil_id == pupil_id:
            self._given[end] = 1
            end += 1
        self._next = end
        return ties[start:end]

    def left(self) -> list[Tie]:
        """The relations of children who were not asked for."""
        return [tie for tie, given in zip(self._ties, self._given, strict=True) if not given]


def relations(ties: Iterable[Tie], work: Work) -> list[Relation]:
    """Relations to be added; one whose kind becomes known is changed at once."""
    added = []
    for tie in ties:
        if tie.relation_id:
            known = work.get(Relation, tie.relation_id)
            work.change(replace(known, kind=tie.kind))
            continue
        added.append(
            Relation(
                id=new_id(),
                pupil_id=tie.pupil_id,
                guardian_id=tie.guardian_id,
                kind=tie.kind,
                position=tie.position,
            )
        )
    return added
