"""One hash for everything that makes a page what it is, wherever in the file it stands."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from app.jobs import SILENT, Progress

if TYPE_CHECKING:
    from pikepdf import Page

_AROUND = frozenset({"/Parent", "/P", "/StructParents", "/StructParent"})
_PACKING = frozenset({"/Length", "/Filter", "/DecodeParms"})
_PACKED = (Name.DCTDecode, Name.JPXDecode, Name.CCITTFaxDecode, Name.JBIG2Decode)
_DEEPEST = 40


def digests(pdf: Pdf, progress: Progress = SILENT) -> tuple[str, ...]:
    """The hash of every page, in order."""
    known: dict[tuple[int, int], bytes] = {}
    pages = list(pdf.pages)
    found = []
    for number, page in enumerate(pages, 1):
        found.append(_page(page, known).hex())
        progress.step(number, len(pages))
    return tuple(found)


def _page(page: Page, known: dict[tuple[int, int], bytes]) -> bytes:
    parts = [_of(page.mediabox, known, 0), _of(page.resources, known, 0)]
    parts += [
        _of(page.obj[key], known, 0)
        for key in ("/Contents", "/Annots", "/Rotate")
        if key in page.obj
    ]
    return hashlib.sha256(b"page" + b"".join(parts)).digest()


def _of(value: object, known: dict[tuple[int, int], bytes], deep: int) -> bytes:
    """The hash of a value; of one that stands by itself it is worked out once."""
    if not isinstance(value, Object) or not value.is_indirect:
        return _worked(value, known, deep)
    place = value.objgen
    if place not in known:
        known[place] = b"on the way"
        known[place] = _worked(value, known, deep)
    return known[place]


def _worked(value: object, known: dict[tuple[int, int], bytes], deep: int) -> bytes:
    if deep > _DEEPEST:
        return b"deep"
    if isinstance(value, Stream):
        said = [b"stream", _pairs(value, known, deep, _AROUND | _PACKING), _content(value)]
    elif isinstance(value, Dictionary):
        said = [b"dictionary", _pairs(value, known, deep, _AROUND)]
    elif isinstance(value, Array):
        said = [b"array", *(_of(each, known, deep + 1) for each in value)]
    elif isinstance(value, String):
        said = [b"string", bytes(value)]
    elif isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        said = [b"number", f"{Decimal(value).normalize():f}".encode()]
    else:
        said = [type(value).__name__.encode(), str(value).encode()]
    total = hashlib.sha256()
    for part in said:
        total.update(len(part).to_bytes(8, "big") + part)
    return total.digest()


def _pairs(
    value: Object, known: dict[tuple[int, int], bytes], deep: int, without: frozenset[str]
) -> bytes:
    found = b""
    for key in sorted(set(value.keys()) - without):
        name = key.encode()
        found += len(name).to_bytes(4, "big") + name + _of(value[key], known, deep + 1)
    return hashlib.sha256(found).digest()


def _content(value: Stream) -> bytes:
    """What is in a stream: unpacked, but for pictures, which are as they were packed."""
    packed = value.get("/Filter")
    filters = list(packed) if isinstance(packed, Array) else [packed]
    as_packed = any(each in _PACKED for each in filters)
    content = value.read_raw_bytes() if as_packed else value.read_bytes()
    return hashlib.sha256(content).digest()
