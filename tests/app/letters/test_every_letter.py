"""Every letter in every language, with short, long and odd values: nothing lost, nothing read
as markup, and the press can set it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import resources
from app.breach.sealed import tidy_line, tidy_text
from app.letters.blocks import Block, Bullets, Heading, Paragraph, SignatureBlock, Table
from app.letters.facts import LetterFacts
from app.letters.fill import blocks_of, paper_of, shown
from app.letters.parts import BETWEEN, LISTS
from app.letters.template import load_template
from app.paper import Letterhead
from app.text import Words
from reports.press import PaperPress

if TYPE_CHECKING:
    from app.letters.facts import Value
    from app.letters.parts import Slot
    from app.letters.template import Template

WRITTEN = [
    (key, language)
    for key in resources.letters()
    for language in resources.letter_languages(key)
]
SHORT = "x"
LONG = (
    "Een heel lange zin met “aanhalingstekens”, getallen 1234 en streepjes – steeds weer. " * 9
)
WORD = "Donaudampfschifffahrtsgesellschaftskapitän" * 6
ODD = "# kop | {signer} [signature] [if talk_held] <b>&amp;</b> %s \\n Zoë Żółć ’t O'Neill"
SIZES = {"short": SHORT, "long": LONG, "one word": WORD, "odd": ODD}
PRESS = PaperPress()


def value_of(slot: Slot, text: str) -> Value:
    if slot.kind == "day":
        return date(2028, 2, 29)
    if slot.kind == "table":
        return (BETWEEN.join((text, "1")), BETWEEN.join((text, "2")))
    if slot.kind in (*LISTS, "address"):
        return (text, text)
    return f"{text}\n{text}" if slot.kind == "text" else tidy_line(text)


def filled(template: Template, text: str, conditions: frozenset[str]) -> LetterFacts:
    values = {s.key: value_of(s, tidy_text(f"{text} ({s.key})")) for s in template.slots}
    return LetterFacts(
        template=template.key,
        version=template.version,
        language=template.language,
        values=values,
        conditions=conditions,
        letterhead=Letterhead(school="Bootschool De Meerpaal", lines=("Voorbeeldkade 1",)),
        window="nl_left",
        addressee=("K. Smit", "leerkracht"),
    )


def said(block: Block) -> tuple[str, ...]:
    match block:
        case Heading(text) | Paragraph(text):
            return (text,)
        case Bullets(items):
            return items
        case Table(rows):
            return tuple(cell for row in rows for cell in row)
        case SignatureBlock(name, role):
            return (name, role)


@pytest.mark.parametrize(("key", "language"), WRITTEN)
@pytest.mark.parametrize("size", SIZES)
def test_every_value_stands_in_the_letter_as_it_is(key: str, language: str, size: str) -> None:
    template = load_template(key, language)
    facts = filled(template, SIZES[size], frozenset(template.conditions))
    lines = [line for block in blocks_of(template, facts) for line in said(block)]
    for slot in template.slots:
        if slot.where == "text":
            value = facts.values[slot.key]
            one = value[0].split(BETWEEN)[0] if isinstance(value, tuple) else None
            wanted = one or shown(slot, facts, Words(language)).split("\n")[0]
            assert any(wanted in line for line in lines), slot.key


@pytest.mark.parametrize(("key", "language"), WRITTEN)
@pytest.mark.parametrize("size", SIZES)
def test_the_press_sets_every_letter(key: str, language: str, size: str) -> None:
    template = load_template(key, language)
    facts = filled(template, SIZES[size], frozenset(template.conditions))
    pdf = PRESS.draw(paper_of(template, facts, "12 · 7F3A-91C2-0B"))
    assert pdf.pages >= 1
    assert pdf.content.startswith(b"%PDF")


@pytest.mark.parametrize(("key", "language"), WRITTEN)
def test_a_letter_is_whole_under_each_of_its_conditions(key: str, language: str) -> None:
    template = load_template(key, language)
    ways = [frozenset[str](), *(frozenset({one}) for one in template.conditions)]
    counts = [len(blocks_of(template, filled(template, SHORT, way))) for way in ways]
    assert all(count > counts[0] for count in counts[1:])
    assert isinstance(blocks_of(template, filled(template, SHORT, ways[0]))[-1], SignatureBlock)


@pytest.mark.parametrize(("key", "language"), WRITTEN)
def test_what_is_missing_is_named_in_the_letter(key: str, language: str) -> None:
    template = load_template(key, language)
    every = filled(template, SHORT, frozenset(template.conditions))
    none = LetterFacts(
        template=every.template,
        version=every.version,
        language=language,
        values={},
        conditions=every.conditions,
        letterhead=every.letterhead,
        window=every.window,
        addressee=(),
    )
    lines = "\n".join(line for block in blocks_of(template, none) for line in said(block))
    for slot in template.slots:
        if slot.where != "head":
            assert f"[{slot.name.said(language)}]" in lines


@settings(max_examples=60)
@given(
    st.sampled_from(WRITTEN),
    st.text(min_size=1, max_size=200).map(tidy_line).filter(bool),
)
def test_no_text_becomes_another_block(which: tuple[str, str], text: str) -> None:
    template = load_template(*which)
    every = frozenset(template.conditions)
    plain = blocks_of(template, filled(template, SHORT, every))
    odd = blocks_of(template, filled(template, text, every))
    assert [type(block) for block in odd] == [type(block) for block in plain]
    assert [len(said(block)) for block in odd] == [len(said(block)) for block in plain]
