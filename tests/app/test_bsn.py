"""The eleven-test: numbers that may be citizen service numbers are found, others are left alone."""

from __future__ import annotations

import pytest

from app.bsn import holds_bsn, passes_eleven_test, refuse_bsn
from app.errors import Refusal


@pytest.mark.parametrize(
    "text",
    ["111222333", "nr 111 222 333.", "1112.22.333", "bsn:123456782", "12345672",
     "1 1 1 2 2 2 3 3 3", "nr 1-1-1-2-2-2-3-3-3",
     "groep 7 111222333", "012345672", "nr. 012 345 672", "001222338", "06 111222333",
     "+31 6 12345678 111222333", "0781234567 111222333"],
)  # fmt: skip
def test_a_number_that_passes_is_found(text: str) -> None:
    assert holds_bsn(text)


@pytest.mark.parametrize(
    "text",
    ["123456789", "06-12345678", "+31 6 12345678", "0612345672", "078 123 45 67", "12-05-2021",
     "0111222333", "0111-222333", "tel. 0111 22 23 33", "0031 612345672", "+31 (0)612345672",
     "+32 3 123 45 67", "0049 151 12345672",
     "20210504", "000000000", "1234567890", "NL91ABNA0417164300", "", "2041"],
)  # fmt: skip
def test_phones_days_and_other_numbers_are_left_alone(text: str) -> None:
    assert not holds_bsn(text)


@pytest.mark.parametrize(
    ("typed", "found"),
    [("012345672", False), ("612345671", False), ("111222333", True), ("012345672 111222333", True)],
)  # fmt: skip
def test_nine_digits_in_a_field_for_telephone_numbers(typed: str, found: bool) -> None:
    assert passes_eleven_test(typed[:9])
    assert holds_bsn(typed, in_phone_field=True) is found
    assert holds_bsn(typed)


def test_one_changed_digit_no_longer_passes() -> None:
    assert passes_eleven_test("111222333")
    assert not any(passes_eleven_test(f"11122233{digit}") for digit in "012456789")


def test_the_refusal_names_the_field() -> None:
    with pytest.raises(Refusal) as refused:
        refuse_bsn("111222333", "note")
    assert refused.value.field == "note"
