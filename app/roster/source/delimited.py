"""Text with separators: in which characters and with which separator it is written."""

from __future__ import annotations

import codecs
import csv
import io
import re
from itertools import islice
from typing import IO, TYPE_CHECKING

from app.errors import Message, Refusal
from app.roster.source import characters
from app.roster.source.guarding import unguard
from app.roster.source.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.roster.source.findings import Findings
    from app.roster.source.layout import Limits, RawRow

SEPARATORS = (";", ",", "\t", "|")

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FOREIGN = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf", b"\x1f\x8b", b"Rar!", b"7z\xbc")
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_MARKUP = re.compile(r"\s*<(?:\?xml|!doctype|html|[a-z]+[ >])", re.IGNORECASE)
_CHOSEN = re.compile(r'"?sep=(.)"?\s*\Z', re.IGNORECASE | re.DOTALL)
_LINE_END = re.compile(r"(?<=\n)|(?<=\r)(?!\n)")
_LOOK = 4096
_CHUNK = 1 << 17
_SAMPLE_ROWS = 40
_TELLING = 2000
"""So many lines show in which characters all are written."""
_WIDE = 0.3
_FEW, _NOISE = 4, 0.02
_REPLACED = "\N{REPLACEMENT CHARACTER}"
_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


class Delimited:
    """The rows of a text with separators.

    Raises:
        Refusal: `roster.not_a_table`, `roster.old_excel`, `roster.encoding_unknown`,
            `roster.separator_unknown`.
    """

    strict = True
    sheets: tuple[str, ...] = ()

    def __init__(self, stream: IO[bytes], file: str, layout: Layout, limits: Limits) -> None:
        self._stream = stream
        self._file = file
        self._limits = limits
        self._odd = False
        encoding = _encoding(stream, file, layout.encoding)
        self.layout = Layout(encoding=encoding)
        chosen = self._first_line()
        if layout.separator and layout.separator not in SEPARATORS:
            raise Refusal("roster.separator_unknown", field="separator")
        self._skip = chosen is not None
        separator = layout.separator or chosen or self._best()
        self.layout = Layout(separator, encoding)

    @property
    def size(self) -> int:
        """How many lines there are; a row with line breaks in it counts more than once."""
        self._stream.seek(0)
        return sum(
            chunk.count(b"\n") for chunk in iter(lambda: self._stream.read(1 << 20), b"")
        )

    def raw(self, findings: Findings) -> Iterator[RawRow]:
        """All rows from the first.

        Raises:
            Refusal: `roster.cell_endless` when a field does not end.
        """
        lines = _Lines(self._lines())
        if self._skip:
            next(lines, None)
        reader = csv.reader(lines, delimiter=self.layout.separator)
        number = 0
        try:
            for cells in reader:
                number += 1
                if self._odd:
                    findings.add(number, Message("roster.mixed_encodings"))
                    self._odd = False
                every = "".join(cells)
                if _REPLACED in every:
                    findings.add(number, Message("roster.unreadable_characters"))
                plain = map(str.strip, cells)
                yield number, tuple(map(unguard, plain) if "'" in every else plain)
                lines.forget()
        except csv.Error as error:
            column = _column(lines.seen, self.layout.separator)
            raise Refusal(
                "roster.cell_endless", file=self._file, row=number + 1, column=column
            ) from error

    def _first_line(self) -> str | None:
        """The separator that the first line names, as some spreadsheets write it."""
        for line in self._lines():
            found = _CHOSEN.match(line)
            if found is None and _MARKUP.match(line):
                raise Refusal("roster.not_a_table", file=self._file)
            return found.group(1) if found and found.group(1) in SEPARATORS else None
        return None

    def _best(self) -> str:
        """The separator that parts the first rows into the most columns, most evenly."""
        sample = list(islice(self._lines(), _SAMPLE_ROWS))
        return max(SEPARATORS, key=lambda separator: _score(sample, separator))

    def _lines(self) -> Iterator[str]:
        self._stream.seek(0)
        if self.layout.encoding == "mixed":
            yield from self._each_by_itself()
            return
        decoder = codecs.getincrementaldecoder(self.layout.encoding)("replace")
        whole = io.IncrementalNewlineDecoder(decoder, translate=False)
        rest = ""
        mark = _MARK  # some systems write it twice, and the decoder takes one
        while chunk := self._stream.read(_CHUNK):
            *lines, rest = _LINE_END.split(rest + whole.decode(chunk).lstrip(mark))
            mark = ""
            yield from lines
            if len(rest) > _CHUNK:  # no line is that long; the reader will say so
                yield rest
                rest = ""
        yield from filter(None, _LINE_END.split(rest + whole.decode(b"", final=True)))

    def _each_by_itself(self) -> Iterator[str]:
        """Lines in UTF-8 where they can be, and in the old Windows characters where not."""
        for line in self._stream:
            try:
                text = line.decode("utf-8")
            except UnicodeDecodeError:
                text = line.decode("cp1252", "replace")
                self._odd = True
            yield from filter(None, _LINE_END.split(text))


