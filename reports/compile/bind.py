"""Binds a copy: the pages of the files put in their places, bookmarks, contents, PDF/A.

One file is in memory at a time beside the copy itself. A page of a file is a picture in the
copy, but for a letter that this program issued and from which nothing goes: that is known to
be fit to be kept, and stays text.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from pikepdf import Name, OutlineItem, Pdf

from app.compile.binding import CONTENTS_NAME, Bound, Laid
from app.errors import Refusal
from app.jobs import SILENT, Progress
from app.paper import Attachment
from app.text import Words
from reports.archive import finish, prepare
from reports.compile.digests import digests
from reports.compile.draw import (
    FOOT,
    LEFT,
    ROOM,
    TOP,
    FileSheet,
    Layout,
    layout,
    said,
    skeleton,
)
from reports.compile.files import Drawn, PageSource
from reports.setting import MM

if TYPE_CHECKING:
    from collections.abc import Callable

    from pikepdf import Object, Page

    from app.compile.papers import CompiledPaper

LARGEST = 200 * 1024 * 1024
_MEGABYTE = 1024 * 1024
_HIGH = 297.0
_BLOCK = 0xFFFF


def bind(
    paper: CompiledPaper,
    load: Callable[[str], bytes],
    contents: Callable[[Laid], bytes] | None,
    progress: Progress = SILENT,
) -> Bound:
    """The copy; see `app.compile.binding.Binder`."""
    words = Words(paper.language)
    plan = layout(paper, words)
    with Pdf.open(BytesIO(skeleton(paper, plan, words))) as pdf:
        _place_files(pdf, plan, _Reading(load), progress)
        _mark(pdf, paper, plan, words)
        pages = digests(pdf)
        said = b""
        if contents is None:
            prepare(pdf, paper.title, paper.language)
        else:
            starts = {piece.id: plan.starts[piece.number] for piece in paper.pieces}
            said = contents(Laid(pages, starts))
            _let_ride(pdf, paper, said, words)
        content = finish(pdf)
    if len(content) > LARGEST:
        raise Refusal("compile.too_large", most=LARGEST // _MEGABYTE)
    return Bound(content, len(pages), said)


def exchange(content: bytes, before: bytes, after: bytes) -> bytes | None:
    """The copy with other contents in the place of those that ride along."""
    old, new = stored(before), stored(after)
    if len(old) != len(new) or content.count(old) != 1:
        return None
    return content.replace(old, new)


def stored(content: bytes) -> bytes:
    """Bytes in the form that a PDF file unpacks, packed by nobody: the same everywhere."""
    out = bytearray(b"\x78\x01")
    places = range(0, max(len(content), 1), _BLOCK)
    for place in places:
        part = content[place : place + _BLOCK]
        size = len(part)
        out += bytes((int(place == places[-1]),))
        out += size.to_bytes(2, "little") + (size ^ _BLOCK).to_bytes(2, "little") + part
    return bytes(out + zlib.adler32(content).to_bytes(4, "big"))


# -- the pages of the files -------------------------------------------------------------------


@dataclass(slots=True)
class _Reading:
    """The file that is being put in place."""

    load: Callable[[str], bytes]
    key: str = ""
    content: bytes = b""
    size: int = 0

    def take(self, key: str) -> bytes:
        """The content of a file; the one before it is let go."""
        if key != self.key:
            self.content = b""
            self.content, self.key = self.load(key), key
        return self.content


def _place_files(pdf: Pdf, plan: Layout, reading: _Reading, progress: Progress) -> None:
    whole = len(plan.sheets)
    source: PageSource | None = None
    try:
        for number, sheet in enumerate(plan.sheets):
            if isinstance(sheet, FileSheet):
                if sheet.wanted is sheet.file.pages[0]:
                    source = _next(source, reading, sheet)
                _place(pdf, number, sheet, source, reading)
            progress.step(number + 1, whole)
    finally:
        if source is not None:
            source.close()


def _next(source: PageSource | None, reading: _Reading, sheet: FileSheet) -> PageSource | None:
    if source is not None:
        source.close()
    content = reading.take(sheet.file.key)
    return None if _stays(sheet) else PageSource(content)


def _stays(sheet: FileSheet) -> bool:
    """Whether a file's pages can be taken over as they are: the program made it."""
    file = sheet.file
    return file.as_it_is and not any(page.spans or page.areas for page in file.pages)


