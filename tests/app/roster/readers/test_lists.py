"""Lists become rosters: wide and long ones, with the accidents that real lists have."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import Refusal
from app.jobs import CancelledError
from app.roster.readers.guess import guess
from app.roster.readers.lists import preview, read_list
from app.roster.readers.mapping import Mapping, Shape
from app.roster.source.tables import open_table
from app.roster.source.wholenames import names_in, split_name

if TYPE_CHECKING:
    from app.roster.roster import Roster, RosterGuardian

PUPILS = "Leerlingnummer;Roepnaam;Tussenvoegsel;Achternaam;Geboortedatum;Groep;Locatie"
PARENTS = ";Naam ouder 1;E-mail ouder 1;Telefoon ouder 1;Naam ouder 2;E-mail ouder 2"


def read(text: str, *, whole: bool = False) -> Roster:
    table = open_table(text.encode(), "lijst.csv")
    found = guess(table.headers, table.first(50)).mapping("Lijst", whole=whole)
    return read_list(text.encode(), "lijst.csv", found)


def told(roster: Roster) -> list[tuple[int, str]]:
    return [(f.where.row, f.message.id.removeprefix("roster.")) for f in roster.faults]


def ties(roster: Roster) -> list[tuple[str, str, str, int]]:
    """Child, guardian, relation and position, by first names."""
    pupils = {pupil.key: pupil.first_name or pupil.number for pupil in roster.pupils}
    adults = {guardian.key: name_of(guardian) for guardian in roster.guardians}
    return [
        (pupils[r.pupil_key], adults[r.guardian_key], r.kind, r.position)
        for r in roster.relations
    ]


def name_of(guardian: RosterGuardian) -> str:
    return guardian.first_name or guardian.initials or guardian.institution


def test_a_wide_list_gives_children_with_their_parents() -> None:
    roster = read(
        f"{PUPILS}{PARENTS}\n"
        "1001;Zoë;van der;Wal;03-05-2015;5A;Havenschool;Jan van der Wal;jan@wal.example;0612345678;J. Mulder;m@mail.example\n"
    )
    pupil = roster.pupils[0]
    assert (pupil.number, pupil.first_name, pupil.prefix, pupil.surname) == (
        "1001",
        "Zoë",
        "van der",
        "Wal",
    )
    assert pupil.birth_date == date(2015, 5, 3)
    assert [group.name for group in roster.groups if group.key in pupil.group_keys] == ["5A"]
    assert [site.name for site in roster.sites] == ["Havenschool"]
    father, mother = roster.guardians
    assert (father.first_name, father.prefix, father.surname) == ("Jan", "van der", "Wal")
    assert (father.email, father.phone) == ("jan@wal.example", "0612345678")
    assert (mother.initials, mother.surname) == ("J.", "Mulder")
    assert ties(roster) == [("Zoë", "Jan", "parent", 1), ("Zoë", "J.", "parent", 2)]
    assert told(roster) == []


def test_brothers_and_sisters_share_their_parents() -> None:
    roster = read(
        f"{PUPILS}{PARENTS}\n"
        "1;Bo;;Vries;03-05-2015;5;;Jan Vries;jan@mail.example;;Els Bakker;els@mail.example\n"
        "2;Al;;Vries;03-05-2017;3;;J. Vries;JAN@mail.example;0612345678;Els Bakker;els@mail.example\n"
    )
    assert len(roster.guardians) == 2
    assert roster.guardians[0].phone == "0612345678"
    assert ties(roster) == [
        ("Bo", "Jan", "parent", 1), ("Bo", "Els", "parent", 2),
        ("Al", "Jan", "parent", 1), ("Al", "Els", "parent", 2),
    ]  # fmt: skip


def test_parents_with_one_address_for_mail_stay_two_people() -> None:
    roster = read(
        f"{PUPILS}{PARENTS}\n"
        "1;Bo;;Vries;;5;;J. Vries;thuis@mail.example;;J. Vries;thuis@mail.example\n"
        "2;Al;;Vries;;3;;J. Vries;thuis@mail.example;;J. Vries;thuis@mail.example\n"
    )
    assert len(roster.guardians) == 2
    assert len(roster.relations) == 4


def test_parents_are_recognised_by_name_and_address() -> None:
    roster = read(
        "Roepnaam;Achternaam;Ouder 1;Adres ouder 1;Postcode ouder 1\n"
        "Bo;Vries;Jan Vries;Kade 1;1234ab\nAl;Vries;Jan Vries;Kade 1;1234 AB\nCas;Vries;Jan Vries;Kade 9;1234 AB\n"
    )
    assert [guardian.street for guardian in roster.guardians] == ["Kade 1", "Kade 9"]
    assert roster.guardians[0].postcode == "1234 AB"


def test_a_long_list_names_children_by_number() -> None:
    roster = read(
        "Code;Achternaam;Email;Leerlingcodes\np1;Jansen;j@mail.example;101,102\np2;Bos;b@mail.example;102\n"
    )
    assert [pupil.number for pupil in roster.pupils] == ["101", "102"]
    assert not roster.whole
    assert [(r.pupil_key, r.guardian_key) for r in roster.relations] == [
        ("101", "p1"),
        ("102", "p1"),
        ("102", "p2"),
    ]


def test_a_long_list_names_children_by_name() -> None:
    roster = read(
        'Naam ouder;Kinderen\nEls Bakker;"Bo de Vries; Al de Vries"\nJan de Vries;Bo de Vries\nX Y;Bo\n'
    )
    assert [(p.first_name, p.prefix, p.surname) for p in roster.pupils] == [
        ("Bo", "de", "Vries"),
        ("Al", "de", "Vries"),
    ]
    assert len(roster.relations) == 3
    assert (4, "child_unclear") in told(roster)


def test_a_row_for_each_parent_gives_the_child_once() -> None:
    roster = read(
        "Leerlingnummer;Roepnaam;Achternaam;Ouder voornaam;Ouder achternaam;Relatie ouder\n"
        "1;Bo;Vries;Jan;Vries;vader\n1;Bo;Vries;Els;Bakker;moeder\n1;Bo;Vries;Els;Bakker;oma\n"
    )
    assert len(roster.pupils) == 1
    assert ties(roster)[:2] == [("Bo", "Jan", "father", 1), ("Bo", "Els", "mother", 2)]


def test_a_child_that_is_there_twice_is_told() -> None:
    roster = read(
        f"{PUPILS}\n1;Bo;;Vries;;5;\n1;Bo;;Vries;;5;\n1;Al;;Vries;;5;\n1;Bo;;Vries;;6;\n",
        whole=True,
    )
    assert told(roster) == [(3, "pupil_again"), (4, "pupil_differs"), (5, "pupil_again")]
    assert len(roster.pupils) == 1
    assert len(roster.pupils[0].group_keys) == 2
    assert not roster.whole


def test_namesakes_with_other_birth_dates_are_two() -> None:
    roster = read(
        "Roepnaam;Achternaam;Geboortedatum\nBo;Vries;1-2-2015\nBo;Vries;1-2-2016\nBo;Vries;1-2-2015\n"
    )
    assert len(roster.pupils) == 2
    assert told(roster) == [(4, "pupil_again")]


def test_what_is_wrong_is_told_with_row_and_column_and_the_rest_is_read() -> None:
    roster = read(
        f"{PUPILS}{PARENTS}\n"
        "1;Bo;;Vries;31-02-2020;5;;Jan Vries;jan at mail;niets;Piet en Els Bos;\n"
        ";;;;;5;;Jan Vries;;;;\n"
    )
    assert told(roster) == [
        (2, "email_unreadable"), (2, "phone_unreadable"), (2, "day_not_there"), (2, "two_people"), (3, "row_nobody"),
    ]  # fmt: skip
    assert [f.where.column for f in roster.faults][:3] == [
        "E-mail ouder 1",
        "Telefoon ouder 1",
        "Geboortedatum",
    ]
    assert len(roster.pupils) == 1
    assert ties(roster) == [("Bo", "Jan", "parent", 1)]


def test_what_may_not_be_held_is_counted_and_nowhere_in_the_roster() -> None:
    roster = read(
        "Roepnaam;Achternaam;BSN;Nationaliteit;Leerlingnummer\nBo;Vries;123456782;NL;123456782\nAl;Vries;111222333;;7\n"
    )
    assert {(d.name, d.count) for d in roster.dropped} == {
        ("BSN", 2),
        ("Nationaliteit", 1),
        ("Leerlingnummer", 1),
    }
    assert "123456782" not in repr(roster)
    assert [pupil.number for pupil in roster.pupils] == ["", "7"]


def test_addresses_are_put_together_and_a_mobile_number_goes_before() -> None:
    roster = read(
        "Roepnaam;Achternaam;Ouder 1;Straat;Huisnummer;Toevoeging;Plaats;Telefoon;Mobiel;Schip;Taal\n"
        "Bo;Vries;Jan Vries;Kade;12;a;Delfzijl;0596123456;0612345678;Vrouwe Elisabeth;Engels\n"
    )
    guardian = roster.guardians[0]
    assert (guardian.street, guardian.town, guardian.phone) == (
        "Kade 12a",
        "Delfzijl",
        "0612345678",
    )
    assert (guardian.ship, guardian.language) == ("Vrouwe Elisabeth", "en")


def test_one_number_written_in_two_ways_is_no_contradiction_and_another_is() -> None:
    roster = read(
        f"{PUPILS}{PARENTS}\n"
        "1;Bo;;Vries;;5;;Jan Vries;j@mail.example;06-12345678;;\n"
        "2;Al;;Vries;;3;;Jan Vries;j@mail.example;+31 6 12345678;;\n"
        "3;Cas;;Vries;;3;;Jan Vries;j@mail.example;0687654321;;\n"
    )
    assert told(roster) == [(4, "guardian_contradicts")]
    assert roster.faults[0].where.column == "Telefoon ouder 1"
    assert roster.guardians[0].phone == "06-12345678"


def test_guardians_without_a_name_are_told_once() -> None:
    roster = read(
        "Roepnaam;Achternaam;E-mail ouder 1\nBo;Vries;a@b.example\nAl;Vries;c@d.example\n"
    )
    assert told(roster) == [(2, "guardian_no_name")]
    assert not roster.guardians


def test_a_family_name_alone_is_how_a_guardian_is_addressed() -> None:
    roster = read("Roepnaam;Achternaam;Ouder 1\nBo;Vries;Familie Vries\n")
    assert (roster.guardians[0].first_name, roster.guardians[0].surname) == ("", "Vries")


def test_a_whole_list_stays_whole_when_every_row_was_read() -> None:
    assert read(f"{PUPILS}\n1;Bo;;Vries;;5;\n", whole=True).whole


def test_a_line_below_a_whole_list_takes_nobody_out_of_it() -> None:
    foot = "Afgedrukt op 22-11-2026 door de administratie"
    roster = read(f"{PUPILS}\n1;Bo;;Vries;;5;\n{foot};;;;;;\n", whole=True)
    assert told(roster) == [(3, "text_long"), (3, "row_nobody")]
    assert roster.whole
    assert not read(f"{PUPILS}\n1;Bo;;Vries;;5;\n;;;;;5;Kade\n", whole=True).whole


def test_a_mapping_that_does_not_fit_is_refused() -> None:
    mapping = Mapping(name="x", columns=(("Naam", "pupil.name"),))
    with pytest.raises(Refusal, match="column_missing"):
        read_list(b"a;b\n1;2\n", "lijst", mapping)


def test_a_list_of_nobody_is_refused() -> None:
    with pytest.raises(Refusal, match="nobody"):
        read("Roepnaam;Groep\n;5\n;6\n")


class _Stops:
    def step(self, done: int, total: int) -> None:
        if done:
            raise CancelledError


def test_reading_can_be_stopped() -> None:
    rows = "".join(f"{n};Bo;Vries\n" for n in range(1200))
    mapping = Mapping(name="x", columns=(("Nr", "pupil.number"), ("A", "pupil.surname")))
    with pytest.raises(CancelledError):
        read_list(f"Nr;R;A\n{rows}".encode(), "lijst", mapping, _Stops())


def test_the_first_rows_are_shown_as_they_would_be_understood() -> None:
    table = open_table(
        b"Naam;Groep;Ouder 1\nVries, Bo de;5;Jan Bos\nBos, Al;6;-\nX Y;7;\n", "lijst"
    )
    shown = preview(table, guess(table.headers).mapping("x"), 2)
    assert [(row.number, row.pupils[0].prefix, row.group) for row in shown.rows] == [
        (2, "de", "5"),
        (3, "", "6"),
    ]
    assert [len(row.guardians) for row in shown.rows] == [1, 0]


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        ("Jansen, Piet", ("Piet", "", "", "Jansen")), ("Wal, Piet van der", ("Piet", "", "van der", "Wal")),
        ("Wal, van der, Piet", ("Piet", "", "van der", "Wal")), ("van der Wal, Piet", ("Piet", "", "van der", "Wal")),
        ("Piet van der Wal", ("Piet", "", "van der", "Wal")), ("Jan Piet de Boer", ("Jan Piet", "", "de", "Boer")),
        ("Dhr. P.J. van 't Hof", ("", "P.J.", "van 't", "Hof")), ("Mevr. A. Bos", ("", "A.", "", "Bos")),
        ("Jansen, P.J. (Piet)", ("Piet", "P.J.", "", "Jansen")), ("Jan De Smet", ("Jan", "", "", "De Smet")),
        ("Familie Bos", ("Bos", "", "", "")), ("Meneer Toet", ("Meneer", "", "", "Toet")),
        ("Bos-van Dam, Els", ("Els", "", "", "Bos-van Dam")), ("", ("", "", "", "")),
    ],
)  # fmt: skip
def test_a_whole_name_is_taken_apart(whole: str, parts: tuple[str, str, str, str]) -> None:
    name = split_name(whole)
    assert (name.first_name, name.initials, name.prefix, name.surname) == parts


cell = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["Bo", "Vries", "1", "2", "1-2-2015", "a@b.example", "0612345678", "x, y", "123456782"]
    ),
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [*PUPILS.split(";"), "Naam", "Ouder 1", "E-mail ouder 1", "Kinderen", "Adres", "?"]
        ),
        min_size=1,
        max_size=8,
        unique=True,
    ),
    st.lists(st.lists(cell, max_size=9), max_size=8),
)
def test_no_table_is_too_strange(headers: list[str], rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([headers, *rows])
    content = out.getvalue().encode("utf-8", "replace")
    try:
        table = open_table(content, "lijst")
        mapping = guess(table.headers, table.first(5)).mapping("lijst")
        preview(table, mapping)
        roster = read_list(content, "lijst", mapping)
    except Refusal:
        return
    keys = {pupil.key for pupil in roster.pupils}
    adults = {guardian.key for guardian in roster.guardians}
    assert all(r.pupil_key in keys and r.guardian_key in adults for r in roster.relations)
    assert mapping.shape in Shape


LOUD = "Leerlingnummer;Roepnaam;Achternaam;Naam ouder 1;Telefoon ouder 1\n"


def test_names_in_capitals_are_taken_over_as_usually_written() -> None:
    text = f"{LOUD}1;ZOË;VAN DER WAL;MARIJKE DE BOER;\n2;JP;MCDONALD;A.B. 'T HOOFT;\n"
    roster = read(text)
    assert [(p.first_name, p.prefix, p.surname) for p in roster.pupils] == [
        ("Zoë", "van der", "Wal"),
        ("JP", "", "McDonald"),
    ]
    assert [(g.first_name, g.initials, g.prefix, g.surname) for g in roster.guardians] == [
        ("Marijke", "", "de", "Boer"),
        ("", "A.B.", "'t", "Hooft"),
    ]
    assert told(roster) == [(2, "capitals")] * 3
    values = [fault.message.values for fault in roster.faults]
    assert {"written": "VAN DER WAL", "taken": "van der Wal"} in values


def test_one_name_in_capitals_among_others_stays_as_it_is() -> None:
    roster = read(f"{LOUD}1;Zoë;VAN DER WAL;;\n2;Tom;Bos;;\n")
    assert [each.surname for each in roster.pupils] == ["VAN DER WAL", "Bos"]
    assert roster.faults == ()


def test_a_look_at_the_first_rows_tells_of_capitals_once() -> None:
    text = f"{LOUD}1;Zoë;VAN DER WAL;;\n2;Tom;BOS;;\n"
    table = open_table(text.encode(), "lijst.csv")
    seen = preview(table, guess(table.headers, table.first(50)).mapping("Lijst", whole=False))
    assert [row.pupils[0].surname for row in seen.rows] == ["Wal", "Bos"]
    assert [fault.message.id for fault in seen.faults] == ["roster.capitals"]


USE = "Naam leerling;Ouder 1 tussenvoegsel;Ouder 1 achternaam;Ouder 1 voornaam"
PARTNER = "Ouder 1 voorvoegsel partner;Ouder 1 achternaam partner;Ouder 1 naamgebruik"


@pytest.mark.parametrize(
    ("use", "goes_by"),
    [
        ("E", ("van", "Dijk")),
        ("P", ("de", "Boer")),
        ("V", ("de", "Boer-van Dijk")),
        ("eigen-partner", ("van", "Dijk-de Boer")),
        ("", ("van", "Dijk")),
    ],
)
def test_who_has_a_partner_is_known_by_the_name_he_goes_by(
    use: str, goes_by: tuple[str, str]
) -> None:
    roster = read(f"{USE};{PARTNER}\nZoë Wal;van;Dijk;Els;de;Boer;{use}\n")
    assert [(each.prefix, each.surname) for each in roster.guardians] == [goes_by]
    assert roster.faults == ()


def test_a_use_of_names_that_nobody_knows_is_told() -> None:
    roster = read(f"{USE};{PARTNER}\nZoë Wal;van;Dijk;Els;;de Boer;Q\n")
    assert [each.surname for each in roster.guardians] == ["Dijk"]
    assert told(roster) == [(2, "name_use_unknown")]


def test_headers_that_come_again_and_headings_between_are_nobody() -> None:
    head = "Leerlingnummer;Roepnaam;Achternaam;Geboortedatum\n"
    first, second = "1;Tom;Bos;01-02-2019\n", "2;Kim;Wal;01-02-2018\n"
    roster = read(f"{head}{first}Groep 4;;;\n{head}{second}", whole=True)
    assert [pupil.first_name for pupil in roster.pupils] == ["Tom", "Kim"]
    assert told(roster) == [(3, "row_nobody"), (4, "row_heads")]
    assert roster.whole


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("101, 102", ["101", "102"]),
        ("Jan de Wit, Griet van den Berg", ["Jan de Wit", "Griet van den Berg"]),
        ("Berg, Jan van den", ["Berg, Jan van den"]),
        ("Berg, Jan van den, Bos, Tom", ["Berg, Jan van den", "Bos, Tom"]),
        ("Berg, van den, Jan", ["Berg, van den, Jan"]),
        ("Berg, Jan van den; Bos, Tom", ["Berg, Jan van den", "Bos", "Tom"]),
        ("Tom Bos en Zoë Bos", ["Tom Bos", "Zoë Bos"]),
        ("Tom en Zoë Bos", ["Tom en Zoë Bos"]),
        ("Tom, Zoë", ["Tom", "Zoë"]),
        (" ; ,", []),
    ],
)
def test_children_in_one_field_are_taken_apart(cell: str, names: list[str]) -> None:
    assert names_in(cell) == names


def test_a_child_is_never_made_of_a_given_name_and_a_prefix() -> None:
    roster = read("Ouder;Kinderen\nP. de Wit;Bos, Jan van den, Ot\nA. Bos;Tom Bos\n")
    assert [pupil.first_name for pupil in roster.pupils] == ["Tom"]
    assert [text for _, text in told(roster)].count("child_unclear") == 3
