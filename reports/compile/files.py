"""Looks into the files of a dossier, and draws their pages anew.

What goes from a page goes from its picture before that is kept: the words are painted over in
the picture's own dots, and the page that comes out has no text, no layers and no data of the
file that it was. Files come from anywhere; whatever is wrong with one is told, never raised.
"""

from __future__ import annotations

import ctypes
import sys
import warnings
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, cast

import pypdfium2
from PIL import (
    Image,
    ImageChops,
    ImageDraw,
    ImageOps,
    ImageSequence,
    UnidentifiedImageError,
)
from pypdfium2 import raw

from app.compile.binding import DAMAGED, LOCKED, PDF, PICTURE, TOO_LARGE, UNKNOWN, FileLook
from app.compile.papers import FilePage
from app.errors import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.compile.papers import Area

Box = tuple[float, float, float, float]

DPI = 150
MOST_PAGES = 1_000
_MOST_DOTS = 12_000_000
_LARGEST_PICTURE = 120_000_000
_QUALITY = 80
_PICTURED = 0.2
_PAD = 2
_GRAY = 16
_DARK, _LIGHT, _SHARP = 48, 232, 0.88
_EFFORT = 6
_POINTS = 72
_SURROGATES = range(0xD800, 0xE000)
_WORST = (OSError, ValueError, SyntaxError, RuntimeError, OverflowError, EOFError)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page as a picture.

    Attributes:
        content: a JPEG file; for a page of text its dots in sixteen grays, packed: a third of
            the size, and no haze around the letters.
        width, height: in dots; gray: it has no colours; text: it is packed.
    """

    content: bytes
    width: int
    height: int
    gray: bool
    text: bool = False


def look(content: bytes) -> FileLook:
    """What is in a file; never fails on what is in it."""
    if b"%PDF-" in content[:1024]:
        return _look_at_pdf(content)
    return _look_at_picture(content)


def picture(content: bytes, page: int) -> bytes:
    """One page as a PNG file, of the very shape in which it is added.

    Raises:
        Trouble: `compile.no_picture`.
    """
    try:
        source = PageSource(content)
        try:
            out = BytesIO()
            source.plain(FilePage(page=page)).save(out, "PNG")
        finally:
            source.close()
    except (*_WORST, IndexError) as error:
        raise Trouble("compile.no_picture") from error
    return out.getvalue()


class PageSource:
    """The pages of one file, drawn one at a time; to be closed."""

    def __init__(self, content: bytes) -> None:
        self._pdf = b"%PDF-" in content[:1024]
        if self._pdf:
            self._document = pypdfium2.PdfDocument(content)
        else:
            self._picture = Image.open(BytesIO(content))

    def draw(self, wanted: FilePage) -> Drawn:
        """One page, without what must go from it."""
        return _kept(self.plain(wanted))

    def plain(self, wanted: FilePage) -> Image.Image:
        """The dots of one page, without what must go from it."""
        if self._pdf:
            return self._draw_pdf(wanted)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self._picture.seek(wanted.page)
            picture = _plain(self._picture)
        picture.thumbnail(_fit(picture.width, picture.height), Image.Resampling.LANCZOS)
        _paint(picture, _areas(picture, wanted.areas))
        return picture

    def close(self) -> None:
        """Let the file go."""
        if self._pdf:
            self._document.close()
        else:
            self._picture.close()

    def _draw_pdf(self, wanted: FilePage) -> Image.Image:
        with _flat_page(self._document, wanted.page) as page:
            width, height = page.get_size()
            scale = min(DPI / _POINTS, (_MOST_DOTS / max(width * height, 1.0)) ** 0.5)
            picture: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
            boxes = _boxes(page, picture.size, wanted.spans)
        _paint(picture, [*boxes, *_areas(picture, wanted.areas)])
        return picture


# -- looking ----------------------------------------------------------------------------------


def _look_at_pdf(content: bytes) -> FileLook:
    try:
        with pypdfium2.PdfDocument(content) as document:
            if len(document) > MOST_PAGES:
                return FileLook(PDF, trouble=TOO_LARGE)
            pages = [_read(document, place) for place in range(len(document))]
    except pypdfium2.PdfiumError as error:
        locked = error.err_code == raw.FPDF_ERR_PASSWORD
        return FileLook(PDF, trouble=LOCKED if locked else DAMAGED)
    if not pages:
        return FileLook(PDF, trouble=DAMAGED)
    pictured = frozenset(place for place, (_, shown) in enumerate(pages) if shown)
    return FileLook(PDF, tuple(text for text, _ in pages), pictured)


def _look_at_picture(content: bytes) -> FileLook:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(content)) as picture:
                return _looked(picture)
    except Image.DecompressionBombError:
        return FileLook(PICTURE, trouble=TOO_LARGE)
    except UnidentifiedImageError:
        return FileLook(UNKNOWN)
    except _WORST:
        return FileLook(PICTURE, trouble=DAMAGED)


def _looked(picture: Image.Image) -> FileLook:
    frames = int(getattr(picture, "n_frames", 1))
    if frames > MOST_PAGES or picture.width * picture.height > _LARGEST_PICTURE:
        return FileLook(PICTURE, trouble=TOO_LARGE)
    pages = frames if picture.format == "TIFF" else 1
    for frame in ImageSequence.Iterator(picture):
        frame.load()
        if frame.tell() + 1 >= pages:
            break
    return FileLook(PICTURE, ("",) * pages)


def _read(document: pypdfium2.PdfDocument, place: int) -> tuple[str, bool]:
    """The text of a page, and whether a good part of it is a picture."""
    with _flat_page(document, place) as page:
        text = page.get_textpage()
        try:
            codes = (
                raw.FPDFText_GetUnicode(text, index) for index in range(text.count_chars())
            )
            return "".join(_character(code) for code in codes), _is_pictured(page)
        finally:
            text.close()


def _is_pictured(page: pypdfium2.PdfPage) -> bool:
    width, height = (float(side) for side in page.get_size())
    covered = 0.0
    for thing in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,)):
        left, bottom, right, top = (float(side) for side in thing.get_bounds())
        covered += max(0.0, right - left) * max(0.0, top - bottom)
    return covered > _PICTURED * width * height


def _character(code: int) -> str:
    """One character for each place of the page, so that places are found again."""
    if code == 0 or code in _SURROGATES or code > sys.maxunicode:
        return " "
    return chr(code)


@contextmanager
def _flat_page(document: pypdfium2.PdfDocument, place: int) -> Iterator[pypdfium2.PdfPage]:
    """A page with its notes and filled-in fields made part of it, as it shows itself."""
    page = document[place]
    if raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS:
        page.close()
        page = document[place]
    try:
        yield page
    finally:
        page.close()


# -- what goes --------------------------------------------------------------------------------


def _boxes(
    page: pypdfium2.PdfPage, size: tuple[int, int], spans: tuple[tuple[int, int], ...]
) -> list[Box]:
    """Where words stand, in dots; the whole page for a word whose place cannot be told."""
    if not spans:
        return []
    text = page.get_textpage()
    try:
        found: list[Box] = []
        for start, end in spans:
            boxes = [_box(page, text, size, index) for index in range(start, end)]
            known = [box for box in boxes if box is not None]
            if not known:
                return [(0.0, 0.0, float(size[0]), float(size[1]))]
            found += _joined(known)
        return found
    finally:
        text.close()


def _box(
    page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, size: tuple[int, int], index: int
) -> Box | None:
    """Where one character stands, its accents and tails included."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    tight = raw.FPDFText_GetCharBox(text, index, left, right, bottom, top)
    loose = raw.FS_RECTF()
    wide = raw.FPDFText_GetLooseCharBox(text, index, loose)
    if not tight and not wide:
        return None
    sides = [(left.value, bottom.value, right.value, top.value)] if tight else []
    if wide:
        sides.append((loose.left, loose.bottom, loose.right, loose.top))
    corners = (
        min(side[0] for side in sides),
        min(side[1] for side in sides),
        max(side[2] for side in sides),
        max(side[3] for side in sides),
    )
    if corners[2] <= corners[0] or corners[3] <= corners[1]:
        return None
    one, other = (
        _in_dots(page, size, corners[0], corners[1]),
        _in_dots(page, size, corners[2], corners[3]),
    )
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[0], other[0]),
        max(one[1], other[1]),
    )


