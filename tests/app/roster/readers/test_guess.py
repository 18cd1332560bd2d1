"""Headers as schools write them, and what they are taken for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.roster.readers.guess import Guess, guess
from app.roster.readers.mapping import TARGETS, Shape, check, problems
from app.roster.source.cells import DateOrder
from app.roster.source.tables import Row


def targets(*headers: str) -> list[str]:
    return [column.target for column in guess(headers).columns]


def unsure(found: Guess) -> list[str]:
    return [column.header for column in found.columns if not column.sure]


def test_a_list_of_children_with_two_addresses_for_mail() -> None:
    assert targets(
        "Roepnaam", "Tussenvoegsel", "Achternaam", "Geboortedatum", "Klasnaam", "Leerjaar",
        "E-mailadres ouder/verzorger 1", "E-mailadres ouder/verzorger 2",
    ) == [
        "pupil.first_name", "pupil.prefix", "pupil.surname", "pupil.birth_date", "pupil.group",
        "pupil.level", "guardian1.email", "guardian2.email",
    ]  # fmt: skip


def test_a_list_of_parents_with_numbers_of_children_is_long() -> None:
    found = guess(("Code", "Achternaam", "Email", "Leerlingcodes"))
    assert found.shape is Shape.LONG
    assert [column.target for column in found.columns] == [
        "guardian1.number", "guardian1.surname", "guardian1.email", "children",
    ]  # fmt: skip


def test_words_for_mother_and_father_say_what_they_are() -> None:
    found = guess(("naam leerling", "e-mail moeder", "tel. vader", "naam moeder"))
    assert [column.target for column in found.columns] == [
        "pupil.name", "guardian1.email", "guardian2.phone", "guardian1.name",
    ]  # fmt: skip
    assert found.relations == ((1, "mother"), (2, "father"))


def test_flemish_headers() -> None:
    assert targets("Naam", "Voornaam", "Klas", "LPV1", "LPV1 relatie", "LPV1 GSM", "LPV2") == [
        "pupil.surname", "pupil.first_name", "pupil.group", "guardian1.name", "guardian1.relation",
        "guardian1.mobile", "guardian2.name",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ("Email O/V 1", "guardian1.email"), ("Tel. O/V 2", "guardian2.phone"), ("Gr.", "pupil.group"),
        ("Mailadres WV1", "guardian1.email"), ("Achternaam, voorvoegsel", "pupil.surname"),
        ("Kinderen (leerlingnummers)", "children"), ("Reg Group", "pupil.group"),
        ("Leerlingnr.", "pupil.number"), ("Student ID", "pupil.number"), ("stamgroep", "pupil.group"),
        ("Geb. datum", "pupil.birth_date"), ("Date of birth", "pupil.birth_date"), ("Vestiging", "pupil.site"),
        ("Parent1Email", "guardian1.email"), ("V2 telefoon", "guardian2.phone"), ("Schip", "guardian1.ship"),
        ("Ouder 2 - Voorletters", "guardian2.initials"), ("achternaam_verzorger_2", "guardian2.surname"),
        ("Mobiel nummer moeder", "guardian1.mobile"), ("Relatie ouder 1", "guardian1.relation"),
        ("First name parent 2", "guardian2.first_name"), ("First name mother", "guardian1.first_name"),
        ("Second parent email", "guardian2.email"), ("Uitschrijfdatum", "pupil.left"), ("Leerling", "pupil.name"), ("Woonland ouder 1", "guardian1.country"),
    ],
)  # fmt: skip
def test_single_headers(header: str, target: str) -> None:
    assert targets(header) == [target]


@pytest.mark.parametrize(
    "header", ["Roepnam", "Achternaamm", "Geboortedtum", "E-mial ouder 1", "Adres", "Thuistaal"]
)
def test_what_is_misspelt_or_may_be_meant_otherwise_is_shown_as_not_sure(header: str) -> None:
    found = guess((header,))
    assert found.columns[0].target
    assert unsure(found) == [header]


@pytest.mark.parametrize(
    "header",
    ["BSN", "B.S.N. kind", "Sofinummer", "nationaliteit ouder 1", "Gewicht", "Etniciteit", "Land",
     "Land ouder 2", "wachtwoord", "Burger service nummer", "Onderwijsnummer leerling", "Onderwijsnr", "Sofinr.", "Foto"],
)  # fmt: skip
def test_what_may_not_be_held_is_never_a_column(header: str) -> None:
    column = guess((header,)).columns[0]
    assert not column.target
    assert column.dropped


def test_a_kept_out_column_that_somebody_chose_is_refused() -> None:
    mapping = guess(("Roepnaam", "BSN")).mapping("lijst")
    told = problems(
        type(mapping)(name="x", columns=(*mapping.columns, ("BSN", "pupil.number")))
    )
    assert [message.id for message in told] == ["roster.column_kept_out"]


def test_two_columns_for_one_thing_are_told_and_the_first_is_read() -> None:
    found = guess(("Roepnaam", "Achternaam", "Groep", "Klas"))
    assert [column.target for column in found.columns][2:] == ["pupil.group", ""]
    assert [note.id for note in found.notes] == ["roster.guessed_twice"]


def test_names_after_a_guardian_are_the_guardians() -> None:
    assert (
        targets(
            "Roepnaam", "Achternaam", "Ouder 1 voornaam", "Tussenvoegsel", "Achternaam (2)"
        )[3]
        == "guardian1.prefix"
    )


@pytest.mark.parametrize(
    ("day", "order"),
    [
        ("5/13/2015", DateOrder.MONTH_FIRST),
        ("13-5-2015", DateOrder.DAY_FIRST),
        ("5/3/2015", None),
    ],
)
def test_the_order_of_days_is_found_or_asked(day: str, order: DateOrder | None) -> None:
    found = guess(("Roepnaam", "Geboortedatum"), (Row(2, ("Bo", day)),))
    assert found.order is order
    assert bool(found.notes) == (order is None)


@given(st.lists(st.text(max_size=20), max_size=12))
def test_any_headers_give_targets_that_are_each_used_once(headers: list[str]) -> None:
    unique = tuple(dict.fromkeys(headers))
    used = [column.target for column in guess(unique).columns if column.target]
    assert len(used) == len(set(used))
    assert set(used) <= set(TARGETS)


def test_a_good_guess_can_be_read_with() -> None:
    headers = ("Roepnaam", "Achternaam", "Groep")
    check(guess(headers).mapping("lijst"), headers)
