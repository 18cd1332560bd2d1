"""What a list says about a child, and what changed since it was printed: pure values.

A line is an id and one cell per use. A cell holds no more than the paper shows: whether the
child may be shown, under which conditions, and never why not. So a safety flag and a refusal
are the same word.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from app.consent.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.check.compose import Rules


class Word(StrEnum):
    """What the paper says about one child and one use."""

    YES = "yes"
    YES_IF = "yes_if"
    ASK = "ask"
    NO = "no"


class Kind(StrEnum):
    """How a list differs from what it would say now.

    Attributes:
        FORBIDS: somebody may not, or only under more conditions, what the paper still allows.
        ALLOWS: somebody may more than the paper says.
        JOINED: a child belongs on it who is not; LEFT: a child is on it who does not belong.
        ENDED: its last day has passed.
    """

    FORBIDS = "forbids"
    ALLOWS = "allows"
    JOINED = "joined"
    LEFT = "left"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Cell:
    """What the paper says about one child and one use; `conditions` only with YES_IF."""

    word: Word
    conditions: tuple[str, ...] = ()

    def text(self) -> str:
        """The cell as it is stored."""
        return "+".join((self.word.value, *self.conditions))


NOT_KNOWN = Cell(Word.ASK)
"""What a use says that the list behind it does not know."""


@dataclass(frozen=True, slots=True)
class Line:
    """One child on a list, with a cell per use."""

    pupil_id: str
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing in which a list differs from what it would say now.

    Attributes:
        pupil_id: whom it is about, "" for the whole list; use: "" for the whole line.
    """

    kind: Kind
    pupil_id: str = ""
    use: str = ""


def cell(outcome: Outcome, conditions: tuple[str, ...], kept: Rules) -> Cell:
    """What the paper says for an answer; a condition that nobody knows is a no."""
    if outcome is Outcome.ASK:
        return NOT_KNOWN
    if not outcome.permits:
        return Cell(Word.NO)
    if not set(conditions) <= {kept.together, kept.hidden, *kept.harmless}:
        return Cell(Word.NO)
    return Cell(Word.YES_IF, tuple(sorted(conditions))) if conditions else Cell(Word.YES)


def written(lines: Iterable[Line]) -> tuple[str, ...]:
    """Lines as they are stored, without names."""
    return tuple(
        " ".join((line.pupil_id, *(cell.text() for cell in line.cells))) for line in lines
    )


def read(lines: Iterable[str]) -> dict[str, tuple[Cell, ...]]:
    """The cells of stored lines, by pupil.

    Raises:
        ValueError: when a line says something else.
    """
    found = {}
    for line in lines:
        id, *cells = line.split(" ")
        found[id] = tuple(_read_cell(text) for text in cells)
    return found


def changes(
    printed: Mapping[str, tuple[Cell, ...]],
    now: Mapping[str, tuple[Cell, ...]],
    uses: tuple[str, ...],
) -> tuple[Change, ...]:
    """In what a list differs from what it would say now; what forbids comes first."""
    found = [Change(Kind.JOINED, id) for id in now if id not in printed]
    found += [Change(Kind.LEFT, id) for id in printed if id not in now]
    for id, was in printed.items():
        for use, before, after in zip(uses, was, now.get(id, was), strict=True):
            if before != after:
                kind = Kind.FORBIDS if _forbids(before, after) else Kind.ALLOWS
                found.append(Change(kind, id, use))
    order = list(Kind)
    return tuple(sorted(found, key=lambda change: order.index(change.kind)))


def ended(valid_until: date, today: date) -> tuple[Change, ...]:
    """The change that its last day makes, if it has passed."""
    return (Change(Kind.ENDED),) if today > valid_until else ()


def last_day(today: date, days: int, ends: Iterable[date | None]) -> date:
    """The last day on which a list that is printed today may be used.

    Args:
        today: the day it is printed, which counts as the first.
        days: so many days at most, from `resources/lists.toml`.
        ends: last days of the answers on it and of the list behind it; None for no end.
    """
    most = today + timedelta(days=max(days, 1) - 1)
    return min((most, *(end for end in ends if end is not None)))


def _forbids(before: Cell, after: Cell) -> bool:
    """Whether the paper allows something that does not hold any more."""
    strictness = list(Word)
    rank = strictness.index(after.word) - strictness.index(before.word)
    return rank > 0 or not set(after.conditions) <= set(before.conditions)


def _read_cell(text: str) -> Cell:
    word, *conditions = text.split("+")
    return Cell(Word(word), tuple(conditions))
