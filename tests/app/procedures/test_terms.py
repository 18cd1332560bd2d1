"""Last days of terms: weekends, holidays, short months, and what is left of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from app.data import DataError
from app.days import is_working_day
from app.procedures.terms import (
    Term,
    is_stale,
    last_day,
    last_moment,
    load_terms,
    stale_terms,
    term_on,
    time_left,
    urgency,
)
from app.text import Words

TODAY = date(2026, 11, 22)
TALK = term_on("talk.within", TODAY)
REVIEW = term_on("warning.review", TODAY)
days = st.dates(date(2020, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("term", "start", "last"),
    [
        (TALK, date(2026, 11, 23), date(2026, 12, 7)),
        (TALK, date(2026, 12, 12), date(2026, 12, 28)),
        (TALK, date(2026, 12, 18), date(2027, 1, 4)),
        (TALK, date(2027, 4, 22), date(2027, 5, 7)),
        (REVIEW, date(2026, 11, 30), date(2027, 3, 1)),
        (REVIEW, date(2027, 11, 29), date(2028, 2, 29)),
        (term_on("staff.appeal", TODAY), date(2026, 11, 23), date(2027, 1, 4)),
        (term_on("inspector.consult", TODAY), TODAY, TODAY),
    ],
)
def test_the_last_day(term: Term, start: date, last: date) -> None:
    assert last_day(term, start) == last


def test_a_term_that_does_not_move_may_end_on_a_sunday() -> None:
    assert last_day(replace(TALK, moves="no"), date(2026, 11, 8)) == TODAY


@given(days, st.integers(0, 60), st.sampled_from(["days", "weeks", "months"]))
def test_moving_only_ever_gives_more_time(start: date, amount: int, unit: str) -> None:
    term = replace(TALK, amount=amount, unit=unit, moves="no")
    moved = last_day(replace(term, moves="next_working_day"), start)
    assert moved >= last_day(term, start) >= start
    assert is_working_day(moved)


@given(days, st.integers(0, 60), st.sampled_from(["days", "weeks", "months"]))
def test_a_later_start_never_ends_earlier(start: date, amount: int, unit: str) -> None:
    term = replace(TALK, amount=amount, unit=unit)
    assert last_day(term, start + timedelta(days=1)) >= last_day(term, start)


def test_hours_end_at_a_moment() -> None:
    term = term_on("breach.notice", TODAY)
    start = datetime(2026, 11, 20, 16, 30, tzinfo=UTC)
    assert last_moment(term, start) == datetime(2026, 11, 23, 16, 30, tzinfo=UTC)


def test_hours_and_days_do_not_mix() -> None:
    with pytest.raises(DataError, match=r"breach\.notice"):
        last_day(term_on("breach.notice", TODAY), TODAY)
    with pytest.raises(DataError, match=r"talk\.within"):
        last_moment(TALK, datetime(2026, 11, 20, tzinfo=UTC))


def test_every_shipped_term_has_a_value_today() -> None:
    keys = {term.key for term in load_terms()}
    assert {term_on(key, TODAY).key for key in keys} == keys


def test_before_its_first_day_a_term_has_no_value() -> None:
    with pytest.raises(KeyError):
        term_on("talk.within", date(2018, 11, 30))


@pytest.mark.parametrize(
    ("due_on", "nl", "en", "how"),
    [
        (date(2026, 12, 4), "nog 12 dagen", "12 days left", "fine"),
        (date(2026, 11, 23), "nog 1 dag", "1 day left", "ask"),
        (TODAY, "vandaag de laatste dag", "today is the last day", "act"),
        (date(2026, 11, 20), "2 dagen te laat", "2 days late", "act"),
    ],
)
def test_what_is_left_in_words(due_on: date, nl: str, en: str, how: str) -> None:
    message = time_left(due_on, TODAY)
    assert (Words("nl").of(message), Words("en").of(message)) == (nl, en)
    assert urgency(due_on, TODAY) == how


@pytest.mark.parametrize(
    ("days", "nl", "how"),
    [
        (30, "nog 30 dagen", "fine"),
        (1, "nog 1 dag", "fine"),
        (0, "vandaag de laatste dag", "fine"),
        (-1, "voorbij", "ask"),
        (-90, "voorbij", "ask"),
    ],
)
def test_nobody_is_late_with_a_term_of_the_other_side(days: int, nl: str, how: str) -> None:
    due_on = TODAY + timedelta(days=days)
    assert Words("nl").of(time_left(due_on, TODAY, theirs=True)) == nl
    assert urgency(due_on, TODAY, theirs=True) == how


def test_views_and_appeals_are_the_other_sides() -> None:
    theirs = {term.key for term in load_terms() if term.theirs}
    assert theirs >= {"staff.views", "staff.appeal", "guardian.ban_views"}
    assert theirs.isdisjoint({"access.answer", "breach.notice", "guardian.objection_answer"})


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"unit": "moons"}, "unit is 'moons'"),
        ({"amount": -1}, "amount is -1"),
        ({"amount": True}, "amount is True"),
        ({"article": ""}, "a hard term names no article"),
        ({"name": {"nl": "beroep"}}, "en is missing"),
    ],
)
def test_a_planted_fault_names_its_term(
    monkeypatch: pytest.MonkeyPatch, change: dict[str, object], said: str
) -> None:
    row = next(row for row in resources.terms() if row["key"] == "staff.appeal")
    monkeypatch.setattr(resources, "terms", lambda: [row | change])
    with pytest.raises(DataError, match=r"law/terms, terms staff\.appeal.*" + said):
        load_terms.__wrapped__()


@pytest.mark.parametrize(
    ("today", "stale"),
    [
        (date(2027, 11, 22), False),
        (date(2027, 11, 23), True),
        (date(2028, 2, 29), True),
    ],
)
def test_a_check_is_old_after_a_year(today: date, *, stale: bool) -> None:
    assert is_stale(TALK, today) is stale
    assert (TALK in stale_terms(today)) is stale


def test_on_the_day_of_release_no_check_is_old() -> None:
    assert stale_terms(TODAY) == ()


def test_an_older_value_of_a_term_needs_no_check(monkeypatch: pytest.MonkeyPatch) -> None:
    row = next(row for row in resources.terms() if row["key"] == "staff.appeal")
    newer = row | {"valid_from": date(2027, 1, 1), "checked": date(2028, 1, 1), "amount": 7}
    monkeypatch.setattr(resources, "terms", lambda: [row, newer])
    load_terms.cache_clear()
    assert [term.amount for term in stale_terms(date(2028, 6, 1))] == []
    assert [term.amount for term in stale_terms(date(2029, 6, 1))] == [7]
    load_terms.cache_clear()
