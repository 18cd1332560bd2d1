from __future__ import annotations

import os
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.store.blobs import padded_size
from tests.db.store.hand import START, Shelf, key_of, raw_of, refused

if TYPE_CHECKING:
    from pathlib import Path

    from db.store.compartment import CompartmentFile

SCAN = b"Needle in a scan " * 1000


def attach(file: CompartmentFile, content: bytes = SCAN) -> str:
    with file.work("scan_added") as work:
        blob = work.attach(content)
        work.commit()
    return blob


def read(file: CompartmentFile, blob: str) -> bytes:
    with file.look() as reader:
        return reader.blob(blob)


def stored(shelf: Shelf) -> list[Path]:
    return sorted((shelf.path.parent / "blobs" / "consent").iterdir())


@pytest.mark.parametrize("content", [b"", b"x", SCAN, bytes(300_000)])
def test_what_was_attached_comes_back(shelf: Shelf, content: bytes) -> None:
    with shelf.opened() as file:
        blob = attach(file, content)
    with shelf.opened() as file:
        assert read(file, blob) == content
        assert file.verify().in_order
        assert file.check() == ()


def test_the_stored_file_shows_neither_content_nor_size_nor_day(shelf: Shelf) -> None:
    with shelf.opened() as file:
        blob = attach(file)
        (path,) = stored(shelf)
        assert path.name == blob
        assert b"Needle" not in path.read_bytes()
        assert path.stat().st_size != len(SCAN)
        assert path.stat().st_mode & 0o777 == 0o600


def test_a_missing_file_is_told(shelf: Shelf) -> None:
    with shelf.opened() as file:
        blob = attach(file)
        stored(shelf)[0].unlink()
        with refused("register.blob_missing"):
            read(file, blob)
        assert [fault.id for fault in file.check()] == ["store.blobs_missing"]


@pytest.mark.parametrize("place", [0, 11, 12, 500, -1])
def test_a_flipped_bit_is_told(shelf: Shelf, place: int) -> None:
    with shelf.opened() as file:
        blob = attach(file)
        content = bytearray(stored(shelf)[0].read_bytes())
        content[place] ^= 1
        stored(shelf)[0].write_bytes(content)
        with refused("register.blob_damaged"):
            read(file, blob)


def test_exchanged_files_are_told(shelf: Shelf) -> None:
    with shelf.opened() as file:
        first, second = attach(file), attach(file, SCAN[::-1])
        one, two = stored(shelf)
        content = one.read_bytes()
        one.write_bytes(two.read_bytes())
        two.write_bytes(content)
        for blob in (first, second):
            with refused("register.blob_damaged"):
                read(file, blob)


def test_an_exchanged_row_and_file_are_told_by_their_binding(shelf: Shelf) -> None:
    """Whoever has the key of the file may rewrite rows, but a file is bound to its own name."""
    with shelf.opened() as file:
        first, second = attach(file), attach(file, SCAN[::-1])
        raw = raw_of(file)
        raw.execute("DROP TRIGGER keep_blob_update")
        raw.execute("UPDATE blob SET id = 'aside' WHERE id = ?", (first,))
        raw.execute("UPDATE blob SET id = ? WHERE id = ?", (first, second))
        folder = shelf.path.parent / "blobs" / "consent"
        (folder / second).replace(folder / first)
        with refused("register.blob_damaged"):
            read(file, first)


def test_what_was_not_committed_leaves_no_file(shelf: Shelf) -> None:
    with shelf.opened() as file:
        with file.work("scan_added") as work:
            work.attach(SCAN)
        assert stored(shelf) == []


def test_only_old_left_over_files_are_removed(shelf: Shelf) -> None:
    with shelf.opened() as file:
        blob = attach(file)
        folder = stored(shelf)[0].parent
        for name, age in (("old", timedelta(hours=25)), ("young", timedelta(hours=23))):
            (folder / name).write_bytes(b"left over")
            at = (START - age).timestamp()
            os.utime(folder / name, (at, at))
        os.utime(folder / blob, (0, 0))
        assert file.clean() == 1
        assert {path.name for path in stored(shelf)} == {blob, "young"}


def test_attached_files_outlive_the_key_of_the_compartment(shelf: Shelf) -> None:
    with shelf.opened() as file:
        blob = attach(file)
        file.rekey_to(shelf.path.with_name("next.db"), key_of("next"))
    shelf.path, shelf.key = shelf.path.with_name("next.db"), key_of("next")
    with shelf.opened() as file:
        assert read(file, blob) == SCAN


@given(st.integers(1, 200_000_000))
def test_padding_costs_at_most_an_eighth(size: int) -> None:
    assert size <= padded_size(size) <= max(4096, size * 1.125)


def test_few_sizes_are_left_after_padding() -> None:
    assert len({padded_size(size) for size in range(1, 200_000)}) < 120
