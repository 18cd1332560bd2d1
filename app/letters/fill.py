"""Fills a template: facts in, neutral blocks out. Whatever stands in a slot stays text."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from app.letters.blocks import Bullets, Heading, Paragraph, SignatureBlock, Table
from app.letters.papers import LetterPaper
from app.letters.parts import (
    BETWEEN,
    BulletsPart,
    HeadingPart,
    Hole,
    ParagraphPart,
    SignaturePart,
    SpreadPart,
    TablePart,
)
from app.text import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.letters.blocks import Block
    from app.letters.facts import LetterFacts
    from app.letters.parts import Content, Run, Slot
    from app.letters.template import Template


def paper_of(template: Template, facts: LetterFacts, stamp: str) -> LetterPaper:
    """The letter as handed to the press; what is missing stands in square brackets."""
    words = Words(facts.language)
    place, day = (_said(template, facts, key, words) for key in ("place", "date"))
    return LetterPaper(
        language=facts.language,
        letterhead=facts.letterhead,
        window=facts.window,
        addressee=facts.addressee,
        date_line=f"{place}, {day}",
        reference=_said(template, facts, "number", words),
        subject=subject_line(template, facts),
        blocks=blocks_of(template, facts),
        stamp=stamp,
    )


def subject_line(template: Template, facts: LetterFacts) -> str:
    """The subject of a letter: the school's own where there is one."""
    if template.own_subject:
        return _text(template.own_subject, facts, Words(facts.language))
    return template.subject.said(facts.language)


def blocks_of(template: Template, facts: LetterFacts) -> tuple[Block, ...]:
    """The blocks of a letter."""
    words = Words(facts.language)
    found: list[Block] = []
    if facts.replaces:
        day = words.long_day(facts.replaces_on) if facts.replaces_on else ""
        found.append(Paragraph(words("letters.replaces", number=facts.replaces, day=day)))
    for part in template.parts:
        if not part.condition or part.condition in facts.conditions:
            found += _blocks(part.content, template, facts, words)
    return tuple(found)


def shown(slot: Slot, facts: LetterFacts, words: Words) -> str:
    """The value of a slot in one line, or its name in square brackets when it is missing."""
    value = facts.values.get(slot.key)
    if value is None:
        return f"[{slot.name.said(facts.language)}]"
    if isinstance(value, date):
        return words.long_day(value)
    return " ".join(value) if isinstance(value, tuple) else value


def _blocks(
    content: Content, template: Template, facts: LetterFacts, words: Words
) -> Iterator[Block]:
    match content:
        case HeadingPart(run):
            yield Heading(_text(run, facts, words))
        case ParagraphPart(run):
            yield Paragraph(_text(run, facts, words))
        case BulletsPart(items):
            yield Bullets(tuple(_text(item, facts, words) for item in items))
        case TablePart(rows):
            yield Table(tuple(tuple(_text(c, facts, words) for c in row) for row in rows))
        case SpreadPart(slot):
            yield from _spread(slot, facts, words)
        case SignaturePart("signer"):
            signer = _said(template, facts, "signer", words)
            yield SignatureBlock(signer, _said(template, facts, "signer_function", words))
        case SignaturePart(slot):
            name = _said(template, facts, slot, words)
            yield SignatureBlock(name, words("letters.reader_signs"))


def _spread(slot: Slot, facts: LetterFacts, words: Words) -> Iterator[Block]:
    value = facts.values.get(slot.key)
    if isinstance(value, tuple) and slot.kind == "table":
        yield Table(tuple(tuple(line.split(BETWEEN)) for line in value))
    elif isinstance(value, tuple):
        yield Bullets(value)
    elif isinstance(value, str):
        yield from (Paragraph(line) for line in value.split("\n") if line)
    else:
        yield Paragraph(shown(slot, facts, words))


def _text(run: Run, facts: LetterFacts, words: Words) -> str:
    return "".join(
        shown(piece.slot, facts, words) if isinstance(piece, Hole) else piece for piece in run
    )


def _said(template: Template, facts: LetterFacts, key: str, words: Words) -> str:
    slot = template.slot(key)
    return shown(slot, facts, words) if slot else ""
