"""What may be wrong with a file, each told with its place, and nothing of it half taken over."""

from __future__ import annotations

import codecs
import os
import time
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from app.errors import Refusal, Trouble
from app.roster.accept import accept, propose
from app.roster.read import look_at, read
from app.roster.readers.guess import guess_table
from app.roster.roster import SourceKind
from app.roster.source.tables import open_table
from app.roster.undo import imports
from app.start.begin import make_ready
from app.text import Words
from tests.app.roster.sources import BSN, PUPIL, edex, pupil, saved, told

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.roster.roster import Roster
    from tests.registers import School

HEAD = "Leerlingnummer;Roepnaam;Achternaam;Geboortedatum;Groep"
ZOE = "12;Zoë;Wal;04-05-2020;Zeester"
TOM = "13;Tom;Bos;05-05-2020;Zeester"


def as_list(*paths: Path) -> Roster:
    """A list as somebody reads it who agrees with every guess, or an export."""
    found = look_at(paths)
    if found.kind is not SourceKind.LIST:
        return read(found)
    (member,) = found.members
    with member.open() as stream:
        mapping = guess_table(open_table(stream, member.name)).mapping("lijst")
    return read(found, mapping)


def csv_of(place: Path, *lines: str | bytes, mark: bytes = b"") -> Path:
    rows = [line if isinstance(line, bytes) else line.encode() for line in lines]
    return saved(place, mark + b"\r\n".join(rows) + b"\r\n", "lijst.csv")


def book_of(
    place: Path, *rows: list[Any], change: Callable[[Any], object] | None = None
) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    if change is not None:
        change(sheet)
    content = BytesIO()
    book.save(content)
    return saved(place, content.getvalue(), "lijst.xlsx")


def names(roster: Roster) -> list[str]:
    return [f"{each.first_name} {each.surname}" for each in roster.pupils]


# -- lists ------------------------------------------------------------------------------------

LISTS = {
    "a row too short": ((HEAD, "12;Zoë;Wal", TOM), 2, ["row_shorter 2 "]),
    "a row too long": ((HEAD, ZOE, f"{TOM};x;y"), 1, ["row_longer 3 "]),
    "a day that is not": (
        (HEAD, "12;Zoë;Wal;31-02-2020;Zeester"), 1, ["day_not_there 2 Geboortedatum"],
    ),
    "no day at all": ((HEAD, "12;Zoë;Wal;00-00-0000;Zeester"), 1, []),
    "the same pupil again": ((HEAD, ZOE, ZOE), 1, ["pupil_again 3 "]),
    "one number, two pupils": ((HEAD, ZOE, "12;Tom;Bos;;"), 1, ["pupil_differs 3 "]),
    "characters of two kinds": (
        (HEAD, ZOE, "13;Saïd;Bos;;".encode("cp1252")), 2, ["mixed_encodings 3 "],
    ),
    "a zero byte": ((HEAD, b"12;Zo\0e;Wal;;", TOM), 2, ["control_characters 2 Roepnaam"]),
    "a bell": ((HEAD, "12;Zo\x07ë;Wal;;", TOM), 2, ["control_characters 2 Roepnaam"]),
    "headers twice": (
        ("Leerlingnummer;Roepnaam;Roepnaam;Achternaam", "12;Zoë;Els;Wal"), 1,
        ["header_twice 1 Roepnaam"],
    ),
    "headers misspelt": (
        ("Leerlignummer;Roepnam;Achternam;Geborte datum", "12;Zoë;Wal;04-05-2020"), 1, [],
    ),
    "a long name": ((HEAD, f"12;{'Z' * 201};Wal;;"), 1, ["text_long 2 Roepnaam"]),
}  # fmt: skip


@pytest.mark.parametrize("case", LISTS)
def test_a_list_says_what_is_wrong_and_where(tmp_path: Path, case: str) -> None:
    lines, people, faults = LISTS[case]
    roster = as_list(csv_of(tmp_path, *lines))
    assert len(roster.pupils) == people
    assert [f"{what} {row} {column}" for what, row, column in told(roster)] == faults


def test_a_mark_written_twice_is_no_part_of_a_header(tmp_path: Path) -> None:
    roster = as_list(csv_of(tmp_path, f'"{HEAD.replace(";", chr(34) + ";" + chr(34))}"', ZOE,
                            mark=codecs.BOM_UTF8 * 2))  # fmt: skip
    assert [each.number for each in roster.pupils] == ["12"]


@pytest.mark.parametrize(
    "name",
    [
        "\u0645\u062d\u0645\u062f",
        "\U0001f600\u200d\U0001f467",
        'O\'Brien "x"',
        "<b>Zoë</b>",
        "{name} %s",
        "=1+1",
        "Ğül",
    ],
)
def test_odd_names_stay_as_they_are(tmp_path: Path, name: str) -> None:
    quoted = name.replace('"', '""')
    roster = as_list(csv_of(tmp_path, HEAD, f'12;"{quoted}";Wal;;'))
    assert [each.first_name for each in roster.pupils] == [name]


# -- workbooks --------------------------------------------------------------------------------


