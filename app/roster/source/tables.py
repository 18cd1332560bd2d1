"""Rows out of a CSV file or a workbook, one after another, each with its row number.

The kind is found by the content, never by the name of the file. What a formula would compute
is not computed: the value that was saved with it counts.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import islice
from typing import IO, TYPE_CHECKING

import resources
from app.errors import Message, Refusal
from app.names import fold, tidy
from app.roster.source.characters import OTHERS
from app.roster.source.delimited import Delimited
from app.roster.source.findings import Findings
from app.roster.source.layout import Layout, Limits, letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from app.roster.roster import Fault
    from app.roster.source.layout import Cell, RawRow, Rows

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_TOP_ROWS = 10
_GROUPS = 2
"""A row above the headers that names groups of columns names at least so many."""
_LONGEST_HEADER = 120
_SAMPLE = 200
"""So many rows show what the columns are and how they are written."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as a spreadsheet counts, and a cell for every header."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table that was opened: the headers are known, the rows can be read, also repeatedly.

    Attributes:
        file: name of the file.
        headers: unique; a column without one is named by its letter, such as "[C]".
        header_row: row number of the headers.
        notes: what is wrong with the file or its headers.
    """

    file: str
    headers: tuple[str, ...]
    header_row: int
    source: Rows
    limits: Limits = field(default_factory=Limits)
    notes: tuple[Fault, ...] = ()

    @property
    def layout(self) -> Layout:
        """How the file is read: what was chosen, and what was found for the rest."""
        return self.source.layout

    @property
    def sheets(self) -> tuple[str, ...]:
        """The visible sheets of a workbook; none for a CSV file."""
        return self.source.sheets

    @property
    def size(self) -> int:
        """About how many rows there are."""
        return self.source.size

    def rows(self, findings: Findings) -> Iterator[Row]:
        """The rows that hold something; one with more cells than headers is left out and told.

        Raises:
            Refusal: `roster.too_many_rows`, `roster.cell_endless`, or it cannot be read any
                further.
        """
        for number, cells in self.source.raw(findings):
            if number <= self.header_row or not any(cells):
                continue
            if number > self.limits.rows:
                raise Refusal("roster.too_many_rows", file=self.file, limit=self.limits.rows)
            fitted = self._fitted(number, cells, findings)
            if fitted is not None:
                yield Row(number, fitted)

    def first(self, count: int) -> tuple[Row, ...]:
        """The first rows, for a look."""
        found = []
        for row in self.rows(Findings(self.file)):
            found.append(row)
            if len(found) == count:
                break
        return tuple(found)

    def sample(self) -> Table:
        """The same with its first rows only, for looks after the file was closed."""
        most = max((row.number for row in self.first(_SAMPLE)), default=0)
        rows: list[RawRow] = []
        for row in self.source.raw(Findings(self.file)):
            if any(row[1]):
                rows.append(row)
            if row[0] >= most:
                break
        held = _Held(self.layout, self.sheets, len(rows), self.source.strict, tuple(rows))
        return replace(self, source=held)

    def _fitted(
        self, number: int, cells: tuple[Cell, ...], findings: Findings
    ) -> tuple[Cell, ...] | None:
        """A cell for every header, clean and not too long."""
        width = len(self.headers)
        if len(cells) > width:
            if any(cells[width:]):
                message = _ragged("roster.row_longer", len(cells), width)
                findings.add(number, message, left_out=True)
                return None
            cells = cells[:width]
        elif len(cells) < width:
            if self.source.strict:
                self._refuse_swallowed(number, cells)
                findings.add(number, _ragged("roster.row_shorter", len(cells), width))
            cells += ("",) * (width - len(cells))
        return self._clean(number, cells, findings)

    def _refuse_swallowed(self, number: int, cells: tuple[Cell, ...]) -> None:
        """Refuse a short row with other rows in a field: a quotation mark does not end."""
        for place, cell in enumerate(cells, 1):
            text = cell if isinstance(cell, str) else ""
            if self.layout.separator in text and len(text.splitlines()) > 1:
                raise Refusal("roster.cell_endless", file=self.file, row=number, column=place)

    def _clean(
        self, number: int, cells: tuple[Cell, ...], findings: Findings
    ) -> tuple[Cell, ...]:
        longest = self.limits.cell
        every = "".join([cell for cell in cells if isinstance(cell, str)])
        if len(every) <= longest and every.isprintable():
            return cells
        clean = list(cells)
        for place, cell in enumerate(cells):
            if not isinstance(cell, str) or (len(cell) <= longest and cell.isprintable()):
                continue
            column = self.headers[place]
            if len(cell) > longest:
                message = Message("roster.cell_too_long", {"limit": longest})
                findings.add(number, message, column)
                clean[place] = ""
            elif _CONTROLS.search(cell):
                findings.add(number, Message("roster.control_characters"), column)
                clean[place] = _CONTROLS.sub("", cell)
        return tuple(clean)


@dataclass(frozen=True, slots=True)
class _Held:
    """Some rows, held in memory."""

    layout: Layout
    sheets: tuple[str, ...]
    size: int
    strict: bool
    rows: tuple[RawRow, ...]

    def raw(self, findings: Findings) -> Iterator[RawRow]:
        """All of them; what was wrong with them was told before."""
        del findings
        yield from self.rows


def open_table(
    content: bytes | IO[bytes],
    file: str,
    layout: Layout | None = None,
    limits: Limits | None = None,
) -> Table:
    """Look into a CSV file or workbook, find out how it is written and read its headers.

    Args:
        content: the bytes, or a stream that can be read from the start again; it has to stay
            open as long as rows are read.
        file: name of the file, for messages.
        layout: what a person chose; all is found out when left out.
        limits: what is refused; the usual limits when left out.

    Raises:
        Refusal: `roster.file_empty`, `roster.header_only`, `roster.not_a_table`,
            `roster.file_too_big`, `roster.old_excel`, `roster.workbook_broken` and the like.
    """
    stream = io.BytesIO(content) if isinstance(content, bytes) else content
    limits, layout = limits or Limits(), layout or Layout()
    size = stream.seek(0, io.SEEK_END)
    if not size:
        raise Refusal("roster.file_empty", file=file)
    if size > limits.size:
        raise Refusal("roster.file_too_big", file=file, limit=limits.size // 1_000_000)
    stream.seek(0)
    findings = Findings(file)
    source = _source(stream, file, layout, limits, findings)
    row, headers = _headers(source, findings)
    if len(headers) > limits.columns:
        raise Refusal("roster.too_many_columns", file=file, limit=limits.columns)
    table = Table(file, headers, row, source, limits, findings.faults)
    if not _holds_rows(table):
        raise Refusal("roster.header_only", file=file)
    return table


def _ragged(text_id: str, cells: int, headers: int) -> Message:
    return Message(text_id, {"cells": cells, "headers": headers})


def _holds_rows(table: Table) -> bool:
    """Whether anything follows the headers, be it right or not."""
    findings = Findings(table.file)
    return any(True for _ in table.rows(findings)) or findings.count > 0


def _source(
    stream: IO[bytes], file: str, layout: Layout, limits: Limits, findings: Findings
) -> Rows:
    start = stream.read(8)
    stream.seek(0)
    if start.startswith(b"PK\x03\x04"):
        from app.roster.source.workbook import Workbook  # noqa: PLC0415 - loads for a fifth of a second, and most lists are text

        return Workbook(stream, file, layout, limits, findings)
    found = Delimited(stream, file, layout, limits)
    if found.layout.encoding in OTHERS and not layout.encoding:
        name = OTHERS[found.layout.encoding]
        findings.add(0, Message("roster.old_characters", {"name": name}))
    return found


def _headers(source: Rows, findings: Findings) -> tuple[int, tuple[str, ...]]:
    """The first of the top rows that is at least half as full as the fullest of them.

    What stands above it is a title; a table of one column has no title. The row below goes
    before it when that is fuller and holds more words that are known as headers. Headers that
    say nothing without the row above ("Ouder 1", "Ouder 2" over twice "Naam") are read with it.
    """
    top = list(islice(source.raw(Findings(findings.file)), _TOP_ROWS))
    most = max((_filled(cells) for _, cells in top), default=0)
    if not most:
        every = source.raw(Findings(findings.file))
        top = list(islice((row for row in every if _filled(row[1])), 1))
        most = max((_filled(cells) for _, cells in top), default=0)
    least = max(most / 2, min(most, 2))
    place = next((at for at, (_, cells) in enumerate(top) if _filled(cells) >= least), None)
    if place is None:
        raise Refusal("roster.file_empty", file=findings.file)
    if place + 1 < len(top) and _is_title(top[place][1], top[place + 1][1]):
        place += 1
    number, cells = top[place]
    above = top[place - 1][1] if place else ()
    return number, _unique(number, _names(above, cells), findings)


def _is_title(cells: Sequence[Cell], below: Sequence[Cell]) -> bool:
    """Whether a row stands above the headers, as the row below it shows."""
    own, other = (sum(fold(_header(c)) in _known() for c in row) for row in (cells, below))
    return _filled(below) > _filled(cells) and other > own


@cache
def _known() -> frozenset[str]:
    """How schools call columns, as far as it is one phrase."""
    table = resources.column_names()
    fields = (table["pupil"], table["guardian"])
    return frozenset(word for each in fields for some in each.values() for word in some)


def _names(above: Sequence[Cell], cells: Iterable[Cell]) -> list[str]:
    """Headers without those at the end that are empty; with the row above if that is needed."""
    names = [_header(cell) for cell in cells]
    while names and not names[-1]:
        names.pop()
    if _differ(names) or _filled(above) < _GROUPS:
        return names
    group, grouped = "", []
    for place, name in enumerate(names):
        group = (_header(above[place]) if place < len(above) else "") or group
        grouped.append(f"{group} {name}".strip() if name else name)
    return grouped if _differ(grouped) else names


def _differ(names: Iterable[str]) -> bool:
    filled = [name.casefold() for name in names if name]
    return len(set(filled)) == len(filled)


def _unique(number: int, names: list[str], findings: Findings) -> tuple[str, ...]:
    """Headers, each one different."""
    found: dict[str, str] = {}
    for place, name in enumerate(names):
        given = name or f"[{letters(place)}]"
        if given.casefold() in found:
            findings.add(number, Message("roster.header_twice", {"header": given}), given)
            given = _another(given, found)
        found[given.casefold()] = given
    return tuple(found.values())


def _another(name: str, taken: dict[str, str]) -> str:
    count = 2
    while f"{name} ({count})".casefold() in taken:
        count += 1
    return f"{name} ({count})"


def _header(cell: Cell) -> str:
    text = cell if isinstance(cell, str) else cell.isoformat()
    return tidy(_CONTROLS.sub("", text))[:_LONGEST_HEADER]


def _filled(cells: Iterable[Cell]) -> int:
    return sum(1 for cell in cells if cell and (not isinstance(cell, str) or cell.strip()))
