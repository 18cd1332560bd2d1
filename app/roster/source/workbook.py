"""Workbooks (.xlsx): the rows of one sheet, read as they stand, nothing computed or fetched."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import islice
from typing import IO, TYPE_CHECKING, Literal, Protocol, cast

from openpyxl.reader.excel import ExcelReader

from app.errors import Message, Refusal
from app.override import override
from app.roster.source.layout import Layout, letters

if TYPE_CHECKING:
    from collections.abc import Iterator

    import openpyxl

    from app.roster.source.findings import Findings
    from app.roster.source.layout import Cell, Limits, RawRow

# What the package raises on a file that is not what it says; none of it says more than that.
_BROKEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)
_ENTITIES = re.compile(rb"<\x00?!\x00?(?:D\x00?O\x00?C\x00?T|E\x00?N\x00?T\x00?I)")
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]+(\d+):[A-Z]+(\d+))"')
_UNSAVED = re.compile(rb"</f>(?:<v\s?/>|<v></v>)?</c>")
_SHEET = re.compile(rb"<(?:\w+:)?worksheet[\s>]")
_ROW = re.compile(rb"<(?:\w+:)?row[\s>/]")
_START = 2_000
"""Within so many bytes a sheet says that it is one."""
_SIZE = """<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<dimension ref="A1:A{rows}"/></worksheet>"""
_TABLES = ((3, 2), (1, 2), (1, 1))
"""What makes a sheet the table, best first: so many cells in so many rows. A sheet that only
explains the others often stands before them."""
_MEMBERS = 2_000
_BATCH = 512
_CHUNK = 1 << 20
_OVERLAP = 64


class _Sheet(Protocol):
    """What is used of the package's sheets."""

    title: str
    sheet_state: str

    @property
    def max_row(self) -> int | None: ...

    def reset_dimensions(self) -> None: ...

    def iter_rows(
        self, *, max_col: int, values_only: Literal[True]
    ) -> Iterator[tuple[object, ...]]: ...


