"""Sentences are found with and without a count, and an unknown one shows its id."""

from __future__ import annotations

import pytest

from app.text import Words


@pytest.mark.parametrize(("count", "said"), [(1, "1 rij"), (2, "2 rijen")])
def test_a_count_chooses_the_form(count: int, said: str) -> None:
    assert said in Words("nl")("roster.about_content", title="Groepen", count=count)


def test_a_sentence_of_one_form_may_hold_a_count() -> None:
    assert Words("nl")("cli.import_new", what="leerling", count=2) == "leerling: 2 nieuw"


def test_an_unknown_text_shows_its_id() -> None:
    assert Words("nl")("roster.not_there", count=1) == "roster.not_there"