def _in_dots(
    page: pypdfium2.PdfPage, size: tuple[int, int], x: float, y: float
) -> tuple[float, float]:
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page, 0, 0, size[0], size[1], 0, x, y, across, down)
    return across.value, down.value


def _joined(boxes: list[Box]) -> list[Box]:
    """The boxes of one word; those on one line without a gap, so that no shape shows."""
    found = [boxes[0]]
    for box in boxes[1:]:
        last = found[-1]
        same = min(last[3], box[3]) - max(last[1], box[1])
        if same > 0.5 * min(last[3] - last[1], box[3] - box[1]):
            found[-1] = (
                min(last[0], box[0]),
                min(last[1], box[1]),
                max(last[2], box[2]),
                max(last[3], box[3]),
            )
        else:
            found.append(box)
    return found


def _areas(picture: Image.Image, areas: tuple[Area, ...]) -> list[Box]:
    return [
        (
            area.left * picture.width,
            area.top * picture.height,
            area.right * picture.width,
            area.bottom * picture.height,
        )
        for area in areas
    ]


def _paint(picture: Image.Image, boxes: list[Box]) -> None:
    pen = ImageDraw.Draw(picture)
    for left, top, right, bottom in boxes:
        pen.rectangle((left - _PAD, top - _PAD, right + _PAD, bottom + _PAD), fill="black")


