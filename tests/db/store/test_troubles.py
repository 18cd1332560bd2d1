"""The world in the way: full disk, lock, read-only folder, and a commit that cannot tell."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING, cast

import pytest
from sqlcipher3 import dbapi2 as driver

from app.people.records import Pupil, Site
from app.record import Compartment
from db.store.engine import Raw, connect
from tests.db.store.hand import Shelf, pupil, put, raw_of, refused
from tests.plainly import plainly

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from db.store.compartment import CompartmentFile

MIB = 1024 * 1024


def long(id: str) -> Site:
    return Site(id=id, name="x" * 200_000)


def names(file: CompartmentFile) -> list[str]:
    with file.look() as reader:
        return [found.id for found in reader.all(Site)]


# -- a full disk ------------------------------------------------------------------------------


def test_a_file_that_cannot_grow_is_told_and_nothing_is_lost(file: CompartmentFile) -> None:
    put(file, long("s1"))
    raw = raw_of(file)
    ((pages,),) = raw.execute("PRAGMA page_count").fetchall()
    raw.execute(f"PRAGMA max_page_count = {pages}").fetchall()
    with file.work("site_added") as work, refused("register.disk_full"):
        work.add(long("s2"))
    raw.execute("PRAGMA max_page_count = 1000000").fetchall()
    put(file, long("s3"))
    assert names(file) == ["s1", "s3"]
    assert file.verify().in_order


def test_after_a_full_disk_the_unit_of_work_is_over(file: CompartmentFile) -> None:
    raw = raw_of(file)
    raw.execute("PRAGMA max_page_count = 1").fetchall()
    with file.work("site_added") as work:
        with refused("register.disk_full"):
            work.add(long("s1"))
        if not raw.in_transaction:
            with pytest.raises(RuntimeError, match="over"):
                work.add(Site(id="s2", name="short"))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of two megabytes."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("may not mount here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_really_full_disk_loses_nothing_that_was_committed(small_disk: Path) -> None:
    with Shelf(small_disk).opened() as file:
        kept = []
        with refused("register.disk_full"):
            for number in range(100):
                put(file, long(f"s{number:02}"))
                kept.append(f"s{number:02}")
        assert names(file) == kept
        assert kept
        assert file.verify().in_order


def test_an_attachment_on_a_full_disk_leaves_nothing(small_disk: Path) -> None:
    with Shelf(small_disk).opened() as file:
        with file.work("scan_added") as work, refused("register.disk_full"):
            work.attach(os.urandom(3 * MIB))
        assert list((small_disk / "blobs" / "consent").iterdir()) == []


def test_a_disk_that_may_not_be_written_is_told(small_disk: Path) -> None:
    shelf = Shelf(small_disk)
    shelf.create().close()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with refused("register.read_only"):
        shelf.open()
    with refused("register.read_only"):
        Shelf(small_disk, Compartment.CHECK).create()


# -- somebody else has it ---------------------------------------------------------------------


def test_a_locked_file_is_told(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.store.engine.BUSY_SECONDS", 0.01)
    with shelf.opened() as file:
        other = connect(shelf.path, shelf.key)
        other.execute("BEGIN EXCLUSIVE")
        with refused("register.busy"), file.work("x"):
            pass
        with refused("register.busy"):
            file.head()
        other.rollback()
        other.close()
        put(file, pupil())


# -- a commit that reports an error -----------------------------------------------------------


class Failing:
    """A connection whose commit reports an error."""

    def __init__(self, raw: Raw, *, committed: bool, readable: bool = True) -> None:
        self._raw = raw
        self._committed = committed
        self._readable = readable
        self._failed = False

    def __getattr__(self, name: str) -> object:
        return getattr(self._raw, name)

    def commit(self) -> None:
        self._failed = True
        if self._committed:
            self._raw.commit()
        raise broken()

    def execute(self, statement: str, values: object = ()) -> object:
        if self._failed and not self._readable:
            raise broken()
        return self._raw.execute(statement, values)


def broken() -> Exception:
    error: Exception = driver.OperationalError("disk I/O error")
    vars(error)["sqlite_errorcode"] = 10
    return error


def commit_through(file: CompartmentFile, failing: Failing) -> None:
    file._opened.raw = cast("Raw", failing)
    try:
        with file.work("pupil_added") as work:
            work.add(pupil())
            work.commit()
    finally:
        file._opened.raw = failing._raw


def pupils(file: CompartmentFile) -> int:
    with file.look() as reader:
        return len(reader.all(Pupil))


def test_an_error_after_the_commit_counts_as_committed(file: CompartmentFile) -> None:
    commit_through(file, Failing(raw_of(file), committed=True))
    assert pupils(file) == 1


def test_an_error_before_the_commit_is_told_and_nothing_is_written(
    file: CompartmentFile,
) -> None:
    with refused("store.disk_failed"):
        commit_through(file, Failing(raw_of(file), committed=False))
    assert pupils(file) == 0
    put(file, pupil())


@pytest.mark.parametrize("committed", [True, False])
def test_what_cannot_be_read_again_is_said_to_be_unknown(
    file: CompartmentFile, committed: bool
) -> None:
    with refused("register.write_unknown"):
        commit_through(file, Failing(raw_of(file), committed=committed, readable=False))


def test_the_check_list_knows_its_last_unit_of_work_too(tmp_path: Path) -> None:
    from app.check.records import CheckHeader

    with Shelf(tmp_path, Compartment.CHECK).opened() as file:
        failing = Failing(raw_of(file), committed=True)
        file._opened.raw = cast("Raw", failing)
        with file.work("check_published") as work:
            work.change(CheckHeader(id="header", content="{}"))
            work.commit()
        file._opened.raw = failing._raw
        with file.look() as reader:
            assert reader.find(CheckHeader, "header")


def test_a_folder_that_may_not_be_written_is_told(shelf: Shelf) -> None:
    shelf.create().close()
    shelf.path.parent.chmod(0o555)
    with refused("register.read_only"):
        plainly(lambda: shelf.open().close())
    shelf.path.parent.chmod(0o755)
