"""Surnames with their prefix inside, behind or apart."""

from __future__ import annotations

import pytest

from app.roster.source.surnames import dotted, split_surname


@pytest.mark.parametrize(
    ("written", "prefix", "surname"),
    [
        ("Vries", "", "Vries"),
        ("de Vries", "de", "Vries"),
        ("van der Wal", "van der", "Wal"),
        ("van 't Hof", "van 't", "Hof"),
        ("van \u2019t Hof", "van \u2019t", "Hof"),
        ("'t Hart", "'t", "Hart"),
        ("v.d. Berg", "v.d.", "Berg"),
        ("Wal, van der", "van der", "Wal"),
        ("Wal, Van der", "van der", "Wal"),
        ("Wal , van der ", "van der", "Wal"),
        ("Wal van der", "van der", "Wal"),
        ("Jansen Wal van 't", "van 't", "Jansen Wal"),
        ("Wal Van der", "van der", "Wal"),
        ("WAL VAN DER", "", "WAL VAN DER"),
        ("Carvalho do", "do", "Carvalho"),
        ("Do Op", "", "Do Op"),
        ("wal van", "", "wal van"),
        ("De Smet", "", "De Smet"),
        ("Van der Wal", "", "Van der Wal"),
        ("van der Wal-de Boer", "van der", "Wal-de Boer"),
        ("Jansen van der Wal", "", "Jansen van der Wal"),
        ("Jansen, Piet", "", "Jansen, Piet"),
        ("de", "", "de"),
        ("van der", "van", "der"),
        ("", "", ""),
    ],
)
def test_a_prefix_is_split_off(written: str, prefix: str, surname: str) -> None:
    assert split_surname(written) == (prefix, surname)


def test_a_prefix_by_itself_is_taken_as_it_is() -> None:
    assert split_surname("de Boer", "van") == ("van", "de Boer")
    assert split_surname("derksen", "der") == ("der", "derksen")


@pytest.mark.parametrize("written", ["van der Wal", "Van der Wal", "Wal, van der", "Wal"])
def test_a_prefix_that_stands_in_both_is_said_once(written: str) -> None:
    assert split_surname(written, "van der") == ("van der", "Wal")


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("IH", "I.H."),
        ("J", "J."),
        ("J.R.", "J.R."),
        ("J. R.", "J.R."),
        ("ThJ", "Th.J."),
        ("A B", "A.B."),
        ("", ""),
    ],
)
def test_initials_get_their_dots(written: str, read_as: str) -> None:
    assert dotted(written) == read_as


def test_a_prefix_with_an_apostrophe_is_split_off() -> None:
    assert split_surname("d'Ancona") == ("d'", "Ancona")
    assert split_surname("O'Neill") == ("", "O'Neill")
    assert split_surname("D'Ancona") == ("", "D'Ancona")
