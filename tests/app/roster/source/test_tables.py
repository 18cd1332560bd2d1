"""Tables as schools really send them: every encoding, separator and accident."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.exceptions import IllegalCharacterError

from app.errors import Refusal
from app.roster.source.findings import Findings
from app.roster.source.layout import Layout, Limits
from app.roster.source.tables import Row, Table, open_table

if TYPE_CHECKING:
    from collections.abc import Sequence

LIST = "Roepnaam;Achternaam;Groep\r\nZoë;Vries;5A\r\nBo;Jansen;5B\r\n"


def read(table: Table) -> tuple[list[Row], list[str]]:
    findings = Findings(table.file)
    rows = list(table.rows(findings))
    return rows, [fault.message.id.removeprefix("roster.") for fault in findings.faults]


def cells_of(content: bytes, layout: Layout | None = None) -> list[tuple[object, ...]]:
    return [row.cells for row in read(open_table(content, "lijst", layout))[0]]


def refused(content: bytes, layout: Layout | None = None, limits: Limits | None = None) -> str:
    with pytest.raises(Refusal) as caught:
        read(open_table(content, "lijst", layout, limits))
    return caught.value.message.id.removeprefix("roster.")


def sheet(*rows: Sequence[object]) -> bytes:
    book = Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(list(row))
    return saved(book)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("above", "below", "headers"),
    [
        (
            "Leerling;;Ouder 1;;Ouder 2;", "Naam;Groep;Naam;E-mail;Naam;E-mail",
            "Leerling Naam;Leerling Groep;Ouder 1 Naam;Ouder 1 E-mail;Ouder 2 Naam;Ouder 2 E-mail",
        ),
        (";;Ouder 1;;Ouder 2", "Nr;Naam;Naam;;Naam", "Nr;Naam;Ouder 1 Naam;[D];Ouder 2 Naam"),
        ("De Kade;;Peildatum;22-11-2026", "Nr;Naam;Groep;Jaar", "Nr;Naam;Groep;Jaar"),
        ("Leerlingenlijst;;;", "Nr;Naam;Naam;Groep", "Nr;Naam;Naam (2);Groep"),
        ("Kade;;Lijst;", "Nr;Naam;Nr;Nr", "Nr;Naam;Nr (2);Nr (3)"),
    ],
)  # fmt: skip
def test_headers_that_stand_twice_are_read_with_the_row_above(
    above: str, below: str, headers: str
) -> None:
    row = ";".join("x" * (below.count(";") + 1))
    table = open_table(f"{above}\n{below}\n{row}\n".encode(), "lijst")
    assert (";".join(table.headers), table.header_row) == (headers, 2)


@pytest.mark.parametrize(
    ("written", "encoding"),
    [
        (LIST.encode(), "utf-8"),
        (LIST.encode("utf-8-sig"), "utf-8-sig"),
        (LIST.encode("cp1252"), "cp1252"),
        (LIST.encode("utf-16"), "utf-16"),
        (LIST.encode("utf-16-le"), "utf-16-le"),
        (LIST.encode("utf-16-be"), "utf-16-be"),
        (LIST.encode("utf-32"), "utf-32"),
    ],
)
def test_the_characters_are_found(written: bytes, encoding: str) -> None:
    table = open_table(written, "lijst")
    assert table.layout.encoding == encoding
    assert table.headers == ("Roepnaam", "Achternaam", "Groep")
    assert read(table) == ([Row(2, ("Zoë", "Vries", "5A")), Row(3, ("Bo", "Jansen", "5B"))], [])


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_found(separator: str) -> None:
    table = open_table(LIST.replace(";", separator).encode(), "lijst")
    assert table.layout.separator == separator
    assert len(table.headers) == 3


def test_a_first_line_may_name_the_separator() -> None:
    table = open_table(b"sep=|\r\na;b|c;d\r\n1|2\r\n", "lijst")
    assert table.headers == ("a;b", "c;d")
    assert read(table)[0] == [Row(2, ("1", "2"))]


def test_commas_inside_names_do_not_part_columns() -> None:
    table = open_table(b'Leerling;Groep\n"Jansen, Bo";5\n"Vries, Al";5\n', "lijst")
    assert table.layout.separator == ";"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_end_of_line_counts(end: str) -> None:
    assert cells_of(LIST.replace("\r\n", end).encode("cp1252"))[1] == ("Bo", "Jansen", "5B")


def test_a_line_break_inside_a_cell_stays_and_rows_are_counted_as_rows() -> None:
    table = open_table(b'a;b\n"1\n2";3\n4;5\n', "lijst")
    assert read(table)[0] == [Row(2, ("1\n2", "3")), Row(3, ("4", "5"))]


def test_a_sample_is_read_after_its_file_was_closed() -> None:
    content = io.BytesIO(b"\n\nNr;Naam\n" + b"".join(b"%d;Bo\n" % n for n in range(300)))
    table = open_table(content, "lijst", Layout(encoding="cp1252"))
    before = table.first(200)
    sample = table.sample()
    content.close()
    assert sample.first(500) == before
    assert (sample.headers, sample.layout) == (("Nr", "Naam"), Layout(";", "cp1252"))
    assert len(before) == 200


def test_rows_that_a_quotation_mark_swallows_are_no_row() -> None:
    content = b'Nr;Naam;Groep\n1;"Tom;3\n2;Kim;3\n3;Bo;4\n'
    with pytest.raises(Refusal, match="cell_endless") as caught:
        open_table(content, "lijst")
    assert caught.value.message.values == {"file": "lijst", "row": 2, "column": 2}


def test_lines_in_two_encodings_are_each_read_right_and_told() -> None:
    mixed = "Naam;Groep\nZoë;5\n".encode() + "Chloë;6\n".encode("cp1252") + b"Bo;7\n"
    table = open_table(mixed, "lijst")
    rows, told = read(table)
    assert [row.cells[0] for row in rows] == ["Zoë", "Chloë", "Bo"]
    assert told == ["mixed_encodings"]


def test_the_row_of_a_strange_encoding_is_named() -> None:
    mixed = 'Naam;Groep\n"Zoë\n";5\n'.encode() + "Chloë;6\n".encode("cp1252")
    findings = Findings("lijst")
    list(open_table(mixed, "lijst").rows(findings))
    assert [fault.where.row for fault in findings.faults] == [3]


def test_a_chosen_encoding_is_used_and_what_it_cannot_read_is_told() -> None:
    table = open_table(LIST.encode("cp1252"), "lijst", Layout(encoding="utf-8"))
    assert "unreadable_characters" in read(table)[1]


def test_zeros_in_the_text_are_taken_out_and_told() -> None:
    content = ("naam;groep\n" + "bo;5\n" * 40).encode() + b"a\x00l;6\n"
    rows, told = read(open_table(content, "lijst"))
    assert rows[-1].cells == ("al", "6")
    assert told == ["control_characters"]


def test_a_row_with_too_much_is_left_out_and_one_with_too_little_filled() -> None:
    rows, told = read(open_table(b"a;b;c\n1;2;3;4\n1;2\n1;2;3;;\n", "lijst"))
    assert rows == [Row(3, ("1", "2", "")), Row(4, ("1", "2", "3"))]
    assert told == ["row_longer", "row_shorter"]


def test_headers_are_made_different_and_the_empty_ones_at_the_end_go() -> None:
    table = open_table(b"Naam;naam;;Groep;;\n1;2;3;4;;\n", "lijst")
    assert table.headers == ("Naam", "naam (2)", "[C]", "Groep")
    assert [note.message.id for note in table.notes] == ["roster.header_twice"]


def test_a_title_above_the_headers_is_passed_over() -> None:
    table = open_table(b"Leerlingen van de school;;\n\nNaam;Groep;\nBo;5;\n", "lijst")
    assert (table.headers, table.header_row) == (("Naam", "Groep"), 3)
    assert read(table)[0] == [Row(4, ("Bo", "5"))]


def test_a_title_with_a_date_is_no_header() -> None:
    table = open_table(
        b"Leerlingen;22-11-2026;;;;\n;;;;;\nNaam;Voornaam;Klas;Nr;Geb;Mail\nA;B;C;D;E;F\n",
        "lijst",
    )
    assert table.headers == ("Naam", "Voornaam", "Klas", "Nr", "Geb", "Mail")


def test_a_table_may_begin_far_down() -> None:
    assert open_table(b"\n" * 30 + b"Naam;Groep\nBo;5\n", "lijst").header_row == 31


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "file_empty"), (b"\n\n  \n", "file_empty"), (b"\xef\xbb\xbf", "file_empty"),
        (LIST.encode()[:26], "header_only"), (b"%PDF-1.7 ...", "not_a_table"),
        (b"<?xml version='1.0'?><EDEX/>", "not_a_table"), (b"<html><table>", "not_a_table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_excel"), (bytes(500), "not_a_table"),
        (b"PK\x03\x04 half a zip", "workbook_broken"), (b"a;b\n1;\"" + b"x" * 10_000_000, "cell_endless"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_with_a_reason(content: bytes, reason: str) -> None:
    assert refused(content) == reason


def test_an_endless_cell_is_named_by_row_and_column() -> None:
    with pytest.raises(Refusal) as caught:
        read(open_table(b"a;b\n1;2\n3;" + b"x" * 200_000 + b"\n", "lijst"))
    assert caught.value.message.values["row"] == 3
    assert caught.value.message.values["column"] == 2


def test_a_long_cell_is_emptied_and_told() -> None:
    rows, told = read(open_table(b"a;b\n1;" + b"x" * 110_000 + b"\n", "lijst"))
    assert rows[0].cells == ("1", "")
    assert told == ["cell_too_long"]


def test_limits_are_kept() -> None:
    assert refused(LIST.encode(), limits=Limits(size=10)) == "file_too_big"
    assert refused(LIST.encode(), limits=Limits(rows=2)) == "too_many_rows"
    assert refused(LIST.encode(), limits=Limits(columns=2)) == "too_many_columns"
    assert refused(sheet(["a", "b"], ["1", "2"]), limits=Limits(unpacked=1000)) == "zip_too_big"


@pytest.mark.parametrize(
    ("layout", "reason"),
    [
        (Layout(separator="x"), "separator_unknown"),
        (Layout(encoding="klingon"), "encoding_unknown"),
        (Layout(encoding="rot13"), "encoding_unknown"),
    ],
)
def test_a_layout_that_makes_no_sense_is_refused(layout: Layout, reason: str) -> None:
    assert refused(LIST.encode(), layout) == reason


# --- workbooks


def test_a_workbook_gives_texts_days_and_codes() -> None:
    content = sheet(
        ["Naam", "Geboren", "Nummer", "Gezien", "Ja"],
        ["Zoë", date(2019, 5, 3), 1023, datetime.combine(date(2019, 5, 3), time()), True],
        [None, None, None, None, None],
        ["Bo", "3-5-2019", 7.5, None, 61234567890],
    )
    rows, told = read(open_table(content, "lijst"))
    assert rows == [
        Row(2, ("Zoë", date(2019, 5, 3), "1023", date(2019, 5, 3), "1")),
        Row(4, ("Bo", "3-5-2019", "7.5", "", "61234567890")),
    ]
    assert told == []


def test_a_formula_is_not_computed() -> None:
    content = sheet(["a", "b"], ["=1+1", '=HYPERLINK("http://example.org")'], ["x", "y"])
    table = open_table(content, "lijst")
    assert [row.cells for row in read(table)[0]] == [("x", "y")]
    assert [note.message.id for note in table.notes] == ["roster.formulas_unsaved"]


def test_the_value_that_was_saved_with_a_formula_counts() -> None:
    whole = sheet(["a", "b"], ["=1+1", "y"])
    for old in (b"<v />", b"<v/>", b"<v></v>"):
        whole = repacked(whole, "xl/worksheets/sheet1.xml", b"</f>" + old, b"</f><v>7</v>")
    table = open_table(whole, "lijst")
    assert [row.cells for row in read(table)[0]] == [("7", "y")]
    assert not table.notes


def test_the_first_sheet_with_something_is_read_and_hidden_ones_are_told() -> None:
    book = Workbook()
    book.create_sheet("Verborgen").append(["geheim", "ja"])
    book["Verborgen"].sheet_state = "hidden"
    for name in ("Leerlingen", "Ouders"):
        page = book.create_sheet(name)
        page.append(["Naam", name])
        page.append(["Bo", "5"])
    table = open_table(saved(book), "lijst")
    assert table.headers == ("Naam", "Leerlingen")
    assert table.sheets == ("Sheet", "Leerlingen", "Ouders")
    assert [note.message.values["sheet"] for note in table.notes] == ["Verborgen"]
    chosen = open_table(saved(book), "lijst", Layout(sheet="Ouders"))
    assert chosen.headers == ("Naam", "Ouders")
    assert refused(saved(book), Layout(sheet="Staf")) == "sheet_unknown"


def test_an_error_in_a_cell_is_told() -> None:
    rows, told = read(open_table(sheet(["a", "b"], ["1", "#N/A"]), "lijst"))
    assert rows[0].cells == ("1", "")
    assert told == ["cell_error"]


@pytest.mark.parametrize("said", [b"A1:XFD1048576", b"A1:A1"])
def test_a_workbook_may_lie_about_its_size(said: bytes) -> None:
    whole = sheet(["a", "b"], ["1", "2"])
    content = repacked(whole, "xl/worksheets/sheet1.xml", b"A1:B2", said)
    assert content != whole
    table = open_table(content, "lijst")
    assert [number for number, _ in table.source.raw(Findings("x"))] == [1, 2]
    assert read(table)[0] == [Row(2, ("1", "2"))]


def test_entities_are_refused() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet'
    content = repacked(
        sheet(["a", "b"], ["1", "2"]), "xl/worksheets/sheet1.xml", b"<worksheet", bomb
    )
    assert refused(content) == "entities"


def repacked(content: bytes, name: str, old: bytes, new: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as was, zipfile.ZipFile(out, "w") as now:
        for member in was.namelist():
            part = was.read(member)
            now.writestr(member, part.replace(old, new) if member == name else part)
    return out.getvalue()


def test_another_kind_of_zip_is_no_workbook() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("users.csv", "a,b")
    assert refused(out.getvalue()) == "not_a_table"


@settings(max_examples=60)
@given(st.integers(0, 5000), st.binary(max_size=40))
def test_a_damaged_workbook_is_refused_or_read(place: int, noise: bytes) -> None:
    whole = sheet(["a", "b"], ["1", date(2019, 5, 3)], ["2", "3"])
    place %= len(whole)
    only_refusals(whole[:place] + noise + whole[place + len(noise) :])
    only_refusals(whole[:place])


@given(st.binary(max_size=400))
def test_no_bytes_are_too_strange(content: bytes) -> None:
    only_refusals(content)


@given(st.text(alphabet='a;,\t"\r\n\x00ë=', max_size=200))
def test_no_text_is_too_strange(content: str) -> None:
    for encoding in ("utf-8", "cp1252", "utf-16"):
        only_refusals(content.encode(encoding))


def only_refusals(content: bytes) -> None:
    try:
        table = open_table(content, "lijst")
        rows, _ = read(table)
    except Refusal:
        return
    assert all(len(row.cells) == len(table.headers) for row in rows)


plain = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp", "Cf")),
    min_size=1,
    max_size=12,
)


@settings(max_examples=40)
@given(st.lists(st.tuples(plain, plain, plain), min_size=1, max_size=5))
def test_what_a_workbook_holds_is_read(rows: list[tuple[str, str, str]]) -> None:
    safe = [(f"x{a}", f"x{b}", f"x{c}") for a, b, c in rows]
    try:
        content = sheet(["a", "b", "c"], *safe)
    except IllegalCharacterError:
        return
    assert cells_of(content) == safe
