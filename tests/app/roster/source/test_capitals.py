"""Names in capitals are taken over as they are usually written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.names import fold
from app.roster.source.capitals import calm, shouts

SURNAMES = {
    "VAN DER WAL": "van der Wal",
    "DE BOER": "de Boer",
    "IN 'T VELD": "in 't Veld",
    "'T HOOFT": "'t Hooft",
    "'S-GRAVENDEEL": "'s-Gravendeel",
    "D'ANCONA": "d'Ancona",
    "O'NEILL": "O'Neill",
    "TA'EEB": "Ta'eeb",
    "IJSSELSTEIN": "IJsselstein",
    "VAN DEN IJSSEL-SMIT": "van den IJssel-Smit",
    "JANSEN-VAN DER WAL": "Jansen-van der Wal",
    "SMIT VAN DER WAL": "Smit van der Wal",
    "MCDONALD": "McDonald",
    "MACDONALD": "Macdonald",
    "ÖZTÜRK": "Öztürk",
    "NG": "Ng",
    "DE": "De",
    "VRIES, DE": "Vries, de",
    "van der WAL": "van der Wal",
    "De Smet": "De Smet",
    "deVries": "deVries",
    "@SUM(1;+2)": "@SUM(1;+2)",
    "GROEP 3": "GROEP 3",
}
WHOLE = {
    "ZOË VAN DER WAL": "Zoë van der Wal",
    "JAN PIETER VAN DER WAL": "Jan Pieter van der Wal",
    "WAL, ZOË VAN DER": "Wal, Zoë van der",
    "VRIES, DE, JAN": "Vries, de, Jan",
    "JANSEN, BEN": "Jansen, Ben",
    "BEN JANSEN": "Ben Jansen",
    "P.J. DE BOER": "P.J. de Boer",
    "JP DE BOER": "JP de Boer",
}
GIVEN = {"ANNE-MARIE": "Anne-Marie", "IJSBRAND": "IJsbrand", "JP": "JP", "BEN ALI": "Ben Ali"}


@pytest.mark.parametrize("text", SURNAMES)
def test_a_surname_in_capitals(text: str) -> None:
    assert calm("surname", text) == SURNAMES[text]


@pytest.mark.parametrize("text", WHOLE)
def test_a_whole_name_in_capitals(text: str) -> None:
    assert calm("name", text) == WHOLE[text]


@pytest.mark.parametrize("text", GIVEN)
def test_a_first_name_in_capitals(text: str) -> None:
    assert calm("first_name", text) == GIVEN[text]


def test_a_prefix_in_a_column_of_its_own() -> None:
    assert calm("prefix", "VAN DER") == "van der"


@pytest.mark.parametrize(
    ("column", "says"),
    [
        (("DE BOER", "WAL", ""), True),
        (("van der WAL", "BOS"), True),
        (("DE BOER", "Wal"), False),
        (("LI", "NG"), False),
        (("", "12"), False),
        ((), False),
    ],
)
def test_only_a_column_of_capitals_shouts(column: tuple[str, ...], *, says: bool) -> None:
    assert shouts(column) is says


@given(st.sampled_from(["name", "first_name", "prefix", "surname"]), st.text(max_size=30))
def test_nothing_but_capitals_and_spaces_changes(name: str, text: str) -> None:
    assert fold(calm(name, text)) == fold(text)
