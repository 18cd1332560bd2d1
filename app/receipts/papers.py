"""A receipt as handed to the press."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.paper import Letterhead, Paper

if TYPE_CHECKING:
    from app.paper import Attachment


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptRow:
    """One decision; everything in words."""

    use: str
    answer: str
    day: str
    how: str
    wording: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptPaper(Paper):
    """What one person decided about one subject.

    Attributes:
        marking: one line on every page: confidential, and for whom.
        particulars: names and values: who decided, about whom, the controller, the day.
        rows: the decisions, in order; conditions stand with the answer.
        stamp: stamp of the journal head, for the footer; number: short id of the receipt.
        attached: the same decisions as data.
    """

    letterhead: Letterhead
    marking: str
    particulars: tuple[tuple[str, str], ...]
    rows: tuple[ReceiptRow, ...]
    contact: str
    stamp: str
    number: str
    attached: tuple[Attachment, ...] = ()
