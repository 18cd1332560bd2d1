"""What a file holds, told from its first bytes and never from its name."""

from __future__ import annotations

import codecs
import re
from enum import StrEnum

from app.errors import Refusal
from app.roster.source.kept_out import shown


class Content(StrEnum):
    """What the first bytes of a file show."""

    EMPTY = "empty"
    XML = "xml"
    ZIP = "zip"
    TEXT = "text"
    PAGE = "page"
    OLD_EXCEL = "old_excel"
    OPEN_DOCUMENT = "open_document"
    PDF = "pdf"
    PACKED = "packed"
    PICTURE = "picture"
    OTHER = "other"


READABLE = (Content.XML, Content.TEXT, Content.ZIP)

_STARTS = (
    (b"PK\x03\x04", Content.ZIP),
    (b"PK\x05\x06", Content.ZIP),
    (b"\xd0\xcf\x11\xe0", Content.OLD_EXCEL),
    (b"%PDF", Content.PDF),
    (b"\x1f\x8b", Content.PACKED),
    (b"7z\xbc\xaf", Content.PACKED),
    (b"Rar!", Content.PACKED),
    (b"\x89PNG", Content.PICTURE),
    (b"\xff\xd8\xff", Content.PICTURE),
    (b"GIF8", Content.PICTURE),
    (b"{\\rtf", Content.OTHER),
    (b"SQLite format", Content.OTHER),
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument"
_LOOK = 256
_PAGE = re.compile(r"\s*<(?:!doctype\s+html|html|head|table|body|meta)\b", re.IGNORECASE)
_MARKUP = re.compile(r"\s*<[?!A-Za-z_]")
_NO_TABLE = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[{\[]|BEGIN:V)")
"""How JSON, address cards and calendars begin."""
_BEGINNINGS = ((_PAGE, Content.PAGE), (_MARKUP, Content.XML), (_NO_TABLE, Content.OTHER))
_NOT_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_FEW, _NOISE = 4, 0.02
_TELLS = {
    Content.EMPTY: "roster.file_empty",
    Content.PAGE: "roster.kind_page",
    Content.OLD_EXCEL: "roster.old_excel",
    Content.OPEN_DOCUMENT: "roster.kind_open_document",
    Content.PDF: "roster.kind_pdf",
    Content.PACKED: "roster.kind_packed",
    Content.PICTURE: "roster.kind_picture",
}


def content_of(start: bytes) -> Content:
    """What a file that starts with these bytes holds."""
    if _OPEN_DOCUMENT in start[:_LOOK]:
        return Content.OPEN_DOCUMENT
    found = next((content for mark, content in _STARTS if start.startswith(mark)), None)
    if found is not None:
        return found
    encoding = encoding_mark(start)
    text = start.decode(encoding or "latin-1", "replace").lstrip("\ufeff")
    if not text.strip():
        return Content.OTHER if start.strip(b"\x00") != start else Content.EMPTY
    beginning = next((content for how, content in _BEGINNINGS if how.match(text)), None)
    if beginning is not None:
        return beginning
    wide = encoding.startswith("utf-16")
    stray = len(_NOT_TEXT.findall(start))  # a few are told with their row and column
    return Content.TEXT if wide or stray <= max(_FEW, len(start) * _NOISE) else Content.OTHER


def encoding_mark(start: bytes) -> str:
    """The encoding that the first bytes show, or ""."""
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return encoding
    return _wide(start[:_LOOK])


def _wide(start: bytes) -> str:
    """UTF-16 without a mark shows in every second byte being zero, and no other."""
    first, second = start[0::2].count(0), start[1::2].count(0)
    half = len(start) // 2
    if half and not first and second * 4 > half * 3:
        return "utf-16-le"
    return "utf-16-be" if half and not second and first * 4 > half * 3 else ""


def not_understood(content: Content, file: str) -> Refusal:
    """Why a file of this content cannot be read, and what to do instead."""
    return Refusal(_TELLS.get(content, "roster.kind_other"), file=shown(file))
