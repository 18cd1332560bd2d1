"""A letter's text with an invented person in it, to look at while it is being written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import resources
from app.letters.facts import LetterFacts, Value, function_of, sender_of
from app.letters.fill import paper_of
from app.letters.template import load_template, with_text

if TYPE_CHECKING:
    from app.letters.papers import LetterPaper
    from app.letters.parsing import Flaw
    from app.ports import Session


@dataclass(frozen=True, slots=True)
class Sample:
    """A text as a letter.

    Attributes:
        paper: what the press draws; what only a case knows stands there in square brackets.
        flaws: what is not right with the text; blocks that are not right are left out.
    """

    paper: LetterPaper
    flaws: tuple[Flaw, ...]


def sample_letter(session: Session, key: str, language: str, text: str) -> Sample:
    """A text with an invented person, every condition true; nothing is stored."""
    template, flaws = with_text(load_template(key, language), text)
    sender, sample = sender_of(session), resources.letter_sample()
    lines = tuple(sample["address"]["lines"])
    known: dict[str, Value] = {
        **sample["values"],
        "recipient_address": lines,
        "letter_date": session.clock.today(),
        "letter_place": sender.place,
        "school_name": sender.letterhead.school,
        "school_contact": sender.contact,
        "complaint_route": sender.complaint_route,
        "signer_function": function_of(session.user.roles, language),
    }
    values = {slot.key: value for slot in template.slots if (value := known.get(slot.source))}
    facts = LetterFacts(
        template=key,
        version=template.version,
        language=language,
        values=values,
        conditions=frozenset(template.conditions),
        letterhead=sender.letterhead,
        window=sender.window,
        addressee=lines,
    )
    return Sample(paper_of(template, facts, ""), flaws)
