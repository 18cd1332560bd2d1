"""The neutral blocks of which a letter consists, before any output format.

All text in them is plain: whoever draws them never reads markup in it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within the document."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of points."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of two columns or more; the first row is its head when `head` is set."""

    rows: tuple[tuple[str, ...], ...]
    head: bool = False


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """Room for one signature.

    Attributes:
        name: who signs; role: in which capacity.
    """

    name: str
    role: str = ""


Block = Heading | Paragraph | Bullets | Table | SignatureBlock
