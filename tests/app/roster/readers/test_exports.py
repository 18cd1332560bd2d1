"""Exports as schools send them, with what goes wrong in them; everything in them is made up."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import openpyxl

from app.roster.read import look_at, read
from app.roster.readers.guess import guess_table
from app.roster.source.tables import open_table
from tests.app.roster.sources import folder

if TYPE_CHECKING:
    from pathlib import Path

    from app.roster.roster import Roster

COMMA_LIST = """Leerlingenoverzicht - De Kade;;;;;;;;;;;;;;;;
;;;;;;;;;;;;;;;;
"Leerlingnr.";"Roepnaam";"Tussenv.";"Achternaam";"Geb.datum";"Groep";"BSN";"Verzorger 1: naam"\
;"Verzorger 1: relatie";"Verzorger 1: e-mailadres";"Verzorger 1: mobiel";"Verzorger 2: naam"\
;"Verzorger 2: e-mailadres";"Straat";"Huisnr.";"Postcode";"Plaats"
1041;"Zo\u00eb";"van der";"Wal";4-5-2020;"1/2 A";123456782;"Mevr. M. van der Wal-d\u2019Ancona"\
;"Moeder";"m.wal@example.org";"06 - 12 34 56 78";"Dhr. P. Kowalczyk"\
;"p.k@example.org; pk2@example.org";"Aan boord ""Hoop"" (ms)";"";"3311 AB";"Dordrecht"
1042;"Bram";"";"M\u00fcller";31-12-2019;"1/2 A";"";"Fam. M\u00fcller";"";"";"";"";""\
;"Kade; achter";"12 a";"3311ab";"DORDRECHT"
1043;"Fleur";"van den";"Berg";29-2-2020;"3";"";"Mw. A.B. van den Berg";"moeder";"a@@example"\
;"0031612345678";"";"";"Dijk";"7";"3312 CD";"Dordrecht"
;;;;;;;;;;;;;;;;
Totaal: 3;;;;;;;;;;;;;;;;
"""
SETS = {
    "orgs.csv": "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n"
    'o1,active,,Stichting,district,,NULL\no2,active,,"De Kade, Aalst",school,98YY00,o1\n',
    "academicSessions.csv": "sourcedId,status,dateLastModified,title,type,startDate,endDate,"
    "parentSourcedId,schoolYear\ny1,active,,2026/2027,schoolYear,2026-08-24,2027-07-16,,2027\n",
    "classes.csv": "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,"
    "classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods\n"
    'c1,active,,Zwaantjes,"01,02",k1,,homeroom,,o2,y1,,,\n',
    "users.csv": "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,"
    "familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,"
    "userMasterIdentifier,preferredGivenName,preferredMiddleName,preferredFamilyName,"
    "primaryOrgSourcedId,pronouns\n"
    "p1,active,,TRUE,p1,{Fed:1},Zo\u00eb Maria,van der Wal,,4711,,,,a1,01,geheim,123456782,"
    "Zo\u00eb,,,o2,\n"
    'p3,active,,FALSE,p3,,Ida,Bos,,4713,,,,"a1,a2",02,,,,,,o2,\n'
    "a1,active,,TRUE,a1,,Els,d'Ancona,,,els@example.org,0612345678,,,,,,,,,o2,\n"
    "a2,active,,TRUE,a2,,Jan,Bos,,,,,,,,,,,,,o2,\n"
    "t1,active,,TRUE,t1,,Ria,de Boer,,,ria@school.example,,,,,,,,,,o2,\n",
    "roles.csv": "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,"
    "endDate,orgSourcedId,userProfileSourcedId\n"
    "r1,active,,p1,primary,student,2026-08-24,,o2,\nr3,active,,p3,primary,student,,,o2,\n"
    "r4,active,,a1,primary,parent,,,o2,\nr5,active,,a2,primary,guardian,,,o2,\n"
    "r6,active,,t1,primary,teacher,,,o2,\n",
    "enrollments.csv": "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,"
    "userSourcedId,role,primary,beginDate,endDate\n"
    "e1,active,,c1,o2,p1,student,false,2026-08-24,\ne2,active,,c1,o2,p3,student,,,\n"
    "e3,active,,c1,o2,t1,teacher,true,,\n",
    "demographics.csv": "sourcedId,status,dateLastModified,birthDate,sex\n"
    "p1,active,,2020-05-04,female\np3,active,,2019-02-28,other\n",
    "manifest.csv": "propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\n"
    "file.users,bulk\nfile.roles,bulk\nsource.systemCode,iets\n",
}
ANSWER = """<?xml version="1.0" encoding="utf-8"?>
<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"
  xmlns:n="http://www.edustandaard.nl/leerresultaten/2/leerlinggegevens"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<S:Header><a:autorisatie xmlns:a="http://www.edustandaard.nl/leerresultaten/2/autorisatie">
  <a:autorisatiesleutel>geheim</a:autorisatiesleutel></a:autorisatie></S:Header>