class Workbook:
    """The rows of the sheet that was chosen, or of the first that holds a table.

    Raises:
        Refusal: `roster.workbook_broken`, `roster.workbook_encrypted`, `roster.zip_too_big`,
            `roster.not_a_table` for another kind of zip, `roster.sheet_unknown`,
            `roster.file_empty`.
    """

    strict = False

    def __init__(
        self,
        stream: IO[bytes],
        file: str,
        layout: Layout,
        limits: Limits,
        findings: Findings,
    ) -> None:
        self._file = file
        self._limits = limits
        seen = _inspect(stream, file, limits)
        if seen.unsaved:
            findings.add(0, Message("roster.formulas_unsaved"))
        if seen.merged:
            findings.add(0, Message("roster.cells_merged", {"cells": seen.merged}))
        try:
            self._book = _open(stream, seen.rows)
            sheets = cast("list[_Sheet]", self._book.worksheets)
            visible = [sheet for sheet in sheets if sheet.sheet_state == "visible"]
            hidden = [sheet for sheet in sheets if sheet.sheet_state != "visible"]
            self._rows = {sheet.title: int(sheet.max_row or 0) for sheet in sheets}
            for sheet in sheets:
                sheet.reset_dimensions()  # they may be wrong, and rows be filled up to them
        except _BROKEN as error:
            raise Refusal("roster.workbook_broken", file=file) from error
        self.sheets = tuple(sheet.title for sheet in visible)
        for sheet in hidden:
            if sheet.title != layout.sheet:
                findings.add(0, Message("roster.sheet_hidden", {"sheet": sheet.title}))
        self._sheet = self._choose(layout.sheet, visible, hidden)
        self.layout = Layout(sheet=self._sheet.title)

    @property
    def size(self) -> int:
        """How many rows the sheet says it has; it may be wrong."""
        return min(self._rows[self._sheet.title], self._limits.rows)

    def raw(self, findings: Findings) -> Iterator[RawRow]:
        """All rows from the first.

        Raises:
            Refusal: `roster.workbook_broken`.
        """
        return self._raw(self._sheet, findings)

    def _choose(
        self,
        name: str,
        visible: list[_Sheet],
        hidden: list[_Sheet],
    ) -> _Sheet:
        for sheet in visible + hidden:
            if sheet.title == name:
                return sheet
        if name:
            raise Refusal("roster.sheet_unknown", field="sheet", sheet=name)
        for cells, rows in _TABLES:
            for sheet in visible:
                top = islice(self._raw(sheet, None), _BATCH)
                full = (row for _, row in top if sum(map(bool, row)) >= cells)
                if len(list(islice(full, rows))) == rows:
                    return sheet
        raise Refusal("roster.file_empty", file=self._file)

    def _raw(self, sheet: _Sheet, findings: Findings | None) -> Iterator[RawRow]:
        rows = sheet.iter_rows(max_col=self._limits.columns + 1, values_only=True)
        number = 0
        blank = None  # rows that are not in the file are one object, a million times over
        while batch := self._batch(rows):
            for values in batch:
                number += 1
                if values is blank:
                    yield number, ()
                    continue
                if not values or values.count(None) == len(values):
                    blank = values
                yield number, _cells(number, values, findings)

    def _batch(self, rows: Iterator[tuple[object, ...]]) -> list[tuple[object, ...]]:
        """A few rows at once, since the package warns about what does not concern us."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                return list(islice(rows, _BATCH))
            except _BROKEN as error:
                raise Refusal("roster.workbook_broken", file=self._file) from error


class _Packed(zipfile.ZipFile):
    """A packed workbook that at first says of its sheets only how many rows they have.

    The package reads the whole of a sheet that does not state its size, only to find that it
    does not; and again for the values. So it is told the size that was counted.
    """

    def __init__(self, stream: IO[bytes], rows: dict[str, int]) -> None:
        super().__init__(stream)
        self._sizes = rows

    @override
    def open(
        self,
        name: str | zipfile.ZipInfo,
        mode: Literal["r", "w"] = "r",
        pwd: bytes | None = None,
        *,
        force_zip64: bool = False,
    ) -> IO[bytes]:
        rows = self._sizes.get(name if isinstance(name, str) else name.filename)
        if rows is not None:
            return io.BytesIO(_SIZE.format(rows=max(rows, 1)).encode())
        return super().open(name, mode, pwd, force_zip64=force_zip64)

    def open_wholly(self) -> None:
        """From now on sheets are what they are."""
        self._sizes = {}


def _open(stream: IO[bytes], rows: dict[str, int]) -> openpyxl.Workbook:
    stream.seek(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        reader = ExcelReader(stream, read_only=True, data_only=True, keep_links=False)
        reader.archive = packed = _Packed(stream, rows)
        reader.read()
        packed.open_wholly()
        return reader.wb


@dataclass(slots=True)
class _Seen:
    """What stands in a workbook that its values do not show.

    Attributes:
        unsaved: there are formulas whose value was not saved with them.
        merged: the first cells that are merged over several rows, or "".
        rows: how many rows each sheet has, by the name of its member.
    """

    unsaved: bool = False
    merged: str = ""
    rows: dict[str, int] = field(default_factory=dict)

    def count(self, name: str, part: bytes, *, first: bool) -> None:
        """Count the rows in a part of a member, when it is a sheet; about, not exactly."""
        if first and _SHEET.search(part[:_START]):
            self.rows[name] = 0
        if name in self.rows:
            self.rows[name] += len(_ROW.findall(part))

    def look(self, content: bytes) -> None:
        """Look at a part of a member."""
        self.unsaved = self.unsaved or bool(_UNSAVED.search(content))
        for found in () if self.merged else _MERGED.finditer(content):
            if found[2] != found[3]:
                self.merged = found[1].decode()
                break


def _inspect(stream: IO[bytes], file: str, limits: Limits) -> _Seen:
    """Unpack everything once, keeping nothing: how much it is, and that it defines nothing."""
    seen = _Seen()
    try:
        with zipfile.ZipFile(stream) as packed:
            members = packed.infolist()
            if "xl/workbook.xml" not in packed.namelist():
                raise Refusal("roster.not_a_table", file=file)
            if any(member.flag_bits & 1 for member in members):
                raise Refusal("roster.workbook_encrypted", file=file)
            if len(members) > _MEMBERS:
                raise Refusal("roster.zip_too_big", file=file)
            left = limits.unpacked
            for member in members:
                left -= _unpack(packed, member, left, file, seen)
    except _BROKEN as error:
        raise Refusal("roster.workbook_broken", file=file) from error
    return seen


def _unpack(
    packed: zipfile.ZipFile, member: zipfile.ZipInfo, left: int, file: str, seen: _Seen
) -> int:
    size, end = 0, b""
    with packed.open(member) as part:
        while chunk := part.read(_CHUNK):
            size += len(chunk)
            if size > left:
                raise Refusal("roster.zip_too_big", file=file)
            if _is_xml(member.filename) and _ENTITIES.search(end + chunk):
                raise Refusal("roster.entities", file=file)
            seen.look(end + chunk)
            seen.count(member.filename, chunk, first=size == len(chunk))
            end = chunk[-_OVERLAP:]
    return size


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels", ".vml"))


def _cells(
    number: int, values: tuple[object, ...], findings: Findings | None
) -> tuple[Cell, ...]:
    cells = tuple(_cell(value) for value in values)
    if findings is not None and any(isinstance(c, str) and c[:1] == "#" for c in cells):
        for place, cell in enumerate(cells, 1):
            if cell in _ERRORS:
                message = Message("roster.cell_error", {"value": str(cell)})
                findings.add(number, message, letters(place - 1))
        return tuple("" if cell in _ERRORS else cell for cell in cells)
    return cells


_ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#GETTING_DATA"}
)


def _cell(value: object) -> Cell:
    """A value as a list would show it: days as days, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value.isoformat(" ", "minutes")
    return value if isinstance(value, date) else str(value)
