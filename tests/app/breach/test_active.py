"""What a file can do by itself, whatever it is called."""

from __future__ import annotations

import io
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.breach.active import REFUSED, WARNED, dangers, refused

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
LINK = bytes.fromhex("4c0000000114020000000000c000000000000046")
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)


def pdf(inside: bytes) -> bytes:
    return b"%PDF-1.7\n1 0 obj << " + inside + b" >> endobj\n%%EOF"


def packed_pdf(inside: bytes) -> bytes:
    stream = zlib.compress(b"1 0 << " + inside + b" >>")
    return b"%PDF-1.7\n9 0 obj << /Type /ObjStm >> stream\r\n" + stream + b"\nendstream"


def archive(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        for name in names:
            made.writestr(name, b"x")
    return held.getvalue()


def wide(text: str) -> bytes:
    return text.encode("utf-16-le")


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (PNG, ()),
        (b"\xff\xd8\xff\xe0 JFIF", ()),
        (b"Wat er stond: <3 voor iedereen", ()),
        (pdf(b"/Type /Catalog /OpenAction [3 0 R /Fit]"), ()),
        (b"MZ\x90\x00", ("program",)),
        (b"\x7fELF\x02", ("program",)),
        (b"#!/bin/sh\necho", ("program",)),
        (OLE + bytes.fromhex("84100c0000000000c000000000000046"), ("program",)),
        (LINK, ("shortcut",)),
        (b"[InternetShortcut]\r\nURL=https://", ("shortcut",)),
        (b"\n[desktop entry]\nExec=sh", ("shortcut",)),
        ("[InternetShortcut]".encode("utf-16"), ("shortcut",)),
        (pdf(b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), ("script",)),
        (pdf(b"/S /J#61vaScript"), ("script",)),
        (packed_pdf(b"/S /JavaScript"), ("script",)),
        (pdf(b"/S /Launch /F (cmd.exe)"), ("launches",)),
        (packed_pdf(b"/S /Launch"), ("launches",)),
        (pdf(b"/Names << /EmbeddedFiles 4 0 R >>"), ("embeds",)),
        (pdf(b"/Encrypt 4 0 R"), ("closed",)),
        (b"junk before it\n" + pdf(b"/S /Launch"), ("launches",)),
        (b"<!DOCTYPE html><p>hoi", ("page",)),
        (b"<html><script>1</script>", ("script", "page")),
        (wide("\ufeff<html onload=x>"), ("script", "page")),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><rect/></svg>', ()),
        (b"<?xml version='1.0'?><svg><script>1</script></svg>", ("script",)),
        (b"<svg onload='x()'/>", ("script",)),
        (b"<svg:svg><svg:foreignObject/></svg:svg>", ("script",)),
        (archive("word/document.xml"), ()),
        (archive("word/document.xml", "word/vbaProject.bin"), ("macros",)),
        (archive("xl/workbook.xml", "xl/macrosheets/sheet1.xml"), ("macros",)),
        (archive("word/document.xml", "word/embeddings/oleObject1.bin"), ("embeds",)),
        (archive("content.xml", "Basic/Standard/Module1.xml"), ("macros",)),
        (archive("foto.jpg"), ("closed",)),
        (b"PK\x03\x04 broken", ("closed",)),
        (OLE, ()),
        (OLE + wide("_VBA_PROJECT"), ("macros",)),
        (OLE + wide("\x01Ole10Native"), ("embeds",)),
        (b"{\\rtf1{\\object\\objdata 0105}", ("embeds",)),
        (b"Rar!\x1a\x07\x00", ("closed",)),
    ],
)
def test_a_file_is_judged_by_what_is_in_it(content: bytes, found: tuple[str, ...]) -> None:
    assert dangers(content) == found


def test_programs_and_shortcuts_are_refused_the_rest_is_kept() -> None:
    assert refused(("program",)) == "program"
    assert refused(("script", "page")) == ""
    assert not REFUSED & set(WARNED)


def test_a_pdf_that_unpacks_without_end_is_not_looked_through() -> None:
    stream = zlib.compress(bytes(17 * 1024 * 1024), 9)
    bomb = b"%PDF-1.7\nstream\n" + stream
    assert dangers(bomb) == ("closed",)


@given(st.binary(max_size=2_000))
def test_any_file_is_judged_without_failing(content: bytes) -> None:
    assert set(dangers(content)) <= REFUSED | set(WARNED)
    assert set(dangers(b"%PDF-1.7 stream\n" + content)) <= set(WARNED)
    assert set(dangers(b"PK\x03\x04" + content)) <= set(WARNED)
