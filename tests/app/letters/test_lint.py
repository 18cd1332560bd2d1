"""What is said about a letter before it leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.letters.lint import BLOCKS, WARNS, findings
from app.letters.template import load_template
from app.text import Words
from tests.app.dossier.samples import BREACH
from tests.app.letters.samples import DUTCH, HEARD, case_file, facts_of


def said(*steps: str, **answers: str) -> list[tuple[str, str, str]]:
    file = case_file(*steps) if steps else HEARD
    found = findings(DUTCH, facts_of(DUTCH, file, **answers), file.facts)
    return [(one.severity, one.message.id, one.field) for one in found]


def test_a_good_letter_has_no_findings() -> None:
    assert said() == []


@pytest.mark.parametrize("slot", [slot.key for slot in DUTCH.slots if slot.required])
def test_whatever_is_missing_is_named(slot: str) -> None:
    facts = facts_of()
    less = {key: value for key, value in facts.values.items() if key != slot}
    found = findings(DUTCH, replace(facts, values=less), HEARD.facts)
    assert [(one.severity, one.message.id, one.field) for one in found] == [
        (BLOCKS, "letters.missing", slot)
    ]


@pytest.mark.parametrize("field", ["facts", "expected"])
def test_a_word_that_makes_it_something_else_blocks(field: str) -> None:
    assert said(**{field: "Dit is een DISCIPLINAIRE zaak."}) == [
        (BLOCKS, "letters.forbidden", field)
    ]


def test_the_words_of_another_are_left_to_the_signer() -> None:
    text = "Dit voelt als straf, zei de medewerker."
    assert said(reaction=text) == [(WARNS, "letters.forbidden_quoted", "reaction")]


def test_a_number_like_a_bsn_blocks() -> None:
    assert said(facts="nummer 111222333") == [(BLOCKS, "people.bsn", "facts")]


def test_nobody_is_warned_unheard() -> None:
    assert (BLOCKS, "letters.not_heard", "") in said("plan_talk")


def test_no_letter_under_a_rule_that_was_not_known() -> None:
    early = case_file(
        "plan_talk", "hold_talk", breach=replace(BREACH, occurred_on=date(2024, 1, 1))
    )
    found = findings(DUTCH, facts_of(file=early), early.facts)
    assert [one.message.id for one in found] == ["dossier.lacks_known_article"]


@pytest.mark.parametrize(
    ("category", "severity", "text"),
    [
        ("sexual", BLOCKS, "dossier.lacks_inspector"),
        ("violence", WARNS, "letters.inspector_open"),
    ],
)
def test_the_inspector_is_not_forgotten(category: str, severity: str, text: str) -> None:
    breach = replace(BREACH, categories=(category,))
    file = case_file("plan_talk", "hold_talk", breach=breach)
    found = findings(DUTCH, facts_of(file=file), file.facts)
    assert (found[0].severity, found[0].message.id) == (severity, text)


def test_days_that_cannot_be_are_pointed_out() -> None:
    facts = facts_of()
    values = {**facts.values, "talk_day": date(2026, 11, 1), "review_day": date(2026, 11, 22)}
    found = findings(DUTCH, replace(facts, values=values), HEARD.facts)
    assert [one.message.id for one in found] == [
        "letters.ends_before",
        "letters.talk_before_event",
    ]


def test_an_article_of_which_the_text_is_short_is_pointed_out() -> None:
    breach = replace(BREACH, articles=("C2",))
    file = case_file("plan_talk", "hold_talk", breach=breach)
    found = findings(DUTCH, facts_of(file=file), file.facts)
    assert [one.message.id for one in found] == [
        "letters.wording_short",
        "letters.article_note",
    ]
    assert {one.blocks for one in found} == {False}


def test_a_letter_to_a_parent_without_address_warns() -> None:
    template = load_template("guardian_warning", "nl")
    found = findings(template, facts_of(template), HEARD.facts)
    assert [one.message.id for one in found if not one.blocks] == ["letters.no_address"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_finding_is_a_sentence(language: str) -> None:
    words = Words(language)
    file = case_file("plan_talk", breach=replace(BREACH, articles=("C2",)))
    for one in findings(DUTCH, facts_of(file=file, facts="straf"), file.facts):
        sentence = words.of(one.message)
        assert sentence.endswith(".")
        assert "{" not in sentence
