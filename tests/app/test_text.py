"""Sentences are found with and without a count, and an unknown one shows its id."""

from __future__ import annotations

from datetime import date

import pytest

from app.text import Words


@pytest.mark.parametrize(("count", "said"), [(1, "1 rij"), (2, "2 rijen")])
def test_a_count_chooses_the_form(count: int, said: str) -> None:
    assert said in Words("nl")("roster.about_content", title="Groepen", count=count)


def test_a_sentence_of_one_form_may_hold_a_count() -> None:
    assert Words("nl")("cli.import_new", what="leerling", count=2) == "leerling: 2 nieuw"


def test_an_unknown_text_shows_its_id() -> None:
    assert Words("nl")("roster.not_there", count=1) == "roster.not_there"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl", "1 maart 2026"),
        ("en", "1 March 2026"),
        ("de", "1. März 2026"),
        ("fr", "1er mars 2026"),
        ("pl", "1 marca 2026"),
    ],
)
def test_a_day_is_written_out_in_every_language_of_paper(language: str, said: str) -> None:
    assert Words(language).long_day(date(2026, 3, 1)) == said


def test_what_a_language_of_paper_lacks_is_said_in_dutch() -> None:
    assert Words("fr")("paper.page", page=1, pages=2) == "Page 1 sur 2"
    assert Words("fr")("cli.import_new", what="élève", count=2) == "élève: 2 nieuw"