<S:Body><n:leerlinggegevens_antwoord>
<n:leerlinggegevens xmlns="http://www.edustandaard.nl/leerresultaten/2/leerlinggegevens">
<school><schooljaar>2026-2027</schooljaar><brincode>98YY</brincode>
  <dependancecode>00</dependancecode>
  <aanmaakdatum>2026-10-01T09:00:00+02:00</aanmaakdatum></school>
<groepen><groep key="g1"><naam>1/2 A</naam><jaargroep>1</jaargroep></groep>
  <samengestelde_groep key="s1"><naam>Bovenbouw</naam></samengestelde_groep></groepen>
<leerlingen>
<leerling key="{2f1d3c1e-0000-0000-0000-000000000001}" eckid="https://ketenid.nl/pilot/abc">
  <achternaam>Wal</achternaam><voorvoegsel>van der</voorvoegsel><roepnaam>Zo\u00eb</roepnaam>
  <geboortedatum>2020-05-04</geboortedatum><geslacht>2</geslacht><groep key="g1"/>
  <samengestelde_groepen><samengestelde_groep key="s1"/></samengestelde_groepen></leerling>
<leerling key="l2"><achternaam xsi:nil="true"/><roepnaam>Bram</roepnaam>
  <geboortedatum>2019-12-31+01:00</geboortedatum><groep key="g1"/></leerling>
</leerlingen>
<leerkrachten><leerkracht key="t1"><achternaam>Boer</achternaam>
  <voorvoegsel>de</voorvoegsel><roepnaam>Ria</roepnaam>
  <groepen><groep key="g1"/></groepen></leerkracht></leerkrachten>
