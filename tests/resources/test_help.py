"""Help pages: the same topics in both languages, short, and with the words of the glossary."""

import io
import re
from functools import cache
from itertools import product
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import resources

TOPICS = [topic for topic, _ in resources.help_topics("nl")]
PAGES = list(product(resources.LANGUAGES, TOPICS))
GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"


@pytest.mark.parametrize(("language", "topic"), PAGES)
def test_a_page_has_a_title_and_is_short(language: str, topic: str) -> None:
    page = resources.help_page(language, topic)
    assert page.startswith("# ")
    most = 1200 if topic == "glossary" else 600  # a list to look things up in may be longer
    assert len(page.split()) < most


@pytest.mark.parametrize(("language", "topic"), PAGES)
def test_a_page_stays_calm(language: str, topic: str) -> None:
    page = resources.help_page(language, topic)
    assert "!" not in page
    assert "http" not in page
    if language == "nl":
        assert {"je", "jij", "jouw", "u", "uw"}.isdisjoint(re.findall(r"\w+", page.lower()))


@pytest.mark.parametrize("topic", TOPICS)
def test_both_languages_have_the_same_headings(topic: str) -> None:
    levels = [
        re.findall(r"^(#+) ", resources.help_page(language, topic), re.MULTILINE)
        for language in resources.LANGUAGES
    ]
    assert levels[0] == levels[1]


def test_every_page_is_in_the_order() -> None:
    folder = Path(resources.__file__).parent / "help"
    for language in resources.LANGUAGES:
        assert {path.stem for path in (folder / language).glob("*.md")} == set(TOPICS)


def test_titles_are_what_the_page_begins_with() -> None:
    assert resources.help_topics("nl")[0] == ("start", "Beginnen")
    assert resources.help_topics("en")[0] == ("start", "Getting started")


@pytest.mark.parametrize("language", resources.LANGUAGES)
def test_the_help_has_the_words_of_the_glossary(language: str) -> None:
    text = GLOSSARY.read_text("utf-8").partition("## ")[0]
    rows = [line.strip("| ").split(" | ") for line in text.split("\n") if line.startswith("| ")]
    column = {"nl": 1, "en": 2}[language]
    listed = re.findall(r"\*\*(.+?)\*\*", resources.help_page(language, "glossary"))
    assert sorted(row[column] for row in rows[1:]) == sorted(listed)


def test_idle_minutes_in_the_help_are_those_of_the_roles() -> None:
    minutes = [str(row["lock_minutes"]) for row in resources.roles()]
    for language in resources.LANGUAGES:
        page = resources.help_page(language, "signin").split("F12")[1]
        assert re.findall(r"\d+", page) == minutes


_NAMED = {
    "nl": r"(?:[Kk]iest?(?: dan)?|op|[Oo]pen(?: de)?|[Oo]nder|knop|[Bb]ij|dan) \*\*(.+?)\*\*",
    "en": r"(?:[Cc]hooses?|press(?:es)?|[Oo]pen(?: the)?|[Uu]nder|[Ii]n|then|on) \*\*(.+?)\*\*",
}


@pytest.mark.parametrize(("language", "topic"), PAGES)
def test_what_is_to_be_pressed_is_called_so_on_screen(language: str, topic: str) -> None:
    named = re.findall(_NAMED[language], resources.help_page(language, topic))
    assert [each for each in named if _bare(each) not in _on_screen(language)] == []


@cache
def _on_screen(language: str) -> frozenset[str]:
    said = [title for _, title in resources.help_topics(language)]
    for room in resources.catalogue_rooms(language):
        for message in read_po(io.BytesIO(_source(language, room))):
            forms = message.string
            said += [forms] if isinstance(forms, str) else forms or ()
    return frozenset(map(_bare, said))


def _source(language: str, room: str) -> bytes:
    return (Path(resources.__file__).parent / "locale" / language / f"{room}.po").read_bytes()


def _bare(text: str) -> str:
    return re.sub(r"\W+\Z", "", text.partition("{")[0])
