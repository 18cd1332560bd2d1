"""Names: folding, order, initials, and the government's own example tables (in our words)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import names


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Zoë", "zoe"), ("Şeyma Yıldız", "seyma yildiz"), ("Łukasz", "lukasz"), ("İlknur", "ilknur"),
        ("in 't Veld", "in t veld"), ("IJsbrand", "ijsbrand"), ("O’Brien-d'Arc", "obrien darc"),
        ("Ĳsselmeer", "ijsselmeer"), ("Małysz-Żak", "malysz zak"), ("  A   B ", "a b"),
    ],
)  # fmt: skip
def test_what_is_typed_without_accents_is_found(typed: str, folded: str) -> None:
    assert names.fold(typed) == folded


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert names.fold(names.fold(text)) == names.fold(text)


def test_the_dutch_order_ignores_the_prefix_first() -> None:
    people = [
        ("Kim", "van den", "Berg"),
        ("Al", "", "Berger"),
        ("Bo", "", "Berg"),
        ("Cas", "de", "Vries"),
    ]
    ordered = sorted(people, key=lambda person: names.sort_key(*person))
    assert [person[0] for person in ordered] == ["Bo", "Kim", "Al", "Cas"]


@pytest.mark.parametrize(
    ("given_names", "written"),
    [
        ("Jo Rene", "J.R."), ("Thomas", "T."), ("Philip", "P."), ("IJsbrand", "I."),
        ("Elise Q", "E.Q"), ("Dirk-Willem", "D."), ("Anna Özil", "A.Ö."), ("", ""),
    ],
)  # fmt: skip
def test_initials_follow_the_government_table(given_names: str, written: str) -> None:
    assert names.initials(given_names) == written


@pytest.mark.parametrize(
    ("initials", "prefix", "surname", "line"),
    [
        ("R.M.", "van", "Puffelen", "R.M. van Puffelen"),
        ("E.Q", "In Den", "Groenen", "E.Q In Den Groenen"),
        ("", "van", "Puffelen", "Van Puffelen"),
        ("", "'t", "Wolkje", "'t Wolkje"),
        ("", "", "Groenen", "Groenen"),
    ],
)
def test_a_prefix_gets_its_capital_only_when_nothing_precedes(
    initials: str, prefix: str, surname: str, line: str
) -> None:
    assert names.name_line(initials, "", prefix, surname) == line


def test_stored_text_has_no_loose_spaces_and_one_form_of_unicode() -> None:
    assert names.tidy("  Zoe\u0308  van   der Wal ") == "Zoë van der Wal"
