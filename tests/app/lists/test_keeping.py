"""The paper of a list is kept for a while after its last day, and no longer."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

import resources
from app.lists.keeping import is_kept_too_long, kept_until
from app.lists.records import PrintedList

LAST = date(2026, 11, 28)


def printed(blob: str = "b") -> PrintedList:
    return PrintedList(
        id="1", number="L-1", groups=("g",), title="Zeester", uses=("photo:website",),
        lines=("p yes",), language="nl", printed_at=datetime(2026, 11, 22, 9, tzinfo=UTC),
        printed_by="Roos", holder="Roos", valid_until=LAST, basis=1, stamp="", digest="",
        pages=1, blob=blob,
    )  # fmt: skip


@pytest.mark.parametrize(("days", "too_long"), [(0, False), (1, True), (400, True)])
def test_the_last_day_is_still_kept(days: int, too_long: bool) -> None:
    assert is_kept_too_long(printed(), kept_until(printed()) + timedelta(days)) is too_long


def test_the_time_begins_after_the_last_day_of_the_list() -> None:
    assert (kept_until(printed()) - LAST).days == resources.list_rules()["keep_paper"]


def test_without_a_stored_paper_nothing_is_kept() -> None:
    assert not is_kept_too_long(printed(blob=""), date(2040, 1, 1))


def test_the_rule_says_that_it_is_to_be_checked() -> None:
    assert resources.list_rules()["keep_paper_to_be_checked"] is True
