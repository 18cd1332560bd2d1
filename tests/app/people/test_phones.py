"""One telephone number may be written in many ways."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.people.phones import plain_phone, same_phone

WAYS = (
    *("0612345678", "06-12345678", "06 12 34 56 78", "(06) 12345678", "+31 6 12345678"),
    *(
        "(+31) 612345678",
        "+31612345678",
        "0031612345678",
        "+31 (0)6 1234 5678",
        "+31 06 12345678",
        " 0612345678 ",
    ),
)


@pytest.mark.parametrize("written", WAYS)
def test_ways_to_write_one_number(written: str) -> None:
    assert plain_phone(written) == "0612345678"


def test_other_numbers_are_others() -> None:
    assert not same_phone("0612345678", "0612345679")
    assert not same_phone("+32 612345678", "0612345678")
    assert same_phone("0032 2 123 45 67", "+32 2 1234567")
    assert plain_phone("020-1234567") == "0201234567"


def test_texts_without_digits_are_compared_as_they_are() -> None:
    assert not same_phone("geheim", "onbekend")
    assert same_phone("geheim", "geheim ")
    assert not same_phone("", "0612345678")


@pytest.mark.parametrize("written", ["0000", "0(0)0", "+00", "(+31) 6", "+(0)0031"])
def test_what_is_no_number_is_plain_at_once(written: str) -> None:
    assert plain_phone(plain_phone(written)) == plain_phone(written)


PHONES = st.text("0123+()- ", max_size=12) | st.text(max_size=20)


@given(PHONES)
def test_a_number_is_itself(text: str) -> None:
    assert same_phone(text, text)
    assert plain_phone(plain_phone(text)) == plain_phone(text)
