"""Making and opening registers, and every way in which that is refused."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from functools import partial
from typing import TYPE_CHECKING

import pytest

from app.errors import BoordboekError, Refusal, Trouble
from app.record import Compartment
from tests.plainly import plainly
from tests.registers import ADMINISTRATOR, DIRECTOR, SCHOOL, TEACHER

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.registers import School

PHRASE = "zeven losse woorden achter elkaar gezet"


def says(act: Callable[[], object]) -> str:
    """The text id with which something is refused or troubled."""
    with pytest.raises(BoordboekError) as caught:
        act()
    return caught.value.message.id.removeprefix("register.")


def opens(school: School) -> str:
    return says(lambda: school.unlock(DIRECTOR))


# -- making a register --------------------------------------------------------------------------


def test_a_new_register_has_the_agreed_names(school: School) -> None:
    assert {path.name for path in school.folder.iterdir()} == {
        *("directory.a", "directory.b", "opened", "blobs", "inbox", "backups"),
        *("check.db", "consent.db", "pupil_dossier.db", "staff_dossier.db"),
    }


def test_only_this_user_gets_at_the_files(school: School) -> None:
    for path in (school.folder, *school.folder.rglob("*")):
        wanted = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == wanted, path


@pytest.mark.parametrize("blank", ["", "  ", "\N{ZERO WIDTH SPACE}", "a\x00b", "x" * 101])
def test_names_that_are_none_are_refused_at_their_field(
    school: School, tmp_path: Path, blank: str
) -> None:
    place = tmp_path / "new"
    for names, field in (((blank, "Jan"), "school"), (("School", blank), "director")):
        with pytest.raises(Refusal) as caught:
            school.vault.create(place, *names, PHRASE)
        assert caught.value.field == field
    assert not place.exists()


@pytest.mark.parametrize(
    "name",
    ["O'Brien <b>", 'Jo "de lange"', "\u0645\u0631\u064a\u0645", "\u674e\u96f7", "Ş ł ı 🚢"],
)
def test_odd_names_are_names(school: School, tmp_path: Path, name: str) -> None:
    session, _ = school.vault.create(tmp_path / "new", name, name, PHRASE)
    school.keep(session)
    assert session.user.name == name
    assert school.vault.state(tmp_path / "new").school == name


def test_a_register_gets_a_folder_of_its_own(school: School) -> None:
    create = school.vault.create
    assert says(lambda: create(school.folder, "S", "D", PHRASE)) == "folder_not_empty"
    file = school.folder / "check.db"
    assert says(lambda: create(file, "S", "D", PHRASE)) == "folder_is_file"


def test_a_weak_password_makes_no_register(school: School, tmp_path: Path) -> None:
    create = school.vault.create
    assert says(lambda: create(tmp_path / "n", "S", "D", "kort")) == "password_short"
    assert not (tmp_path / "n").exists()


def test_the_recovery_code_must_be_typed_back_before_anything_grows(
    school: School, tmp_path: Path
) -> None:
    session, code = school.vault.create(tmp_path / "new", "S", "Jan", PHRASE)
    school.keep(session)
    assert says(lambda: session.add_user("Piet", ("teacher",))) == "recovery_first"
    dossier = session.work(Compartment.STAFF_DOSSIER, "breach_filed")
    assert says(dossier.__enter__) == "recovery_first"
    assert says(lambda: session.confirm_recovery(school.recovery_code)) == "recovery_wrong"
    assert says(lambda: session.confirm_recovery("onzin")) == "recovery_wrong"
    session.confirm_recovery(code.text.lower())
    assert session.register.recovery_confirmed
    assert session.add_user("Piet", ("teacher",))


def test_a_register_that_could_not_be_made_leaves_nothing_behind(
    school: School, tmp_path: Path
) -> None:
    place = tmp_path / "new"
    place.mkdir()
    blocker = school.vault
    blocker._files.write = _full  # type: ignore[method-assign] # the directory is written last
    assert says(lambda: blocker.create(place, "S", "D", PHRASE)) == "disk_full"
    assert list(place.iterdir()) == []


def _full(*_: object, **__: object) -> None:
    raise Trouble("register.disk_full")


# -- opening it ---------------------------------------------------------------------------------


def test_a_name_is_typed_as_people_type(school: School) -> None:
    for typed in ("jan de wit", "  JAN  DE   WIT "):
        school.keep(school.vault.unlock(school.folder, typed, DIRECTOR.password))
        school.lock()


@pytest.mark.parametrize("password", ["", "fout", DIRECTOR.password + " ", TEACHER.password])
def test_a_wrong_password_and_an_unknown_name_say_the_same(
    school: School, password: str
) -> None:
    for name in (DIRECTOR.name, "Niemand Onbekend"):
        said = says(partial(school.vault.unlock, school.folder, name, password))
        assert said == "wrong_name_or_password"


def test_a_folder_without_a_register_says_so(school: School, tmp_path: Path) -> None:
    unlock = school.vault.unlock
    assert says(lambda: unlock(tmp_path / "none", "x", "y")) == "not_a_register"
    assert not (tmp_path / "none").exists()


def test_one_program_at_a_time(school: School) -> None:
    school.director()
    assert says(lambda: school.vault.unlock(school.folder, "x", "y")) == "in_use"
    assert " · 22 nov 2026, 11:00" in school.vault.state(school.folder).opened_by
    school.lock()
    assert school.vault.state(school.folder).opened_by == ""


def test_a_lock_that_a_dead_program_left_does_not_count(school: School) -> None:
    (school.folder / "opened").write_text('{"machine":"gone","since":"2020-01-01T00:00"}')
    assert school.vault.state(school.folder).opened_by == ""
    school.director()


@pytest.mark.parametrize("name", ["consent.db", "staff_dossier.db"])
def test_a_missing_file_is_named(school: School, name: str) -> None:
    (school.folder / name).unlink()
    state = school.vault.state(school.folder)
    assert state.kind == "damaged"
    assert state.problem is not None
    assert state.problem.values == {"file": name}
    assert opens(school) == "file_missing"


def test_what_a_user_cannot_open_does_not_keep_him_out(school: School) -> None:
    (school.folder / "staff_dossier.db").unlink()
    assert school.teacher().opens(Compartment.CHECK)


def test_exchanged_files_are_noticed(school: School) -> None:
    first, second = (school.folder / f"{part}_dossier.db" for part in ("pupil", "staff"))
    first.rename(school.folder / "aside")
    second.rename(first)
    (school.folder / "aside").rename(second)
    assert opens(school) == "wrong_key_or_damaged"


def test_the_file_of_another_register_is_noticed(school: School, tmp_path: Path) -> None:
    session, _ = school.vault.create(tmp_path / "other", "S", "D", PHRASE)
    session.lock()
    shutil.copy(tmp_path / "other" / "consent.db", school.folder / "consent.db")
    assert opens(school) == "wrong_key_or_damaged"


@pytest.mark.parametrize("size", [0, 100, 4096, 5000])
def test_a_file_that_was_cut_off_is_noticed(school: School, size: int) -> None:
    os.truncate(school.folder / "consent.db", size)
    assert opens(school) in {"wrong_key_or_damaged", "damaged"}


def test_one_damaged_directory_is_mended_from_the_other(school: School) -> None:
    (school.folder / "directory.a").write_bytes(b"rubbish")
    findings = school.director().verify(Compartment.CHECK).findings
    assert [one.id for one in findings] == ["register.directory_copy_damaged"]
    both = [(school.folder / f"directory.{letter}").read_bytes() for letter in "ab"]
    assert both[0] == both[1]
    assert school.director().verify(Compartment.CHECK).findings == ()


def test_one_missing_directory_is_made_again(school: School) -> None:
    (school.folder / "directory.b").unlink()
    findings = school.director().verify(Compartment.CHECK).findings
    assert [one.id for one in findings] == ["register.directory_copy_missing"]


def test_without_a_directory_nobody_gets_in(school: School) -> None:
    for letter in "ab":
        (school.folder / f"directory.{letter}").write_bytes(b"boordboek directory 1\nx")
    assert opens(school) == "directory_damaged"
    assert school.vault.state(school.folder).kind == "damaged"


def test_a_newer_register_is_left_alone(school: School) -> None:
    for letter in "ab":
        path = school.folder / f"directory.{letter}"
        path.write_bytes(path.read_bytes().replace(b"directory 1", b"directory 2", 1))
    assert opens(school) == "newer"
    assert school.vault.state(school.folder).kind == "newer"


def test_what_stands_in_a_folder(school: School, tmp_path: Path) -> None:
    state = school.vault.state
    assert state(tmp_path / "none").kind == "empty"
    (tmp_path / "foreign").mkdir()
    assert state(tmp_path / "foreign").kind == "empty"
    (tmp_path / "foreign" / "holiday.jpg").touch()
    assert state(tmp_path / "foreign").kind == "foreign"
    assert (state(school.folder).kind, state(school.folder).school) == ("register", SCHOOL)


def test_a_synced_folder_is_refused_with_the_service(school: School, tmp_path: Path) -> None:
    place = tmp_path / "OneDrive - Meerpaal" / "register"
    with pytest.raises(Refusal) as caught:
        school.vault.create(place, "S", "D", PHRASE)
    assert caught.value.message.id == "register.synced_folder"
    assert caught.value.message.values == {"service": "OneDrive"}
    problem = school.vault.state(place).problem
    assert problem is not None
    assert problem.values == {"service": "OneDrive"}


def test_a_register_may_be_moved_as_a_whole(school: School, tmp_path: Path) -> None:
    school.folder.rename(tmp_path / "elsewhere")
    school.folder = tmp_path / "elsewhere"
    assert school.administrator().verify(Compartment.CONSENT).in_order


def test_a_read_only_folder_is_named(school: School) -> None:
    school.folder.chmod(0o500)
    found: list[str] = []
    plainly(lambda: found.append(opens(school)))
    school.folder.chmod(0o700)
    assert found == ["read_only"]


# -- what machines and passwords cost -------------------------------------------------------------


def test_a_cheap_password_door_is_made_dearer_at_the_next_sign_in(school: School) -> None:
    from db.keys.derive import KdfCost
    from db.register.vault import LocalVault

    dearer = KdfCost(memory_kib=256, passes=2, floor_kib=64, floor_passes=1)
    vault = LocalVault(
        school.clock, dearer, keyring_enabled=False, remembered=school.remembered
    )
    school.keep(vault.unlock(school.folder, DIRECTOR.name, DIRECTOR.password))
    costs = door_costs(school)
    assert sorted(costs) == [64, 64, 256]
    school.lock()
    school.keep(vault.unlock(school.folder, DIRECTOR.name, DIRECTOR.password))
    assert door_costs(school) == costs


def door_costs(school: School) -> list[int]:
    lines = (school.folder / "directory.a").read_text().splitlines()
    doors = json.loads(lines[1])["doors"]
    return [door["password"]["memory_kib"] for door in doors.values()]


def test_a_real_vault_refuses_a_register_that_is_cheap_to_guess_at(school: School) -> None:
    from db.keys.derive import KdfCost
    from db.register.vault import LocalVault

    vault = LocalVault(
        school.clock, KdfCost.floor(), keyring_enabled=False, remembered=school.remembered
    )
    said = says(lambda: vault.unlock(school.folder, DIRECTOR.name, DIRECTOR.password))
    assert said == "directory_damaged"


def test_the_window_starts_without_cryptography_and_database() -> None:
    heavy = "('sqlalchemy', 'sqlcipher3', 'alembic', 'keyring', 'nacl', 'cryptography')"
    code = f"import db.register.vault, db.register.preferences, sys; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_three_roles_one_register(school: School) -> None:
    assert school.director().user.roles == DIRECTOR.roles
    assert school.administrator().user.roles == ADMINISTRATOR.roles
    assert school.teacher().user.roles == TEACHER.roles
