"""People come in from the command line, and exit codes tell what is left."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from app.people.places import save_site
from app.people.records import Guardian, Pupil
from app.record import Compartment
from app.start.begin import make_ready
from tests.registers import ADMINISTRATOR, TEACHER

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.tooled import CommandLine, Said
    from tests.registers import School

EDEX = """<?xml version="1.0" encoding="utf-8"?>
<EDEX><school><schooljaar>2026-2027</schooljaar><brincode>99ZZ</brincode>
<dependancecode>00</dependancecode><schoolkey>9</schoolkey></school>
<groepen><groep key="g1"><naam>Zeester</naam><jaargroep>3</jaargroep></groep></groepen>
<leerlingen>{pupils}</leerlingen></EDEX>"""
PUPIL = """<leerling key="{key}"><achternaam>{surname}</achternaam>
<roepnaam>{first}</roepnaam><geboortedatum>{born}</geboortedatum>
<groep key="g1"/></leerling>"""
ZOE = PUPIL.format(key="k1", first="Zoë", surname="Wal", born="2020-05-04")
TOM = PUPIL.format(key="k2", first="Tom", surname="Bos", born="2019-01-02")


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """An export of two pupils."""
    return written(tmp_path, ZOE, TOM)


def written(folder: Path, *pupils: str) -> Path:
    path = folder / "edex.xml"
    path.write_text(EDEX.format(pupils="".join(pupils)), "utf-8")
    return path


def play(command_line: CommandLine, school: School, *words: str) -> Said:
    school.lock()
    given = (str(school.folder), *words, "--user", ADMINISTRATOR.name)
    return command_line.play("import-roster", *given, secret=ADMINISTRATOR.password)


def pupils(school: School) -> list[str]:
    session = school.administrator()
    with session.look(Compartment.CONSENT) as reader:
        return sorted(pupil.first_name for pupil in reader.all(Pupil))


@pytest.fixture(autouse=True)
def _ready(school: School) -> None:
    make_ready(school.administrator())


def test_a_trial_says_what_would_change_and_changes_nothing(
    command_line: CommandLine, school: School, export: Path
) -> None:
    said = play(command_line, school, str(export), "--dry-run", "--json")
    assert said.code == 0, said.err
    assert {"about": "pupil", "change": "new", "count": 2} in said.data["counts"]
    assert said.data["accepted"] is None
    assert pupils(school) == []


def test_what_would_change_is_said_in_words(
    command_line: CommandLine, school: School, tmp_path: Path
) -> None:
    number = ZOE.replace("<groep", "<bsn>123456782</bsn><groep")
    path = written(tmp_path, number, TOM)
    said = play(command_line, school, str(path), "--dry-run", "--language", "nl")
    assert "leerling: 2 nieuw" in said.out
    assert "Niet bewaard: bsn (1 keer)." in said.out
    assert "123456782" not in said.out + said.err
    assert "cli." not in said.out


def test_a_file_is_taken_over_and_then_there_is_nothing_to_do(
    command_line: CommandLine, school: School, export: Path
) -> None:
    said = play(command_line, school, str(export), "--json")
    assert said.code == 0, said.err
    assert said.data["accepted"]["added"] == 2
    assert pupils(school) == ["Tom", "Zoë"]
    again = play(command_line, school, str(export), "--language", "nl")
    assert again.code == 0
    assert "Er is niets te doen." in again.out


def test_what_is_doubtful_is_left_and_told(
    command_line: CommandLine, school: School, export: Path
) -> None:
    play(command_line, school, str(export))
    other = PUPIL.format(key="k9", first="Zoë", surname="Wal", born="2020-05-04")
    both = written(export.parent, ZOE, TOM, other)
    said = play(command_line, school, str(both), "--json")
    assert said.code == 1
    assert [line["name"] for line in said.data["doubtful"]] == ["Zoë Wal"]
    assert pupils(school) == ["Tom", "Zoë"]


def test_what_is_wrong_in_a_file_is_told_with_its_place(
    command_line: CommandLine, school: School, tmp_path: Path
) -> None:
    old = PUPIL.format(key="k3", first="Oud", surname="Bos", born="1980-01-02")
    said = play(command_line, school, str(written(tmp_path, ZOE, old)), "--language", "en")
    assert said.code == 1
    assert "edex.xml:" in said.err
    assert pupils(school) == ["Oud", "Zoë"]


def test_a_file_that_is_not_there_is_told(command_line: CommandLine, school: School) -> None:
    said = play(command_line, school, "nowhere.xml")
    assert said.code in {1, 3}
    assert "nowhere" in said.err


def test_who_may_not_write_is_refused(
    command_line: CommandLine, school: School, export: Path
) -> None:
    school.lock()
    said = command_line.play(
        *("import-roster", str(school.folder), str(export), "--user", TEACHER.name),
        secret=TEACHER.password,
    )
    assert said.code == 1


def test_a_command_without_a_file_shows_how(command_line: CommandLine, school: School) -> None:
    said = play(command_line, school)
    assert said.code == 2
    assert "import-roster" in said.err


def test_a_list_needs_its_mapping(
    command_line: CommandLine, school: School, tmp_path: Path
) -> None:
    table = tmp_path / "ouders.csv"
    table.write_text(
        "Nr;Roepnaam;Achternaam;Geboren;Groep;Ouder;Mail\n"
        "12;Zoë;Wal;04-05-2020;Zeester;Anna Wal;anna@wal.example\n",
        "utf-8",
    )
    assert play(command_line, school, str(table)).code == 1
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(MAPPING, "utf-8")
    said = play(command_line, school, str(table), "--mapping", str(mapping), "--json")
    assert said.code == 0, said.err
    session = school.administrator()
    with session.look(Compartment.CONSENT) as reader:
        assert [each.email for each in reader.all(Guardian)] == ["anna@wal.example"]
    again = play(command_line, school, str(table), "--json")
    assert again.code == 0, again.err
    assert again.data["accepted"] is None


def test_a_list_whose_headers_say_it_themselves_needs_none(
    command_line: CommandLine, school: School, tmp_path: Path
) -> None:
    table = tmp_path / "ouders.csv"
    table.write_text(
        "Leerlingnummer;Roepnaam;Achternaam;Geboortedatum;Groep;E-mail ouder 1;Ouder 1\n"
        "12;Zoë;Wal;04-05-2020;Zeester;anna@wal.example;Anna Wal\n",
        "utf-8",
    )
    said = play(command_line, school, str(table))
    assert said.code == 0, said.err
    assert "Kolom Roepnaam: roepnaam van de leerling" in said.out
    session = school.administrator()
    with session.look(Compartment.CONSENT) as reader:
        assert [each.email for each in reader.all(Guardian)] == ["anna@wal.example"]


MAPPING = """
name = "ouders"
[columns]
Nr = "pupil.number"
Roepnaam = "pupil.first_name"
Achternaam = "pupil.surname"
Geboren = "pupil.birth_date"
Groep = "pupil.group"
Ouder = "guardian1.name"
Mail = "guardian1.email"
"""


# -- what may be wrong --------------------------------------------------------------------------

NUMBER = "123456782"
BROKEN = {
    "empty": ("edex.xml", b""),
    "half": ("edex.xml", EDEX.format(pupils=ZOE).encode()[:-30]),
    "no text": ("edex.xml", b"%PDF-1.7"),
    "entities": ("edex.xml", b'<!DOCTYPE EDEX [<!ENTITY a "b">]><EDEX>&a;</EDEX>'),
    "half a zip": ("export.zip", b"PK\x03\x04half"),
    "headers only": ("lijst.csv", b"Leerlingnummer;Roepnaam\r\n"),
    "a number in its name": (f"{NUMBER}.xml", b"<EDEX><leerlingen>"),
    "a number in it": ("edex.xml", f"<EDEX><leerling key='{NUMBER}'><x>".encode()),
}


def head_of(school: School) -> tuple[object, int]:
    with school.administrator().look(Compartment.CONSENT) as reader:
        return reader.head(), len(reader.all(Pupil))


@pytest.mark.parametrize("case", BROKEN)
def test_a_file_that_is_not_right_changes_nothing_and_is_told(
    command_line: CommandLine, school: School, tmp_path: Path, case: str
) -> None:
    name, content = BROKEN[case]
    path = tmp_path / name
    path.write_bytes(content)
    before = head_of(school)
    said = play(command_line, school, str(path), "--language", "nl")
    assert said.code == 1
    assert said.err.strip()
    assert NUMBER not in said.out + said.err
    assert "Traceback" not in said.err
    assert head_of(school) == before


def test_what_may_not_be_held_is_in_no_file_and_no_output(
    command_line: CommandLine, school: School, tmp_path: Path
) -> None:
    hidden = f"<bsn>{NUMBER}</bsn><voorvoegsel>{NUMBER}</voorvoegsel><groep"
    path = written(tmp_path, ZOE.replace("<groep", hidden), TOM.replace("k2", NUMBER))
    said = play(command_line, school, str(path), "--json")
    assert said.data["accepted"]["added"] == 2
    assert NUMBER not in said.out + said.err
    school.lock()
    files = [each for each in school.folder.rglob("*") if each.is_file()]
    held = b"".join(each.read_bytes() for each in files)
    assert NUMBER.encode() not in held
    assert b"Zo\xc3\xab" not in held


def test_a_register_that_is_open_elsewhere_is_told(
    command_line: CommandLine, school: School, export: Path
) -> None:
    school.administrator()
    said = command_line.play(
        *("import-roster", str(school.folder), str(export), "--user", ADMINISTRATOR.name),
        *("--language", "nl"),
        secret=ADMINISTRATOR.password,
    )
    assert said.code != 0
    assert "geopend" in said.err
    assert pupils(school) == []


def test_a_file_for_one_of_several_sites_says_how_to_name_it(
    command_line: CommandLine, school: School, export: Path
) -> None:
    save_site(school.administrator(), "Het Ruim", "")
    said = play(command_line, school, str(export), "--language", "en")
    assert said.code == 1
    assert "Het Ruim" in said.err
    assert "--site" in said.err
    wrong = play(command_line, school, str(export), "--site", "Het Dek", "--language", "en")
    assert "Het Ruim" in wrong.err
    assert play(command_line, school, str(export), "--site", "het ruim").code == 0


def test_a_mapping_that_is_no_file_is_told(
    command_line: CommandLine, school: School, tmp_path: Path
) -> None:
    table = tmp_path / "lijst.csv"
    table.write_text("Nr;Naam\n12;Zo\u00eb Wal\n", "utf-8")
    os.mkfifo(tmp_path / "mapping.toml")
    given = ("--mapping", str(tmp_path / "mapping.toml"), "--language", "en")
    said = play(command_line, school, str(table), *given)
    assert said.code == 1
    assert "mapping.toml" in said.err


def test_an_older_file_says_so_and_changes_nobody(
    command_line: CommandLine, school: School, tmp_path: Path
) -> None:
    def of(day: str, *pupils: str) -> str:
        path = written(tmp_path, *pupils)
        text = path.read_text("utf-8")
        dated = text.replace("<brin", f"<peildatum>{day}</peildatum><brin")
        path.write_text(dated, "utf-8")
        return str(path)

    play(command_line, school, of("2026-11-02", ZOE, TOM))
    married = ZOE.replace("Wal", "Bos")
    said = play(command_line, school, of("2026-10-01", married, TOM), "--language", "nl")
    assert said.code == 1
    assert "Dit bestand is van 1 okt 2026" in said.err
    told = play(command_line, school, of("2026-10-01", married, TOM), "--json").data
    assert told["warning"]["id"] == "roster.older_file"
    assert [each["id"] for each in told["doubtful"]] == ["roster.doubt_older"]


def test_what_comes_to_nothing_is_not_said(
    command_line: CommandLine, school: School, export: Path
) -> None:
    said = play(command_line, school, str(export), "--dry-run", "--language", "nl")
    assert ": 0 " not in said.out
    data = play(command_line, school, str(export), "--dry-run", "--json").data
    assert 0 in {each["count"] for each in data["counts"]}
