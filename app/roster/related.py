"""The relations that an import writes: very many, in columns that take little room."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from app.ids import new_id
from app.people.records import Relation
from app.roster.calm import let_go

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from app.ports import Work
    from app.roster.plan import Step


class Tie(NamedTuple):
    """A relation to be added, or one whose kind becomes known (`relation_id`)."""

    pupil: Step
    guardian_id: str
    kind: str
    position: int
    relation_id: str = ""


class Ties:
    """Relations to be written, by guardian; each is made when it is looked at."""

    def __init__(self) -> None:
        self._rows = array("L")
        self._pupils: list[Step] = []
        self._guardians: list[str] = []
        self._kinds: list[str] = []
        self._positions = array("L")
        self._known: dict[int, str] = {}

    def add(self, row: int, ties: Iterable[Tie]) -> None:
        """Add the relations of a guardian; `row` numbers him and is higher each time."""
        for pupil, guardian, kind, position, relation in ties:
            if relation:
                self._known[len(self._pupils)] = relation
            self._rows.append(row)
            self._pupils.append(pupil)
            self._guardians.append(guardian)
            self._kinds.append(kind)
            self._positions.append(position)

    def __len__(self) -> int:
        return len(self._pupils)

    def __getitem__(self, at: int) -> Tie:
        pupil, guardian, kind = self._pupils[at], self._guardians[at], self._kinds[at]
        return Tie(pupil, guardian, kind, self._positions[at], self._known.get(at, ""))

    def __iter__(self) -> Iterator[Tie]:
        return map(self.__getitem__, range(len(self)))

    def children_of(self, row: int) -> list[Step]:
        """The children of a guardian."""
        start = bisect_left(self._rows, row)
        return self._pupils[start : bisect_right(self._rows, row, start)]

    def by_child(self, without: Container[str] = ()) -> ByChild:
        """The same, found by child, for others than these pupils and guardians."""
        ids = [pupil.id for pupil in self._pupils]
        both = enumerate(zip(ids, self._guardians, strict=True))
        among = (at for at, (one, two) in both if one not in without and two not in without)
        return ByChild(self, ids, array("L", among))

    @property
    def parts(self) -> tuple[list[Any], ...]:
        """What holds on to others, to be let go of in small parts."""
        return self._pupils, self._guardians, self._kinds

    def let_go(self) -> None:
        """Forget all of them, in small parts."""
        for part in self.parts:
            let_go(part)
        self._known.clear()
        self._rows, self._positions = array("L"), array("L")


class ByChild:
    """Relations found by child.

    Args:
        ties: the relations; ids: of the child of each.
        among: places of those that count.
    """

    def __init__(self, ties: Ties, ids: list[str], among: array[int]) -> None:
        self._ties, self._ids = ties, ids
        self._order = array("L", sorted(among, key=ids.__getitem__))
        self._given = bytearray(len(among))
        self._next = 0

    def __len__(self) -> int:
        return len(self._order)

    def guardians(self) -> set[str]:
        """Ids of all whom one of these is about."""
        return {self._ties[at].guardian_id for at in self._order}

    def of(self, pupil_id: str) -> list[Tie]:
        """The relations of a child, which are not left any more.

        Quick for children who are asked for in the order of their ids.
        """
        order, ids, start = self._order, self._ids, self._next
        if not (start < len(order) and ids[order[start]] == pupil_id):
            start = bisect_left(order, pupil_id, key=ids.__getitem__)
        end = start
        while end < len(order) and ids[order[end]] == pupil_id:
            self._given[end] = 1
            end += 1
        self._next = end
        return [self._ties[at] for at in order[start:end]]

    def left(self) -> Iterator[Tie]:
        """The relations of children who were not asked for."""
        places = zip(self._order, self._given, strict=True)
        return (self._ties[at] for at, given in places if not given)


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
                pupil_id=tie.pupil.id,
                guardian_id=tie.guardian_id,
                kind=tie.kind,
                position=tie.position,
            )
        )
    return added
