"""The terms as the program counts with them today, to be read: value, source, last check."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import resources
from app.data import Rows
from app.errors import Message
from app.procedures.terms import is_stale, load_terms, term_on

if TYPE_CHECKING:
    from datetime import date

    from app.data import Wording
    from app.procedures.terms import Term


@dataclass(frozen=True, slots=True)
class TermLine:
    """A term with the value that holds.

    Attributes:
        counts_from: what the count starts from, in words.
        stale: its last check is older than a year.
    """

    term: Term
    counts_from: Wording
    stale: bool

    @property
    def to_check(self) -> bool:
        """Whether somebody should look it up: the check is old, or never was of the article."""
        return self.stale or not self.term.sure

    @property
    def value(self) -> Message:
        """How long it is, in words."""
        term = self.term
        if not term.amount:
            return Message("procedures.value_that_day")
        return Message(f"procedures.value_{term.unit}", {"count": term.amount})


def term_lines(today: date) -> tuple[TermLine, ...]:
    """Every term with the value that holds on a day, in the order of the data."""
    keys = dict.fromkeys(term.key for term in load_terms() if term.valid_from <= today)
    held = [term_on(key, today) for key in keys]
    return tuple(TermLine(term, _starts()[term.starts], is_stale(term, today)) for term in held)


@cache
def _starts() -> dict[str, Wording]:
    rows = Rows(resources.procedure_vocabulary(), "procedures/vocabulary")
    return {row.text("key"): row.words("name") for row in rows.rows("starts", "key")}
