"""School Data Sync v2.1: parents with their children, and nothing of pupils' marks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from app.errors import Refusal
from app.roster.read import look_at, read
from app.roster.roster import SourceKind
from tests.app.roster.sources import BSN, SDS, changed, dropped, folder, told, zipped

if TYPE_CHECKING:
    from pathlib import Path

    from app.roster.roster import Roster


def of(place: Path, tables: dict[str, str] = SDS) -> Roster:
    return read([folder(place / "sds", tables)])


def test_a_whole_set_is_understood(tmp_path: Path) -> None:
    roster = of(tmp_path)
    assert (roster.kind, roster.source) == (SourceKind.SDS, "o1")
    assert (roster.school_year, roster.whole) == ("2026-2027", True)
    assert [(each.key, each.name) for each in roster.sites] == [("o2", "De Kade")]
    assert [(each.key, each.site_key) for each in roster.groups] == [("c1", "o2"), ("c2", "o2")]
    first = roster.pupils[0]
    assert (first.first_name, first.prefix, first.surname) == ("Zo\u00eb", "van der", "Wal")
    assert (first.birth_date, first.group_keys) == (date(2021, 3, 4), ("c1",))
    assert (first.site_key, first.entered, first.left) == ("o2", None, None)
    assert [(each.key, each.function) for each in roster.staff] == [("t1", "leerkracht")]
    assert roster.faults == ()


def test_parents_come_with_their_children(tmp_path: Path) -> None:
    roster = of(tmp_path)
    assert [(each.key, each.email, each.phone) for each in roster.guardians] == [
        ("a1", "els@thuis.example", "0612345678")
    ]
    assert [(r.pupil_key, r.guardian_key, r.kind, r.position) for r in roster.relations] == [
        ("p1", "a1", "guardian", 1),
        ("p2", "a1", "other", 1),
    ]


def test_the_end_of_a_session_is_no_departure(tmp_path: Path) -> None:
    second = of(tmp_path).pupils[1]
    assert (second.entered, second.left) == (date(2026, 9, 7), date(2026, 12, 18))


def test_what_may_not_be_held_is_counted_only(tmp_path: Path) -> None:
    roster = of(tmp_path)
    assert dropped(roster) == {
        "birthCity": ("descent", 1),
        "ethnicityCodes": ("descent", 1),
        "password": ("password", 5),
        "relationshipRole": ("contact", 1),
        "sex": ("unneeded", 1),
        "userFlags.csv": ("flags", 2),
    }
    assert "Geheim" not in repr(roster)
    assert "iep" not in repr(roster)


def test_a_key_that_may_be_a_bsn_still_ties_a_parent_to_his_child(tmp_path: Path) -> None:
    tables = {name: text.replace("p1,", f"{BSN},") for name, text in SDS.items()}
    roster = of(tmp_path, tables)
    first = roster.pupils[0]
    assert BSN not in repr(roster)
    assert (first.stable, first.birth_date) == (False, date(2021, 3, 4))
    assert (roster.relations[0].pupil_key, first.group_keys) == (first.key, ("c1",))
    assert told(roster) == [("key_bsn", 2, "sourcedId")]


def test_a_zip_is_read_like_a_folder(tmp_path: Path) -> None:
    loose = of(tmp_path)
    packed = read([zipped(tmp_path / "sds.zip", SDS, "export/")])
    assert packed.pupils == loose.pupils
    assert packed.relations == loose.relations
    assert packed.files == ("sds.zip",)


def test_several_files_are_read_like_a_folder(tmp_path: Path) -> None:
    place = folder(tmp_path / "sds", SDS)
    assert read(sorted(place.iterdir())) == read([place])


def test_somebody_without_a_role_is_told_and_nobody_counts_as_missing(tmp_path: Path) -> None:
    tables = changed(SDS, "users.csv", "t1,,Ria", "x1,,Wie,Dan,,,,,\nt1,,Ria")
    roster = of(tmp_path, tables)
    assert told(roster) == [("role_unknown", 6, "")]
    assert not roster.whole


def test_a_relation_to_nobody_is_told(tmp_path: Path) -> None:
    tables = changed(SDS, "relationships.csv", "p2,a1", "p9,a1")
    assert told(of(tmp_path, tables)) == [("relation_unknown", 3, "")]


def test_a_class_that_is_not_there_is_told_once(tmp_path: Path) -> None:
    tables = changed(SDS, "enrollments.csv", "c2,p2", "c8,p1,student\nc8,p2")
    roster = of(tmp_path, tables)
    assert told(roster) == [("class_unknown", 3, "classSourcedId")]
    assert roster.pupils[1].group_keys == ()


def test_tables_with_headers_only_are_empty(tmp_path: Path) -> None:
    bare = SDS["relationships.csv"].partition("\n")[0] + "\n"
    roster = of(tmp_path, SDS | {"relationships.csv": bare, "demographics.csv": ""})
    assert roster.guardians == ()
    assert roster.pupils[0].birth_date is None


def test_the_old_format_is_told(tmp_path: Path) -> None:
    former = {
        "School.csv": "SIS ID,Name\n1,De Kade\n",
        "Student.csv": "SIS ID,School SIS ID,Username,First Name,Last Name\n2,1,zoe,Zo,Wal\n",
        "Section.csv": "SIS ID,School SIS ID,Section Name\n3,1,Zwaantjes\n",
    }
    with pytest.raises(Refusal, match="sds_former"):
        look_at([folder(tmp_path / "v1", former)])


def test_people_without_their_table_are_refused(tmp_path: Path) -> None:
    tables = {name: text for name, text in SDS.items() if name != "users.csv"}
    with pytest.raises(Refusal, match="users_missing"):
        look_at([folder(tmp_path / "sds", tables)])


def test_a_parent_who_is_something_else_to_another_child_stays_a_parent(tmp_path: Path) -> None:
    before = of(tmp_path / "a")
    pupil, contact, _ = SDS["relationships.csv"].splitlines()[1].split(",")[:3]
    other = next(each.key for each in before.pupils if each.key != pupil)
    more = SDS["relationships.csv"].rstrip() + f"\n{other},{contact},doctor\n"
    roster = of(tmp_path / "b", SDS | {"relationships.csv": more})
    assert (pupil, contact) in {(one.pupil_key, one.guardian_key) for one in roster.relations}
