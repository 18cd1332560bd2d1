"""A letter as handed to the press."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.paper import Letterhead, Paper

if TYPE_CHECKING:
    from app.letters.blocks import Block


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPaper(Paper):
    """One letter.

    Attributes:
        window: where the address stands: nl_left, nl_right or din_b.
        addressee: address lines.
        date_line: place and date, written out.
        reference: "kenmerk", such as the letter's number.
        subject: subject line.
        stamp: stamp of the journal head, for the footer.
    """

    letterhead: Letterhead
    window: str
    addressee: tuple[str, ...]
    date_line: str
    reference: str
    subject: str
    blocks: tuple[Block, ...]
    stamp: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPile(Paper):
    """Several letters in one file; each begins on a fresh sheet when printed on both sides."""

    letters: tuple[LetterPaper, ...]
