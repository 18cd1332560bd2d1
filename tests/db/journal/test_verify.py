"""Every way of tampering that somebody with the key of the file can think of is found."""

from __future__ import annotations

import shutil
from dataclasses import fields, replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.jobs import CancelledError
from app.ports import Head
from db.journal.entry import COLUMNS, JournalEntry, Place, content, entry_digest
from tests.db.store.hand import Hand, Shelf, decision, pupil, put, raw_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from db.store.compartment import CompartmentFile
    from db.store.engine import Raw

PLACE = Place("register-1", "consent")
ENTRIES = 6


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six entries, the fourth a change, in a file without its guards."""
    shelf = Shelf(tmp_path_factory.mktemp("template"))
    with shelf.opened() as file:
        put(file, pupil("p1"))
        put(file, pupil("p2"))
        put(file, decision("d1"), decision("d2", decider="m2"))
        with file.work("pupil_changed") as work:
            work.change(pupil("p1", first="Zoe"))
            work.commit()
        put(file, decision("d3"))
        put(file, pupil("p3"))
        unguard(raw_of(file))
    return shelf.path


@pytest.fixture
def file(shelf: Shelf, template: Path) -> Iterator[CompartmentFile]:
    """A copy of the six entries, behind whose back a test goes."""
    shutil.copy(template, shelf.path)
    with shelf.opened() as opened:
        yield opened


def unguard(raw: Raw) -> None:
    for (name,) in raw.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall():
        raw.execute(f'DROP TRIGGER "{name}"')


def found(file: CompartmentFile, *remembered: Head) -> dict[str, list[int]]:
    """What verification finds, apart from the guards that these tests take away."""
    findings: dict[str, list[int]] = {}
    for message in file.verify(remembered=remembered).findings:
        if message.id != "store.guards_altered":
            number = message.values["number"]
            assert isinstance(number, int)
            findings.setdefault(message.id.removeprefix("store."), []).append(number)
    return findings


def entry(raw: Raw, number: int) -> JournalEntry:
    listed = ", ".join(f'"{name}"' for name in COLUMNS)
    rows = raw.execute(f"SELECT {listed} FROM journal WHERE number = ?", (number,))
    return JournalEntry(*rows.fetchall()[0])


def write(raw: Raw, changed: JournalEntry) -> None:
    values = [getattr(changed, name) for name in COLUMNS]
    raw.execute("DELETE FROM journal WHERE number = ?", (changed.number,))
    raw.execute(f"INSERT INTO journal VALUES ({', '.join('?' * len(COLUMNS))})", values)


def sealed(
    changed: JournalEntry, hand: Hand | None = None, place: Place = PLACE
) -> JournalEntry:
    """An entry with a digest that fits, signed anew when a hand is given."""
    signed = content(place, changed)
    signature = hand.sign(signed) if hand else changed.signature
    return replace(changed, signature=signature, digest=entry_digest(signed, signature))


def test_nothing_is_found_in_an_untouched_journal(file: CompartmentFile) -> None:
    assert found(file) == {}
    assert file.verify().head.number == ENTRIES


def test_the_order_of_columns_is_that_of_the_table(file: CompartmentFile) -> None:
    rows = raw_of(file).execute("PRAGMA table_info(journal)").fetchall()
    assert [row[1] for row in rows] == list(COLUMNS)
    assert [field.name for field in fields(JournalEntry)] == list(COLUMNS)


# -- entries ----------------------------------------------------------------------------------

EDITS = [
    "act = 'x'", "subject = 'x'", "user = 'x'", "key = 'x'", "at = '2020-01-01T00:00:00.000000Z'",
    "since_boot = 1", "device = 'x'", "seq = 99", "id = 'x'", "version = 2", "payload = '{}'",
    "state = zeroblob(32)", "previous = zeroblob(32)", "payload_digest = zeroblob(32)",
    "signature = zeroblob(64)", "salt = zeroblob(16)",
]  # fmt: skip


@pytest.mark.parametrize("edit", EDITS)
def test_an_edited_entry_is_found(file: CompartmentFile, edit: str) -> None:
    raw_of(file).execute(f"UPDATE journal SET {edit} WHERE number = 3")
    assert found(file) == {"entry_altered": [3]}


def test_an_edited_entry_with_a_fitting_digest_is_found(file: CompartmentFile) -> None:
    raw = raw_of(file)
    write(raw, sealed(replace(entry(raw, 3), act="x")))
    assert found(file)["signature_wrong"] == [3]


def test_a_rewritten_chain_is_found(file: CompartmentFile) -> None:
    raw = raw_of(file)
    changed = sealed(replace(entry(raw, 3), act="x"))
    write(raw, changed)
    for number in range(4, ENTRIES + 1):
        changed = sealed(replace(entry(raw, number), previous=changed.digest))
        write(raw, changed)
    assert found(file) == {"signature_wrong": [3, 4, 5, 6]}


def test_a_deleted_entry_is_found(file: CompartmentFile) -> None:
    raw_of(file).execute("DELETE FROM journal WHERE number = 3")
    assert found(file)["entry_missing"] == [3]


def test_a_deleted_and_renumbered_entry_is_found(file: CompartmentFile) -> None:
    raw = raw_of(file)
    raw.execute("DELETE FROM journal WHERE number = 3")
    for number in range(4, ENTRIES + 1):
        raw.execute("UPDATE journal SET number = number - 1 WHERE number = ?", (number,))
    assert found(file)["chain_broken"] == [3]


def test_exchanged_entries_are_found(file: CompartmentFile) -> None:
    raw = raw_of(file)
    for old, new in ((3, 99), (4, 3), (99, 4)):
        raw.execute("UPDATE journal SET number = ? WHERE number = ?", (new, old))
    assert 3 in found(file)["chain_broken"]


def test_an_inserted_entry_without_a_known_key_is_found(file: CompartmentFile) -> None:
    raw, mallory = raw_of(file), Hand("mallory")
    last = entry(raw, ENTRIES)
    forged = replace(
        last, number=7, id="x", seq=7, previous=last.digest, user="mallory", key=mallory.key_id
    )
    write(raw, sealed(forged, mallory))
    assert found(file)["signature_wrong"] == [7]


def test_an_entry_under_another_name_is_found(shelf: Shelf) -> None:
    """Bert has a key of his own, and signs what he writes under Anna's name."""
    bert = Hand("bert")
    shelf.hand = Hand("anna", bert)
    with shelf.opened() as file:
        put(file, pupil("p1"))
        raw = raw_of(file)
        unguard(raw)
        write(raw, sealed(entry(raw, 1), bert))
        assert found(file) == {"signature_wrong": [1]}


