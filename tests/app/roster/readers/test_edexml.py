"""EDEXML of every version, and UWLR answers, as schools save them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from app.errors import Refusal
from app.roster.read import look_at, read
from app.roster.roster import SourceKind, Where
from tests.app.roster.sources import (
    BSN,
    GROUPS,
    PUPIL,
    SCHOOL,
    dropped,
    edex,
    pupil,
    read_edex,
    saved,
    teacher,
    told,
)

if TYPE_CHECKING:
    from pathlib import Path

NAME = "<achternaam>Bos</achternaam><roepnaam>Ria</roepnaam>"


def refused(path: Path) -> str:
    with pytest.raises(Refusal) as caught:
        read([path])
    return caught.value.message.id.removeprefix("roster.")


def test_a_whole_file_is_understood(tmp_path: Path) -> None:
    fields = (
        "<achternaam>Hof</achternaam><voorvoegsel>van 't</voorvoegsel><roepnaam>Bo</roepnaam>"
        "<geboortedatum>2020-02-29</geboortedatum><jaargroep>2</jaargroep>"
        '<groep key="g2"/><samengestelde_groepen><samengestelde_groep key="s1"/>'
        '</samengestelde_groepen><vestiging key="v1"/><instroomdatum>2024-03-01</instroomdatum>'
        "<uitstroomdatum>2026-07-17</uitstroomdatum>"
    )
    roster = read_edex(tmp_path, edex(PUPIL + pupil(fields, "12"), staff=teacher(NAME)))
    assert (roster.kind, roster.source) == (SourceKind.EDEXML, "98YY")
    assert (roster.school_year, roster.as_of) == ("2026-2027", date(2026, 10, 1))
    assert roster.whole
    assert roster.whole_staff
    assert [(group.key, group.level, group.merged) for group in roster.groups] == [
        ("g1", 1, False),
        ("g2", None, False),
        ("s1", None, True),
    ]
    last = roster.pupils[1]
    assert (last.first_name, last.prefix, last.surname) == ("Bo", "van 't", "Hof")
    assert (last.birth_date, last.number) == (date(2020, 2, 29), "12")
    assert (last.group_keys, last.site_key) == (("g2", "s1"), "v1")
    assert (last.entered, last.left) == (date(2024, 3, 1), date(2026, 7, 17))
    assert roster.faults == ()


def test_an_old_file_without_sites_and_merged_groups(tmp_path: Path) -> None:
    old = (
        '<EDEX xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xsi:noNamespaceSchemaLocation="EDEXML.structuur.xsd"><school>'
        "<schooljaar>2009-2010</schooljaar><schoolkey>77</schoolkey>"
        "<aanmaakdatum>2010-01-05T08:00:00</aanmaakdatum><xsdversie>1.03</xsdversie></school>"
        f"{GROUPS.replace('samengestelde_', '')}<leerlingen>{PUPIL}</leerlingen></EDEX>"
    )
    roster = read_edex(tmp_path, old.encode())
    assert (roster.source, roster.school_year) == ("77", "2009-2010")
    assert roster.as_of == date(2010, 1, 5)
    assert roster.pupils[0].group_keys == ("g1",)
    assert not roster.whole_staff


def test_a_later_school_year_and_unknown_fields_are_no_reason_to_refuse(tmp_path: Path) -> None:
    later = SCHOOL.replace("2026-2027", "2031-2032").replace("</school>", "<x>1</x></school>")
    extra = (
        '<toevoegingen><blok xmlns:i="urn:i" i:type="Eigen"><achternaam>Fout</achternaam>'
        '<groep key="onbekend"/></blok></toevoegingen>'
    )
    roster = read_edex(tmp_path, edex(pupil(f"<nieuw>7</nieuw>{extra}{NAME}"), school=later))
    assert roster.school_year == "2031-2032"
    assert roster.pupils[0].surname == "Bos"
    assert roster.faults == ()


def test_fields_may_stand_in_any_order(tmp_path: Path) -> None:
    mixed = (
        f"<EDEX><leerlingen>{pupil('<groep key=' + chr(34) + 'g1' + chr(34) + '/>' + NAME)}"
        f"</leerlingen>{GROUPS}{SCHOOL}</EDEX>"
    )
    roster = read_edex(tmp_path, mixed.encode())
    assert roster.pupils[0].group_keys == ("g1",)
    assert roster.source == "98YY"


@pytest.mark.parametrize("envelope", [True, False])
def test_a_saved_answer_is_read_in_its_namespace(tmp_path: Path, envelope: bool) -> None:
    inner = f"<l:school>{SCHOOL.removeprefix('<school>').removesuffix('</school>')}</l:school>"
    inner = inner.replace("<l:school><", "<l:school><").replace("</l:school>", "</l:school>")
    body = (
        f'<leerlinggegevens xmlns="urn:antwoord" xmlns:l="urn:antwoord">{inner}{GROUPS}'
        f"<leerlingen>{PUPIL}</leerlingen></leerlinggegevens>"
    )
    if envelope:
        body = (
            '<s:Envelope xmlns:s="urn:soap"><s:Header/><s:Body><leerlinggegevens_antwoord>'
            f"{body}</leerlinggegevens_antwoord></s:Body></s:Envelope>"
        )
    roster = read_edex(tmp_path, body.encode())
    assert roster.kind is SourceKind.UWLR
    assert roster.pupils[0].group_keys == ("g1",)
    assert not roster.whole  # an answer holds what the asker was allowed to see


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<?xml version="1.0"?>', "utf-8"),
        ("", "utf-8-sig"),
        ('<?xml version="1.0" encoding="windows-1252"?>', "cp1252"),
        ('<?xml version="1.0" encoding="ISO-8859-1"?>', "latin-1"),
        ('<?xml version="1.0" encoding="UTF-16"?>', "utf-16"),
        ('<?xml version="1.0" encoding="UTF-8"?>', "utf-16"),
        ('<?xml version="1.0" encoding="utf-16"?>', "utf-8"),
        ("", "utf-16-le"),
        ('<?xml version="1.0" encoding="windows-1252"?>', "utf-8-sig"),
    ],
)
def test_every_encoding_is_read(tmp_path: Path, head: str, encoding: str) -> None:
    roster = read_edex(tmp_path, edex(head=head, encoding=encoding))
    assert roster.pupils[0].first_name == "Zo\u00eb"
    assert roster.faults == ()


def test_a_file_that_is_not_in_its_encoding_is_told(tmp_path: Path) -> None:
    roster = read_edex(tmp_path, edex(encoding="cp1252"))
    assert roster.pupils[0].first_name == "Zo\u00eb"
    assert told(roster) == [("xml_not_utf8", 2, "")]


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ("<achternaam>de Vries</achternaam><roepnaam>Bo</roepnaam>", ("Bo", "de", "Vries")),
        ("<achternaam>Vries, de</achternaam><roepnaam>Bo</roepnaam>", ("Bo", "de", "Vries")),
        (
            "<achternaam>van de Wal</achternaam><voorvoegsel>von</voorvoegsel>",
            ("", "von", "van de Wal"),
        ),
        (
            "<achternaam>Wal</achternaam><voornamen>Bo Anna</voornamen>",
            ("Bo Anna", "", "Wal"),
        ),
        (
            "<achternaam>Wal</achternaam><voorletters-1>BA</voorletters-1>",
            ("B.A.", "", "Wal"),
        ),
        ("<roepnaam> Bo \n Anna </roepnaam>", ("Bo Anna", "", "")),
    ],
)
def test_names(tmp_path: Path, fields: str, name: tuple[str, str, str]) -> None:
    first = read_edex(tmp_path, edex(pupil(fields))).pupils[0]
    assert (first.first_name, first.prefix, first.surname) == name


def test_a_dummy_key_is_not_stable_and_no_number(tmp_path: Path) -> None:
    first = read_edex(tmp_path, edex(pupil(NAME, "#17"))).pupils[0]
    assert (first.key, first.stable, first.number) == ("#17", False, "")


def test_a_long_key_is_no_number(tmp_path: Path) -> None:
    first = read_edex(tmp_path, edex(pupil(NAME, "k" * 30))).pupils[0]
    assert (first.stable, first.number) == (True, "")


def test_a_key_that_may_be_a_bsn_is_not_kept(tmp_path: Path) -> None:
    roster = read_edex(tmp_path, edex(pupil(NAME, BSN)))
    assert BSN not in repr(roster)
    assert not roster.pupils[0].stable
    assert told(roster) == [("key_bsn", 2, "key")]
    assert dropped(roster) == {"key": ("eleven", 1)}


def test_what_may_not_be_held_is_dropped_and_counted(tmp_path: Path) -> None:
    fields = (
        f"{NAME}<geslacht>1</geslacht><fotourl>http://x.example/1</fotourl>"
        f"<etniciteit>2</etniciteit><land>PL</land><land_vader>PL</land_vader><bsn>{BSN}</bsn>"
        "<gewicht>0.40</gewicht><land_moeder/>"
    )
    content = edex(pupil(fields)).replace(b'key="4711"', b'key="4711" eckid="https://id/9"')
    roster = read_edex(tmp_path, content)
    assert dropped(roster) == {
        "bsn": ("number", 1),
        "eckid": ("chain", 1),
        "etniciteit": ("descent", 1),
        "fotourl": ("photo", 1),
        "geslacht": ("unneeded", 1),
        "gewicht": ("weight", 1),
        "land": ("descent", 1),
        "land_vader": ("descent", 1),
    }
    assert BSN not in repr(roster)
    assert "0.40" not in repr(roster)


@pytest.mark.parametrize("field", ["achternaam", "roepnaam", "voorvoegsel"])
def test_a_bsn_in_a_name_is_dropped(tmp_path: Path, field: str) -> None:
    roster = read_edex(tmp_path, edex(PUPIL + pupil(f"{NAME}<{field}>x</{field}>", "2")))
    assert dropped(roster) == {}
    hidden = pupil(f"<{field}>x {BSN[:4]}.{BSN[4:6]}.{BSN[6:]}</{field}>{NAME}", "2")
    roster = read_edex(tmp_path, edex(PUPIL + hidden))
    assert dropped(roster) == {field: ("eleven", 1)}
    assert f"{BSN[4:6]}.{BSN[6:]}" not in repr(roster)


def test_a_parent_who_helps_is_no_member_of_staff(tmp_path: Path) -> None:
    staff = (
        teacher(f"{NAME}<rol>OUD</rol>", "t1")
        + teacher(f"{NAME}<rol>OUD</rol><rol>LRK</rol>", "t2")
        + teacher(f'{NAME}<groepen><groep key="g1"><rol>STA</rol></groep></groepen>', "t3")
        + teacher(f"{NAME}<rol>LRK</rol><rolomschrijving>kapitein</rolomschrijving>", "t4")
    )
    roster = read_edex(tmp_path, edex(staff=staff))
    assert [(each.key, each.function) for each in roster.staff] == [
        ("t2", "leerkracht"),
        ("t3", "stagiair"),
        ("t4", "leerkracht, kapitein"),
    ]
    assert dropped(roster) == {"leerkracht": ("parent_helper", 1)}


def test_initials_and_address_of_staff(tmp_path: Path) -> None:
    fields = (
        f"{NAME}<voorletters-1>RTh</voorletters-1><emailadres>ria@school.example</emailadres>"
    )
    member = read_edex(tmp_path, edex(staff=teacher(fields))).staff[0]
    assert (member.initials, member.email) == ("R.Th.", "ria@school.example")


def test_a_pupil_of_former_days_is_passed_over(tmp_path: Path) -> None:
    former = pupil(f"{NAME}<jaargroep>H</jaargroep>", "9")
    roster = read_edex(tmp_path, edex(PUPIL + former))
    assert [each.key for each in roster.pupils] == ["4711"]
    assert dropped(roster) == {"leerling": ("former_pupil", 1)}
    assert roster.whole


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        (f"{NAME}<geboortedatum>31-02-2020</geboortedatum>", "day_not_there"),
        (f"{NAME}<geboortedatum>2020-02-31</geboortedatum>", "day_not_there"),
        (f"{NAME}<geboortedatum>ooit</geboortedatum>", "day_unreadable"),
    ],
)
def test_a_day_that_is_not_right_is_told_at_its_place(
    tmp_path: Path, fields: str, fault: str
) -> None:
    roster = read_edex(tmp_path, edex("\n" + pupil(fields)))
    assert told(roster) == [(fault, 3, "geboortedatum")]
    assert roster.pupils[0].birth_date is None


@pytest.mark.parametrize("day", ["2020-02-29Z", "2020-02-29+01:00", "2020-02-29T00:00:00"])
def test_days_with_a_zone_or_time(tmp_path: Path, day: str) -> None:
    fields = f"{NAME}<geboortedatum>{day}</geboortedatum>"
    roster = read_edex(tmp_path, edex(pupil(fields)))
    assert roster.pupils[0].birth_date == date(2020, 2, 29)


def test_a_group_or_site_that_is_not_there_is_told(tmp_path: Path) -> None:
    fields = f'{NAME}<groep key="g9"/><vestiging key="v9"/>'
    roster = read_edex(tmp_path, edex(pupil(fields)))
    assert told(roster) == [("group_unknown", 2, ""), ("site_unknown", 2, "")]
    assert (roster.pupils[0].group_keys, roster.pupils[0].site_key) == ((), "")


def test_a_pupil_without_a_name_is_left_out_and_nobody_counts_as_missing(
    tmp_path: Path,
) -> None:
    roster = read_edex(tmp_path, edex(PUPIL + pupil("<jaargroep>1</jaargroep>", "5")))
    assert told(roster) == [("name_missing", 2, "")]
    assert roster.faults[0].left_out
    assert not roster.whole


def test_many_small_faults_do_not_hide_who_is_missing(tmp_path: Path) -> None:
    many = "".join(pupil(f'{NAME}<groep key="g9"/>', str(n)) for n in range(600))
    roster = read_edex(tmp_path, edex(many))
    assert len(roster.faults) == 501
    assert roster.whole
    assert not read_edex(tmp_path, edex(many + pupil("", "x"))).whole


def test_a_pupil_who_is_there_twice_is_taken_once(tmp_path: Path) -> None:
    other = PUPIL.replace("Wal", "Dam")
    assert told(read_edex(tmp_path, edex(PUPIL + "\n" + PUPIL))) == [("twice", 3, "")]
    roster = read_edex(tmp_path, edex(PUPIL + "\n" + other))
    assert told(roster) == [("twice_differs", 3, "")]
    assert [each.surname for each in roster.pupils] == ["Wal"]


def test_of_two_entries_the_one_that_goes_on_counts(tmp_path: Path) -> None:
    gone = PUPIL.replace(
        "</leerling>", "<uitstroomdatum>2025-07-01</uitstroomdatum></leerling>"
    )
    roster = read_edex(tmp_path, edex(gone + PUPIL))
    assert [each.left for each in roster.pupils] == [None]


def test_two_files_that_contradict_each_other(tmp_path: Path) -> None:
    one = saved(tmp_path, edex(), "a.xml")
    two = saved(tmp_path, edex(PUPIL.replace("2021-03-04", "2021-03-05")), "b.xml")
    same = saved(tmp_path, edex(), "c.xml")
    assert told(read([one, same])) == []
    roster = read([one, two])
    assert told(roster) == [("contradict", 2, "")]
    assert roster.faults[0].where == Where("b.xml", 2)
    assert roster.files == ("a.xml", "b.xml")


def test_files_of_two_schools_are_refused(tmp_path: Path) -> None:
    one = saved(tmp_path, edex(), "a.xml")
    two = saved(tmp_path, edex(school=SCHOOL.replace("98YY", "97ZZ")), "b.xml")
    with pytest.raises(Refusal, match="two_schools"):
        read([one, two])


def test_groups_stand_at_the_site_of_their_pupils(tmp_path: Path) -> None:
    here = PUPIL.replace("</leerling>", '<vestiging key="v1"/></leerling>')
    roster = read_edex(tmp_path, edex(here))
    assert {group.key: group.site_key for group in roster.groups} == {
        "g1": "v1",
        "g2": "",
        "s1": "",
    }


@pytest.mark.parametrize(
    ("content", "text_id"),
    [
        (edex()[:-40], "xml_cut_off"),
        (edex().replace(b"</roepnaam>", b"</roep>", 1), "xml_broken"),
        (b"<EDEX></EDEX>", "nobody"),
        (b"<EDEX>" + b"<a>" * 50 + b"</a>" * 50 + b"</EDEX>", "xml_deep"),
        (b"<rss><channel/></rss>", "xml_unknown"),
        (b'<Workbook xmlns="urn:schemas-microsoft-com"><Worksheet/>', "kind_excel_other"),
        (b'<?xml version="1.0" encoding="klingon"?><EDEX/>', "xml_encoding"),
        (edex(pupil(NAME + "<x>" + "y" * 200_000 + "</x>")), "field_endless"),
        (edex(pupil(NAME + f'<x y="{"y" * 200_000}"/>')), "field_endless"),
        (edex(pupil(NAME + "<x/>" * 6_000)), "xml_large"),
        (edex(pupil(NAME + ("<x>" + "y" * 90_000 + "</x>") * 12)), "person_endless"),
        (edex(pupil(NAME + f'<x y="{"y" * 90_000}"/>' * 12)), "person_endless"),
        (b"<EDEX><!--" + b"y" * 10_000_000 + b"--></EDEX>", "markup_endless"),
        (b"<EDEX a='" + b"y" * 10_000_000 + b"'></EDEX>", "markup_endless"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_not_understood_is_refused(
    tmp_path: Path, content: bytes, text_id: str
) -> None:
    assert refused(saved(tmp_path, content)) == text_id


DECLARED = {
    "laughs": '<!DOCTYPE EDEX [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    "outside": '<!DOCTYPE EDEX [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    "parameter": '<!DOCTYPE EDEX [<!ENTITY % a SYSTEM "http://x.example/a">%a;]>',
    "type": '<!DOCTYPE EDEX SYSTEM "http://x.example/edex.dtd">',
}


@pytest.mark.parametrize("kind", DECLARED)
def test_declarations_are_refused(tmp_path: Path, kind: str) -> None:
    content = edex(pupil("<roepnaam>&a;</roepnaam>"), head=DECLARED[kind])
    assert refused(saved(tmp_path, content)) == "entities"


def test_the_place_of_an_endless_field_is_told(tmp_path: Path) -> None:
    content = edex("\n\n" + pupil("<roepnaam>" + "y" * 200_000 + "</roepnaam>"))
    with pytest.raises(Refusal) as caught:
        read([saved(tmp_path, content)])
    values = caught.value.message.values
    assert (values["row"], values["column"], values["file"]) == (4, "roepnaam", "EDEX.xml")


def test_a_look_reads_nobody(tmp_path: Path) -> None:
    found = look_at([saved(tmp_path, edex(PUPIL + "<leerling"))])
    assert (found.kind, found.files) == (SourceKind.EDEXML, ("EDEX.xml",))