# -- what is kept -----------------------------------------------------------------------------


def _plain(picture: Image.Image) -> Image.Image:
    """A picture the right way up, without what lies behind or beside its dots."""
    upright = ImageOps.exif_transpose(picture)
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        over = upright.convert("RGBA")
        white = Image.new("RGBA", over.size, "white")
        return Image.alpha_composite(white, over).convert("RGB")
    if upright.mode.startswith(("I", "F")):
        return _evened(upright).convert("RGB")
    return upright.convert("RGB")


def _evened(picture: Image.Image) -> Image.Image:
    """A picture of more than 256 grays, in 256."""
    fine = picture.convert("F")
    low, high = _extremes(fine)
    span = max(high - low, 1.0)
    return fine.point(lambda dot: (dot - low) * (255 / span)).convert("L")


def _extremes(band: Image.Image) -> tuple[float, float]:
    """The darkest and the lightest dot; a picture of one band gives one pair of numbers."""
    return cast("tuple[float, float]", band.getextrema())


def _fit(width: int, height: int) -> tuple[int, int]:
    """Dots enough for a page at its size: more only make the file large."""
    scale = min(1.0, (_MOST_DOTS / 3 / max(width * height, 1)) ** 0.5)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _kept(picture: Image.Image) -> Drawn:
    red, green, blue = picture.split()
    apart = (ImageChops.difference(red, green), ImageChops.difference(red, blue))
    gray = all(_extremes(band)[1] <= _GRAY for band in apart)
    bare = picture.convert("L") if gray else picture
    if gray and _is_text(bare):
        return _packed(bare)
    bare.info.clear()  # a comment or a profile of the file would ride along
    out = BytesIO()
    bare.save(out, "JPEG", quality=_QUALITY)
    return Drawn(out.getvalue(), picture.width, picture.height, gray)


def _is_text(picture: Image.Image) -> bool:
    """Whether nearly every dot is white or black, as on a page of text."""
    counts = picture.histogram()
    sharp = sum(counts[:_DARK]) + sum(counts[_LIGHT:])
    return sharp > _SHARP * picture.width * picture.height


def _packed(picture: Image.Image) -> Drawn:
    """Two dots in a byte; a row of odd length gets a white dot."""
    wide = picture.width + picture.width % 2
    even = Image.new("L", (wide, picture.height), "white")
    even.paste(picture)
    dots = even.point(lambda dot: dot >> 4).tobytes()
    size = len(dots) // 2
    pairs = int.from_bytes(dots[0::2]) << 4 | int.from_bytes(dots[1::2])
    content = zlib.compress(pairs.to_bytes(size), _EFFORT)
    return Drawn(content, wide, picture.height, gray=True, text=True)
