"""OneRoster 1.1 and 1.2, by the book and as real systems write it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from app.errors import Refusal
from app.roster.read import read
from app.roster.roster import SourceKind
from tests.app.roster.sources import ONEROSTER, changed, dropped, folder, told, zipped

if TYPE_CHECKING:
    from pathlib import Path

    from app.roster.roster import Roster

LATER = ONEROSTER | {
    "users.csv": "sourcedId,status,dataLastModified,enabledUser,username,userIds,givenName,"
    "familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,"
    "userMasterIdentifier,prefferedGivenName,primaryOrgSourcedId,pronouns,,\n"
    "p1,,,true,p1,,Zo\u00eb Anna,Wal,,,,,,a1,,Geheim,,Zo\u00eb,o2,,,\n"
    "a1,,,true,a1,,Els,Wal,,,,0612345678,,,,,,,o2,,,\n"
    "t1,,,true,t1,,Ria,Bos,,,,,,,,,,,o2,,,\n",
    "userprofiles.csv": "sourcedid,status,datelastmodified,usersourcedid,roletype,role,"
    "begindate,enddate,orgsourcedid,userprofilesourcedid\n"
    "r1,,,p1,primary,student,1/05/2026,,o2,\nr2,,,a1,primary,parent,,,o2,\n"
    "r3,,,t1,primary,teacher,,,o2,\nr4,,,t1,secondary,principal,,,o2,\n"
    "r5,,,t1,secondary,parent,,,o2,\n",
}


def of(place: Path, tables: dict[str, str] = ONEROSTER) -> Roster:
    return read([folder(place / "set", tables)])


def test_a_whole_set_is_understood(tmp_path: Path) -> None:
    roster = of(tmp_path)
    assert (roster.kind, roster.source) == (SourceKind.ONEROSTER, "kade")
    assert (roster.school_year, roster.whole) == ("2026-2027", True)
    assert [(each.key, each.name) for each in roster.sites] == [("o2", "De Kade")]
    assert [(each.key, each.level) for each in roster.groups] == [("c1", 1), ("c2", 1)]
    first, second = roster.pupils
    assert (first.number, first.birth_date, first.group_keys) == (
        "4711",
        date(2021, 3, 4),
        ("c1",),
    )
    assert (second.number, second.group_keys, second.site_key) == ("", ("c2",), "o2")
    assert [(each.key, each.function) for each in roster.staff] == [("t1", "leerkracht")]
    assert roster.faults == ()


def test_parents_are_tied_on_either_side(tmp_path: Path) -> None:
    roster = of(tmp_path)
    assert [(r.pupil_key, r.guardian_key, r.kind, r.position) for r in roster.relations] == [
        ("p1", "a1", "parent", 1),
        ("p1", "a2", "guardian", 2),
        ("p2", "a3", "other", 1),
    ]


def test_passwords_and_descent_are_dropped(tmp_path: Path) -> None:
    roster = of(tmp_path)
    assert dropped(roster) == {
        "asian": ("descent", 2),
        "password": ("password", 1),
        "sex": ("unneeded", 2),
    }
    assert "Geheim" not in repr(roster)


def test_the_later_version_and_what_real_sets_make_of_it(tmp_path: Path) -> None:
    roster = of(tmp_path, LATER)
    first = roster.pupils[0]
    assert (first.first_name, first.site_key) == ("Zo\u00eb", "o2")
    assert first.entered is None  # the day lies before the school year
    assert [(each.key, each.function) for each in roster.staff] == [
        ("t1", "leerkracht, directeur")
    ]
    assert [(each.key, each.phone) for each in roster.guardians] == [
        ("a1", "0612345678"),
        ("t1", ""),
    ]
    assert [(r.pupil_key, r.guardian_key) for r in roster.relations] == [("p1", "a1")]


def test_the_end_of_any_session_is_no_departure(tmp_path: Path) -> None:
    sessions = (
        f"{ONEROSTER['academicSessions.csv']}s1,,,Herfst,semester,2026-08-24,2026-12-18,,2027\n"
    )
    tables = changed(LATER, "userprofiles.csv", "1/05/2026,", "24/08/2026,18/12/2026")
    alone = of(tmp_path / "a", tables).pupils[0]
    assert (alone.entered, alone.left) == (None, date(2026, 12, 18))
    ended = of(tmp_path / "b", tables | {"academicSessions.csv": sessions}).pupils[0]
    assert ended.left is None


def test_headers_in_any_case_and_spelling(tmp_path: Path) -> None:
    users = ONEROSTER["users.csv"].replace("agentSourcedIds", "agents")
    head, _, rest = users.partition("\n")
    tables = ONEROSTER | {"users.csv": f"{head.upper()},ext_x\n{rest}"}
    roster = of(tmp_path, tables)
    assert len(roster.relations) == 3
    assert roster.pupils[0].number == "4711"


@pytest.mark.parametrize(
    ("written", "read_as"),
    [("2021-03-04", date(2021, 3, 4)), ("4/03/2021", date(2021, 3, 4))],
)
def test_days_are_read_however_written(tmp_path: Path, written: str, read_as: date) -> None:
    tables = changed(ONEROSTER, "demographics.csv", "2021-03-04", written)
    assert of(tmp_path, tables).pupils[0].birth_date == read_as


def test_a_column_with_the_month_first_is_read_so(tmp_path: Path) -> None:
    tables = changed(ONEROSTER, "demographics.csv", "2021-03-04", "3/4/2021")
    tables = changed(tables, "demographics.csv", "2020-12-31", "12/31/2020")
    assert [each.birth_date for each in of(tmp_path, tables).pupils] == [
        date(2021, 3, 4),
        date(2020, 12, 31),
    ]


def test_changes_are_never_the_whole_school(tmp_path: Path) -> None:
    tables = changed(ONEROSTER, "manifest.csv", "file.users,bulk", "file.users,delta")
    assert not of(tmp_path, tables).whole


def test_who_is_to_be_deleted_has_left(tmp_path: Path) -> None:
    gone = "tobedeleted,2026-11-03T00:00:00.000Z"
    tables = changed(ONEROSTER, "users.csv", "p2,,,", f"p2,{gone},")
    tables = changed(tables, "users.csv", "t1,,,", f"t1,{gone},")
    roster = of(tmp_path, tables)
    assert [each.left for each in roster.pupils] == [None, date(2026, 11, 3)]
    assert roster.staff[0].left
    assert not roster.whole


def test_who_is_to_be_deleted_with_all_his_roles_has_left(tmp_path: Path) -> None:
    gone = "tobedeleted,2026-11-03"
    tables = changed(LATER, "users.csv", "p1,,,", f"p1,{gone},")
    tables = changed(tables, "userprofiles.csv", "r1,,,", f"r1,{gone},")
    tables = changed(tables, "enrollments.csv", "e1,,,", f"e1,{gone},")
    roster = of(tmp_path, changed(tables, "enrollments.csv", "e2,,,", f"e2,{gone},"))
    assert [(each.key, each.left) for each in roster.pupils] == [("p1", date(2026, 11, 3))]


def test_a_role_that_is_to_be_deleted_says_nothing_of_who_stays(tmp_path: Path) -> None:
    tables = changed(LATER, "userprofiles.csv", "r4,,,", "r4,tobedeleted,2026-11-03,")
    assert [each.function for each in of(tmp_path, tables).staff] == ["leerkracht"]


def test_who_is_to_be_deleted_on_no_day_is_told(tmp_path: Path) -> None:
    roster = of(tmp_path, changed(ONEROSTER, "users.csv", "p2,,,", "p2,tobedeleted,,"))
    assert [each.key for each in roster.pupils] == ["p1"]
    assert told(roster)[0] == ("deleted_no_day", 3, "status")
    assert not roster.whole


def test_states_without_a_manifest_say_nothing_of_who_is_missing(tmp_path: Path) -> None:
    tables = changed(ONEROSTER, "users.csv", "p2,,,", "p2,active,,")
    del tables["manifest.csv"]
    assert not of(tmp_path, tables).whole


def test_several_classes_and_no_homeroom_is_told_once(tmp_path: Path) -> None:
    tables = changed(ONEROSTER, "classes.csv", "homeroom", "scheduled")
    tables = changed(tables, "enrollments.csv", "e3,,,c2", "e5,,,c3,o2,p2,student,,,\ne3,,,c2")
    roster = of(tmp_path, tables)
    assert [each.group_keys for each in roster.pupils] == [("c2",), ("c3",)]
    assert told(roster) == [("classes_several", 2, "")]
    assert roster.faults[0].message.values == {"count": 2}


def test_a_zip_is_read_like_a_folder(tmp_path: Path) -> None:
    assert read([zipped(tmp_path / "a.zip", ONEROSTER)]).pupils == of(tmp_path).pupils


def test_a_role_that_is_none_of_ours_is_counted_and_hides_nobody(tmp_path: Path) -> None:
    visitor = "x1,,,true,o2,alumni,x1,,Oud,Leerling,,,,,,\n"
    tables = ONEROSTER | {"users.csv": ONEROSTER["users.csv"] + visitor}
    roster = of(tmp_path, tables)
    assert dropped(roster)["role"] == ("role", 1)
    assert roster.whole
    nameless = ONEROSTER | {"users.csv": ONEROSTER["users.csv"] + visitor.replace("alumni", "")}
    assert not of(tmp_path, nameless).whole


def test_a_table_of_users_alone_is_enough(tmp_path: Path) -> None:
    place = folder(tmp_path / "set", {"users.csv": ONEROSTER["users.csv"]})
    roster = read([place / "users.csv"])
    assert (len(roster.pupils), len(roster.guardians), roster.groups) == (2, 3, ())


def test_two_lists_that_do_not_belong_together_are_refused(tmp_path: Path) -> None:
    tables = {"a.csv": "naam;groep\nZo;1\n", "b.csv": "ouder;kind\nEls;Zo\n"}
    with pytest.raises(Refusal, match="several_lists"):
        of(tmp_path, tables)


def test_a_pupil_without_a_name_is_told(tmp_path: Path) -> None:
    tables = changed(ONEROSTER, "users.csv", "Bram,Jansen", ",")
    assert told(of(tmp_path, tables)) == [
        ("name_missing", 3, ""),
        ("relation_unknown", 6, "agentSourcedIds"),
    ]


def test_a_row_with_too_many_cells_is_left_out(tmp_path: Path) -> None:
    tables = changed(ONEROSTER, "users.csv", "Bram,Jansen,,,,,,", "Bram,Jansen,,,,,,,9,9")
    roster = of(tmp_path, tables)
    assert ("row_longer", 3, "") in told(roster)
    assert not roster.whole


@pytest.mark.parametrize(
    ("table", "header"),
    [
        ("enrollments.csv", "classSourcedId"),
        ("classes.csv", "title"),
        ("orgs.csv", "name"),
        ("demographics.csv", "birthDate"),
    ],
)
def test_a_table_with_a_misspelt_header_is_told_and_is_no_whole_school(
    tmp_path: Path, table: str, header: str
) -> None:
    roster = of(tmp_path, changed(ONEROSTER, table, header, "Kolom"))
    assert ("table_unread", 1, "") in told(roster)
    assert not roster.whole


def test_a_misspelt_header_of_names_is_told(tmp_path: Path) -> None:
    roster = of(tmp_path, changed(ONEROSTER, "users.csv", "givenName", "givnNaam"))
    assert ("column_missing_here", 1, "") in told(roster)


def test_the_set_is_of_the_day_of_its_last_change(tmp_path: Path) -> None:
    tables = changed(ONEROSTER, "users.csv", "p1,,,", "p1,,2026-10-09T11:00:00.000Z,")
    tables = changed(tables, "enrollments.csv", "e1,,,", "e1,,2026-11-03,")
    assert of(tmp_path / "a", tables).as_of == date(2026, 11, 3)
    wrong = changed(tables, "enrollments.csv", "2026-11-03", "2026-11-31")
    assert of(tmp_path / "b", wrong).as_of is None
    assert of(tmp_path / "c").as_of is None


def test_a_class_of_a_year_that_is_over_is_no_group_of_now(tmp_path: Path) -> None:
    before = of(tmp_path / "a")
    pupil = next(each for each in before.pupils if each.group_keys)
    name, classes = "enrollments.csv", ONEROSTER["classes.csv"]
    head, _, rest = ONEROSTER[name].partition("\n")
    values = dict.fromkeys(head.split(","), "")
    values |= {"sourcedId": "e0", "classSourcedId": "c0", "userSourcedId": pupil.key}
    values |= {"role": "student", "beginDate": "2025-08-01", "endDate": "2026-07-31"}
    former = ",".join(values.values())
    columns = classes.partition("\n")[0].split(",")
    old = dict.fromkeys(columns, "") | {
        "sourcedId": "c0",
        "title": "Anker",
        "classType": "homeroom",
    }
    more = {
        name: f"{head}\n{former}\n{rest}",
        "classes.csv": "\n".join((classes.rstrip(), ",".join(old.values()), "")),
    }
    after = of(tmp_path / "b", ONEROSTER | more)
    assert next(each for each in after.pupils if each.key == pupil.key).group_keys == (
        pupil.group_keys
    )