class _Lines:
    """Lines on their way into a row; remembers those of the row that is being read."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self.seen: list[str] = []

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.seen.append(line)
        return line

    def forget(self) -> None:
        self.seen.clear()


def _encoding(stream: IO[bytes], file: str, chosen: str) -> str:
    start = stream.read(_LOOK)
    if start.startswith(_OLD_EXCEL):
        raise Refusal("roster.old_excel", file=file)
    if start.startswith(_FOREIGN):
        raise Refusal("roster.not_a_table", file=file)
    found = next((name for mark, name in _MARKS if start.startswith(mark)), "")
    if found:
        return found
    wide = _wide(start)
    if wide:
        return wide
    if start.count(b"\x00") > max(_FEW, len(start) * _NOISE):
        raise Refusal("roster.not_a_table", file=file)
    if chosen:
        return _known(chosen)
    return _by_lines(stream)


def _known(name: str) -> str:
    if name == "mixed" or name in characters.OTHERS:
        return name
    try:
        codec = codecs.lookup(name)
    except (LookupError, ValueError) as error:
        raise Refusal("roster.encoding_unknown", field="encoding") from error
    if codec.name not in {"utf-8", "utf-8-sig", "cp1252", "iso8859-1", "iso8859-15"}:
        raise Refusal("roster.encoding_unknown", field="encoding")
    return codec.name


def _wide(start: bytes) -> str:
    """UTF-16 without a mark shows in every second byte being zero."""
    half = len(start) // 2
    if half and start[1::2].count(0) > half * _WIDE > start[0::2].count(0):
        return "utf-16-le"
    if half and start[0::2].count(0) > half * _WIDE > start[1::2].count(0):
        return "utf-16-be"
    return ""


def _by_lines(stream: IO[bytes]) -> str:
    """UTF-8 when every line is; an older set of characters when none is that has accents."""
    stream.seek(0)
    modern = 0
    former: list[bytes] = []
    for line in stream:
        if line.isascii():
            continue
        try:
            line.decode("utf-8")
            modern += 1
        except UnicodeDecodeError:
            former += [line[:_CHUNK]] if len(former) < _TELLING else []
    if not former:
        return "utf-8"
    return "mixed" if modern else characters.likely(former)


def _score(sample: list[str], separator: str) -> float:
    try:
        rows = [row for row in csv.reader(sample, delimiter=separator) if any(row)]
    except csv.Error:
        return 0
    if not rows:
        return 0
    width = max(len(row) for row in rows[:3])
    if width == 1:
        return 0
    return width * sum(len(row) == width for row in rows) / len(rows)


def _column(lines: list[str], separator: str) -> int:
    """The column of the longest field, counted without regard to quotation marks."""
    parts = "".join(lines).split(separator)
    return max(range(len(parts)), key=lambda place: len(parts[place])) + 1
