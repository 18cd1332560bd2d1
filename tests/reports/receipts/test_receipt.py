"""A receipt reads from who decided to how to withdraw, however much there is to say."""

from __future__ import annotations

import pytest

from reports.press import PaperPress
from tests.reports.looking import texts
from tests.reports.papers import HEAD, STAMP, receipt_paper, receipt_row


def test_a_receipt_reads_from_top_to_bottom() -> None:
    (text,) = texts(PaperPress().draw(receipt_paper()))
    parts = (
        HEAD.school,
        "Overzicht van uw keuzes",
        "Besluit van Marijke van der Wal",
        "Website · foto ja 1 oktober 2026",
        "Website · film nee 1 oktober 2026",
        "Uw keuze veranderen",
        "privacy@dewalvis.example",
        "Vertrouwelijk, alleen voor",
        f"logboek {STAMP}",
    )
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_a_long_receipt_is_marked_on_every_page() -> None:
    rows = tuple(receipt_row(use=f"Kanaal {number} · foto") for number in range(60))
    found = texts(PaperPress().draw(receipt_paper(rows=rows)))
    assert len(found) > 2
    for number, text in enumerate(found, 1):
        assert "Vertrouwelijk, alleen voor" in text
        assert f"Bladzijde {number} van {len(found)}" in text
    whole = " ".join(found)
    assert all(whole.count(f"Kanaal {number} · foto") == 1 for number in range(60))


@pytest.mark.parametrize(
    "name", ["Ş. Yılmaz", "Łukasz Wójcik-Świątek", "van " * 40 + "Zuidema"]
)
def test_hard_and_long_names_are_set(name: str) -> None:
    paper = receipt_paper(particulars=(("Besluit van", name),), marking=name)
    text = texts(PaperPress().draw(paper))[0]
    assert text.count(name.rsplit(maxsplit=1)[-1]) == 2


def test_a_title_names_nobody() -> None:
    assert PaperPress().draw(receipt_paper()).title == "Overzicht van uw keuzes"
