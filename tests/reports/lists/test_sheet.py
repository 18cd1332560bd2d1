"""The paper itself: every name, every half by itself, nothing across the fold, no colour."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from app.lists.papers import ListCell, ListColumn, ListPaper, ListRow
from reports.press import PaperPress
from tests.reports.looking import gray, texts

if TYPE_CHECKING:
    from app.paper import Pdf

NAMES = (
    "Oleksandr-Maximilian van der Wouwenberg-Hagenaars",
    "Zoë van der Wal",
    "Aleksandra Wiśniewska-Kowalczyk",
    "Tygo in 't Veld",
    "Bo Ng",
)
CELLS = (
    ListCell(word="yes"),
    ListCell(word="no"),
    ListCell(word="yes_if", note="geen naam erbij, alleen in een groep"),
    ListCell(word="ask"),
)
CHANNELS = ("Website (openbaar)", "Besloten oudergedeelte", "Facebook", "WhatsApp-groep")
DPI = 100
WORDS = {"nl": ("MAG", "MAG NIET", "VRAAG NA"), "en": ("MAY", "MAY NOT", "ASK FIRST")}


def paper(rows: int, columns: int = 1, language: str = "nl", shift: int = 0) -> ListPaper:
    return ListPaper(
        language=language,
        school="Bootschool De Meerpaal",
        groups="Zeester",
        number="4KX7N-92MQ3",
        register="0123456789abcdef",
        holder="H. Vermeer",
        printed_on="23 november 2026",
        valid_until="29 november 2026",
        stamp="12 · 7F3A-91C2-0B",
        columns=tuple(ListColumn(channel=name, medium="Foto") for name in CHANNELS[:columns]),
        rows=tuple(
            ListRow(
                name=f"{NAMES[row % len(NAMES)]} {row}",
                place="Zeester" if columns > 1 else "",
                cells=tuple(CELLS[(row + c + shift) % len(CELLS)] for c in range(columns)),
            )
            for row in range(rows)
        ),
        least=3,
    )


def drawn(rows: int, columns: int = 1, language: str = "nl") -> Pdf:
    return PaperPress().draw(paper(rows, columns, language))


@pytest.mark.parametrize("columns", [1, 2, 3, 4])
@pytest.mark.parametrize("rows", [1, 8, 30, 61])
def test_every_name_and_every_answer_is_on_the_paper(rows: int, columns: int) -> None:
    wanted = paper(rows, columns)
    text = " ".join(texts(PaperPress().draw(wanted))).replace("- ", "-")
    assert all(row.name in text for row in wanted.rows)
    said = [cell.word for row in wanted.rows for cell in row.cells]
    assert text.count("MAG NIET") == said.count("no")
    assert text.count("MAG, mits") == said.count("yes_if")
    assert text.count("VRAAG NA") == said.count("ask") + len(texts(PaperPress().draw(wanted)))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_it_speaks_the_language_asked_for(language: str) -> None:
    text = " ".join(texts(drawn(8, 1, language)))
    assert all(word in text for word in WORDS[language])


def test_a_group_of_thirty_is_one_sheet_of_paper() -> None:
    assert drawn(30).pages == 2


def test_each_half_says_which_list_it_is_and_until_when() -> None:
    for page in texts(drawn(30)):
        assert page.count("29 november 2026") == 2
        assert page.count("4KX7N-92MQ3") == 2


@pytest.mark.parametrize("columns", [1, 4])
def test_nothing_crosses_the_fold(columns: int) -> None:
    pdf = drawn(40, columns)
    for page in range(pdf.pages):
        picture = gray(pdf, page, DPI)
        per_mm = DPI / 25.4
        band = picture[round(143.5 * per_mm) : round(153.5 * per_mm)]
        assert band[:, round(12 * per_mm) : round(198 * per_mm)].min() == 255


def test_it_needs_no_colour() -> None:
    pdf = drawn(8)
    picture = gray(pdf, 0, DPI)
    assert (picture < 40).mean() > 0.02


def test_no_two_answers_look_alike_without_their_words() -> None:
    """The shapes alone, in grey: a circle, a black field, a diamond."""
    per_mm = DPI / 25.4
    looks = []
    for shift in (0, 1, 3):
        picture = gray(PaperPress().draw(paper(1, 1, shift=shift)), 0, DPI)
        box = picture[
            round(54 * per_mm) : round(64 * per_mm), round(105 * per_mm) : round(113 * per_mm)
        ]
        looks.append(box.astype(int))
    for one, other in ((0, 1), (0, 2), (1, 2)):
        assert np.abs(looks[one] - looks[other]).mean() > 15


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert drawn(12, 2).content == drawn(12, 2).content


def test_a_very_long_channel_is_not_cut_off() -> None:
    name = "Persbezoek van de regionale omroep bij de opening van het schip"
    column = ListColumn(channel=name, medium="Film")
    pdf = PaperPress().draw(replace(paper(2, 4), columns=(column,) * 4))
    assert texts(pdf)[0].count("schip") == 4
