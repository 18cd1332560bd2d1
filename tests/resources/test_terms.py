"""Legal and agreed terms have a dated value, a unit and an article."""

from datetime import date

import pytest

import resources

TERMS = {row["key"]: row for row in resources.terms()}


@pytest.mark.parametrize("key", TERMS)
def test_a_term_can_be_counted(key: str) -> None:
    row = TERMS[key]
    starts = {word["key"] for word in resources.procedure_vocabulary()["starts"]}
    assert row["unit"] in {"hours", "days", "weeks", "months"}
    assert row["starts"] in starts
    assert row["moves"] in {"no", "next_working_day", "next_school_day"}
    assert type(row["valid_from"]) is date


@pytest.mark.parametrize("key", TERMS)
def test_only_good_practice_lacks_an_article(key: str) -> None:
    row = TERMS[key]
    assert row["article"] or (row["kind"] == "soft" and row["to_be_checked"])


@pytest.mark.parametrize(
    ("key", "amount", "unit"),
    [
        ("staff.views", 3, "weeks"),
        ("staff.appeal", 6, "weeks"),
        ("access.answer", 1, "months"),
        ("breach.notice", 72, "hours"),
    ],
)
def test_the_terms_that_matter_most(key: str, amount: int, unit: str) -> None:
    assert (TERMS[key]["amount"], TERMS[key]["unit"]) == (amount, unit)


def test_every_start_of_a_term_is_used() -> None:
    listed = {word["key"] for word in resources.procedure_vocabulary()["starts"]}
    assert {row["starts"] for row in TERMS.values()} == listed