def _place(
    pdf: Pdf, number: int, sheet: FileSheet, source: PageSource | None, reading: _Reading
) -> None:
    page = pdf.pages[number]
    if source is None:
        with Pdf.open(BytesIO(reading.content)) as letter:
            inner = letter.pages[sheet.wanted.page]
            box = [float(side) for side in inner.mediabox]
            wide, high = _fitted(box[2] - box[0], box[3] - box[1])
            form = pdf.copy_foreign(inner.as_form_xobject())
            _put(page, form, _corners(wide, high), (box[2] - box[0], box[3] - box[1]))
        return
    drawn = source.draw(sheet.wanted)
    reading.size += len(drawn.content)
    if reading.size > LARGEST:
        raise Refusal("compile.too_large", most=LARGEST // _MEGABYTE)
    _put(page, _picture(pdf, drawn), _corners(*_fitted(drawn.width, drawn.height)), (1.0, 1.0))


def _put(
    page: Page,
    thing: Object,
    place: tuple[float, float, float, float],
    size: tuple[float, float],
) -> None:
    """Put a thing of a size, in its own measure, into a place on a page."""
    name = page.add_resource(thing, Name.XObject, Name.Sheet)
    left, low, right, up = place
    across, down = (right - left) / size[0], (up - low) / size[1]
    matrix = f"{across:.5f} 0 0 {down:.5f} {left:.3f} {low:.3f} cm"
    page.contents_add(f"q {matrix} {name} Do Q".encode())


def _picture(pdf: Pdf, drawn: Drawn) -> Object:
    return pdf.make_stream(
        drawn.content,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=drawn.width,
        Height=drawn.height,
        ColorSpace=Name.DeviceGray if drawn.gray else Name.DeviceRGB,
        BitsPerComponent=4 if drawn.text else 8,
        Filter=Name.FlateDecode if drawn.text else Name.DCTDecode,
    )


def _fitted(width: float, height: float) -> tuple[float, float]:
    """How wide and high a page or picture stands, in millimetres; never larger than it is."""
    scale = min(ROOM / width, (FOOT - TOP) / height, 1 / MM)
    return width * scale, height * scale


def _corners(wide: float, high: float) -> tuple[float, float, float, float]:
    """A rectangle at the top of the room, in points from the left bottom corner."""
    left = LEFT + (ROOM - wide) / 2
    return left * MM, (_HIGH - TOP - high) * MM, (left + wide) * MM, (_HIGH - TOP) * MM


# -- bookmarks and contents -------------------------------------------------------------------


def _mark(pdf: Pdf, paper: CompiledPaper, plan: Layout, words: Words) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(OutlineItem(words("paper.compiled_cover"), 0))
        outline.root.append(OutlineItem(words("paper.compiled_contents"), plan.cover))
        for piece in paper.pieces:
            title = words(
                "paper.compiled_heading", number=piece.number, heading=said(piece.heading)
            )
            page = plan.starts[piece.number] - 1
            outline.root.append(OutlineItem(f"{title} ({piece.day})", page))
    pdf.Root.PageMode = Name.UseOutlines


def _let_ride(pdf: Pdf, paper: CompiledPaper, said: bytes, words: Words) -> None:
    one = Attachment(
        name=CONTENTS_NAME,
        about=words("paper.compiled_data"),
        mime="application/json",
        content=said,
        made_at=paper.made_at,
    )
    prepare(pdf, paper.title, paper.language, (one,))
    for file in pdf.Root.AF:
        file.EF.F.write(stored(said), filter=Name.FlateDecode)
