"""What a file can do by itself, judged by what is in it and never by its name.

Programs and shortcuts are refused: a report needs what is to be seen, and a picture of the
screen shows it. Documents that can do something when they are opened are kept exactly as they
came, because evidence is not altered, with a warning; this program never opens them.

Sources: magic numbers of the formats as listed by the file(1) project; PDF names that start
actions as in ISO 32000-2, 12.6; OOXML parts as in ECMA-376; the structure of .lnk files as in
MS-SHLLINK 2.1. Checked 2026-11-23.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

PROGRAM = "program"
SHORTCUT = "shortcut"
REFUSED = frozenset({PROGRAM, SHORTCUT})
"""What is refused; everything else is kept with a warning."""

SCRIPT = "script"
LAUNCHES = "launches"
MACROS = "macros"
EMBEDS = "embeds"
PAGE = "page"
CLOSED = "closed"
WARNED = (SCRIPT, LAUNCHES, MACROS, EMBEDS, PAGE, CLOSED)
"""What a file is kept with: a script in it, something it starts, macros, files within, a web
page, something closed that could not be looked into."""

_PROGRAMS = (
    *(b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"dex\n", b"\x00asm"),
    *(b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe"),
    *(b"!<arch>\n", b"\xed\xab\xee\xdb"),
)
_LINK = b"\x4c\x00\x00\x00\x01\x14\x02\x00"
_SHORTCUTS = re.compile(rb"^\s*\[(InternetShortcut|Desktop Entry)\]", re.IGNORECASE)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_INSTALLER = b"\x84\x10\x0c\x00\x00\x00\x00\x00\xc0\x00\x00\x00\x00\x00\x00\x46"
_OTHER_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")
_HEAD = 64 * 1024
_MOST_INFLATED = 16 * 1024 * 1024
_PAGE = re.compile(
    rb"<\s*(!doctype\s+html|html|script|iframe|body|hta:application)", re.IGNORECASE
)
_SVG = re.compile(rb"<\s*([a-z]+:)?svg[\s>]", re.IGNORECASE)
_ACTIVE_MARKUP = re.compile(
    rb"<\s*([a-z]+:)?(script|foreignobject|iframe|embed|object)|\son[a-z]+\s*=|javascript:",
    re.IGNORECASE,
)
# An action at opening is no danger in itself; what it can start stands under its own name.
_PDF_NAME = re.compile(rb"/([^\s()<>\[\]{}/%]+)")
_PDF_HEX = re.compile(rb"#([0-9a-fA-F]{2})")
_PDF_STREAM = re.compile(rb"stream\r?\n")
_PDF_ACTS = {
    b"JavaScript": SCRIPT,
    b"JS": SCRIPT,
    b"Launch": LAUNCHES,
    b"SubmitForm": LAUNCHES,
    b"ImportData": LAUNCHES,
    b"RichMedia": EMBEDS,
    b"EmbeddedFile": EMBEDS,
    b"EmbeddedFiles": EMBEDS,
    b"XFA": SCRIPT,
    b"Encrypt": CLOSED,
}
_OFFICE = ("word/", "xl/", "ppt/", "visio/")
_MACRO_PARTS = ("vbaproject.bin", "macrosheets/", "dialogsheets/", "basic/", "scripts/")
_EMBED_PARTS = ("/embeddings/", "/activex/", "oleobject", "externallink", "object ")


def dangers(content: bytes) -> tuple[str, ...]:
    """Keys of what a file can do by itself, in the order of `REFUSED`, then `WARNED`."""
    if _is_program(content):
        return (PROGRAM,)
    if content.startswith(_LINK) or _SHORTCUTS.match(_plain(content[:_HEAD])):
        return (SHORTCUT,)
    found = _of_format(content)
    return tuple(key for key in WARNED if key in found)


def refused(keys: tuple[str, ...]) -> str:
    """The key for which a file is not taken, or ""."""
    return next((key for key in keys if key in REFUSED), "")


def _is_program(content: bytes) -> bool:
    if content.startswith(_PROGRAMS):
        return True
    return content.startswith(_OLE) and _INSTALLER in content[: 4 * _HEAD]


def _of_format(content: bytes) -> set[str]:
    if b"%PDF-" in content[:1024]:
        return _in_pdf(content)
    if content.startswith(b"PK\x03\x04"):
        return _in_zip(content)
    if content.startswith(_OLE):
        return _in_ole(content)
    if content.lstrip()[:5] == b"{\\rtf":
        return {EMBEDS} if re.search(rb"\\obj(data|ect)", content, re.IGNORECASE) else set()
    if content.startswith(_OTHER_ARCHIVES):
        return {CLOSED}
    return _in_markup(content)


def _in_pdf(content: bytes) -> set[str]:
    """The names in a PDF that start something, written plainly, in hexadecimal or packed."""
    found = _pdf_names(content)
    left = _MOST_INFLATED
    for start in _PDF_STREAM.finditer(content):
        inflated = _inflated(content[start.end() :], left)
        left -= len(inflated)
        found |= _pdf_names(inflated)
        if left <= 0:
            return found | {CLOSED}  # more than can be looked into: nothing is promised
    return found


def _pdf_names(content: bytes) -> set[str]:
    names = (_PDF_HEX.sub(_unhex, name) for name in _PDF_NAME.findall(content))
    return {_PDF_ACTS[name] for name in names if name in _PDF_ACTS}


def _unhex(found: re.Match[bytes]) -> bytes:
    return bytes((int(found[1], 16),))


def _inflated(content: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(content, most)
    except zlib.error:
        return b""


def _in_zip(content: bytes) -> set[str]:
    """What an Office document or another archive holds, by the names of its parts."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [name.lower() for name in archive.namelist()]
    except (zipfile.BadZipFile, ValueError, OSError):
        return {CLOSED}
    office = any(name.startswith(_OFFICE) for name in names) or "content.xml" in names
    found = set() if office else {CLOSED}
    if any(part in name for name in names for part in _MACRO_PARTS):
        found.add(MACROS)
    if any(part in name for name in names for part in _EMBED_PARTS):
        found.add(EMBEDS)
    return found


def _in_ole(content: bytes) -> set[str]:
    """Macros and embedded things in an old Office document; names stand in UTF-16."""
    macros = ("_VBA_PROJECT", "Macros", "VBA")
    embeds = ("\x01Ole10Native", "ObjectPool")
    found = set()
    if any(name.encode("utf-16-le") in content for name in macros):
        found.add(MACROS)
    if any(name.encode("utf-16-le") in content for name in embeds):
        found.add(EMBEDS)
    return found


def _in_markup(content: bytes) -> set[str]:
    plain = _plain(content[:_HEAD])
    if _SVG.search(plain):
        return {SCRIPT} if _ACTIVE_MARKUP.search(_plain(content)) else set()
    if not _PAGE.search(plain):
        return set()
    return {PAGE, SCRIPT} if _ACTIVE_MARKUP.search(_plain(content)) else {PAGE}


def _plain(content: bytes) -> bytes:
    """Text in one byte per character, whatever Unicode form it is written in."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.replace(b"\x00", b"")[2:]
    return content.removeprefix(b"\xef\xbb\xbf")
