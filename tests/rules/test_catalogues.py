"""Every sentence exists in both languages, with the same values, and is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.rules.sentences import (
    LANGUAGES,
    Sentence,
    beginnings,
    catalogue,
    literals,
    prefixes,
    uses,
)
from tests.rules.tree import ROOT, plant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
PLURAL = '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'


def unlike(root: Path) -> list[str]:
    """Where the two languages differ in more than words."""
    first, second = (catalogue(root, language) for language in LANGUAGES)
    alone = [f"{key} is in one language only" for key in sorted(first.keys() ^ second.keys())]
    values = [
        f"{key} has other values in the other language"
        for key in sorted(first.keys() & second.keys())
        if first[key].values != second[key].values
    ]
    return alone + values


def ill_formed(root: Path) -> list[str]:
    """Sentences that are not fit to be shown."""
    return [
        f"{language} {sentence.id} {fault}"
        for language in LANGUAGES
        for sentence in catalogue(root, language).values()
        for fault in faults(sentence)
    ]


def faults(sentence: Sentence) -> Iterator[str]:
    if not sentence.id.startswith(f"{sentence.room}."):
        yield "stands in the catalogue of another room"
    if sentence.fuzzy:
        yield "is marked as doubtful"
    if not sentence.forms or not all(form.strip() for form in sentence.forms):
        yield "is empty"
    if any("!" in form for form in sentence.forms):
        yield "calls out"
    if not all(name.isidentifier() for name in sentence.values):
        yield "has a value without a plain name"


def unknown(root: Path) -> list[str]:
    """Calls for a text that does not exist, or that leave a value of it out."""
    sentences = catalogue(root, "nl")
    found = []
    for use in uses(root):
        if use.id not in sentences:
            found.append(f"{use.where} asks for {use.id}, which does not exist")
        elif use.values is not None and (lacking := sentences[use.id].values - use.values):
            found.append(f"{use.where} leaves {sorted(lacking)} of {use.id} out")
    return found


def unused(root: Path, agreed: dict[str, str]) -> list[str]:
    """Texts that nothing asks for."""
    known = literals(root)
    return sorted(
        key
        for key in catalogue(root, "nl")
        if key not in known and not key.startswith(tuple(agreed))
    )


def put_together(root: Path) -> set[str]:
    """Beginnings in the code that belong to a room's texts and are longer than the room."""
    rooms = {sentence.room for sentence in catalogue(root, "nl").values()}
    return {
        text for text in beginnings(root) if text.partition(".")[0] in rooms and "." in text
    }


def test_both_languages_say_the_same() -> None:
    assert unlike(ROOT) == []


def test_every_sentence_is_fit_to_be_shown() -> None:
    assert ill_formed(ROOT) == []


def test_every_text_that_is_asked_for_exists() -> None:
    assert unknown(ROOT) == []


def test_every_text_is_used() -> None:
    found = unused(ROOT, prefixes())
    hint = sorted(put_together(ROOT) - prefixes().keys())
    assert found == [], f"perhaps tests/rules/prefixes.toml lacks one of {hint}"


def test_every_agreed_prefix_is_still_in_the_code() -> None:
    assert sorted(prefixes().keys() - beginnings(ROOT)) == []


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A house with one text in both languages and code that says it."""
    for language in LANGUAGES:
        entry = f'{HEAD}\nmsgid "consent.given"\nmsgstr "{language} {{name}}"\n'
        plant(tmp_path, f"resources/locale/{language}/consent.po", entry)
    plant(tmp_path, "app/consent/said.py", 'raise Refusal("consent.given", name=1)\n')
    return tmp_path


def add(house: Path, language: str, entry: str, room: str = "consent") -> None:
    path = house / "resources" / "locale" / language / f"{room}.po"
    old = path.read_text("utf-8") if path.exists() else HEAD
    plant(house, f"resources/locale/{language}/{room}.po", f"{old}\n{entry}\n")


def test_a_sound_house_has_no_faults(house: Path) -> None:
    assert unlike(house) + ill_formed(house) + unknown(house) + unused(house, {}) == []


def test_a_missing_translation_is_found(house: Path) -> None:
    add(house, "nl", 'msgid "consent.more"\nmsgstr "meer"')
    assert unlike(house) == ["consent.more is in one language only"]


def test_other_values_are_found(house: Path) -> None:
    add(house, "nl", 'msgid "consent.more"\nmsgstr "meer {one}"')
    add(house, "en", 'msgid "consent.more"\nmsgstr "more {two}"')
    assert unlike(house) == ["consent.more has other values in the other language"]


def test_a_plural_may_leave_its_count_out_of_one_form(house: Path) -> None:
    for language in LANGUAGES:
        forms = 'msgstr[0] "one"\nmsgstr[1] "{count}"'
        entry = f'{HEAD}{PLURAL}\nmsgid "people.n"\nmsgid_plural "people.n"\n{forms}\n'
        plant(house, f"resources/locale/{language}/people.po", entry)
    assert unlike(house) + ill_formed(house) == []


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ('msgid "people.name"\nmsgstr "naam"', "stands in the catalogue of another room"),
        ('#, fuzzy\nmsgid "consent.more"\nmsgstr "meer"', "is marked as doubtful"),
        ('msgid "consent.more"\nmsgstr ""', "is empty"),
        ('msgid "consent.more"\nmsgstr "Let op!"', "calls out"),
        ('msgid "consent.more"\nmsgstr "{0} meer"', "has a value without a plain name"),
    ],
)
def test_an_unfit_sentence_is_found(house: Path, entry: str, fault: str) -> None:
    add(house, "nl", entry)
    assert [text for text in ill_formed(house) if text.endswith(fault)]


def test_a_text_that_stands_twice_is_found(house: Path) -> None:
    add(house, "nl", 'msgid "consent.given"\nmsgstr "nog eens"', room="people")
    with pytest.raises(ValueError, match=r"consent\.given stands twice"):
        catalogue(house, "nl")


@pytest.mark.parametrize(
    "code",
    [
        'raise Refusal("consent.nothing")',
        'self._words("consent.nothing")',
        't("consent.given" if x else "consent.nothing", name=1)',
    ],
)
def test_an_unknown_text_is_found(house: Path, code: str) -> None:
    plant(house, "ui/consent/page.py", f"{code}\n")
    expected = "ui/consent/page.py:1 asks for consent.nothing, which does not exist"
    assert unknown(house) == [expected]


def test_a_value_left_out_is_found(house: Path) -> None:
    plant(house, "ui/consent/page.py", 'words("consent.given")\n')
    assert unknown(house) == ["ui/consent/page.py:1 leaves ['name'] of consent.given out"]


def test_an_unused_text_is_found(house: Path) -> None:
    add(house, "nl", 'msgid "consent.answer.yes"\nmsgstr "ja"')
    assert unused(house, {}) == ["consent.answer.yes"]
    assert unused(house, {"consent.answer.": "one per answer"}) == []


def test_a_beginning_in_the_code_is_seen(house: Path) -> None:
    plant(house, "ui/consent/page.py", 'words(f"consent.answer.{answer}")\n')
    assert put_together(house) == {"consent.answer."}
