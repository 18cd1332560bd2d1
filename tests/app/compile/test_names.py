"""Finding names in texts: whole words, each place by itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.compile.names import INITIALS, LOWERCASE, SHARED, Finder, Named

ZOE = Named("1", "pupil", "Zoë van der Wal", "Zoë", "", "van der", "Wal")
ROOS = Named("2", "pupil", "Roos de Beer", "Roos", "", "de", "Beer")
ANCONA = Named("3", "guardian", "Luca d'Ancona", "Luca", "L.", "d'", "Ancona")
ANNE = Named(
    "4", "pupil", "Anne-Marie Janssen-de Boer", "Anne-Marie", "", "", "Janssen-de Boer"
)
SELF = Named("5", "pupil", "Daan van der Wal", "Daan", "", "van der", "Wal", stays=True)


def said(text: str, *people: Named) -> list[str]:
    """What was found, as it stands there."""
    return [match.text for match in Finder(people).matches(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Zoë van der Wal",
        "Zoe van der Wal",
        "ZOË VAN DER WAL",
        "Zoe\u0308 van der Wal",
        "Zoë  van\nder Wal",
        "Van der Wal",
        "Wal, Zoë van der",
        "Z. van der Wal",
        "Z van der Wal",
        "Z. v.d. Wal",
        "Z. v/d Wal",
        "v.d. Wal",
        "Zoë Wal",
        "Zoë",
        "Zoës",
        "Wal",
        "Zo-\në",
        "Z.v.d.W",
    ],
)
def test_a_name_is_found_as_people_write_it(text: str) -> None:
    assert said(f"Gezien: {text}. Klaar.", ZOE) == [text]


@pytest.mark.parametrize(
    ("person", "text"),
    [
        (ANCONA, "Luca d'Ancona"),
        (ANCONA, "L. d’Ancona"),
        (ANCONA, "Ancona"),
        (ANNE, "Anne-Marie Janssen-de Boer"),
        (ANNE, "Anne Marie"),
        (ANNE, "Marie"),
        (ANNE, "Janssen-de Boer"),
        (ANNE, "Janssen"),
        (ANNE, "De Boer"),
    ],
)
def test_names_with_signs_in_them_are_found(person: Named, text: str) -> None:
    assert said(f"Toen kwam {text} binnen.", person) == [text]


@pytest.mark.parametrize("text", ["De wallen", "Roosters", "beerput", "Zo", "walvis", "onroos"])
def test_only_whole_words_are_names(text: str) -> None:
    assert said(text, ZOE, ROOS) == []


def test_a_common_word_is_found_with_a_doubt() -> None:
    found = Finder([ROOS]).matches("Een beer zag een roos, en Roos zag de Beer. De beer niet.")
    assert [(match.text, match.doubt) for match in found] == [
        ("beer", LOWERCASE),
        ("roos", LOWERCASE),
        ("Roos", ""),
        ("de Beer", ""),
        ("De beer", LOWERCASE),
    ]


def test_initials_alone_are_found_with_a_doubt() -> None:
    assert [match.doubt for match in Finder([ZOE]).matches("Z.v.d.W.")] == [INITIALS]


def test_the_longest_name_wins() -> None:
    other = Named("9", "pupil", "Zoë Smit", "Zoë", "", "", "Smit")
    (match,) = Finder([other, ZOE]).matches("Zoë van der Wal")
    assert match.people == (ZOE,)


def test_one_word_can_be_the_name_of_several() -> None:
    other = Named("9", "pupil", "Zoë Smit", "Zoë", "", "", "Smit")
    (match,) = Finder([other, ZOE]).matches("Zoë")
    assert set(match.people) == {other, ZOE}


def test_who_stays_is_left_where_he_stands() -> None:
    assert said("Daan van der Wal en Daan", SELF, ZOE) == []


def test_a_surname_that_is_shared_with_who_stays_is_a_doubt() -> None:
    (match,) = Finder([SELF, ZOE]).matches("mevrouw Van der Wal")
    assert (match.doubt, match.people) == (SHARED, (ZOE,))


def test_a_name_that_was_typed_is_found_whole_and_by_its_words() -> None:
    typed = Named("", "typed", "buurman Kees Pronk")
    assert said("Kees, de buurman, Pronk; buurman Kees Pronk", typed) == [
        "Kees",
        "Pronk",
        "buurman Kees Pronk",
    ]


def test_a_gap_with_words_in_it_is_no_name() -> None:
    assert said("Zoë zag van der een Wal", ZOE) == ["Zoë", "Wal"]


@given(st.text(max_size=80), st.text(max_size=80))
def test_a_name_is_found_wherever_it_stands(before: str, after: str) -> None:
    text = f"{before} | Zoë van der Wal | {after}"
    assert "Zoë van der Wal" in said(text, ZOE)


@given(st.text(max_size=200))
def test_places_are_in_order_and_never_overlap(text: str) -> None:
    found = Finder([ZOE, ROOS, ANCONA]).matches(f"{text} Zoë {text}")
    ends = [0, *(match.end for match in found)]
    assert all(match.start >= end for match, end in zip(found, ends, strict=False))
    assert all(match.text == f"{text} Zoë {text}"[match.start : match.end] for match in found)
