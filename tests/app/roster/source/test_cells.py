"""What one cell says, in the ways in which schools and spreadsheets write it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.roster.source import cells
from app.roster.source.cells import DateOrder

if TYPE_CHECKING:
    from app.roster.source.layout import Cell

MAY = date(2019, 5, 3)


@pytest.mark.parametrize(
    "written",
    [
        "03-05-2019", "3-5-2019", "3/5/2019", "3.5.2019", "3 5 2019", "2019-05-03", "2019/5/3",
        "20190503", "03052019", "3 mei 2019", "3-MEI-2019", "3. May 2019", "May 3, 2019", "43588",
        "43588.0", "2019-05-03T00:00:00", "03-05-2019 00:00", " 03-05-2019 ", "03 - 05 - 2019",
        "2019-05-03T10:00:00+02:00", "'03-05-2019", "’2019-05-03",
    ],
)  # fmt: skip
def test_a_day_is_understood_in_every_usual_way(written: str) -> None:
    assert cells.day(written) == (MAY, None)


def test_a_day_of_a_workbook_is_taken_as_it_is() -> None:
    assert cells.day(MAY) == (MAY, None)


def test_the_month_comes_first_when_it_is_said_so() -> None:
    assert cells.day("5/3/2019", DateOrder.MONTH_FIRST) == (MAY, None)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("31-02-2020", "day_not_there"), ("31-04-2019", "day_not_there"), ("soon", "day_unreadable"),
        ("3-5-19", "day_short_year"), ("3-5-1019", "day_far"), ("12345678", "day_unreadable"),
        ("2019-13-01", "day_not_there"), ("0-0-2019", "day_not_there"),
    ],
)  # fmt: skip
def test_a_day_that_is_none_is_told(written: str, told: str) -> None:
    found, message = cells.day(written)
    assert found is None
    assert message is not None
    assert message.id == f"roster.{told}"


@pytest.mark.parametrize("empty", ["", "-", "n.v.t.", "Onbekend", "  "])
def test_a_cell_without_a_day_is_no_fault(empty: str) -> None:
    assert cells.day(empty) == (None, None)


@pytest.mark.parametrize(
    ("column", "order"),
    [
        (["03-05-2019", "31-12-2018"], DateOrder.DAY_FIRST),
        (["5/3/2019", "12/31/2018"], DateOrder.MONTH_FIRST),
        (["31/12/2018"], DateOrder.DAY_FIRST),
        (["5/3/2019", "4/2/2019"], None),
        (["5-3-2019", "4-2-2019"], DateOrder.DAY_FIRST),
        (["5/5/2019"], DateOrder.DAY_FIRST),
        (["2019-05-03", "", MAY], DateOrder.DAY_FIRST),
    ],
)
def test_the_order_is_found_or_asked(column: list[Cell], order: DateOrder | None) -> None:
    assert cells.find_order(column) == order


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_that_is_written_comes_back(day: date) -> None:
    assert cells.day(f"{day:%d-%m-%Y}") == (day, None)
    assert cells.day(f"{day:%Y%m%d}") == (day, None)
    assert cells.day(f"{day:%m/%d/%Y}", DateOrder.MONTH_FIRST) == (day, None)


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("a.b@school.nl", "a.b@school.nl"), (" Bo <bo@mail.example> ", "bo@mail.example"),
        ("mailto:bo@mail.example", "bo@mail.example"), ("", ""), ("-", ""),
    ],
)  # fmt: skip
def test_an_address_is_taken_out_of_what_stands_around_it(written: str, address: str) -> None:
    assert cells.email(written) == (address, None)


def test_of_two_addresses_the_first_counts_and_it_is_told() -> None:
    address, message = cells.email("a@b.nl; c@d.nl")
    assert address == "a@b.nl"
    assert message is not None


@pytest.mark.parametrize("written", ["bo", "bo@", "@school.nl", "bo@school", "b o@school nl"])
def test_what_is_no_address_is_told(written: str) -> None:
    address, message = cells.email(written)
    assert not address
    assert message is not None


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("06-12345678", "06-12345678"), ("+31 6 12345678", "+31 6 12345678"),
        ("612345678", "0612345678"), ("612345678.0", "0612345678"), ("0031 10 1234567", "0031 10 1234567"),
        ("(010) 123 45 67", "(010) 123 45 67"), ("tel. 010-1234567 (werk)", "010-1234567"), ("", ""),
        ("+32 475 12 34 56", "+32 475 12 34 56"),
    ],
)  # fmt: skip
def test_a_telephone_number_stays_as_people_write_it(written: str, number: str) -> None:
    assert cells.phone(written) == (number, None)


def test_of_two_numbers_the_first_counts_and_it_is_told() -> None:
    for written in ("06-12345678/0612345679", "06 12345678/010-1234567"):
        assert cells.phone(written)[0] == written.partition("/")[0]
    number, message = cells.phone("06-12345678 / 010 1234567")
    assert number == "06-12345678"
    assert message is not None


@pytest.mark.parametrize("written", ["bellen na zes uur", "12", "1" * 20])
def test_what_is_no_telephone_number_is_told(written: str) -> None:
    number, message = cells.phone(written)
    assert not number
    assert message is not None


@pytest.mark.parametrize(
    ("written", "means"), [("Ja", True), ("x", True), ("NEE", False), ("", None)]
)
def test_yes_and_no(written: str, means: bool | None) -> None:
    assert cells.yes_no(written) == (means, None)


@pytest.mark.parametrize(
    ("written", "means"), [("1023", "1023"), ("1023.0", "1023"), ("00123", "00123")]
)
def test_a_code_keeps_its_zeros_and_loses_a_fraction(written: str, means: str) -> None:
    assert cells.code(written) == means


@given(st.text(max_size=40))
def test_no_cell_is_too_strange(written: str) -> None:
    cells.day(written)
    cells.email(written)
    cells.phone(written)
    cells.yes_no(written)
    cells.code(written)
