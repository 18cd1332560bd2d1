"""What a letter's text consists of: slots, blocks with holes for them, and their conditions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from app.data import Wording

ASKS = "asks"
"""Where a slot's value comes from when a step of the procedure asks for it."""

GIVEN = "given"
"""Where it comes from when whoever makes a letter of the office or of a dossier gives it."""

OF_CASE, OF_DOSSIER, OF_OFFICE = "known", "dossier", "office"
"""What a letter belongs to, each the list of the vocabulary that its slots come from."""

LISTS = ("articles", "list")
"""Kinds of slots that become a list."""

SPREADING = ("text", *LISTS, "table")
"""Kinds of slots that become blocks of their own."""

BETWEEN = "\t"
"""What parts the cells in a line of a slot that becomes a table."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A value that a letter needs.

    Attributes:
        kind: line, text, day, address, articles, list or table.
        where: text, head (above the letter) or signature.
        source: a name under `known` in the vocabulary, or `ASKS`; in a letter of a dossier or
            of the consent office a name under `dossier` or `office`, or `GIVEN`.
        quotes: the value renders somebody else's words.
    """

    key: str
    kind: str
    where: str
    required: bool
    source: str
    quotes: bool
    name: Wording


@dataclass(frozen=True, slots=True)
class Hole:
    """The place of a slot in running text."""

    slot: Slot


Run: TypeAlias = tuple[str | Hole, ...]
"""Running text with holes in it."""


@dataclass(frozen=True, slots=True)
class HeadingPart:
    """A heading."""

    run: Run


@dataclass(frozen=True, slots=True)
class ParagraphPart:
    """A paragraph."""

    run: Run


@dataclass(frozen=True, slots=True)
class BulletsPart:
    """A list."""

    items: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class TablePart:
    """A table."""

    rows: tuple[tuple[Run, ...], ...]


@dataclass(frozen=True, slots=True)
class SpreadPart:
    """A slot that becomes paragraphs or a list."""

    slot: Slot


@dataclass(frozen=True, slots=True)
class SignaturePart:
    """Room for a signature: of the signer, or of the addressee who read or agreed.

    Attributes:
        slot: key of the slot with the name of who signs.
    """

    slot: str = "signer"


Content: TypeAlias = (
    HeadingPart | ParagraphPart | BulletsPart | TablePart | SpreadPart | SignaturePart
)


@dataclass(frozen=True, slots=True)
class Part:
    """One block of a template; printed when its condition is true; always when that is ""."""

    content: Content
    condition: str = ""
