"""Persons out of an XML file, one after another, in little memory whatever the file holds.

Document type declarations, entities and anything outside the file are refused. Namespaces do
not count, nor does the order of fields; what is not asked for is passed over.
"""

from __future__ import annotations

import codecs
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias
from xml.etree.ElementTree import ParseError
from xml.parsers import expat

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from app.errors import Message, Refusal
from app.roster.source.files import CHUNK
from app.roster.source.kept_out import shown
from app.roster.source.limits import Limit, limit
from app.roster.source.sniff import encoding_mark

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from app.jobs import Progress
    from app.roster.source.files import Member
    from app.roster.source.findings import Findings

_Expat: TypeAlias = Any  # the types of the package leave its parser out

_CUT_OFF = {
    expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS],
    expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN],
    expat.errors.codes[expat.errors.XML_ERROR_PARTIAL_CHAR],
    expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION],
}
_PASSED_OVER = frozenset({"toevoegingen", "toevoeging"})
_LOOK = 4096
_HEAD_STARTS = 12
_NONE: Mapping[str, str] = MappingProxyType({})


class Element:
    """One person, group or the like, with everything below it that is not passed over.

    Attributes:
        name: without namespace, in small letters.
        line: where it starts.
        attributes: by name, likewise.
        children: in the order of the file.
    """

    __slots__ = ("attributes", "children", "length", "line", "name", "parts")

    def __init__(self, name: str, line: int, attributes: Mapping[str, str]) -> None:
        self.name = name
        self.line = line
        self.attributes = attributes
        self.children: list[Element] = []
        self.parts: list[str] = []
        self.length = 0

    @property
    def text(self) -> str:
        """What stands between the tags of this very element."""
        return "".join(self.parts)


class _Collector:
    """Builds the elements that are asked for and forgets all others."""

    def __init__(self, file: str, wanted: frozenset[str], parser: _Expat) -> None:
        self.done: list[Element] = []
        self.names: list[str] = []
        self.moved = 0
        self._file = file
        self._wanted = wanted
        self._parser = parser
        self._open: list[Element] = []
        self._depth = 0
        self._skipped = 0
        self._inside = 0
        self._local: dict[str, str] = {}
        self._deepest = limit(Limit.DEPTH)
        self._longest = limit(Limit.FIELD)
        self._most = limit(Limit.ELEMENTS)
        self._held = 0
        self._largest = limit(Limit.PERSON)

    def start(self, tag: str, flat: list[str]) -> None:
        self.moved += 1
        self._depth += 1
        name = self._local.get(tag) or self._named(tag)
        if len(self.names) < _HEAD_STARTS:
            self.names.append(name)
        if self._depth > self._deepest:
            raise self._refusal("roster.xml_deep", name, self._deepest)
        if self._skipped:
            return
        if name in _PASSED_OVER:
            self._skipped = self._depth
        elif self._open or name in self._wanted:
            self._begin(name, flat)

    def _begin(self, name: str, flat: list[str]) -> None:
        attributes = self._attributes(name, flat) if flat else _NONE
        element = Element(name, self._parser.CurrentLineNumber, attributes)
        self._inside += 1
        if self._inside > self._most:
            raise self._refusal("roster.xml_large", name, self._most)
        if self._open:
            self._open[-1].children.append(element)
        self._open.append(element)

    def _attributes(self, name: str, flat: list[str]) -> dict[str, str]:
        pairs = zip(flat[::2], flat[1::2], strict=True)
        found = {self._local.get(key) or self._named(key): text for key, text in pairs}
        if any(len(text) > self._longest for text in found.values()):
            raise self._refusal("roster.field_endless", name, self._longest)
        self._hold(name, sum(map(len, flat)))
        return found

    def end(self, _tag: str) -> None:
        self.moved += 1
        self._depth -= 1
        if self._skipped:
            if self._depth < self._skipped:
                self._skipped = 0
            return
        if self._open:
            element = self._open.pop()
            if not self._open:
                self._inside = self._held = 0
                self.done.append(element)

    def data(self, text: str) -> None:
        self.moved += 1
        if not self._open or self._skipped:
            return
        element = self._open[-1]
        element.length += len(text)
        if element.length > self._longest:
            raise self._refusal("roster.field_endless", element.name, self._longest)
        self._hold(element.name, len(text))
        element.parts.append(text)

    def _hold(self, name: str, characters: int) -> None:
        self._held += characters
        if self._held > self._largest:
            raise self._refusal("roster.person_endless", name, self._largest)

    def _named(self, tag: str) -> str:
        name = tag.rpartition("}")[2].casefold()
        if len(self._local) < self._most:
            self._local[tag] = name
        return name

    def _refusal(self, text_id: str, name: str, most: int) -> Refusal:
        row = self._parser.CurrentLineNumber
        return Refusal(text_id, file=self._file, row=row, column=shown(name), limit=most)


