"""The duties and the inspector's line, as `resources/duties.toml` says them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from functools import cache
from typing import TYPE_CHECKING

import resources
from app.data import DataError, Rows, Wording
from app.dossier.entries import ADDABLE
from app.duties.conditions import CONDITIONS
from app.procedures.terms import load_terms

if TYPE_CHECKING:
    from datetime import date

WEIGHED = "weighed"
"""The duty that a weighing settles."""


@dataclass(frozen=True, slots=True)
class Line:
    """A telephone that is answered on working days between two hours at the school."""

    name: Wording
    phone: str
    hours: Wording
    opens: time
    closes: time
    source: str
    checked: date


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that is to be done beside a case.

    Attributes:
        when: the conditions that must all hold, by name.
        term: key of its term.
        known_by: kind of an entry that counts as done by itself, or "".
        kept_as: kind of the entry that is made when it is done.
        first: keys of the duties that come before it.
        call: the line of the inspector goes with it.
        must: its case cannot be closed before it was done or reasoned away.
        with_whom: how the other side is asked for.
        at_publication: what was recorded at the publication that a case came from settles it.
        sure: it was read in the article itself; otherwise it is to be checked.
    """

    key: str
    name: Wording
    because: Wording
    with_whom: Wording
    when: tuple[str, ...]
    term: str
    known_by: str
    kept_as: str
    first: tuple[str, ...]
    call: bool
    must: bool
    at_publication: bool
    article: str
    source: str
    checked: date
    sure: bool


@cache
def load_duties() -> tuple[Duty, ...]:
    """Every duty, in order.

    Raises:
        DataError: when the file does not say what it must, naming the place.
    """
    rows = list(Rows(resources.duties(), "duties").rows("duties", "key"))
    found: list[Duty] = []
    for row in sorted(rows, key=lambda each: each.whole("order")):
        found.append(_duty(row, {duty.key for duty in found}))
    return tuple(found)


def duty_named(key: str) -> Duty:
    """The duty with this key.

    Raises:
        KeyError: when there is none.
    """
    found = {duty.key: duty for duty in load_duties()}
    return found[key]


@cache
def inspector_line() -> Line:
    """The line of the confidential inspector."""
    row = Rows(resources.duties(), "duties").inner("line")
    table = resources.duties()["line"]
    opens, closes = table["opens"], table["closes"]
    if not (isinstance(opens, time) and isinstance(closes, time) and opens < closes):
        raise DataError(row.where, "does not say from when until when it is open")
    return Line(
        name=row.words("name"),
        phone=row.text("phone"),
        hours=row.words("hours"),
        opens=opens,
        closes=closes,
        source=row.text("source"),
        checked=row.day("checked"),
    )


def _duty(row: Rows, before: set[str]) -> Duty:
    duty = Duty(
        key=row.text("key"),
        name=row.words("name"),
        because=row.words("because"),
        with_whom=row.words("with_whom"),
        when=row.texts("when"),
        term=row.choice("term", tuple(term.key for term in load_terms())),
        known_by=row.choice("known_by", ADDABLE, ""),
        kept_as=row.choice("kept_as", ADDABLE),
        first=row.texts("first"),
        call=row.flag("call"),
        must=row.flag("before_closing"),
        at_publication=row.flag("at_publication"),
        article=row.text("article", ""),
        source=row.text("source"),
        checked=row.day("checked"),
        sure=not row.flag("to_be_checked"),
    )
    if duty.key in before:
        raise DataError(row.where, "stands twice")
    if not duty.when or not set(duty.when) <= set(CONDITIONS):
        raise DataError(row.where, f"when is {', '.join(duty.when)}")
    if not set(duty.first) <= before:
        raise DataError(row.where, f"first is {', '.join(duty.first)}, later in order")
    return duty
