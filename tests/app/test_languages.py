"""Texts in several languages at once, and days as Babel writes them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from app.languages import NOTHING, Texts, texts_of, turned
from app.text import PAPER_LANGUAGES, Words

words = st.text(min_size=1, max_size=8)
spoken = st.dictionaries(
    st.sampled_from(PAPER_LANGUAGES),
    st.dictionaries(st.sampled_from(["name", "short", "ground"]), words),
)


@given(spoken)
def test_what_was_said_is_read_back(said: dict[str, dict[str, str]]) -> None:
    texts = texts_of(said)
    kept = {language: held for language, held in said.items() if held}
    assert texts.plain() == kept
    assert Texts(texts.written) == texts
    assert set(texts.all()) == {text for held in kept.values() for text in held.values()}


@given(spoken, st.sampled_from(PAPER_LANGUAGES))
def test_a_language_that_is_silent_borrows_from_the_first_that_speaks(
    said: dict[str, dict[str, str]], language: str
) -> None:
    texts = texts_of(said)
    found = [said[one]["name"] for one in PAPER_LANGUAGES if "name" in said.get(one, {})]
    own = said.get(language, {}).get("name", "")
    assert texts.exactly("name", language) == own
    assert texts.said("name", language) == (own or next(iter(found), ""))
    assert ("name" in texts.missing(("name",), language)) is not bool(own)


@given(spoken)
def test_the_order_of_saying_never_matters(said: dict[str, dict[str, str]]) -> None:
    backwards = {language: said[language] for language in reversed(said)}
    assert texts_of(said) == texts_of(backwards)


def test_an_empty_text_is_taken_away() -> None:
    texts = texts_of({"nl": {"name": "Web", "ground": "les"}})
    assert texts.put("ground", nl="").plain() == {"nl": {"name": "Web"}}
    assert texts.without("name", "ground") == NOTHING == texts_of({})
    assert turned({"name": {"nl": "Web", "pl": ""}}) == texts_of({"nl": {"name": "Web"}})


@pytest.mark.parametrize("language", PAPER_LANGUAGES)
def test_a_day_is_written_as_babel_writes_it(language: str) -> None:
    locale = {"en": "en_GB"}.get(language, language)
    for number in range(366):
        day = date(2028, 1, 1) + timedelta(days=number)
        if language == "fr" and day.day == 1:
            continue  # the first of a month is "1er"; Babel has no word for it
        assert Words(language).long_day(day) == format_date(day, "long", locale=locale)
