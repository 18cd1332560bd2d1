"""A measure that lasts longer than what was found is pointed out; none ends before it begins."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.letters.claims import Surroundings
from app.letters.lint import findings
from app.letters.template import load_template
from app.procedures.terms import last_of, term_on
from tests.app.dossier.samples import FACTS
from tests.app.letters.test_every_letter import filled

FIRST = date(2026, 12, 7)
LIMITED = ["staff_suspension", "staff_order", "guardian_ban", "guardian_ban_intention"]


def found(key: str, ends_on: date) -> dict[str, bool]:
    """Ids of what is said about the last day of a letter, each with whether it blocks."""
    days = {"starts_on": FIRST, "ends_on": ends_on, "date": date(2026, 11, 22)}
    return said_of(key, "ends_on", days)


def said_of(key: str, field: str, days: dict[str, date], **around: date) -> dict[str, bool]:
    """Ids of what is said about a field of a letter with these days."""
    template = load_template(key, "nl")
    facts = filled(template, "x", frozenset())
    facts = replace(facts, values={**facts.values, **days})
    said = findings(template, facts, FACTS, Surroundings(until=around.get("until")))
    return {one.message.id: one.blocks for one in said if one.field == field}


@pytest.mark.parametrize(
    ("key", "last"),
    [
        ("staff_suspension", date(2027, 1, 3)),
        ("staff_order", date(2027, 1, 3)),
        ("guardian_ban", date(2027, 6, 6)),
    ],
)
def test_the_last_day_that_was_found_is_still_fine(key: str, last: date) -> None:
    assert found(key, last) == {}
    assert found(key, date.fromordinal(last.toordinal() + 1)) == {"letters.too_long": False}


@pytest.mark.parametrize("key", LIMITED)
def test_a_measure_does_not_end_before_it_begins(key: str) -> None:
    assert found(key, date(2026, 12, 6)) == {"letters.ends_before_start": True}


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 12, 7), date(2027, 6, 6)),
        (date(2027, 3, 1), date(2027, 8, 31)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2027, 9, 1), date(2028, 2, 29)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2028, 2, 29), date(2028, 8, 28)),
    ],
)
def test_six_months_count_their_first_day(first: date, last: date) -> None:
    assert last_of(term_on("guardian.access_ban_longest", first), first) == last


def test_a_measure_that_begins_before_its_letter_is_pointed_out() -> None:
    days = {"starts_on": FIRST, "date": FIRST, "review_day": FIRST}
    assert said_of("guardian_ban", "starts_on", days) == {}
    days["date"] = date(2026, 12, 8)
    assert said_of("guardian_ban", "starts_on", days) == {"letters.starts_before": False}


def test_a_measure_that_begins_before_the_views_are_in_is_pointed_out() -> None:
    days = {"starts_on": FIRST, "date": date(2026, 11, 22), "views_until": date(2026, 12, 6)}
    assert said_of("guardian_ban_intention", "starts_on", days) == {}
    days["views_until"] = FIRST
    said = said_of("guardian_ban_intention", "starts_on", days)
    assert said == {"letters.starts_unheard": False}


@pytest.mark.parametrize("review", [date(2026, 12, 6), date(2027, 1, 31)])
def test_looking_back_outside_the_measure_is_pointed_out(review: date) -> None:
    days = {"starts_on": FIRST, "ends_on": date(2027, 1, 30), "date": date(2026, 11, 22)}
    said = said_of("guardian_ban", "review_day", {**days, "review_day": review})
    assert said == {"letters.review_outside": False}
    for inside in (FIRST, date(2027, 1, 30)):
        assert said_of("guardian_ban", "review_day", {**days, "review_day": inside}) == {}


def test_the_end_of_a_ban_never_makes_it_longer() -> None:
    until, later = date(2027, 1, 30), date(2027, 1, 31)
    for ended, said in ((until, {}), (later, {"letters.ended_later": True})):
        assert said_of("guardian_ban_end", "ended_on", {"ended_on": ended}, until=until) == said
