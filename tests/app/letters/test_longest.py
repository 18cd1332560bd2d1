"""A measure that lasts longer than what was found is pointed out; none ends before it begins."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.letters.lint import findings
from app.letters.template import load_template
from tests.app.dossier.samples import FACTS
from tests.app.letters.test_every_letter import filled

FIRST = date(2026, 12, 7)
LIMITED = ["staff_suspension", "staff_order", "guardian_ban", "guardian_ban_intention"]


def found(key: str, ends_on: date) -> dict[str, bool]:
    """Ids of what is said about the days of a letter, each with whether it blocks."""
    template = load_template(key, "nl")
    facts = filled(template, "x", frozenset())
    days = {"starts_on": FIRST, "ends_on": ends_on, "date": date(2026, 11, 22)}
    facts = replace(facts, values={**facts.values, **days})
    said = findings(template, facts, FACTS)
    return {one.message.id: one.blocks for one in said if one.field == "ends_on"}


@pytest.mark.parametrize(
    ("key", "last"),
    [
        ("staff_suspension", date(2027, 1, 4)),
        ("staff_order", date(2027, 1, 4)),
        ("guardian_ban", date(2027, 6, 7)),
    ],
)
def test_the_last_day_that_was_found_is_still_fine(key: str, last: date) -> None:
    assert found(key, last) == {}
    assert found(key, date.fromordinal(last.toordinal() + 1)) == {"letters.too_long": False}


@pytest.mark.parametrize("key", LIMITED)
def test_a_measure_does_not_end_before_it_begins(key: str) -> None:
    assert found(key, date(2026, 12, 6)) == {"letters.ends_before_start": True}
