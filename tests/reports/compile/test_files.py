"""Looking into files that come from anywhere: whatever is wrong is told, never raised."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from app.compile.binding import DAMAGED, LOCKED, PDF, PICTURE, TOO_LARGE, UNKNOWN
from app.compile.papers import FilePage
from reports.compile import files
from reports.compile.files import PageSource, look
from tests.app.compile.situations import pdf_file, picture_file

LETTER = pdf_file("Roos was hier.", "Tweede blad.")


def changed(content: bytes, **how: Any) -> bytes:
    """A document saved in another way."""
    out = BytesIO()
    with pikepdf.open(BytesIO(content)) as pdf:
        pdf.save(out, **how)
    return out.getvalue()


LOCK = pikepdf.Encryption(owner="baas", user="geheim")


def test_the_text_of_every_page_is_read() -> None:
    found = look(LETTER)
    assert (found.kind, found.trouble) == (PDF, "")
    assert [text.strip() for text in found.texts] == ["Roos was hier.", "Tweede blad."]


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP"])
def test_pictures_of_every_kind_are_pages(form: str) -> None:
    content = picture_file(form)
    found = look(content)
    assert (found.kind, found.texts, found.trouble) == (PICTURE, ("",), "")
    source = PageSource(content)
    drawn = source.draw(FilePage(page=0))
    source.close()
    assert drawn.content.startswith(b"\xff\xd8")
    assert (drawn.width, drawn.height) == (400, 300)


def test_a_scan_of_several_pages_is_several_pages() -> None:
    out = BytesIO()
    first, *more = (Image.new("L", (50, 70), shade) for shade in (0, 128, 255))
    first.save(out, "TIFF", save_all=True, append_images=more)
    assert look(out.getvalue()).texts == ("", "", "")
    source = PageSource(out.getvalue())
    drawn = [source.draw(FilePage(page=page)) for page in range(3)]
    source.close()
    assert [zlib.decompress(drawn[page].content)[20] for page in (0, 2)] == [0, 0xFF]
    assert Image.open(BytesIO(drawn[1].content)).getpixel((20, 20)) == 128


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGBA", "CMYK", "I", "F", "I;16"])
def test_pictures_in_every_way_of_counting_colours_can_be_drawn(mode: str) -> None:
    out = BytesIO()
    form = "TIFF" if mode != "PA" else "PNG"
    picture = Image.new("P" if mode == "PA" else mode, (30, 20))
    picture.save(out, form)
    source = PageSource(out.getvalue())
    drawn = source.draw(FilePage(page=0))
    source.close()
    assert drawn.content.startswith(b"\xff\xd8") or zlib.decompress(drawn.content)


def test_what_is_seen_through_is_white() -> None:
    out = BytesIO()
    Image.new("RGBA", (30, 20), (255, 0, 0, 0)).save(out, "PNG")
    source = PageSource(out.getvalue())
    drawn = source.draw(FilePage(page=0))
    source.close()
    assert set(zlib.decompress(drawn.content)) == {0xFF}


def test_a_photo_stands_upright_and_tells_nothing_else() -> None:
    out = BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "Roos op het plein"
    Image.new("RGB", (400, 300), "navy").save(out, "JPEG", exif=exif, comment=b"Roos")
    source = PageSource(out.getvalue())
    drawn = source.draw(FilePage(page=0))
    source.close()
    assert (drawn.width, drawn.height) == (300, 400)
    assert b"Roos" not in drawn.content
    assert b"Exif" not in drawn.content


@pytest.mark.parametrize(
    ("content", "kind", "trouble"),
    [
        (b"", UNKNOWN, ""),
        (b"MZ\x90\x00 program", UNKNOWN, ""),
        (b"%PDF-1.7 niets", PDF, DAMAGED),
        (LETTER[:400], PDF, DAMAGED),
        (changed(LETTER, encryption=LOCK), PDF, LOCKED),
        (picture_file()[:200], PICTURE, DAMAGED),
        (picture_file("JPEG")[:300], PICTURE, DAMAGED),
    ],
    ids=["empty", "program", "no pdf", "cut pdf", "locked", "cut png", "cut jpeg"],
)
def test_what_cannot_be_added_is_told(content: bytes, kind: str, trouble: str) -> None:
    found = look(content)
    assert (found.kind, found.trouble) == (kind, trouble)


def test_a_picture_that_would_fill_the_memory_is_not_opened() -> None:
    huge = bytearray(picture_file())
    huge[16:24] = (60_000).to_bytes(4, "big") * 2
    huge[29:33] = zlib.crc32(huge[12:29]).to_bytes(4, "big")
    assert look(bytes(huge)).trouble == TOO_LARGE


def test_a_document_of_too_many_pages_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_PAGES", 1)
    assert look(LETTER).trouble == TOO_LARGE


def test_what_was_filled_in_and_noted_is_part_of_the_page() -> None:
    with pikepdf.open(BytesIO(LETTER)) as pdf:
        font = pdf.pages[0].obj.Resources.Font["/F1"]
        shown = pdf.make_stream(
            b"BT /F1 12 Tf 5 5 Td (Ingevuld door Roos) Tj ET",
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Form,
            BBox=[0, 0, 200, 20],
            Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font)),
        )
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Stamp,
            Rect=[100, 100, 300, 120],
            F=4,
            AP=pikepdf.Dictionary(N=shown),
        )
        pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(note)])
        out = BytesIO()
        pdf.save(out)
    assert "Ingevuld door Roos" in look(out.getvalue()).texts[0]


@given(st.binary(max_size=300))
def test_no_file_is_too_strange_to_look_at(content: bytes) -> None:
    look(content)
    look(b"%PDF-1.4\n" + content)
    look(b"\x89PNG\r\n\x1a\n" + content)


def scan(words: str, share: float) -> bytes:
    """A page with some words on it, and a picture that takes a share of its height."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    canvas.drawString(72, 800, words)
    picture = ImageReader(BytesIO(picture_file()))
    canvas.drawImage(picture, 0, 0, A4[0], A4[1] * share)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize(("share", "pictured"), [(0.9, {0}), (0.3, {0}), (0.05, set())])
def test_a_page_that_is_mostly_a_picture_is_told(share: float, pictured: set[int]) -> None:
    found = look(scan("Gescand door het kantoor", share))
    assert found.pictured == pictured
    assert "Gescand" in found.texts[0]
