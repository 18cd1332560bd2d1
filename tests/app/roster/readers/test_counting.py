"""Totals and headings in a list are no pupils, and no child is lost because of its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.roster.accept import accept, propose
from app.roster.proposal import Change, Choice, Decided
from tests.app.roster.readers.test_lists import read, told

if TYPE_CHECKING:
    from tests.registers import School

HEAD = "Leerlingnummer;Roepnaam;Achternaam;Geboortedatum;Groep;Opmerking"
ZOE = "12;Zoë;Wal;04-05-2020;Zeester;"
NAMES = "Roepnaam;Achternaam;Groep;E-mail ouder 1"


COUNTS = [
    *("Totaal: 3;;;;;", "Totaal;3;;;;", ";Totaal;25;;;", ";;Totaal: 25;;;", "TOTAAL 3;;;;;"),
    *("Aantal leerlingen 25;;;;;", "Aantal leerlingen;25;;;;", "Subtotaal;;;;12;"),
    *("Totaal aantal leerlingen in de groepen 1 t/m 8: 25;;;;;", ";Totaal groep 3a;12;;;"),
    *("Gemiddelde;;;8,4;;", ";;Gemiddelde leeftijd;7,3;;", "Eindtotaal;25;;;100%;"),
    *(
        "Som: 3;;;;;",
        "Grand total: 25;;;;;",
        "Count: 3;;;;;",
        "Number of pupils, total: 25;;;;;",
    ),
]
MAYBE = [";Total;25;;;", ";Som;;;;", ";Totaal;Zeevogels;;12;", ";Totaal;25;;Zeester;ongeveer"]
CHILDREN = [
    *(";Totale;;;Zeester;", ";Kees;Som;;Zeester;", ";Mean;Count;;Zeester;"),
    *(";Totaal;;01-02-2019;;", "14;;Som;01-02-2019;3;", ";Aantje;Wal-Totaal;;Zeester;"),
    "15;Bo;Bos;;;gemiddeld",
]


@pytest.mark.parametrize("foot", COUNTS)
def test_a_count_is_no_pupil_and_told_with_its_row(foot: str) -> None:
    roster = read(f"{HEAD}\n{ZOE}\n;;;;;\n{foot}\n", whole=True)
    assert told(roster) == [(4, "row_counts")]
    assert [pupil.first_name for pupil in roster.pupils] == ["Zoë"]
    assert roster.whole


@pytest.mark.parametrize("row", MAYBE)
def test_what_may_be_a_child_is_for_a_person_to_decide(row: str) -> None:
    (_, found) = read(f"{HEAD}\n{ZOE}\n{row}\n").pupils
    assert found.doubt is not None
    assert found.doubt.id == "roster.doubt_count"


@pytest.mark.parametrize("row", CHILDREN)
def test_a_child_may_be_called_so(row: str) -> None:
    (_, found) = read(f"{HEAD}\n{ZOE}\n{row}\n").pupils
    assert found.doubt is None


@pytest.mark.parametrize("row", ["Groep 3a;;;", "Afgedrukt op 22-11-2026;;;", ";Einde lijst;;"])
def test_a_row_with_one_thing_only_is_for_a_person_to_decide(row: str) -> None:
    (_, found) = read(f"{NAMES}\nZoë;Wal;Zeester;els@thuis.example\n{row}\n").pupils
    assert found.doubt is not None
    assert found.doubt.id == "roster.doubt_alone"


def test_a_heading_between_the_rows_of_a_narrow_list_is_for_a_person_to_decide() -> None:
    rows = "Groep 1;\nZoë Wal;4-5-2020\nBo Vos;\n"
    found = read(f"Leerling;Geboortedatum\n{rows}").pupils
    assert [pupil.doubt and pupil.doubt.id for pupil in found] == [
        "roster.doubt_alone",
        None,
        None,
    ]


def test_a_total_of_a_list_of_parents_is_nobody() -> None:
    roster = read(
        "Naam ouder;E-mail;Leerlingnummers\nEls Wal;els@thuis.example;12\nTotaal: 1;;\n"
    )
    assert [guardian.surname for guardian in roster.guardians] == ["Wal"]
    assert told(roster)[-1][0] == 3


def test_a_doubtful_row_is_stored_only_when_a_person_says_so(school: School) -> None:
    session = school.administrator()
    roster = read(f"{HEAD};Locatie\n{ZOE};De Kade\n;Totaal;Zeevogels;;12;;De Kade\n")
    found = propose(session, roster)
    (line,) = found.doubtful
    assert (line.name, line.change, line.candidates) == ("Totaal Zeevogels", Change.NEW, ())
    accept(session, roster, found)
    assert [each.name for each in propose(session, roster).doubtful] == ["Totaal Zeevogels"]
    again = propose(session, roster)
    accept(session, roster, again, {again.doubtful[0].key: Decided(Choice.ACCEPT)})
    assert propose(session, roster).is_empty
