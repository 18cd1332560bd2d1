"""How many pupils stand how, and what of it can be shown without telling about anybody.

Pure functions. A number from one up to one less than `least` tells about a few pupils and is
not shown. Nor is what it could be computed from: the groups that are left out are shown as one,
with their sum, and that sum must be fit to be shown itself, hold more than one group, and leave
open for every group left out how its pupils answered. A zero that follows for such a group is
no number of pupils and may be known.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Count:
    """Pupils by what follows for one use.

    Attributes:
        yes: it may be used, perhaps under conditions.
        no: somebody refused or withdrew, or a safety flag holds.
        waiting: not everybody who decides has answered.
    """

    yes: int = 0
    no: int = 0
    waiting: int = 0

    @property
    def answered(self) -> int:
        """Of how many the answer is known."""
        return self.yes + self.no

    @property
    def total(self) -> int:
        """How many pupils were counted."""
        return self.yes + self.no + self.waiting

    @property
    def parts(self) -> tuple[int, int, int]:
        """Yes, no and waiting."""
        return self.yes, self.no, self.waiting

    @property
    def rough(self) -> Count:
        """The same with no and waiting as one, under waiting."""
        return Count(self.yes, 0, self.no + self.waiting)

    def plus(self, other: Count) -> Count:
        """Both together."""
        return Count(self.yes + other.yes, self.no + other.no, self.waiting + other.waiting)


NOTHING = Count()


@dataclass(frozen=True, slots=True)
class Shown:
    """What may be shown of one use.

    Attributes:
        whole: the school, or None when it is not shown.
        groups: the groups that are shown, by id.
        others: the other groups together, or None when there are none or they are not shown.
        hidden: ids of the groups that are not shown apart.
        rough: no and waiting are only shown as one, under waiting.
    """

    whole: Count | None
    groups: Mapping[str, Count]
    others: Count | None
    hidden: tuple[str, ...]
    rough: bool = False


def together(counts: Iterable[Count]) -> Count:
    """The sum of counts."""
    found = NOTHING
    for one in counts:
        found = found.plus(one)
    return found


def fit(count: Count, least: int) -> bool:
    """Whether no part of a count is a small number."""
    return all(part == 0 or part >= least for part in count.parts)


def shown(groups: Mapping[str, Count], least: int) -> Shown:
    """What may be shown of one use, from what was counted in each group.

    When the school is too small for three numbers, no and waiting are put together.
    """
    found = _shown(groups, least)
    if found.whole is None:
        rough = _shown({id: one.rough for id, one in groups.items()}, least)
        if rough.whole is not None:
            return replace(rough, rough=True)
    return found


def _shown(groups: Mapping[str, Count], least: int) -> Shown:
    filled = {id: one for id, one in groups.items() if one.total}
    whole = together(filled.values())
    hidden = [id for id, one in filled.items() if not fit(one, least)]
    if not fit(whole, least):
        # The sum is not shown, so that nothing follows about the groups that are not.
        open_ = {id: one for id, one in filled.items() if id not in hidden}
        return Shown(None, open_, None, tuple(hidden))
    left = sorted(
        (id for id in filled if id not in hidden), key=lambda id: (filled[id].total, id)
    )
    while hidden and left and not _covers([filled[id] for id in hidden], least):
        hidden.append(left.pop(0))
    if hidden and not _covers([filled[id] for id in hidden], least):
        return Shown(None, {}, None, tuple(hidden))
    others = together(filled[id] for id in hidden) if hidden else None
    return Shown(whole, {id: filled[id] for id in filled if id in left}, others, tuple(hidden))


def _covers(hidden: list[Count], least: int) -> bool:
    """Whether the sum of groups tells of none of them how its pupils answered."""
    sum_ = together(hidden)
    kinds = sum(part > 0 for part in sum_.parts)
    return len(hidden) > 1 and kinds > 1 and fit(sum_, least)