def test_an_entry_of_another_register_is_found(file: CompartmentFile) -> None:
    raw = raw_of(file)
    foreign = sealed(entry(raw, ENTRIES), Hand("anna"), Place("register-2", "consent"))
    write(raw, foreign)
    assert found(file) == {"entry_altered": [6]}


# -- rows -------------------------------------------------------------------------------------

ROWS: dict[str, tuple[str, dict[str, list[int]]]] = {
    "edited": ("UPDATE decision SET answer = 'no' WHERE id = 'd1'", {"rows_altered": [3]}),
    "edited, changed kind": ("UPDATE pupil SET surname = 'x' WHERE id = 'p1'",
                             {"rows_altered": [4]}),
    "deleted": ("DELETE FROM decision WHERE id = 'd2'", {"rows_altered": [3]}),
    "added": ("INSERT INTO pupil VALUES ('p9', 'a', '', '', NULL, '', '', 2)", {"rows_altered": [2]}),
    "added for later": ("INSERT INTO pupil VALUES ('p9', 'a', '', '', NULL, '', '', 70)",
                        {"rows_without_entry": [70]}),
    "moved": ("UPDATE decision SET seal = 5 WHERE id = 'd1'", {"rows_altered": [3, 5]}),
    "past edited": ("UPDATE past_state SET row = replace(row, 'Wal', 'x')", {"rows_altered": [1]}),
    "past deleted": ("DELETE FROM past_state", {"rows_altered": [1]}),
    "past misdated": ("UPDATE past_state SET replaced_at = 'x'", {"history_altered": [4]}),
    "past misplaced": ("UPDATE past_state SET replaced_by = 5", {"history_altered": [5]}),
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_tampered_rows_are_found(file: CompartmentFile, name: str) -> None:
    statement, expected = ROWS[name]
    raw_of(file).execute(statement)
    assert found(file) == expected


def test_an_old_state_put_back_in_place_of_the_new_is_found(file: CompartmentFile) -> None:
    """The old row stands as present, the new one as past: the same rows, but the wrong way."""
    raw = raw_of(file)
    ((new,),) = raw.execute("SELECT row FROM past_state").fetchall()
    changed = new.replace("Zo\\u00eb", "Zoe")
    raw.execute("UPDATE past_state SET row = ?, seal = 4, replaced_by = 1", (changed,))
    raw.execute("UPDATE pupil SET first_name = 'Zoë', seal = 1 WHERE id = 'p1'")
    assert list(found(file)) == ["history_altered"]


def test_missing_guards_are_found(file: CompartmentFile) -> None:
    assert file.verify().findings[0].id == "store.guards_altered"


# -- what only an outside memory shows ----------------------------------------------------------


def cut(file: CompartmentFile) -> None:
    raw = raw_of(file)
    raw.execute("DELETE FROM journal WHERE number > 4")
    raw.execute("DELETE FROM decision WHERE seal > 4")
    raw.execute("DELETE FROM pupil WHERE seal > 4")


def rewrite(file: CompartmentFile) -> None:
    raw = raw_of(file)
    write(raw, sealed(replace(entry(raw, ENTRIES), act="x"), Hand("anna")))


@pytest.mark.parametrize(
    ("attack", "text_id"), [(cut, "entries_gone"), (rewrite, "head_differs")]
)
def test_only_a_remembered_head_shows_a_changed_end(
    file: CompartmentFile, attack: Callable[[CompartmentFile], None], text_id: str
) -> None:
    head = file.head()
    attack(file)
    assert found(file) == {}
    assert found(file, head) == {text_id: [ENTRIES]}


def test_heads_that_still_stand_are_fine(file: CompartmentFile) -> None:
    head = file.head()
    put(file, pupil("p9"))
    assert found(file, head, Head(0, "")) == {}


# -- at random --------------------------------------------------------------------------------


def other(value: object) -> object:
    """A value of the same kind that is another."""
    if isinstance(value, bytes):
        return value[:-1] + bytes([value[-1] ^ 1])
    return value + 1000 if isinstance(value, int) else f"{value or ''}x"


@pytest.mark.parametrize("table", ["journal", "decision", "pupil", "past_state"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=12)
@given(data=st.data())
def test_any_changed_cell_is_found(
    file: CompartmentFile, table: str, data: st.DataObject
) -> None:
    raw = raw_of(file)
    known = raw.execute(f'SELECT rowid, * FROM "{table}"').fetchall()
    names = [row[1] for row in raw.execute(f'PRAGMA table_info("{table}")').fetchall()]
    place = data.draw(st.integers(int(table == "journal"), len(names) - 1))
    row = data.draw(st.sampled_from(known))
    change = f'UPDATE "{table}" SET "{names[place]}" = ? WHERE rowid = ?'
    raw.execute(change, (other(row[place + 1]), row[0]))
    assert found(file) != {}
    raw.execute(change, (row[place + 1], row[0]))
    assert found(file) == {}


def test_verification_can_be_stopped(file: CompartmentFile) -> None:
    class Impatient:
        def step(self, done: int, total: int) -> None:
            raise CancelledError

    with pytest.raises(CancelledError):
        file.verify(Impatient())
    assert found(file) == {}
