from __future__ import annotations

from typing import TYPE_CHECKING

from app.people.records import Site
from tests.db.store.hand import Shelf, pupil, put, raw_of

if TYPE_CHECKING:
    from db.store.compartment import CompartmentFile

PAGE = 4096


def faults(file: CompartmentFile) -> list[str]:
    return [fault.id for fault in file.check()]


def filled(shelf: Shelf) -> bytearray:
    with shelf.opened() as file:
        put(file, *(Site(id=f"s{n:03}", name="x" * 500) for n in range(200)))
        assert faults(file) == []
    return bytearray(shelf.path.read_bytes())


def test_a_flipped_bit_in_any_later_page_is_found(shelf: Shelf) -> None:
    content = filled(shelf)
    last = len(content) // PAGE - 1
    content[last * PAGE + 100] ^= 1
    shelf.path.write_bytes(content)
    with shelf.opened() as file:
        assert "store.pages_damaged" in faults(file)


def test_exchanged_pages_are_found(shelf: Shelf) -> None:
    content = filled(shelf)
    one, two = (slice(n * PAGE, (n + 1) * PAGE) for n in (-3, -2))
    content[one], content[two] = content[two], content[one]
    shelf.path.write_bytes(content)
    with shelf.opened() as file:
        assert "store.pages_damaged" in faults(file)


def test_a_reference_to_nothing_is_found(file: CompartmentFile) -> None:
    raw = raw_of(file)
    raw.execute("PRAGMA foreign_keys = OFF")
    raw.execute("""INSERT INTO "group" VALUES ('g', 'nowhere', 'never', 'x', 0, 1)""")
    assert faults(file) == ["store.reference_broken"]


def test_a_gap_in_the_journal_is_found(file: CompartmentFile) -> None:
    put(file, pupil("p1"))
    put(file, pupil("p2"))
    raw = raw_of(file)
    raw.execute("DROP TRIGGER keep_journal_delete")
    raw.execute("DELETE FROM journal WHERE number = 1")
    assert faults(file) == ["store.entries_missing"]
