"""Workbooks (.xlsx): the rows of one sheet, read as they stand, nothing computed or fetched."""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from datetime import date, datetime, time
from itertools import islice
from typing import IO, TYPE_CHECKING, Literal, Protocol, cast

import openpyxl

from app.errors import Message, Refusal
from app.roster.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.roster.findings import Findings
    from app.roster.layout import Cell, Limits, RawRow

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
_UNSAVED = re.compile(rb"</f>(?:<v\s?/>|<v></v>)?</c>")
_MEMBERS = 2_000
_BATCH = 512
_CHUNK = 1 << 20
_OVERLAP = 32


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
        if _inspect(stream, file, limits):
            findings.add(0, Message("roster.formulas_unsaved"))
        try:
            self._book = _open(stream)
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
        for sheet in visible:
            if any(any(cells) for _, cells in islice(self._raw(sheet, None), _BATCH)):
                return sheet
        raise Refusal("roster.file_empty", file=self._file)

    def _raw(self, sheet: _Sheet, findings: Findings | None) -> Iterator[RawRow]:
        rows = sheet.iter_rows(max_col=self._limits.columns + 1, values_only=True)
        number = 0
        while batch := self._batch(rows):
            for values in batch:
                number += 1
                yield number, _cells(number, values, findings)

    def _batch(self, rows: Iterator[tuple[object, ...]]) -> list[tuple[object, ...]]:
        """A few rows at once, since the package warns about what does not concern us."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                return list(islice(rows, _BATCH))
            except _BROKEN as error:
                raise Refusal("roster.workbook_broken", file=self._file) from error


def _open(stream: IO[bytes]) -> openpyxl.Workbook:
    stream.seek(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)


def _inspect(stream: IO[bytes], file: str, limits: Limits) -> bool:
    """Unpack everything once, keeping nothing: how much it is, and that it defines nothing.

    Returns:
        Whether there are formulas whose value was not saved with them.
    """
    try:
        with zipfile.ZipFile(stream) as packed:
            members = packed.infolist()
            if "xl/workbook.xml" not in packed.namelist():
                raise Refusal("roster.not_a_table", file=file)
            if any(member.flag_bits & 1 for member in members):
                raise Refusal("roster.workbook_encrypted", file=file)
            if len(members) > _MEMBERS:
                raise Refusal("roster.zip_too_big", file=file)
            left, unsaved = limits.unpacked, False
            for member in members:
                size, formulas = _unpack(packed, member, left, file)
                left, unsaved = left - size, unsaved or formulas
    except _BROKEN as error:
        raise Refusal("roster.workbook_broken", file=file) from error
    return unsaved


def _unpack(
    packed: zipfile.ZipFile, member: zipfile.ZipInfo, left: int, file: str
) -> tuple[int, bool]:
    size, end, formulas = 0, b"", False
    with packed.open(member) as part:
        while chunk := part.read(_CHUNK):
            size += len(chunk)
            if size > left:
                raise Refusal("roster.zip_too_big", file=file)
            if _is_xml(member.filename) and _ENTITIES.search(end + chunk):
                raise Refusal("roster.entities", file=file)
            formulas = formulas or bool(_UNSAVED.search(end + chunk))
            end = chunk[-_OVERLAP:]
    return size, formulas


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels", ".vml"))


def _cells(
    number: int, values: tuple[object, ...], findings: Findings | None
) -> tuple[Cell, ...]:
    cells = tuple(_cell(value) for value in values)
    if findings is not None and any(isinstance(c, str) and c[:1] == "#" for c in cells):
        for value, cell in zip(values, cells, strict=True):
            if cell in _ERRORS:
                findings.add(number, Message("roster.cell_error", {"value": str(value)}))
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
