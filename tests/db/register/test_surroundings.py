"""Places where a register may not stand, one program at a time, preferences, hardening, proof."""

from __future__ import annotations

import resource
import sqlite3
import subprocess
import sys
import types
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlcipher3 import dbapi2 as driver

from app.errors import Refusal, Trouble
from app.override import override
from db.keys.canonical import MalformedError
from db.register.files import Files
from db.register.instance import InstanceLock, opened_by
from db.register.padding import padded, unpadded
from db.register.places import is_network_type, problem_of, synced_by, type_in
from db.register.preferences import LocalPreferences
from db.register.proof import prove_encryption
from tests.db.register.stops import FullFiles
from tests.registers import NOW

if TYPE_CHECKING:
    from pathlib import Path

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/export /mnt/school nfs4 rw 0 0
//nas/share /mnt/my\\040nas cifs rw 0 0
sshfs#x /mnt/ssh fuse.sshfs rw 0 0
/dev/sdb1 /media/stick vfat rw 0 0
"""


@pytest.mark.parametrize(
    ("place", "kind", "remote"),
    [
        ("/srv/register", "ext4", False),
        ("/mnt/school", "nfs4", True),
        ("/mnt/school/a/b", "nfs4", True),
        ("/mnt/schoolbook", "ext4", False),
        ("/mnt/my nas/x", "cifs", True),
        ("/mnt/ssh/x", "fuse.sshfs", True),
        ("/media/stick", "vfat", False),
    ],
)
def test_network_drives_are_known(place: str, kind: str, *, remote: bool) -> None:
    from pathlib import Path

    assert type_in(MOUNTS, Path(place)) == kind
    assert is_network_type(kind) == remote


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("OneDrive - Meerpaal", "OneDrive"),
        ("Dropbox", "Dropbox"),
        ("Mijn Drive", "Google Drive"),
        ("iCloudDrive", "iCloud"),
        ("CloudStorage", "iCloud"),
        ("boot", ""),
    ],
)
def test_synced_folders_are_known_by_name(tmp_path: Path, folder: str, service: str) -> None:
    assert synced_by(tmp_path, tmp_path / folder / "register") == service


@pytest.mark.parametrize(
    ("mark", "service"),
    [(".stfolder", "Syncthing"), (".sync_1a2b.db", "Nextcloud"), (".dropbox", "Dropbox")],
)
def test_synced_folders_are_known_by_what_stands_in_them(
    tmp_path: Path, mark: str, service: str
) -> None:
    (tmp_path / mark).touch()
    place = tmp_path / "inside" / "register"
    found = problem_of(place)
    assert found is not None
    assert (found.id, found.values) == ("register.synced_folder", {"service": service})


def test_a_plain_folder_is_fine(tmp_path: Path) -> None:
    assert problem_of(tmp_path / "not yet there") is None


# -- one program at a time ------------------------------------------------------------------------


def test_a_lock_is_held_by_one(tmp_path: Path) -> None:
    path = tmp_path / "opened"
    lock = InstanceLock.take(path, NOW)
    with pytest.raises(Refusal) as caught:
        InstanceLock.take(path, NOW)
    assert caught.value.message.values["since"] == NOW
    assert opened_by(path).endswith("22 nov 2026, 11:00")
    lock.release()
    lock.release()
    InstanceLock.take(path, NOW).release()


def test_a_lock_with_an_unreadable_note_still_holds(tmp_path: Path) -> None:
    path = tmp_path / "opened"
    lock = InstanceLock.take(path, NOW)
    path.write_bytes(b"rubbish")
    with pytest.raises(Refusal) as caught:
        InstanceLock.take(path, NOW)
    assert caught.value.message.values == {"machine": "?", "since": "?"}
    lock.release()


def test_a_killed_program_holds_no_lock(tmp_path: Path) -> None:
    code = (
        "import os, pathlib, sys; from datetime import datetime, UTC\n"
        "from db.register.instance import InstanceLock\n"
        "lock = InstanceLock.take(pathlib.Path(sys.argv[1]), datetime(2026, 1, 1, tzinfo=UTC))\n"
        "os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "opened")], check=False)
    assert (tmp_path / "opened").stat().st_size > 0
    InstanceLock.take(tmp_path / "opened", NOW).release()


# -- files ----------------------------------------------------------------------------------------


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "x"
    Files().write(path, b"old")
    for at in range(1, 4):
        files = FullFiles(at)
        files.start()
        with pytest.raises(Trouble, match="disk_full"):
            files.write(path, b"new and longer")
        assert path.read_bytes() == b"old"
        assert list(tmp_path.iterdir()) == [path]


@given(st.binary(max_size=20_000))
def test_padding_comes_off_again(content: bytes) -> None:
    assert unpadded(padded(content)) == content
    assert len(padded(content)) in {4096, 16384, 65536}


@pytest.mark.parametrize("content", [b"", b"1234567", b"\xff" * 20, padded(b"x")[:-1] + b"x"])
def test_bad_padding_is_refused(content: bytes) -> None:
    with pytest.raises(MalformedError):
        unpadded(content)


# -- preferences ----------------------------------------------------------------------------------


def test_preferences_come_back(tmp_path: Path) -> None:
    preferences = LocalPreferences(tmp_path / "config")
    assert preferences.read() == {}
    preferences.write({"language": "nl", "text_size": "150"})
    assert LocalPreferences(tmp_path / "config").read() == {
        "language": "nl",
        "text_size": "150",
    }


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b'{"a": 1, "b": "x"}'])
def test_damaged_preferences_count_as_empty(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "preferences.json").write_bytes(content)
    assert LocalPreferences(tmp_path).read() in ({}, {"b": "x"})


# -- hardening and proof ----------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux")
def test_no_core_is_dumped_and_nobody_looks_in() -> None:
    code = (
        "from db.register.hardening import harden; import ctypes, resource; harden(); harden();"
        "print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), resource.getrlimit(resource.RLIMIT_CORE))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "0 (0, 0)"
    assert resource.getrlimit(resource.RLIMIT_CORE) is not None


def test_the_linked_driver_encrypts() -> None:
    prove_encryption()


def test_a_driver_without_encryption_is_found_out() -> None:
    with pytest.raises(Trouble, match="not_encrypting"):
        prove_encryption(sqlite3)


class Pretending(sqlite3.Connection):
    """A plain driver that answers as if it could encrypt."""

    @override
    def execute(self, statement: str, *values: Any) -> sqlite3.Cursor:
        if "cipher_version" in statement:
            statement = "SELECT '4.19.0 community'"
        return super().execute(statement, *values)


def test_a_driver_that_pretends_is_found_out() -> None:
    def connect(path: str) -> sqlite3.Connection:
        return sqlite3.connect(path, factory=Pretending)

    fake = types.SimpleNamespace(connect=connect, DatabaseError=sqlite3.DatabaseError)
    with pytest.raises(Trouble, match="not_encrypting"):
        prove_encryption(fake)


def test_a_driver_that_forgets_the_key_is_found_out() -> None:
    class Careless(driver.Connection):  # type: ignore[misc] # the driver has no types
        def execute(self, statement: str, *values: object) -> object:
            if "PRAGMA key" in statement:
                statement = 'PRAGMA key = "the same for everybody"'
            return super().execute(statement, *values)

    def connect(path: str) -> object:
        return Careless(path)

    fake = types.SimpleNamespace(connect=connect, DatabaseError=driver.DatabaseError)
    with pytest.raises(Trouble, match="not_encrypting"):
        prove_encryption(fake)


def test_a_vault_opens_nothing_on_a_driver_without_encryption(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.clock import SetClock
    from tests.registers import vault_for

    monkeypatch.setitem(sys.modules, "sqlcipher3.dbapi2", sqlite3)
    vault = vault_for(SetClock(NOW), tmp_path / "remembered")
    with pytest.raises(Trouble, match="not_encrypting"):
        vault.create(tmp_path / "new", "School", "Jan", "zeven losse woorden achter elkaar")
    assert not (tmp_path / "new").exists()
    assert list(tmp_path.iterdir()) == []