def first_names(member: Member) -> tuple[str, ...]:
    """Names of the first elements of an XML file, the root before all.

    Raises:
        Refusal: it is no XML, cut off, or declares entities.
    """
    feed: _Feed | None = None
    with member.open() as stream:
        while chunk := stream.read(CHUNK):
            feed = feed or _Feed(member, frozenset(), encoding_of(chunk))
            try:
                feed.give(chunk)
            except Refusal:
                if not feed.collector.names:
                    raise
            if feed.collector.names:
                return tuple(feed.collector.names)
    raise Refusal("roster.xml_cut_off", file=member.name, row=1, column=1)


def elements(
    member: Member, wanted: frozenset[str], findings: Findings, progress: Progress
) -> Iterator[Element]:
    """The elements of these names that do not stand in one another, as soon as each ends.

    Raises:
        Refusal: the file is cut off, not XML, too deep, too large in one field, or declares
            entities; the sentence names the line.
    """
    encoding, line = _encoding(member)
    if line:
        findings.add(line, Message("roster.xml_not_utf8"))
    feed = _Feed(member, wanted, encoding)
    done = 0
    with member.open() as stream:
        while chunk := stream.read(CHUNK):
            feed.give(chunk)
            yield from feed.taken()
            done += len(chunk)
            progress.step(done, member.size)
    feed.finish()
    yield from feed.taken()


class _Feed:
    """Gives the bytes to the parser and turns its complaints into refusals."""

    def __init__(self, member: Member, wanted: frozenset[str], encoding: str) -> None:
        self._file = member.name
        self._stuck = 0
        self._parser = XMLParser(encoding=encoding or None, forbid_dtd=True)
        inner: _Expat = self._parser.parser
        self._inner = inner
        self.collector = _Collector(member.name, wanted, inner)
        inner.StartElementHandler = self.collector.start
        inner.EndElementHandler = self.collector.end
        inner.CharacterDataHandler = self.collector.data

    def give(self, chunk: bytes) -> None:
        before = self.collector.moved
        self._guarded(chunk)
        self._stuck = self._stuck + len(chunk) if self.collector.moved == before else 0
        if self._stuck > limit(Limit.MARKUP):
            raise self._refusal("roster.markup_endless")

    def finish(self) -> None:
        self._guarded(None)

    def taken(self) -> list[Element]:
        found = self.collector.done
        self.collector.done = []
        return found

    def _guarded(self, chunk: bytes | None) -> None:
        try:
            self._inner.Parse(chunk or b"", chunk is None)
        except DefusedXmlException:
            raise self._refusal("roster.entities") from None  # it repeats what was declared
        except (expat.ExpatError, ParseError) as error:
            cut = getattr(error, "code", 0) in _CUT_OFF and chunk is None
            raise self._refusal("roster.xml_cut_off" if cut else "roster.xml_broken") from None
        except (LookupError, ValueError):
            raise self._refusal("roster.xml_encoding") from None  # it holds what was read

    def _refusal(self, text_id: str) -> Refusal:
        row, column = self._inner.CurrentLineNumber, self._inner.CurrentColumnNumber + 1
        return Refusal(text_id, file=self._file, row=row, column=column)


def encoding_of(start: bytes) -> str:
    """The encoding that the first bytes show, against what the file declares, or ""."""
    found = encoding_mark(start)
    if found.startswith("utf-16"):
        marked = start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        return "utf-16" if marked else found.replace("utf-16-", "utf-16")
    declares_wide = b"utf-16" in start.partition(b"?>")[0].lower()
    return "utf-8" if declares_wide else found  # a text saved anew keeps its declaration


def _encoding(member: Member) -> tuple[str, int]:
    """The encoding to read in, and the first line that is not in the one it should be in.

    A file without another declaration is UTF-8; one that is not after all is read in the old
    Windows characters, in which every byte means something.
    """
    with member.open() as stream:
        start = stream.read(_LOOK)
        found = encoding_of(start)
        if found.startswith("utf-16") or (not found and _declares_other(start)):
            return found, 0
        stream.seek(0)
        line = _first_not_utf8(iter(lambda: stream.read(CHUNK), b""))
    return ("cp1252", line) if line else (found, 0)


def _declares_other(start: bytes) -> bool:
    head = start.partition(b"?>")[0].lower()
    return b"encoding" in head and b"utf-8" not in head and b"utf8" not in head


def _first_not_utf8(chunks: Iterator[bytes]) -> int:
    decoder = codecs.getincrementaldecoder("utf-8")()
    line = 1
    for chunk in chunks:
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError as error:
            return line + error.object[: error.start].count(b"\n")
        line += chunk.count(b"\n")
    return 0
