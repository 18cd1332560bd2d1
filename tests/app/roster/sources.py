"""Files of pupil administrations, made up here: names, keys and numbers are invented."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from app.roster.read import read

if TYPE_CHECKING:
    from pathlib import Path

    from app.roster.roster import Roster

BSN = "123456782"
"""Passes the eleven-test, and is nobody's."""

SCHOOL = (
    "<school><schooljaar>2026-2027</schooljaar><peildatum>2026-10-01</peildatum>"
    "<brincode>98YY</brincode><dependancecode>00</dependancecode></school>"
)
GROUPS = (
    '<groepen><groep key="g1"><naam>Zwaantjes</naam><jaargroep>1</jaargroep></groep>'
    '<groep key="g2"><naam>Reigers</naam><jaargroep>C</jaargroep></groep>'
    '<samengestelde_groep key="s1"><naam>Muziek</naam></samengestelde_groep></groepen>'
)
SITES = '<vestigingen><vestiging key="v1"><naam>De Kade</naam></vestiging></vestigingen>'
PUPIL = (
    '<leerling key="4711"><achternaam>Wal</achternaam><voorvoegsel>van der</voorvoegsel>'
    "<roepnaam>Zo\u00eb</roepnaam><geboortedatum>2021-03-04</geboortedatum>"
    '<groep key="g1"/></leerling>'
)


def edex(
    pupils: str = PUPIL,
    *,
    staff: str = "",
    school: str = SCHOOL,
    head: str = '<?xml version="1.0" encoding="UTF-8"?>',
    encoding: str = "utf-8",
) -> bytes:
    """An EDEXML file with three groups, one site and these pupils and staff."""
    people = f"<leerlingen>{pupils}</leerlingen><leerkrachten>{staff}</leerkrachten>"
    text = f"{head}\n<EDEX>{school}{SITES}{GROUPS}{people}</EDEX>"
    return text.encode(encoding)


def pupil(fields: str, key: str = "4711") -> str:
    return f'<leerling key="{key}">{fields}</leerling>'


def teacher(fields: str, key: str = "t1") -> str:
    return f'<leerkracht key="{key}">{fields}</leerkracht>'


