from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest
from sqlcipher3 import dbapi2 as driver

from app.people.records import Site
from db.store.engine import connect, key_text
from tests.db.store.hand import Shelf, key_of, put, raw_of, refused

if TYPE_CHECKING:
    from pathlib import Path

    from db.store.compartment import CompartmentFile


def filled(shelf: Shelf, sites: int = 40) -> bytes:
    with shelf.opened() as file:
        put(file, *(Site(id=f"s{n}", name=f"Needle{n}" * 20) for n in range(sites)))
    return shelf.path.read_bytes()


@pytest.mark.parametrize("length", [0, 31, 33, 63])
def test_a_key_of_any_other_length_is_no_key(length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        key_text(bytes(length))


def test_a_key_is_written_as_64_digits_and_can_be_wiped() -> None:
    assert key_text(bytes(range(32))) == b"x'" + bytes(range(32)).hex().encode() + b"'"


def test_sixty_three_digits_would_open_nothing(shelf: Shelf) -> None:
    filled(shelf)
    raw = driver.connect(str(shelf.path))
    raw.set_key(bytes(key_text(shelf.key))[:-2] + b"'")
    with pytest.raises(driver.DatabaseError):
        raw.execute("SELECT count(*) FROM sqlite_master")
    raw.close()


def test_every_safe_setting_is_on(file: CompartmentFile) -> None:
    wanted = {
        "cipher_memory_security": "1",
        "cipher_status": "1",
        "journal_mode": "delete",
        "synchronous": "3",
        "temp_store": "2",
        "foreign_keys": "1",
        "recursive_triggers": "1",
        "trusted_schema": "0",
        "cell_size_check": "1",
        "secure_delete": "1",
    }
    raw = raw_of(file)
    found = {name: str(raw.execute(f"PRAGMA {name}").fetchall()[0][0]) for name in wanted}
    assert found == wanted


def test_nothing_readable_stands_in_the_file_or_its_journal(shelf: Shelf) -> None:
    content = filled(shelf)
    with shelf.opened() as file, file.work("more") as work:
        work.add(*(Site(id=f"t{n}", name=f"Needle{n}" * 200) for n in range(900)))
        raw_of(file).execute("PRAGMA cache_spill = 5")
        beside = b"".join(path.read_bytes() for path in shelf.path.parent.glob("consent.db*"))
        work.commit()
    assert not content.startswith(b"SQLite format 3")
    assert all(b"Needle" not in found for found in (content, beside, shelf.path.read_bytes()))


def test_a_file_is_for_its_owner_alone(shelf: Shelf) -> None:
    filled(shelf)
    assert stat.S_IMODE(shelf.path.stat().st_mode) == 0o600


def test_a_wrong_key_is_refused_and_harms_nothing(shelf: Shelf) -> None:
    before = filled(shelf)
    shelf.key, right = key_of("other"), shelf.key
    with refused("register.wrong_key_or_damaged"):
        shelf.open()
    assert shelf.path.read_bytes() == before
    shelf.key = right
    shelf.open().close()


def test_a_missing_file_is_told_and_not_made(shelf: Shelf) -> None:
    with refused("store.file_missing"):
        shelf.open()
    assert not shelf.path.exists()


def test_an_empty_file_is_told_as_damaged(shelf: Shelf) -> None:
    shelf.path.touch()
    with refused("register.damaged"):
        shelf.open()


@pytest.mark.parametrize("kept", [16, 4096, 3 * 4096 + 100, -4096, -1])
def test_a_truncated_file_is_told(shelf: Shelf, kept: int) -> None:
    content = filled(shelf)
    shelf.path.write_bytes(content[:kept])
    with pytest.raises(Exception, match=r"register\.(damaged|wrong_key_or_damaged)"):
        shelf.open()


def test_a_flipped_bit_in_the_first_page_is_told(shelf: Shelf) -> None:
    content = bytearray(filled(shelf))
    content[1000] ^= 4
    shelf.path.write_bytes(content)
    with refused("register.wrong_key_or_damaged"):
        shelf.open()


def test_a_plain_database_is_refused(shelf: Shelf) -> None:
    raw = driver.connect(str(shelf.path))
    raw.execute("CREATE TABLE pupil (id)")
    raw.close()
    with refused("register.wrong_key_or_damaged"):
        shelf.open()


def test_another_program_reads_the_file_with_the_same_key(shelf: Shelf) -> None:
    filled(shelf)
    apsw = pytest.importorskip("apsw")
    other = apsw.Connection(str(shelf.path), flags=apsw.SQLITE_OPEN_READONLY)
    other.pragma("cipher", "sqlcipher")
    other.pragma("legacy", 4)
    other.pragma("hexkey", bytes(shelf.key).hex())
    other.pragma("key", key_text(shelf.key).decode())
    assert list(other.execute("SELECT count(*) FROM site")) == [(40,)]
    other.close()


def test_a_file_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    with refused("store.file_missing"):
        connect(tmp_path, key_of("folder"))
