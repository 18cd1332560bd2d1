"""How a table is written, how much of it is read, and what its rows look like."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeAlias

from app.roster.source.limits import Limit, limit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.roster.source.findings import Findings

Cell: TypeAlias = str | date
RawRow: TypeAlias = tuple[int, tuple[Cell, ...]]
_LETTERS = 26


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file may hold before it is refused.

    Attributes:
        size: bytes of a file; `unpacked`: bytes of everything in a workbook or zip.
        rows, columns: of a table.
        cell: characters of a field.
    """

    size: int = field(default_factory=partial(limit, Limit.FILE))
    unpacked: int = field(default_factory=partial(limit, Limit.TOTAL))
    rows: int = field(default_factory=partial(limit, Limit.ROWS))
    columns: int = 250
    cell: int = field(default_factory=partial(limit, Limit.FIELD))


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file is to be read; what is "" is found out.

    Attributes:
        separator: ";", ",", a tab or "|".
        encoding: "utf-8", "utf-8-sig", "utf-16", "cp1252", another old one of
            `app.roster.source.characters`, or "mixed" (each line by itself).
        sheet: name of the sheet of a workbook.
    """

    separator: str = ""
    encoding: str = ""
    sheet: str = ""


def letters(place: int) -> str:
    """The letters of a column as a spreadsheet shows them: 0 is "A", 26 is "AA"."""
    text, rest = "", place + 1
    while rest:
        rest, digit = divmod(rest - 1, _LETTERS)
        text = chr(ord("A") + digit) + text
    return text


class Rows(Protocol):
    """Where the rows of a table come from: text with separators, or a sheet."""

    @property
    def layout(self) -> Layout:
        """How it is read, everything filled in."""
        ...

    @property
    def sheets(self) -> tuple[str, ...]:
        """The sheets to choose from; none for text."""
        ...

    @property
    def size(self) -> int:
        """About how many rows there are, for the progress."""
        ...

    @property
    def strict(self) -> bool:
        """Whether a row that is too short is worth telling."""
        ...

    def raw(self, findings: Findings) -> Iterator[RawRow]:
        """All rows from the first, with their numbers.

        Raises:
            Refusal: it cannot be read any further.
        """
        ...