SDS = {
    "orgs.csv": "sourcedId,name,type,parentSourcedId\n"
    "o1,Stichting Vaart,district,\no2,De Kade,school,o1\no3,Afdeling,department,o2\n",
    "academicSessions.csv": "sourcedId,title,type,schoolYear,startDate,endDate\n"
    "y1,2026,schoolYear,2026,2026-08-24,2027-07-16\n",
    "classes.csv": "sourcedId,orgSourcedId,title,sessionSourcedIds,courseSourcedId\n"
    "c1,o2,Zwaantjes,y1,k1\nc2,o2,Reigers,y1,k1\nc3,o2,Leeg,y1,k1\n",
    "users.csv": "sourcedId,username,givenName,familyName,password,activeDirectoryMatchId,"
    "email,phone,sms\n"
    "p1,p1@school.example,Zo\u00eb,van der Wal,Geheim1,,,,\n"
    "p2,p2@school.example,Bram,Jansen,Geheim2,,,,\n"
    "a1,,Els,Wal,Geheim3,,els@thuis.example,0612345678,\n"
    "a2,,Kees,Arts,Geheim4,,,,\n"
    "t1,,Ria,Bos,Geheim5,,ria@school.example,,\n",
    "roles.csv": "userSourcedId,orgSourcedId,role,sessionSourcedId,grade,isPrimary,"
    "roleStartDate,roleEndDate\n"
    "p1,o3,student,y1,1,TRUE,2026-08-24,2027-07-16\n"
    "p2,o2,student,y1,1,TRUE,2026-09-07,2026-12-18\n"
    "t1,o1,teacher,y1,,TRUE,2026-08-24,2027-07-16\n",
    "enrollments.csv": "classSourcedId,userSourcedId,role\n"
    "c1,p1,student\nc2,p2,student\nc1,t1,teacher\n",
    "relationships.csv": "userSourcedId,relationshipUserSourcedId,relationshipRole\n"
    "p1,a1,guardian\np2,a1,relative\np1,a2,doctor\n",
    "demographics.csv": "userSourcedId,sex,birthDate,birthCity,ethnicityCodes\n"
    "p1,female,2021-03-04,Dordrecht,x\n",
    "userFlags.csv": "userSourcedId,flag\np1,iep\np2,freeLunch\n",
}
ONEROSTER = {
    "orgs.csv": "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n"
    "o1,,,Stichting,district,,\no2,,,De Kade,school,,o1\n",
    "classes.csv": "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,"
    "classType,location,schoolSourcedId,termSourcedIds\n"
    "c1,,,Zwaantjes,01,k1,,homeroom,,o2,y1\nc2,,,Rekenen,01,k1,,scheduled,,o2,y1\n"
    "c3,,,Aardrijkskunde,01,k1,,scheduled,,o2,y1\n",
    "users.csv": "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,"
    "userIds,givenName,familyName,identifier,email,sms,phone,agentSourcedIds,password\n"
    'p1,,,true,o2,student,p1,,Zo\u00eb,Wal,4711,,,,"a1,a2",Geheim1\n'
    "p2,,,true,o2,student,p2,,Bram,Jansen,,,,,,\n"
    "a1,,,true,o2,parent,a1,,Els,Wal,,els@thuis.example,0612345678,,,\n"
    "a2,,,true,o2,guardian,a2,,Jan,Wal,,,,,,\n"
    "a3,,,true,o2,relative,a3,,Oma,Jansen,,,,,p2,\n"
    "t1,,,true,o2,teacher,t1,,Ria,Bos,,ria@school.example,,,,\n",
    "enrollments.csv": "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,"
    "userSourcedId,role,primary,beginDate,endDate\n"
    "e1,,,c2,o2,p1,student,,,\ne2,,,c1,o2,p1,student,,,\ne3,,,c2,o2,p2,student,,,\n"
    "e4,,,c1,o2,t1,teacher,,,\n",
    "demographics.csv": "sourcedId,status,dateLastModified,birthDate,sex,asian\n"
    "p1,,,2021-03-04,female,false\np2,,,2020-12-31,male,false\n",
    "academicSessions.csv": "sourcedId,status,dateLastModified,title,type,startDate,endDate,"
    "parentSourcedId,schoolYear\ny1,,,2026,schoolYear,2026-08-24,2027-07-16,,2027\n",
    "manifest.csv": "propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\n"
    "file.users,bulk\nsource.systemCode,kade\n",
}


def folder(place: Path, tables: dict[str, str]) -> Path:
    """A folder with these files."""
    place.mkdir(parents=True, exist_ok=True)
    for name, text in tables.items():
        (place / name).write_bytes(text.encode())
    return place


def zipped(place: Path, tables: dict[str, str], inside: str = "") -> Path:
    """A zip with these files, perhaps in a folder inside."""
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in tables.items():
            packed.writestr(f"{inside}{name}", text.encode())
    return place


def changed(tables: dict[str, str], name: str, old: str, new: str) -> dict[str, str]:
    """The same tables, with something else in one of them."""
    assert old in tables[name]
    return tables | {name: tables[name].replace(old, new)}


def saved(place: Path, content: bytes, name: str = "EDEX.xml") -> Path:
    path = place / name
    path.write_bytes(content)
    return path


def told(roster: Roster) -> list[tuple[str, int, str]]:
    """The faults, as text id without room, row and column."""
    return [
        (fault.message.id.removeprefix("roster."), fault.where.row, fault.where.column)
        for fault in roster.faults
    ]


def dropped(roster: Roster) -> dict[str, tuple[str, int]]:
    """What was dropped, by field: why, and how often."""
    return {
        each.name: (each.reason.removeprefix("roster.dropped_"), each.count)
        for each in roster.dropped
    }


def read_edex(place: Path, content: bytes) -> Roster:
    return read([saved(place, content)])
