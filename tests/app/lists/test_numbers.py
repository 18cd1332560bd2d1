"""Numbers of lists: unlike one another, and no slip of the pen makes another of one."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from app.ids import new_id
from app.lists.numbers import ALPHABET, list_number, page_code, read_number

IDS = st.builds(new_id)
PLACES = st.integers(0, 9)


def bare(number: str) -> str:
    return number.replace("-", "")


@given(IDS)
def test_a_number_is_read_however_it_is_written(id: str) -> None:
    number = list_number(id)
    assert len(number) == 11
    for typed in (number, number.lower(), bare(number), f" {number[:5]} {number[6:]} "):
        assert read_number(typed) == number


@given(IDS, PLACES, st.sampled_from(ALPHABET))
def test_one_wrong_character_is_found(id: str, place: int, other: str) -> None:
    number = bare(list_number(id))
    assume(number[place] != other)
    assert read_number(number[:place] + other + number[place + 1 :]) == ""


@given(IDS, PLACES, PLACES)
def test_two_characters_that_changed_places_are_found(id: str, one: int, other: int) -> None:
    signs = list(bare(list_number(id)))
    assume(signs[one] != signs[other])
    signs[one], signs[other] = signs[other], signs[one]
    assert read_number("".join(signs)) == ""


def test_something_else_is_no_number() -> None:
    assert [read_number(text) for text in ("", "12345", "0O1IL-UUUUU", "x" * 90)] == [""] * 4


def test_many_numbers_differ() -> None:
    assert len({list_number(new_id()) for _ in range(20_000)}) == 20_000


def test_the_same_list_has_the_same_number() -> None:
    id = new_id()
    assert list_number(id) == list_number(id)


def test_a_page_says_which_register_list_and_page_it_is() -> None:
    code = page_code("0123456789abcdef", "4KX7N-92MQ3", 1, 2)
    assert code.startswith("BL1:89abcdef:4KX7N-92MQ3:1/2:")
    assert len(code.rpartition(":")[2]) == 4
