"""Tables as a file for a spreadsheet: text stays text, days are days, and nothing computes.

A workbook is written here and not by a package, which would put its sheets unencrypted into the
folder for temporary files first.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias
from xml.sax.saxutils import escape

from app.roster.sending.package import MAIN, XML, frame
from app.roster.source.guarding import guard
from app.roster.source.layout import letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

Value: TypeAlias = str | date | int | None

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FIRST_SERIAL = date(1899, 12, 30)
_TRUE_SERIALS = date(1900, 3, 1)  # workbooks believe in 29 February 1900
_LONGEST_TITLE = 31
_NOT_IN_TITLE = re.compile(r"[\[\]:*?/\\']")
_LONGEST_HEADER = 250
_NARROW, _WIDE = 10, 40
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


class Format(StrEnum):
    """The kinds of files that are written."""

    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: a title, headers, and rows with a value for every header.

    A `str` is text, also when it looks like a number; only `int` is a number.
    """

    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class Marking:
    """What an exported workbook says of itself.

    Attributes:
        text: one line for every printed page ("Confidential · …").
        title: name of the sheet that explains it; `lines` is what stands there.
        made_at: when, for the properties of the file.
    """

    text: str
    title: str
    lines: tuple[str, ...]
    made_at: datetime


def to_csv(sheet: Sheet) -> bytes:
    """A table as Dutch spreadsheets open it: semicolons, UTF-8 with mark, all in quotes."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([guard(header) for header in sheet.headers])
    for row in sheet.rows:
        writer.writerow([_written(value) for value in row])
    return out.getvalue().encode("utf-8-sig", "replace")


def to_xlsx(sheets: Sequence[Sheet], marking: Marking) -> bytes:
    """Tables as a workbook, with a last sheet that says what it is and for whom."""
    explained = Sheet(marking.title, (marking.text,), tuple((line,) for line in marking.lines))
    every = [*sheets, explained]
    titles = _titles(every)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in frame(titles, _text(marking.text), marking.made_at):
            packed.writestr(_member(name), XML + part)
        for number, sheet in enumerate(every, start=1):
            with packed.open(_member(f"xl/worksheets/sheet{number}.xml"), "w") as file:
                for piece in _sheet(sheet, marking):
                    file.write(piece.encode("utf-8"))
    return out.getvalue()


def _written(value: Value) -> str:
    if isinstance(value, str):
        return guard(value)
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    return "" if value is None else str(value)


def _member(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _ZIP_TIME)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _titles(sheets: Iterable[Sheet]) -> list[str]:
    """Titles as a workbook allows them, each different."""
    found: list[str] = []
    for sheet in sheets:
        plain = _text(_NOT_IN_TITLE.sub(" ", sheet.title)).strip()[:_LONGEST_TITLE] or "1"
        taken = {title.casefold() for title in found}
        count, title = 2, plain
        while title.casefold() in taken:
            title = f"{plain[: _LONGEST_TITLE - 5]} ({count})"
            count += 1
        found.append(title)
    return found


def _text(value: str) -> str:
    return _NOT_XML.sub("", value)


def _sheet(sheet: Sheet, marking: Marking) -> Iterator[str]:
    """The parts of one sheet, row by row."""
    width, last = len(sheet.headers), len(sheet.rows) + 1
    columns = [letters(place) for place in range(width)]
    yield XML
    yield f'<worksheet xmlns="{MAIN}"><dimension ref="A1:{columns[-1]}{last}"/>'
    yield '<sheetViews><sheetView workbookViewId="0">'
    yield '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    yield "</sheetView></sheetViews><cols>"
    for place, header in enumerate(sheet.headers, start=1):
        wide = min(max(len(header) + 3, _NARROW), _WIDE)
        yield f'<col min="{place}" max="{place}" width="{wide}" customWidth="1"/>'
    yield "</cols><sheetData>"
    yield _row(1, columns, sheet.headers, style=1)
    for number, row in enumerate(sheet.rows, start=2):
        yield _row(number, columns, row)
    yield f'</sheetData><autoFilter ref="A1:{columns[-1]}{last}"/>'
    # An ampersand begins a code in a header.
    text = _text(marking.text).replace("&", "&&")[:_LONGEST_HEADER]
    yield '<pageSetup paperSize="9" orientation="landscape"/><headerFooter>'
    yield f"<oddHeader>{escape('&C' + text)}</oddHeader>"
    yield f"<oddFooter>{escape('&C&P / &N')}</oddFooter></headerFooter></worksheet>"


def _row(number: int, columns: list[str], values: Sequence[Value], style: int = 2) -> str:
    cells = [
        _cell(f"{letter}{number}", value, style)
        for letter, value in zip(columns, values, strict=True)
        if value is not None and value != ""
    ]
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(at: str, value: Value, style: int) -> str:
    if isinstance(value, date) and value >= _TRUE_SERIALS:
        return f'<c r="{at}" s="3"><v>{(value - _FIRST_SERIAL).days}</v></c>'
    if isinstance(value, int):
        return f'<c r="{at}" s="4"><v>{value}</v></c>'
    text = escape(_text(_written_day(value) if isinstance(value, date) else str(value)))
    return (
        f'<c r="{at}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    )


def _written_day(day: date) -> str:
    return f"{day.day:02}-{day.month:02}-{day.year:04}"
