from __future__ import annotations

from app.letters.blocks import Heading, Paragraph, SignatureBlock, Table
from reports.press import PaperPress
from tests.reports.looking import texts
from tests.reports.papers import HEAD, STAMP, letter_paper


def test_a_letter_reads_from_sender_to_signature() -> None:
    (text,) = texts(PaperPress().draw(letter_paper()))
    parts = (
        HEAD.school,
        "J. de Boer",
        "Datum Dordrecht, 22 november 2026",
        "Kenmerk 2026-0012",
        "Waarschuwing over het gebruik",
        "Beste J. de Boer,",
        "Er is een foto gedeeld.",
        "Artikel 3.2",
        "Wat Wanneer Waar",
        "A. de Wit",
        "directeur",
        f"logboek {STAMP}",
        "Bladzijde 1 van 1",
    )
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_a_letter_with_particulars_of_its_own_gets_no_others() -> None:
    blocks = (
        Table((("Datum", "22 november 2026"), ("Kenmerk", "2026-0012"))),
        Paragraph("Tekst"),
    )
    (text,) = texts(PaperPress().draw(letter_paper(blocks=blocks)))
    assert text.count("Kenmerk") == 1
    assert "Waarschuwing" not in text


def test_a_long_letter_numbers_its_pages_and_repeats_the_reference() -> None:
    blocks = (
        *(Paragraph("Een zin die telkens terugkomt. " * 12) for _ in range(20)),
        Heading("Slot"),
        SignatureBlock("A. de Wit"),
    )
    found = texts(PaperPress().draw(letter_paper(blocks=blocks)))
    assert len(found) > 2
    for number, text in enumerate(found, 1):
        assert f"Bladzijde {number} van {len(found)}" in text
        assert "2026-0012" in text


def test_a_letter_without_particulars_is_still_a_letter() -> None:
    paper = letter_paper(reference="", date_line="", subject="", stamp="", addressee=())
    pdf = PaperPress().draw(paper)
    assert pdf.title == "Brief"
    assert "Kenmerk" not in texts(pdf)[0]
