"""Pass phrases: proposed ones pass, guessable ones are refused with their reason."""

from __future__ import annotations

import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from app.errors import Refusal
from app.register.passwords import (
    check_password,
    check_pin,
    normal_password,
    propose_phrase,
    shortest,
)

ROLES = [str(role["key"]) for role in resources.roles()]


def refused(password: str, *roles: str, near: tuple[str, ...] = ()) -> str:
    with pytest.raises(Refusal) as caught:
        check_password(password, roles, near)
    return caught.value.message.id


@pytest.mark.parametrize(
    ("role", "bits"), [("teacher", 38.8), ("administrator", 51.7), ("director", 64.6)]
)
def test_proposed_phrase_is_worth_what_the_calculation_asks(role: str, bits: float) -> None:
    phrase = propose_phrase([role])
    assert len(phrase.split()) * 11 >= bits
    check_password(phrase, [role])


def test_proposed_phrases_are_never_the_same() -> None:
    assert len({propose_phrase(ROLES) for _ in range(50)}) == 50


def test_most_demanding_role_counts() -> None:
    assert shortest(["teacher"]) == 12
    assert shortest(["teacher", "director"]) == 15


def test_unknown_role_is_treated_as_the_most_demanding() -> None:
    assert shortest(["care_coordinator"]) == 15


@pytest.mark.parametrize("edge", [" ", "\t", "\n", "\N{NO-BREAK SPACE}"])
def test_spaces_at_the_ends_are_refused_not_removed(edge: str) -> None:
    good = "roestvrij anker bij nacht"
    assert refused(edge + good, "director") == "register.password_edges"
    assert refused(good + edge, "director") == "register.password_edges"


def test_length_is_counted_in_characters_as_people_see_them() -> None:
    decomposed = unicodedata.normalize("NFD", "éééëëëïïïööü")
    check_password(decomposed, ["teacher"])
    assert refused("kort en goed", "director") == "register.password_short"
    assert refused("zin " * 33, "teacher") == "register.password_edges"
    assert refused("ab cd ef " * 14 + "xyzq", "teacher") == "register.password_long"


@pytest.mark.parametrize(
    "password",
    ["aaaaaaaaaaaaaaaa", "abcdefghijklmnop", "1234512345123451234512345", "ahoyahoyahoyahoy"],
)
def test_what_everybody_tries_first_is_refused(password: str) -> None:
    assert refused(password, "director") == "register.password_common"


def test_common_password_with_a_year_behind_it_is_still_common() -> None:
    known = max(resources.common_passwords(), key=lambda word: (word.isalpha(), len(word)))
    assert refused(known + "2026!" * 3, "teacher") == "register.password_common"


def test_name_of_the_school_is_not_a_password() -> None:
    near = ("Bootschool De Meerpaal", "Jan Klaassen")
    assert refused("Meerpaal-klaassen-26", "director", near=near) == "register.password_near"
    check_password("meerpaal kruidnoot lantaarn", ["director"], near)


@pytest.mark.parametrize(
    ("pin", "reason"), [("12345", "short"), ("123456", "common"), ("777777", "common")]
)
def test_guessable_pins_are_refused(pin: str, reason: str) -> None:
    with pytest.raises(Refusal) as caught:
        check_pin(pin)
    assert caught.value.message.id == f"register.pin_{reason}"


@given(st.text(max_size=200))
def test_any_text_passes_or_is_refused_with_a_reason(password: str) -> None:
    with suppress(Refusal):
        check_password(password, ["teacher"])


@given(st.text(max_size=40))
def test_one_password_has_one_form(password: str) -> None:
    forms = {normal_password(unicodedata.normalize(form, password)) for form in ("NFC", "NFD")}
    assert len(forms) == 1
