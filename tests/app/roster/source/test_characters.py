"""Texts that no byte says the characters of: the right ones are found, and it is told."""

from __future__ import annotations

import pytest

from app.roster.source.characters import OTHERS, likely
from app.roster.source.findings import Findings
from app.roster.source.layout import Layout
from app.roster.source.tables import open_table

NAMES = ("Daniël Müller", "René van de Ruë", "Zoë d’Ancona", "André Groß", "Léon Dupré")
POLISH = ("Łukasz Żak", "Paweł Wójcik", "Małgorzata Dąbrowska")
WESTERN = (
    *NAMES, "Miloš Božin", "Željko Šarin", "‘t Hart", "O’Neill", "Mar’a", "D’Angelo – de Wit",
    "École Élan", "Ça va", "5 €", "ZOË MÜLLER", "Ñuñez", "Åse Ørsted", "“De Boot”", "Boordboek™",
)  # fmt: skip


@pytest.mark.parametrize("name", WESTERN)
def test_what_windows_writes_stays_so(name: str) -> None:
    assert likely([name.encode("cp1252")]) == "cp1252"


@pytest.mark.parametrize("name", [*NAMES, "ZOË MÜLLER", "Daniël", "François", "JÜRGEN GROß"])
def test_what_an_older_mac_writes_is_found(name: str) -> None:
    assert likely([name.encode("mac_roman")]) == "mac_roman"


@pytest.mark.parametrize("name", ["Daniël Müller", "René", "ZOË MÜLLER", "Zoë"])
def test_what_dos_writes_is_found(name: str) -> None:
    assert likely([name.encode("cp850")]) == "cp850"


@pytest.mark.parametrize("name", POLISH)
def test_polish_names_are_found(name: str) -> None:
    assert likely([name.encode("cp1250")]) == "cp1250"


@pytest.mark.parametrize("encoding", OTHERS)
def test_a_list_in_old_characters_is_read_right_and_told(encoding: str) -> None:
    table = open_table("Naam;Groep\r\nZoë Müller;5\r\n".encode(encoding), "lijst")
    if encoding == "cp1250":  # these letters are the same ones in Windows
        assert table.layout.encoding == "cp1252"
        return
    assert [row.cells for row in table.rows(Findings("lijst"))] == [("Zoë Müller", "5")]
    assert [note.message.id for note in table.notes] == ["roster.old_characters"]
    assert table.notes[0].message.values == {"name": OTHERS[encoding]}


def test_who_chose_the_characters_is_not_told_of_them() -> None:
    content = "Naam;Groep\nDaniël;5\n".encode("mac_roman")
    table = open_table(content, "lijst", Layout(encoding="mac_roman"))
    assert table.first(1)[0].cells == ("Daniël", "5")
    assert table.notes == ()


def test_lines_end_as_an_older_mac_ends_them() -> None:
    content = "Naam;Groep\rDaniël;5\rMüller;6\r".encode("mac_roman")
    rows = open_table(content, "lijst").first(2)
    assert [row.cells[0] for row in rows] == ["Daniël", "Müller"]
