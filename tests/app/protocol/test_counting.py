"""Which version counts for an event, and whether it could be known to somebody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.protocol.known import Known, OwnTime, knowledge, why_of, why_text
from app.protocol.load import load_protocol
from app.protocol.shelf import Held, arranged, counting_on, published_on

SHELF = arranged(Held("lovk-2023"))
LOVK = load_protocol("lovk-2023")
days = st.dates(date(2017, 1, 1), date(2030, 1, 1))
audiences = st.sampled_from(["staff", "guardian", "other"])


def test_the_earlier_version_stands_before_the_later_one() -> None:
    assert [each.key for each in SHELF.protocols] == ["lovk-2018", "lovk-2023"]
    assert SHELF.current(date(2026, 11, 22)).key == "lovk-2023"
    assert SHELF.current(date(2020, 1, 1)).key == "lovk-2018"
    assert SHELF.current(date(2001, 1, 1)).key == "lovk-2018"


def test_of_the_earlier_version_only_its_beginning_is_known() -> None:
    early = load_protocol("lovk-2018")
    assert (early.starts, early.articles, early.articles_known) == (
        date(2018, 12, 1),
        (),
        False,
    )
    assert [each.key for each in early.trail if each.on] == ["in_force"]
    assert early.categories == LOVK.categories


@pytest.mark.parametrize(
    ("audience", "day", "key", "said"),
    [
        ("staff", date(2026, 11, 2), "lovk-2023", "protocol.counts"),
        ("staff", date(2024, 5, 30), "lovk-2023", "protocol.counts"),
        ("staff", date(2024, 5, 29), "lovk-2018", "protocol.counts_unpublished"),
        ("guardian", date(2024, 3, 1), "lovk-2023", "protocol.counts"),
        ("guardian", date(2024, 2, 29), "lovk-2018", "protocol.counts_unpublished"),
        ("other", date(2023, 4, 6), "lovk-2023", "protocol.counts"),
        ("other", date(2023, 4, 5), "lovk-2018", "protocol.counts_before"),
        ("staff", date(2018, 12, 1), "lovk-2018", "protocol.counts_before"),
        ("staff", date(2018, 11, 30), "lovk-2018", "protocol.counts_none"),
    ],
)
def test_an_event_is_judged_by_the_version_of_then(
    audience: str, day: date, key: str, said: str
) -> None:
    found = counting_on(SHELF, audience, day)
    assert (found.protocol.key, found.why.id) == (key, said)
    assert found.in_force is (said != "protocol.counts_none")


@given(audiences, days)
def test_nothing_counts_before_it_began_or_was_published(audience: str, day: date) -> None:
    found = counting_on(SHELF, audience, day)
    if found.in_force:
        assert found.protocol.starts is not None
        assert found.protocol.starts <= day
        published = published_on(found.protocol, audience)
        assert published is None or published <= day


PUBLISHED = date(2024, 3, 1)


@pytest.mark.parametrize(
    ("audience", "day", "own", "known", "since", "said"),
    [
        ("guardian", PUBLISHED, None, Known.YES, PUBLISHED, "known_audience"),
        ("guardian", date(2024, 2, 29), None, Known.NO, PUBLISHED, "known_later"),
        ("other", date(2026, 1, 1), None, Known.NOT_KNOWN, None, "known_unpublished"),
        (
            *("guardian", date(2026, 1, 1), OwnTime(date(2020, 8, 1), "guardian")),
            *(Known.YES, PUBLISHED, "known_person"),
        ),
        (
            *("guardian", date(2026, 1, 1), OwnTime(date(2025, 8, 1), "guardian")),
            *(Known.YES, date(2025, 8, 1), "known_from_guardian"),
        ),
        (
            *("guardian", date(2025, 7, 31), OwnTime(date(2025, 8, 1), "guardian")),
            *(Known.NO, date(2025, 8, 1), "came_later_guardian"),
        ),
        (
            *("guardian", date(2024, 2, 1), OwnTime(date(2020, 8, 1), "guardian")),
            *(Known.NO, PUBLISHED, "known_later"),
        ),
        (
            *("staff", date(2026, 1, 1), OwnTime(None, "staff")),
            *(Known.YES, date(2024, 5, 30), "known_no_start_staff"),
        ),
        (
            *("staff", date(2026, 1, 1), OwnTime(date(2026, 1, 1), "staff")),
            *(Known.YES, date(2026, 1, 1), "known_from_staff"),
        ),
        (
            *("staff", date(2025, 12, 31), OwnTime(date(2026, 1, 1), "staff")),
            *(Known.NO, date(2026, 1, 1), "came_later_staff"),
        ),
    ],
)
def test_a_rule_is_known_from_publication_or_from_ones_own_first_day(
    audience: str, day: date, own: OwnTime | None, known: Known, since: date | None, said: str
) -> None:
    found = knowledge(LOVK, audience, day, own)
    assert (found.known, found.since) == (known, since)
    assert found.why.id == f"protocol.{said}"
    assert why_of(why_text(found.why)) == found.why


@pytest.mark.parametrize(
    "text",
    ["", "x", "[]", '{"why": "known_other"}', '{"why": "known_person"}',
     '{"why": "known_person", "published": "soon"}',
     '{"why": "known_person", "published": "2024-03-01", "more": "2024-03-01"}'],
)  # fmt: skip
def test_a_reason_that_is_not_one_is_none(text: str) -> None:
    assert why_of(text) is None


@given(audiences, days, st.none() | days)
def test_who_knows_a_rule_knows_it_the_next_day_too(
    audience: str, day: date, came: date | None
) -> None:
    own = OwnTime(came, "staff")
    if knowledge(LOVK, audience, day, own).known is Known.YES:
        later = knowledge(LOVK, audience, day + timedelta(days=1), own)
        assert later.known is Known.YES


def test_dates_noted_later_leave_the_digest() -> None:
    moved = replace(LOVK, evaluate_on=date(2027, 3, 1), trail=())
    assert moved.digest == LOVK.digest
    other = replace(LOVK, articles=LOVK.articles[1:])
    assert other.digest != LOVK.digest
