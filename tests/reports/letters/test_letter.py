from __future__ import annotations

import pytest

from app.jobs import CancelledError
from app.letters.blocks import Heading, Paragraph, SignatureBlock, Table
from reports.press import PaperPress
from tests.reports.looking import texts
from tests.reports.papers import HEAD, STAMP, letter_paper, letter_pile


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


def test_letters_in_one_file_speak_each_their_own_language() -> None:
    found = texts(PaperPress().draw(letter_pile()))
    assert ["Bladzijde 1 van 1" in text for text in found] == [True, *[False] * 4]
    assert ["Strona 1 z 1" in text for text in found] == [False, False, True, False, False]
    assert "Page 1 of 1" in found[4]
    assert found[1] == found[3] == ""


def test_making_a_pile_can_be_stopped() -> None:
    with pytest.raises(CancelledError):
        PaperPress().draw(letter_pile(), Stopping(2))


class Stopping:
    """Stops after so many letters."""

    def __init__(self, after: int) -> None:
        self._after = after

    def step(self, done: int, total: int) -> None:
        """Stop when it is enough."""
        assert total == 3
        if done == self._after:
            raise CancelledError
