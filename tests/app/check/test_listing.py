"""The check list as values: what is packed comes back, and every change changes a hash."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.check import listing
from app.check.records import CheckRow, RowKind
from app.consent.outcome import Outcome, Reason
from app.consent.verdict import Verdict, Voice

ROW = CheckRow(
    id="a1",
    name="Zoë van der Wal",
    sort_key="wal zoe",
    folded="zoe van der wal",
    group_id="g1",
    bucket=7,
    verdicts='{"r":[],"u":[]}',
    until=date(2026, 12, 1),
)


def verdict(outcome: Outcome, reason: Reason, conditions: tuple[str, ...]) -> Verdict:
    return Verdict("photo:site", outcome, reason, conditions=conditions)


verdicts = st.lists(
    st.builds(
        verdict,
        st.sampled_from(Outcome),
        st.sampled_from(Reason),
        st.lists(st.sampled_from(["no_name", "group_only"]), unique=True).map(tuple),
    ),
    max_size=30,
).map(tuple)


@given(verdicts)
def test_what_is_packed_comes_back(found: tuple[Verdict, ...]) -> None:
    back = listing.unpack(listing.pack(found, {}))
    assert back == tuple(listing.ruling(verdict, {}) for verdict in found)


def test_equal_answers_are_kept_once() -> None:
    one = verdict(Outcome.NO, Reason.UNANSWERED, ())
    assert len(listing.pack((one,) * 30, {})) < 150


@pytest.mark.parametrize("name", [field.name for field in fields(CheckRow)])
def test_every_field_of_a_row_counts(name: str) -> None:
    old = getattr(ROW, name)
    later = date(2026, 12, 2)
    other: Any = {str: f"{old}x", int: 8, date: later, RowKind: RowKind.STAFF}[type(old)]
    changed = replace(ROW, **{name: other})
    assert listing.bucket_digest((changed,)) != listing.bucket_digest((ROW,))


def test_words_cannot_move_from_one_field_to_the_next() -> None:
    one = replace(ROW, name="ab", sort_key="c")
    other = replace(ROW, name="a", sort_key="bc")
    assert listing.bucket_digest((one,)) != listing.bucket_digest((other,))


def test_a_removed_and_an_added_row_count() -> None:
    second = replace(ROW, id="a2")
    assert listing.bucket_digest((ROW, second)) != listing.bucket_digest((ROW,))
    assert listing.bucket_digest(()) == listing.EMPTY


@given(
    st.integers(0, listing.BUCKETS - 1), st.text("0123456789abcdef", min_size=64, max_size=64)
)
def test_a_hash_stands_where_it_was_put(bucket: int, digest: str) -> None:
    branch = listing.EMPTY * listing.BRANCH
    put = listing.put_digest(branch, bucket, digest)
    assert listing.get_digest(put, bucket) == digest
    assert len(put) == len(branch)


@given(st.integers(0, listing.BRANCHES - 2))
def test_exchanged_branches_change_the_root(place: int) -> None:
    branches = tuple(str(number) for number in range(listing.BRANCHES))
    other = list(branches)
    other[place], other[place + 1] = other[place + 1], other[place]
    assert listing.root("h", branches) != listing.root("h", tuple(other))


def test_the_header_is_under_the_root() -> None:
    branches = ("",) * listing.BRANCHES
    assert listing.root("one", branches) != listing.root("two", branches)


@pytest.mark.parametrize("place", range(6))
def test_everything_that_is_signed_counts(place: int) -> None:
    parts: list[Any] = ["register", 1, "2026-11-22T10:00:00+00:00", 12, "root", "previous"]
    other = list(parts)
    other[place] = 99 if isinstance(parts[place], int) else "x"
    assert listing.signed_content(*other) != listing.signed_content(*parts)


def test_one_decider_is_named_by_relation_only() -> None:
    alone = verdict(Outcome.ASK, Reason.UNANSWERED, ())._replace(voices=(Voice("g1", None),))
    assert listing.ruling(alone, {"g1": "mother"}).who == "mother"
    assert listing.ruling(alone, {}).who == "other"
