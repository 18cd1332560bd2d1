"""Filling: what stands in a slot shows as that text, whatever it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.breach.sealed import tidy_line, tidy_text
from app.letters.blocks import Block, Bullets, Heading, Paragraph, SignatureBlock, Table
from app.letters.facts import LetterFacts, from_json, to_json
from app.letters.fill import blocks_of, paper_of
from app.letters.template import load_template
from tests.app.letters.samples import DUTCH, case_file, facts_of

MARKUP = ["# kop", "- punt", "| a | b |", "[signature]", "{signer}", "[if talk_held]", "<b>&"]
lines = (st.text(min_size=1) | st.sampled_from(MARKUP)).map(tidy_line).filter(bool)
texts = (st.text(min_size=1) | st.sampled_from(MARKUP)).map(tidy_text).filter(bool)


def said(block: Block) -> str:
    match block:
        case Heading(text) | Paragraph(text):
            return text
        case Bullets(items):
            return "\n".join(items)
        case Table(rows):
            return "\n".join(" ".join(row) for row in rows)
        case SignatureBlock(name, role):
            return f"{name} {role}"


def kinds(blocks: tuple[Block, ...]) -> list[str]:
    return [type(block).__name__ for block in blocks]


@given(lines)
def test_any_line_shows_as_that_line(line: str) -> None:
    plain = blocks_of(DUTCH, facts_of())
    facts = facts_of()
    filled = replace(facts, values={**facts.values, "recipient": line})
    found = blocks_of(DUTCH, filled)
    assert said(found[0]) == f"Beste {line},"
    assert found[1:] == plain[1:]


@given(texts)
def test_any_text_shows_as_paragraphs_of_that_text(text: str) -> None:
    plain, found = blocks_of(DUTCH, facts_of(facts="X")), blocks_of(DUTCH, facts_of(facts=text))
    at = plain.index(Paragraph("X"))
    rest = len(plain) - at - 1
    assert found[:at] == plain[:at]
    assert found[len(found) - rest :] == plain[at + 1 :]
    shown = found[at : len(found) - rest]
    assert shown == tuple(Paragraph(line) for line in text.split("\n") if line)


def test_days_are_written_out() -> None:
    table = next(block for block in blocks_of(DUTCH, facts_of()) if isinstance(block, Table))
    assert table.rows == (("Wanneer", "2 november 2026"), ("Waar", "Instagram"))


def test_articles_become_a_list() -> None:
    bullets = next(b for b in blocks_of(DUTCH, facts_of()) if isinstance(b, Bullets))
    assert bullets.items[0].startswith("A5 Niets van anderen zonder toestemming. ")


@pytest.mark.parametrize(
    ("step", "begins"),
    [
        ("hold_talk", "Op 20 november 2026 hebben wij"),
        ("record_no_talk", "Op 20 november 2026 was"),
    ],
)
def test_only_the_paragraph_whose_condition_is_true(step: str, begins: str) -> None:
    facts = facts_of(file=case_file("plan_talk", step))
    talks = [said(b) for b in blocks_of(DUTCH, facts) if "20 november" in said(b)]
    assert len(talks) == 1
    assert talks[0].startswith(begins)


def test_what_is_missing_stands_in_square_brackets() -> None:
    facts = facts_of()
    less = {key: value for key, value in facts.values.items() if key != "expected"}
    found = blocks_of(DUTCH, replace(facts, values=less))
    assert Paragraph("[wat de school verwacht]") in found


def test_the_paper_has_its_particulars() -> None:
    paper = paper_of(DUTCH, facts_of(), "12 · 7F3A-91C2-0B")
    assert paper.date_line == "Dordrecht, 22 november 2026"
    assert (paper.reference, paper.window) == ("2026-031", "nl_left")
    assert paper.addressee == ("K. Smit", "leerkracht")
    assert paper.stamp == "12 · 7F3A-91C2-0B"
    assert paper.blocks[-1] == SignatureBlock("Jan de Wit", "directeur")


def test_the_english_letter_is_english_throughout() -> None:
    english = load_template("staff_warning", "en")
    found = blocks_of(english, facts_of(english))
    assert said(found[0]) == "Dear K. Smit,"
    assert found[-1] == SignatureBlock("Jan de Wit", "director")
    assert kinds(found) == kinds(blocks_of(DUTCH, facts_of()))


def test_a_correction_names_the_letter_it_replaces() -> None:
    facts = replace(facts_of(), replaces="2026-030", replaces_on=date(2026, 11, 20))
    first = blocks_of(DUTCH, facts)[0]
    assert first == Paragraph("Deze brief vervangt brief 2026-030 van 20 november 2026.")


@given(st.builds(facts_of, facts=texts, expected=texts), st.integers(1, 9))
def test_frozen_facts_come_back_as_they_were(facts: LetterFacts, pages: int) -> None:
    assert from_json(to_json(facts, pages)) == (facts, pages)
