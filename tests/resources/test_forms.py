"""The wording of the consent form: complete, the same in every language, and fair."""

from collections.abc import Iterator

import pytest

import resources
from tests.resources.soundness import SLOT

FORMS = {language: resources.form_text(language) for language in resources.PAPER_LANGUAGES}


def sentences(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from sentences(inner, f"{name}.{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from sentences(inner, f"{name}.{number}")


@pytest.mark.parametrize("language", FORMS)
def test_the_form_uses_exactly_its_slots(language: str) -> None:
    used = {slot for _, text in sentences(FORMS[language]) for slot in SLOT.findall(text)}
    assert used == set(FORMS[language]["slots"])


@pytest.mark.parametrize("language", FORMS)
def test_every_language_has_the_same_parts(language: str) -> None:
    parts = {name: set(SLOT.findall(text)) for name, text in sentences(FORMS["nl"])}
    other = {name: set(SLOT.findall(text)) for name, text in sentences(FORMS[language])}
    assert other == parts


@pytest.mark.parametrize("language", FORMS)
def test_no_sentence_is_left_in_another_language(language: str) -> None:
    for other in FORMS.keys() - {language}:
        said = dict(sentences(FORMS[other]))
        same = {
            name
            for name, text in sentences(FORMS[language])
            if text == said[name] and " " in text
        }
        assert same == set()


def test_every_kind_of_recording_is_explained() -> None:
    keys = {row["key"] for row in resources.media()}
    assert all(FORMS[language]["media"].keys() == {"heading", *keys} for language in FORMS)


def test_the_parent_learns_the_rights_before_answering() -> None:
    rights = " ".join(FORMS["nl"]["rights"]["items"])
    for needed in ("geen gevolgen", "altijd weer intrekken", "net zo makkelijk", "opnieuw"):
        assert needed in rights
    assert "geldt niet als ja" in FORMS["nl"]["fill_in"]["items"][1]
    assert "buiten de Europese Economische Ruimte" in FORMS["nl"]["social"]["text"]


@pytest.mark.parametrize("language", FORMS)
def test_the_form_claims_nothing_about_special_data_or_validity(language: str) -> None:
    said = " ".join(text for _, text in sentences(FORMS[language])).casefold()
    words = ("bijzondere persoonsgegevens", "special categor", "rechtsgeldig", "legally valid")
    assert [word for word in words if word in said] == []


def test_the_parent_is_addressed_formally() -> None:
    said = " ".join(text for _, text in sentences(FORMS["nl"])).casefold().split()
    assert {"je", "jij", "jouw"} & set(said) == set()
