from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest

from app.errors import Refusal
from app.jobs import CancelledError
from app.letters.blocks import Paragraph
from reports.press import PaperPress
from tests.reports.looking import texts
from tests.reports.papers import (
    access_paper,
    consent_form,
    consent_forms,
    letter_paper,
    letter_pile,
    receipt_paper,
    recovery_paper,
)

PAPERS = {
    "form": consent_forms(),
    "large": consent_forms(large=True),
    "english": consent_forms(language="en", window="din_b"),
    "letter": letter_paper(),
    "pile": letter_pile(),
    "receipt": receipt_paper(),
    "recovery": recovery_paper(),
    "access": access_paper(),
}
every_paper = pytest.mark.parametrize("name", PAPERS)
HARD_NAMES = (
    "Zoë",
    "Ş. Yılmaz",
    "Łukasz Wójcik-Świątek",
    "Đặng",
    "Ærø",
    "\u0418\u0432\u0430\u043d",
    "\u0395\u03bb\u03b1",
)


@every_paper
def test_the_same_paper_gives_the_same_bytes(name: str) -> None:
    first = PaperPress().draw(PAPERS[name])
    PaperPress().draw(letter_paper(subject="Iets heel anders: ÆŒ"))
    assert PaperPress().draw(PAPERS[name]) == first


@every_paper
def test_the_document_may_be_kept_for_ever(name: str) -> None:
    pdfa = pytest.importorskip("pikepdf.pdfa", exc_type=ImportError)
    level = "3b" if getattr(PAPERS[name], "attached", ()) else "2b"
    report = pdfa.validate_written(BytesIO(PaperPress().draw(PAPERS[name]).content), level)
    assert report.passed, report.findings


@every_paper
def test_every_font_is_embedded(name: str) -> None:
    with pikepdf.open(BytesIO(PaperPress().draw(PAPERS[name]).content)) as pdf:
        fonts = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary)]
        fonts = [o for o in fonts if o.get("/Type") == "/Font"]
        assert fonts
        assert all("NotoSans" in str(font.BaseFont) for font in fonts)
        assert all("/FontFile2" in font.FontDescriptor for font in fonts)


@every_paper
def test_title_and_language_are_told_without_names(name: str) -> None:
    paper = PAPERS[name]
    pdf = PaperPress().draw(paper)
    with pikepdf.open(BytesIO(pdf.content)) as document:
        assert document.Root.Lang == paper.language
        assert document.docinfo.Title == pdf.title
        assert len(document.pages) == pdf.pages
    assert not any(part in pdf.title for part in ("Wal", "Boer", "Wit", "Łukasz"))


@pytest.mark.parametrize("name", HARD_NAMES)
def test_hard_names_are_printed_as_they_are_written(name: str) -> None:
    pdf = PaperPress().draw(consent_forms(consent_form(pupil=name, guardian=name)))
    assert all(name in text for text in texts(pdf))


@pytest.mark.parametrize(
    "evil", ["<b>x</b>", "&amp;", "{pupil}", "%s", "<img src='/etc/x'/>", "\\n"]
)
def test_markup_in_a_name_is_printed_as_text(evil: str) -> None:
    paper = letter_paper(blocks=(Paragraph(evil),), subject=evil, addressee=(evil,))
    assert "".join(texts(PaperPress().draw(paper))).count(evil) == 3
    form = consent_form(pupil=evil, guardian=evil, pupil_details=evil, group=evil)
    assert all(evil in text for text in texts(PaperPress().draw(consent_forms(form))))


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("\u0627\u0644", "U+0627"),
        ("Kim\U0001f600", "U+1F600"),
        ("a\x00b", "U+0000"),
        ("\u674e", "U+674E"),
    ],
)
def test_what_cannot_be_set_is_refused_by_name(word: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        PaperPress().draw(consent_forms(consent_form(pupil=f"Jan {word} de Boer")))
    assert refused.value.message.id == "paper.glyph"
    assert refused.value.message.values["word"] == word
    assert refused.value.message.values["code"] == code
    assert refused.value.field == "pupil"


def test_decomposed_accents_are_no_reason_to_refuse() -> None:
    pdf = PaperPress().draw(access_paper(user="Zoe\u0308"))
    assert "Zoë" in texts(pdf)[0]


def test_forms_tell_their_progress() -> None:
    seen: list[tuple[int, int]] = []

    class Steps:
        def step(self, done: int, total: int) -> None:
            seen.append((done, total))

    PaperPress().draw(consent_forms(consent_form(1), consent_form(2)), Steps())
    assert seen == [(1, 2), (2, 2)]


def test_forms_can_be_stopped() -> None:
    class Stop:
        def step(self, done: int, total: int) -> None:
            raise CancelledError

    with pytest.raises(CancelledError):
        PaperPress().draw(consent_forms(), Stop())
