"""Binding copies: fit to be kept, bookmarks, pages of files, and what goes is really gone."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
import pikepdf
import pytest

from app.compile.papers import Area, FilePage
from app.errors import Refusal
from app.jobs import CancelledError
from app.paper import Pdf
from reports.compile import bind as binding
from reports.compile.bind import bind, exchange, stored
from reports.compile.digests import digests
from reports.compile.files import look
from reports.press import PaperPress
from tests.app.compile.situations import pdf_file, picture_file
from tests.reports.compile.papers import contents, file_of, paper, piece
from tests.reports.looking import gray, texts
from tests.reports.papers import letter_paper

if TYPE_CHECKING:
    from app.compile.binding import Bound, Laid
    from app.compile.papers import CompiledPaper

TWO = pdf_file("Roos was hier.", "Niets bijzonders.")
LETTER = PaperPress().draw(letter_paper()).content
FILES = {
    "two": TWO,
    "picture": picture_file(),
    "photo": picture_file("JPEG", (3000, 2000)),
    "letter": LETTER,
}


def bound(wanted: CompiledPaper) -> Bound:
    """The copy."""
    return bind(wanted, FILES.__getitem__, contents)


def as_pdf(made: Bound) -> Pdf:
    """The copy, to be looked at."""
    return Pdf(made.content, made.pages, "")


EVERYTHING = paper(
    piece(1),
    piece(2, file=file_of("two", 2)),
    piece(3, file=file_of("picture"), said="Bekijk het beeld."),
    piece(4, file=file_of("photo")),
    piece(5, file=file_of("letter", as_it_is=True)),
)


@pytest.mark.parametrize("rides", [True, False])
def test_a_copy_may_be_kept_for_ever(rides: bool) -> None:
    pdfa = pytest.importorskip("pikepdf.pdfa", exc_type=ImportError)
    made = bind(EVERYTHING, FILES.__getitem__, contents if rides else None)
    report = pdfa.validate_written(BytesIO(made.content), "3b" if rides else "2b")
    assert report.passed, report.findings


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert bound(EVERYTHING) == bound(EVERYTHING)


def test_every_page_is_numbered_and_carries_the_stamp() -> None:
    made = bound(EVERYTHING)
    pages = texts(as_pdf(made))
    for number, text in enumerate(pages, 1):
        assert f"Bladzijde {number} van {made.pages}" in text
        assert "7F3A-91C2-0B" in text


def first(item: pikepdf.OutlineItem) -> pikepdf.Object:
    """The page to which a bookmark leads."""
    assert isinstance(item.destination, pikepdf.Array)
    return item.destination[0]


def test_contents_and_bookmarks_lead_to_the_page_where_a_piece_begins() -> None:
    made = bound(EVERYTHING)
    pages = texts(as_pdf(made))
    with pikepdf.open(BytesIO(made.content)) as pdf, pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
        leads = [pdf.pages.index(pikepdf.Page(first(item))) for item in outline.root]
    assert titles[:2] == ["Voorblad", "Inhoud"]
    for number, page in enumerate(leads[2:], 1):
        assert f"{number}. Gesprek: op het plein" in pages[page]
    listed = "\n".join(pages[1 : leads[2]])
    assert all(f"op het plein {page + 1}" in listed for page in leads[2:])


def test_pieces_without_files_stand_below_one_another() -> None:
    assert bound(paper(piece(1), piece(2), piece(3))).pages == 3


def test_a_page_of_a_file_has_no_text_of_the_file() -> None:
    pages = texts(as_pdf(bound(paper(piece(1, file=file_of("two", 2))))))
    assert "Roos was hier" not in " ".join(pages)
    assert "blad 2 van 2" in pages[-1]


def test_a_letter_of_the_program_stays_text() -> None:
    whole = file_of("letter", as_it_is=True)
    pages = texts(as_pdf(bound(paper(piece(1, file=whole)))))
    assert "De Walvis" in pages[-1]
    without = file_of("letter", as_it_is=True, pages=(FilePage(page=0, spans=((0, 5),)),))
    pages = texts(as_pdf(bound(paper(piece(1, file=without)))))
    assert "Varend Onderwijs" not in pages[-1]


def seen(made: Bound) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    """The last page, as dots."""
    return gray(as_pdf(made), made.pages - 1, 100)


def test_the_place_of_a_word_that_must_go_is_redrawn() -> None:
    text = look(TWO).texts[0]
    start = text.index("Roos")
    whole = file_of("two", pages=(FilePage(page=0),))
    without = file_of("two", pages=(FilePage(page=0, spans=((start, start + 4),)),))
    before, after = (seen(bound(paper(piece(1, file=each)))) for each in (whole, without))
    changed = np.argwhere(np.abs(before.astype(int) - after.astype(int)) > 40)
    top, left = changed.min(axis=0)
    bottom, right = changed.max(axis=0)
    inside = after[top + 3 : bottom - 2, left + 3 : right - 2]
    assert inside.size > 100
    assert inside.max() < 30  # one black place: no shape of a letter shows
    beside = (slice(top, bottom), slice(right + 6, right + 120))
    assert (before[beside] == after[beside]).mean() > 0.97


def test_a_word_on_a_page_that_lies_on_its_side_is_found_and_redrawn() -> None:
    with pikepdf.open(BytesIO(TWO)) as pdf:
        pdf.pages[0].rotate(90, relative=True)
        out = BytesIO()
        pdf.save(out)
    files = {"turned": out.getvalue()}
    start = look(files["turned"]).texts[0].index("Roos")
    spans = ((start, start + 4),)
    made = [
        bind(
            paper(piece(1, file=file_of("turned", pages=(FilePage(page=0, spans=each),)))),
            files.__getitem__,
            None,
        )
        for each in ((), spans)
    ]
    before, after = (seen(each) for each in made)
    changed = np.argwhere(np.abs(before.astype(int) - after.astype(int)) > 40)
    (top, left), (bottom, right) = changed.min(axis=0), changed.max(axis=0)
    assert after[top + 3 : bottom - 2, left + 3 : right - 2].max() < 30
    assert before[top:bottom, left:right].min() < 120  # there stood the word


def test_an_area_of_a_picture_goes() -> None:
    area = Area(0.25, 0.25, 0.75, 0.75)
    wanted = file_of("picture", pages=(FilePage(page=0, areas=(area,)),))
    before = seen(bound(paper(piece(1, file=file_of("picture")))))
    after = seen(bound(paper(piece(1, file=wanted))))
    assert (after < 20).sum() > (before < 20).sum() + 5_000


def test_words_whose_place_cannot_be_told_take_the_page_with_them() -> None:
    wanted = file_of("two", pages=(FilePage(page=0, spans=((9_000, 9_004),)),))
    made = bound(paper(piece(1, file=wanted)))
    assert (seen(made) < 20).mean() > 0.5


def test_the_pages_are_as_they_were_hashed() -> None:
    made = bound(EVERYTHING)
    laid: list[tuple[str, ...]] = []

    def keep(where: Laid) -> bytes:
        laid.append(where.pages)
        return b"{}"

    again = bind(EVERYTHING, FILES.__getitem__, keep)
    with pikepdf.open(BytesIO(again.content)) as pdf:
        assert digests(pdf) == laid[0]
    assert len(set(laid[0])) == made.pages


def test_other_contents_of_the_same_length_take_their_place() -> None:
    made = bound(paper())
    other = made.contents.replace(b"pages", b"PAGES")
    content = exchange(made.content, made.contents, other)
    assert content is not None
    with pikepdf.open(BytesIO(content)) as pdf:
        assert pdf.attachments["inhoud.json"].get_file().read_bytes() == other
    assert exchange(made.content, b"something else", b"something else") is None
    assert exchange(made.content, made.contents, b"longer than before") is None


@pytest.mark.parametrize("size", [0, 1, 0xFFFF, 0x10000, 200_001])
def test_contents_are_unpacked_by_every_reader(size: int) -> None:
    import zlib

    said = bytes(range(256)) * (size // 256 + 1)
    assert zlib.decompress(stored(said[:size])) == said[:size]


def test_what_the_fonts_cannot_set_is_written_as_its_code() -> None:
    text = " ".join(texts(as_pdf(bound(paper(piece(1, text="Leuk \U0001f600 hoor"))))))
    assert "Leuk [U+1F600] hoor" in text


def test_markup_is_only_text() -> None:
    text = " ".join(texts(as_pdf(bound(paper(piece(1, heading="<b>vet</b> & <a href=x>"))))))
    assert "<b>vet</b> & <a href=x>" in text


def test_who_stops_it_has_nothing() -> None:
    class Impatient:
        def step(self, done: int, total: int) -> None:
            if done > 3:
                raise CancelledError

    with pytest.raises(CancelledError):
        bind(EVERYTHING, FILES.__getitem__, contents, Impatient())


def test_a_copy_that_becomes_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binding, "LARGEST", 10_000)
    with pytest.raises(Refusal, match=r"compile\.too_large"):
        bound(EVERYTHING)


def test_one_file_is_asked_for_at_a_time() -> None:
    asked: list[str] = []

    def load(key: str) -> bytes:
        asked.append(key)
        return FILES[key]

    bind(EVERYTHING, load, contents)
    assert asked == ["two", "picture", "photo", "letter"]