def test_a_workbook_that_seems_endless_is_read_at_once(tmp_path: Path) -> None:
    path = book_of(tmp_path, HEAD.split(";"), ZOE.split(";"),
                   change=lambda sheet: setattr(sheet.cell(1_048_576, 16_384), "value", "x"))  # fmt: skip
    begun = time.thread_time()
    assert names(as_list(path)) == ["Zoë Wal"]
    assert time.thread_time() - begun < 30


def test_cells_merged_over_rows_are_told_and_a_merged_title_is_not(tmp_path: Path) -> None:
    rows = [["Lijst"], HEAD.split(";"), ZOE.split(";"), TOM.split(";")]
    path = book_of(tmp_path, *rows, change=lambda sheet: sheet.merge_cells("A1:E1"))
    assert told(as_list(path)) == []
    path = book_of(tmp_path, *rows, change=lambda sheet: sheet.merge_cells("E3:E4"))
    (fault,) = as_list(path).faults
    assert fault.message.values == {"cells": "E3:E4"}


def test_an_error_in_a_cell_is_told_with_its_row_and_column(tmp_path: Path) -> None:
    row: list[Any] = ["12", "Zoë", "Wal", "04-05-2020", "#REF!"]
    assert told(as_list(book_of(tmp_path, HEAD.split(";"), row))) == [("cell_error", 2, "E")]


# -- exports ----------------------------------------------------------------------------------


def test_two_files_that_contradict_each_other_are_told(tmp_path: Path) -> None:
    first = saved(tmp_path, edex(), "a.xml")
    second = saved(tmp_path, edex(PUPIL.replace("Zo\u00eb", "Els")), "b.xml")
    roster = as_list(second, first)
    assert names(roster) == ["Zo\u00eb Wal"]
    (fault,) = roster.faults
    assert (fault.where.file, fault.message.id) == ("b.xml", "roster.contradict")
    assert "a.xml" in Words("nl").of(fault.message)


@pytest.mark.parametrize(
    ("content", "text_id"),
    [
        (edex(PUPIL)[:-40], "xml_cut_off"),
        (edex(pupil("<achternaam>W&x;</achternaam>")), "xml_broken"),
        (edex(pupil("<achternaam>a\x01b</achternaam>")), "xml_broken"),
        (edex(pupil("<achternaam>a&#xD800;b</achternaam>")), "xml_broken"),
        (edex(head='<!DOCTYPE EDEX [<!ENTITY x "y">]>'), "entities"),
        (edex(head='<!DOCTYPE EDEX SYSTEM "http://127.0.0.1:9/x.dtd">'), "entities"),
        (edex(pupil(f"<achternaam>{'W' * 200_000}</achternaam>")), "field_endless"),
        (edex("<a>" * 100 + "</a>" * 100), "xml_deep"),
    ],
    ids=["half", "an unknown entity", "control", "surrogate", "entity", "dtd", "long", "deep"],
)
def test_an_export_that_is_not_right_is_refused_whole(
    tmp_path: Path, content: bytes, text_id: str
) -> None:
    with pytest.raises(Refusal) as refused:
        read([saved(tmp_path, content)])
    assert refused.value.message.id == f"roster.{text_id}"
    said = Words("nl").of(refused.value.message)
    assert "EDEX.xml" in said
    assert "WWW" not in said


def test_no_sentence_repeats_a_number_that_may_not_be_held(tmp_path: Path) -> None:
    path = saved(tmp_path, edex()[:-9], f"leerling {BSN}.xml")
    with pytest.raises(Refusal) as refused:
        read([path])
    assert BSN not in Words("nl").of(refused.value.message)
    assert BSN not in repr(refused.value)


# -- files that are none ----------------------------------------------------------------------


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "EDEX.xml")
    with pytest.raises(Refusal, match="kind_other"):
        look_at([tmp_path / "EDEX.xml"])
    saved(tmp_path, edex(), "echt.xml")
    assert look_at([tmp_path]).files == ("echt.xml",)


def test_a_link_to_itself_is_trouble(tmp_path: Path) -> None:
    path = tmp_path / "lus.xml"
    path.symlink_to(path)
    with pytest.raises(Trouble, match="cannot_open"):
        look_at([path])


def test_a_name_that_is_no_text_or_turns_is_shown_plain(tmp_path: Path, school: School) -> None:
    session = school.administrator()
    make_ready(session)
    for name in (b"na\xffam.xml", "ra\u202elmx.xml".encode()):
        path = tmp_path / os.fsdecode(name)
        path.write_bytes(edex())
        roster = read([path])
        proposal = propose(session, roster)
        if not proposal.is_empty:
            accept(session, roster, proposal)
        assert roster.files[0].isprintable()
    assert [done.files for done, _ in imports(session)] == ["na\ufffdam.xml"]


def test_a_zip_that_lies_about_a_size_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("EDEX.xml", edex())
    content = bytearray(path.read_bytes())
    place = content.find(b"PK\x01\x02") + 24
    content[place : place + 4] = (10).to_bytes(4, "little")
    path.write_bytes(content)
    with pytest.raises(Refusal, match="zip_broken"):
        read([path])