</n:leerlinggegevens></n:leerlinggegevens_antwoord></S:Body></S:Envelope>"""
RELATED = {
    "orgs.csv": "sourcedId,name,type,parentSourcedId\no1,Bestuur,district,\n"
    "o2,De Kade,school,o1\no3,Het Schip,school,o1\n",
    "users.csv": "sourcedId,username,givenName,familyName,password,activeDirectoryMatchId,"
    "email,phone,sms\np1,zoe@school.example,Zo\u00eb,van der Wal,,,,,\n"
    "p2,sam@school.example,Sam,de Wit,,,,,\np3,noa@school.example,Noa,de Wit,,,,,\n"
    'a1,,Els,"Wal, van der",,,ELS@Thuis.example,"+31 6 12345678",\n'
    "a2,,,de Wit,,,wit@thuis.example,,+31687654321\na3,,Oma,de Wit,,,,,\n"
    "t1,ria@school.example,Ria,de Boer,,,ria@school.example,,\n",
    "roles.csv": "userSourcedId,orgSourcedId,role,sessionSourcedId,grade,isPrimary,"
    "roleStartDate,roleEndDate\np1,o2,Student,y1,PK,TRUE,,\np2,o3,student,y1,03,true,,\n"
    "p3,o3,student,y1,,,,\np3,o2,student,y1,,,,\nt1,o2,Teacher,y1,,,,\n",
    "classes.csv": "sourcedId,orgSourcedId,title,sessionSourcedIds,courseSourcedId,code\n"
    "c1,o2,Zwaantjes,y1,,\nc2,o3,Groep 3,y1,,\n",
    "enrollments.csv": "classSourcedId,userSourcedId,role\nc1,p1,student\nc2,p2,student\n"
    "c2,p3,student\n",
    "academicSessions.csv": "sourcedId,title,type,schoolYear,startDate,endDate\n"
    "y1,2026-2027,schoolYear,2026,8/24/2026,7/16/2027\n",
    "relationships.csv": "userSourcedId,relationshipUserSourcedId,relationshipRole\n"
    "p1,a1,Parent\np2,a2,parent\np3,a2,Guardian\np2,a3,grandparent\np3,a3,emergencyContact\n"
    "p9,a3,parent\n",
}


def listed(path: Path) -> Roster:
    """A list, its columns as they are guessed."""
    found = look_at([path])
    table = open_table(path.read_bytes(), path.name)
    mapping = replace(guess_table(table).mapping("lijst"), layout=table.layout)
    return read(found, mapping)


def called(roster: Roster) -> list[tuple[str, str, str]]:
    return [(row.first_name, row.prefix, row.surname) for row in roster.pupils]


def told(roster: Roster) -> list[tuple[int, str]]:
    return [(fault.where.row, fault.message.id) for fault in roster.faults]


def test_a_list_in_the_letters_of_an_old_office(tmp_path: Path) -> None:
    path = tmp_path / "leerlingen.csv"
    path.write_bytes(COMMA_LIST.replace("\n", "\r\n").encode("cp1252"))
    found = listed(path)
    assert called(found) == [
        ("Zo\u00eb", "van der", "Wal"),
        ("Bram", "", "M\u00fcller"),
        ("Fleur", "van den", "Berg"),
    ]
    born = [row.birth_date for row in found.pupils]
    assert born == [date(2020, 5, 4), date(2019, 12, 31), date(2020, 2, 29)]
    mother, father, family, other = found.guardians
    assert (mother.initials, mother.surname) == ("M.", "Wal-d\u2019Ancona")
    assert (mother.street, mother.phone) == ('Aan boord "Hoop" (ms)', "06 - 12 34 56 78")
    assert (father.initials, father.email) == ("P.", "p.k@example.org")
    assert (family.surname, family.street) == ("M\u00fcller", "Kade; achter 12 a")
    assert (other.phone, other.email) == ("0031612345678", "")
    assert [each.name for each in found.dropped] == ["BSN"]
    assert told(found) == [
        (4, "roster.email_several"),
        (5, "roster.name_unsure"),
        (6, "roster.email_unreadable"),
        (8, "roster.row_counts"),
    ]


def test_a_workbook_with_a_sheet_that_explains_and_groups_that_became_days(
    tmp_path: Path,
) -> None:
    book = openpyxl.Workbook()
    about, rows = book.active, book.create_sheet("Leerlingen")
    assert about is not None
    about.append(["Export gemaakt op", "1-10-2026 12:00"])
    about.append(["Door", "de administratie"])
    heads = ["Stamnr", "Achternaam", "Voorvoegsels", "Roepnaam", "Geboortedatum", "Stamgroep"]
    rows.append(["Leerlingen schooljaar 2026-2027"])
    rows.merge_cells("A1:F1")
    rows.append([])
    rows.append([*heads, "Datum uitschrijving", "Ouder 1 achternaam", "Ouder 1 telefoon"])
    zoe = [1041.0, "WAL", "VAN DER", "ZO\u00cb", date(2020, 5, 4), "3-4"]
    rows.append([*zoe, None, "WAL", 612345678])
    spoilt, left = date(2026, 4, 3), date(2026, 12, 18)
    rows.append([1042.0, "IJSVOGEL", None, "IJSBRAND", 43830, spoilt, left])
    rows.append(["=1000+43", "O\u2019BRIEN", None, "SE\u00c1N", "12-11-2019", "Groep 8"])
    path = tmp_path / "export.xlsx"
    book.save(path)
    found = listed(path)
    assert called(found) == [
        ("Zo\u00eb", "van der", "Wal"),
        ("IJsbrand", "", "IJsvogel"),
        ("Se\u00e1n", "", "O\u2019Brien"),
    ]
    assert [row.number for row in found.pupils] == ["1041", "1042", ""]
    born = [row.birth_date for row in found.pupils]
    assert born == [date(2020, 5, 4), date(2019, 12, 31), date(2019, 11, 12)]
    assert found.pupils[1].left == left
    assert [group.name for group in found.groups] == ["3-4", "Groep 8"]
    assert found.pupils[0].group_keys == found.pupils[1].group_keys
    assert found.guardians[0].phone == "0612345678"
    assert {(0, "roster.formulas_unsaved"), (5, "roster.group_was_day")} <= set(told(found))


def test_a_set_in_folders_of_a_zip_from_another_machine(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("__MACOSX/export 2026/._users.csv", b"\x00\x05\x16\x07\x00")
        packed.writestr("export 2026/.DS_Store", b"\x00\x00\x00\x01Bud1")
        for name, text in SETS.items():
            content = text.replace("\n", "\r\n").encode("utf-8-sig")
            packed.writestr(f"export 2026/oneroster/{name}", content)
    found = read([path])
    assert called(found) == [("Zo\u00eb", "van der", "Wal"), ("Ida", "", "Bos")]
    assert [row.number for row in found.pupils] == ["4711", "4713"]
    assert [(site.key, site.name) for site in found.sites] == [("o2", "De Kade, Aalst")]
    ties = [(tie.pupil_key, tie.guardian_key, tie.kind) for tie in found.relations]
    assert ties == [("p1", "a1", "parent"), ("p3", "a1", "parent"), ("p3", "a2", "guardian")]
    assert [(row.prefix, row.surname) for row in found.staff] == [("de", "Boer")]
    assert {each.name for each in found.dropped} >= {"password"}
    assert "123456782" not in repr(found)


def test_an_answer_in_its_envelope(tmp_path: Path) -> None:
    path = tmp_path / "antwoord.txt"
    path.write_bytes(ANSWER.encode())
    found = read([path])
    assert (found.school_year, found.as_of) == ("2026-2027", date(2026, 10, 1))
    assert called(found) == [("Zo\u00eb", "van der", "Wal"), ("Bram", "", "")]
    assert found.pupils[0].group_keys == ("g1", "s1")
    assert found.pupils[1].birth_date == date(2019, 12, 31)
    assert [group.merged for group in found.groups] == [False, True]
    assert [row.surname for row in found.staff] == ["Boer"]
    assert not any(word in repr(found) for word in ("geheim", "ketenid"))


def test_guardians_who_stand_in_relationships_only(tmp_path: Path) -> None:
    tables = {name: "\ufeff" + text.replace("\n", "\r\n") for name, text in RELATED.items()}
    found = read([folder(tmp_path / "sds", tables)])
    assert called(found) == [
        ("Zo\u00eb", "van der", "Wal"),
        ("Sam", "de", "Wit"),
        ("Noa", "de", "Wit"),
    ]
    assert [row.site_key for row in found.pupils] == ["o2", "o3", "o3"]
    mother, other = found.guardians
    assert (mother.prefix, mother.surname) == ("van der", "Wal")
    assert (other.surname, other.phone) == ("Wit", "+31687654321")
    ties = [(tie.pupil_key, tie.guardian_key, tie.kind) for tie in found.relations]
    assert ties == [("p1", "a1", "parent"), ("p2", "a2", "parent"), ("p3", "a2", "guardian")]
    assert told(found) == [(7, "roster.relation_unknown")]
    assert found.whole
