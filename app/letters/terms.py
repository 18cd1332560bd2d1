"""What a letter says about law and terms, worked out from data and never typed in its text.

Which term a letter speaks of stands in its `letter.toml` under `term`; where to go and what
follows stands in `resources/law/said.toml`. What is not known there is missing in the letter.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import resources
from app.data import Rows
from app.procedures.answers import shown_day
from app.procedures.terms import last_day, term_on
from app.text import DEFAULT_LANGUAGE, Words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from app.data import Wording
    from app.dossier.records import Letter
    from app.dossier.steps import CaseFile
    from app.letters.template import Template
    from app.procedures.answers import Answers

AGREEMENT = "agreement"
"""The slot in which a letter names the collective agreement."""

INTENTION, DECISION = "intention", "decision"
"""Purposes of letters to which a later one refers by day and number."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """A collective agreement that letters name, from its first day to its last.

    Attributes:
        sure: it was read in the agreement itself; otherwise it is to be checked.
    """

    name: Wording
    starts: date
    ends: date
    source: str
    checked: date
    sure: bool

    def holds(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.starts <= day <= self.ends


@cache
def agreements() -> tuple[Agreement, ...]:
    """Every collective agreement that the program knows, the newest first."""
    found = (
        Agreement(
            name=row.words("name"),
            starts=row.day("from"),
            ends=row.day("to"),
            source=row.text("source"),
            checked=row.day("checked"),
            sure=not row.flag("to_be_checked"),
        )
        for row in _law().rows("agreements", "key")
    )
    return tuple(sorted(found, key=lambda one: one.ends, reverse=True))


def agreement_ending(today: date) -> Agreement | None:
    """The newest agreement when its last day comes near or has passed; else None."""
    newest = agreements()[0]
    ahead = _law().whole("agreement_ends_ahead")
    return newest if (newest.ends - today).days <= ahead else None


def computed(
    template: Template, file: CaseFile, day: date, answers: Answers
) -> dict[str, str | date]:
    """What a letter of this day can say about law, by name in the vocabulary.

    `answers` are those of the step that issues it; earlier ones stand in the case.
    """
    return {
        **dict(_terms(template, day, {**file.state.answers, **answers})),
        **dict(_earlier(file)),
        **dict(_bodies(template.language)),
        **dict(_agreements(template.language, day)),
        **said(template.key, template.language),
    }


def said(letter: str, language: str) -> dict[str, str]:
    """What the law data lets a letter say of its own effect, by slot."""
    return {
        row.text("slot"): row.words("text").said(language)
        for row in _law().rows("said", "key")
        if letter in row.texts("letters")
    }


def _terms(template: Template, day: date, answers: Answers) -> Iterator[tuple[str, str | date]]:
    """The last day and the length of each term, from the day of the letter or one answered."""
    words = Words(template.language)
    for name, key in template.terms.items():
        term = term_on(key, day)
        yield f"{name}_term", words(f"letters.term_{term.unit}", count=term.amount)
        begins = answers.get(template.counts[name]) if name in template.counts else day
        first = None if begins is None else shown_day(begins)
        if first is not None:
            yield f"{name}_until", last_day(term, first)


def _earlier(file: CaseFile) -> Iterator[tuple[str, str | date]]:
    """Day and number of the newest intention and the newest decision of the case."""
    replaced = {letter.replaces for letter in file.letters}
    for letter in sorted(file.letters, key=lambda letter: letter.recorded_at):
        purpose = _purpose(letter)
        if purpose in (INTENTION, DECISION) and letter.id not in replaced:
            yield f"{purpose}_day", letter.issued_on
            yield f"{purpose}_number", letter.number


def _bodies(language: str) -> Iterator[tuple[str, str]]:
    for row in _law().rows("bodies", "key"):
        key, name = row.text("key"), row.words("name").said(language)
        yield ("court" if key == "court" else f"{key}_body"), name
        if row.has("address"):
            yield f"{key}_address", row.text("address")


def _agreements(language: str, day: date) -> Iterator[tuple[str, str]]:
    for one in agreements():
        if one.holds(day):
            yield AGREEMENT, one.name.said(language)


def _purpose(letter: Letter) -> str:
    if letter.template not in resources.letters():
        return ""  # written by another version of the program
    table, _ = resources.letter(letter.template, DEFAULT_LANGUAGE)
    return str(table.get("purpose", ""))


@cache
def _law() -> Rows:
    return Rows(resources.law_said(), "law/said")
