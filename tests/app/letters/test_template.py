"""Templates: those that are shipped are sound, and every planted fault is found in its line."""

from __future__ import annotations

import re
from copy import deepcopy

import pytest

import resources
from app.data import DataError
from app.letters.parsing import begins_word
from app.letters.parts import Hole, ParagraphPart, Part, SpreadPart, TablePart
from app.letters.template import Template, load_template
from app.text import LANGUAGES

TABLE, TEXT = resources.letter("staff_warning", "nl")


def loaded(monkeypatch: pytest.MonkeyPatch, text: str, **changes: object) -> Template:
    table = deepcopy(TABLE) | changes
    monkeypatch.setattr(resources, "letter", lambda key, language: (table, text))
    return load_template.__wrapped__("planted", "nl")


def holes(template: Template) -> list[str]:
    return re.findall(r"\{([a-z_]+)\}", resources.letter(template.key, template.language)[1])


@pytest.mark.parametrize("key", resources.letters())
def test_every_shipped_letter_says_the_same_in_both_languages(key: str) -> None:
    nl, en = (load_template(key, language) for language in LANGUAGES)
    assert holes(nl) == holes(en)
    assert [type(part.content) for part in nl.parts] == [type(p.content) for p in en.parts]
    assert [part.condition for part in nl.parts] == [part.condition for part in en.parts]


def test_blocks_are_recognised() -> None:
    template = load_template("staff_warning", "nl")
    kinds = [type(part.content) for part in template.parts]
    assert kinds.count(TablePart) == 1
    assert kinds.count(SpreadPart) == 4
    conditions = [part.condition for part in template.parts if part.condition]
    assert conditions == ["talk_held", "talk_declined"]


def test_lines_of_a_paragraph_are_joined(monkeypatch: pytest.MonkeyPatch) -> None:
    template = loaded(monkeypatch, TEXT.replace("Beste {recipient},", "Beste\n  {recipient},"))
    slot = template.slot("recipient")
    assert slot is not None
    assert template.parts[0] == Part(ParagraphPart(("Beste ", Hole(slot), ",")))


@pytest.mark.parametrize(
    ("added", "said"),
    [
        ("Aan {nobody}", "unknown slot {nobody}"),
        ("{}", "unknown slot {}"),
        ("Aan {recipient", "a brace stands alone"),
        ("Aan recipient}", "a brace stands alone"),
        ("Aan {{recipient}}", "a brace stands alone"),
        ("Feiten: {facts}", "the slot facts does not fit in a line"),
        ("[if is_guilty]\nTekst", "unknown condition [if is_guilty]"),
        ("[if talk_held]", "nothing stands under this condition"),
        ("# Kop\ntekst", "a heading is one line"),
        ("tekst\n# Kop", "is neither this block nor another"),
        ("[sign here]", "is neither this block nor another"),
        ("| a | b |\n| c |", "the rows of a table have as many columns"),
        ("| a |", "the rows of a table have as many columns"),
        ("Dit is een Berisping.", "holds the forbidden word berisping"),
    ],
)
def test_a_planted_fault_is_found_in_its_line(
    monkeypatch: pytest.MonkeyPatch, added: str, said: str
) -> None:
    with pytest.raises(DataError, match=r"letters/planted/nl\.md line \d+: ") as error:
        loaded(monkeypatch, f"Beste {{recipient}},\n\n{added}\n\n{TEXT}")
    assert said in error.value.what
    number = int(error.value.where.rpartition(" ")[2])
    assert 3 <= number <= 4


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TEXT.replace("[signature]", ""), "has 0 signature blocks, not one"),
        (TEXT + "\n\n[signature]\n", "has 2 signature blocks, not one"),
        (TEXT.replace("{expected}", "niets"), "does not use the slot expected"),
    ],
)
def test_a_text_that_is_not_whole_is_found(
    monkeypatch: pytest.MonkeyPatch, text: str, said: str
) -> None:
    with pytest.raises(DataError, match=said):
        loaded(monkeypatch, text)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"slots": TABLE["slots"][1:]}, "has no slot number"),
        ({"slots": [*TABLE["slots"], TABLE["slots"][0]]}, "slots number: stands there twice"),
        ({"conditions": ["is_guilty"]}, "unknown condition is_guilty"),
        ({"slots": [TABLE["slots"][0] | {"from": "guess"}]}, "unknown source guess"),
        ({"slots": [TABLE["slots"][0] | {"kind": "odour"}]}, "kind is 'odour'"),
        ({"slots": [TABLE["slots"][0] | {"hue": 1}]}, "unknown: hue"),
        ({"subject": {"nl": "Waarschuwing"}}, "subject: en is missing"),
        ({"compartment": "consent"}, "no procedure issues a letter of the office"),
        ({"compartment": "attic"}, "compartment is 'attic'"),
        ({"audience": "parents"}, "audience is 'parents'"),
        ({"subject": {"nl": "Sanctie", "en": "x"}}, "forbidden word sanctie"),
    ],
)
def test_a_fault_in_the_facts_is_named(
    monkeypatch: pytest.MonkeyPatch, change: dict[str, object], said: str
) -> None:
    with pytest.raises(DataError, match=said):
        loaded(monkeypatch, TEXT, **change)


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [
        ("straf", "Straffen helpt niet", True),
        ("straf", "een bestraffing", False),
        ("removal of your child", "the Removal  of\nyour child", True),
        ("a.b", "axb", False),
    ],
)
def test_words_are_found_at_their_beginning(word: str, text: str, found: bool) -> None:
    assert begins_word(word, text) is found
