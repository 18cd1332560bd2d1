from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from sqlcipher3 import dbapi2 as driver

from app.consent.records import Decision
from app.dossier.records import Filed
from app.people.records import Pupil, Site
from app.record import Compartment, Record
from db.store import schema as shapes
from db.store.engine import connect
from db.store.mapping import placed_sql
from tests.db.store.hand import Shelf, decision, key_of, pupil, put, raw_of, refused

if TYPE_CHECKING:
    from pathlib import Path

    from db.store.compartment import CompartmentFile


def test_what_was_committed_is_there_after_opening_again(shelf: Shelf) -> None:
    with shelf.opened() as file:
        head = put(file, pupil())
    with shelf.opened() as file, file.look() as reader:
        assert reader.get(Pupil, "p1") == pupil()
        assert reader.head() == head
        assert head.number == 1


def test_what_was_not_committed_is_forgotten(file: CompartmentFile) -> None:
    with file.work("pupil_added", "p1") as work:
        work.add(pupil())
    with file.look() as reader:
        assert reader.find(Pupil, "p1") is None
        assert reader.head().number == 0


def test_a_unit_of_work_without_rows_is_journaled(file: CompartmentFile) -> None:
    with file.work("dossier_read", "p1") as work:
        assert work.commit().number == 1


def test_a_unit_of_work_sees_what_it_wrote(file: CompartmentFile) -> None:
    with file.work("pupil_added") as work:
        work.add(pupil())
        work.change(pupil(first="Zoe"))
        assert work.get(Pupil, "p1").first_name == "Zoe"
        assert [record.id for record in work.written] == ["p1", "p1"]


def test_a_missing_record_is_refused(file: CompartmentFile) -> None:
    with file.look() as reader, refused("register.not_found"):
        reader.get(Pupil, "nobody")


def test_a_record_is_asked_by_its_fields(file: CompartmentFile) -> None:
    put(file, pupil("p1"), pupil("p2", first="Bas"), pupil("p3", surname="Bos"))
    with file.look() as reader:
        assert [found.id for found in reader.all(Pupil, surname="Wal")] == ["p1", "p2"]
        assert [found.id for found in reader.all(Pupil, id=("p3", "p1"))] == ["p1", "p3"]
        assert [found.id for found in reader.all(Pupil, birth_date=None)] == ["p1", "p2", "p3"]
        assert reader.all(Pupil, surname=()) == ()


def test_a_field_that_is_not_there_is_a_defect(file: CompartmentFile) -> None:
    with file.look() as reader, pytest.raises(TypeError):
        reader.all(Pupil, religion="x")


def test_a_record_of_another_compartment_is_a_defect(file: CompartmentFile) -> None:
    with file.look() as reader, pytest.raises(TypeError):
        reader.all(Filed)


def test_the_same_id_twice_is_refused_and_the_rest_stands(file: CompartmentFile) -> None:
    put(file, pupil())
    with file.work("more") as work:
        work.add(pupil("p2"))
        with refused("store.already_there"):
            work.add(pupil("p3"), pupil("p1"))
        work.commit()
    with file.look() as reader:
        assert [found.id for found in reader.all(Pupil)] == ["p1", "p2"]
    assert file.verify().in_order


# -- facts and history ------------------------------------------------------------------------


def test_a_fact_cannot_be_changed_or_removed(file: CompartmentFile) -> None:
    put(file, decision("d1"))
    with file.work("tamper") as work:
        with refused("register.fact_is_final"):
            work.change(decision("d1", decider="other"))
        with refused("register.fact_is_final"):
            work.remove(Decision, "d1")


FINAL = [
    (compartment, kind.name)
    for compartment in (Compartment.CONSENT, Compartment.STAFF_DOSSIER, Compartment.CHECK)
    for kind in shapes.SCHEMAS[compartment].kinds.values()
    if kind.fact
]


@pytest.mark.parametrize(("compartment", "name"), FINAL)
def test_the_file_itself_keeps_facts_final(
    tmp_path: Path, compartment: Compartment, name: str
) -> None:
    table = shapes.SCHEMAS[compartment].names[name].table
    values = {c.name: 1 if c.type.python_type is int else "x" for c in table.c}
    with Shelf(tmp_path, compartment).opened() as file:
        raw = raw_of(file)
        raw.execute("PRAGMA foreign_keys = OFF")
        insert = placed_sql(sa.insert(table))
        raw.execute(insert, list(values.values()))
        for statement in (sa.update(table).values(id="y"), sa.delete(table)):
            with pytest.raises(driver.IntegrityError, match="final"):
                raw.execute(placed_sql(statement), ["y"] * statement.is_update)
        with pytest.raises(driver.IntegrityError, match="final"):
            raw.execute(insert.replace("INSERT", "REPLACE"), list(values.values()))


@pytest.mark.parametrize("statement", ["UPDATE journal SET act = 'x'", "DELETE FROM journal"])
def test_the_journal_is_append_only(file: CompartmentFile, statement: str) -> None:
    put(file, pupil())
    with pytest.raises(driver.IntegrityError, match="final"):
        raw_of(file).execute(statement)


def test_a_change_keeps_the_former_state(file: CompartmentFile) -> None:
    put(file, pupil())
    with file.work("pupil_changed", "p1") as work:
        work.change(pupil(first="Zoe"))
        work.commit()
    rows = raw_of(file).execute("SELECT kind, id, seal, row, replaced_by FROM past_state")
    kind, id_, seal, row, replaced_by = rows.fetchall()[0]
    stored = shapes.SCHEMAS[Compartment.CONSENT].names[kind]
    assert (id_, seal, replaced_by) == ("p1", 1, 2)
    assert stored.past(row) == pupil()


def test_a_change_that_changes_nothing_leaves_no_history(file: CompartmentFile) -> None:
    put(file, pupil())
    with file.work("pupil_changed") as work:
        work.change(pupil())
        work.commit()
    assert raw_of(file).execute("SELECT count(*) FROM past_state").fetchall() == [(0,)]


def test_changing_what_is_not_there_is_refused(file: CompartmentFile) -> None:
    with file.work("pupil_changed") as work, refused("register.not_found"):
        work.change(pupil())


def test_a_record_may_not_refer_to_nothing(file: CompartmentFile) -> None:
    orphan = replace(pupil(), id="p2")
    with file.work("group_added") as work:
        work.add(orphan, *nowhere())
        with pytest.raises(RuntimeError, match="not there"):
            work.commit()
    with file.look() as reader:
        assert reader.all(Pupil) == ()


def nowhere() -> tuple[Record, ...]:
    from app.people.records import Group

    return (Group(id="g", site_id="nowhere", school_year_id="never", name="Dolfijn"),)


# -- one at a time ----------------------------------------------------------------------------


def test_one_reader_or_unit_of_work_at_a_time(file: CompartmentFile) -> None:
    with file.look(), pytest.raises(RuntimeError, match="still open"), file.work("x"):
        pass
    with file.work("x"), pytest.raises(RuntimeError, match="still open"), file.look():
        pass
    assert file.head().number == 0


def test_a_closed_reader_reads_no_more(file: CompartmentFile) -> None:
    with file.look() as reader:
        pass
    with pytest.raises(RuntimeError, match="closed"):
        reader.all(Pupil)


def test_a_unit_of_work_ends_with_its_commit(file: CompartmentFile) -> None:
    with file.work("x") as work:
        work.commit()
        with pytest.raises(RuntimeError):
            work.add(pupil())


def test_another_thread_is_turned_away(file: CompartmentFile) -> None:
    caught: list[Exception] = []

    def read() -> None:
        try:
            file.head()
        except driver.ProgrammingError as error:
            caught.append(error)

    thread = threading.Thread(target=read)
    thread.start()
    thread.join()
    assert len(caught) == 1
    assert file.head().number == 0


def test_an_error_inside_forgets_the_work(file: CompartmentFile) -> None:
    with pytest.raises(ZeroDivisionError), file.work("x") as work:
        work.add(pupil(str(1 // 0)))
    with file.look() as reader:
        assert reader.all(Pupil) == ()


# -- whose file -------------------------------------------------------------------------------


def test_the_file_of_another_register_is_refused(shelf: Shelf) -> None:
    shelf.create().close()
    shelf.identity = replace(shelf.identity, register="register-2")
    with refused("register.foreign_file"):
        shelf.open()


def test_the_file_of_another_compartment_is_refused(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, Compartment.PUPIL_DOSSIER)
    shelf.create().close()
    shelf.identity = replace(shelf.identity, compartment=Compartment.STAFF_DOSSIER)
    with refused("register.foreign_file"):
        shelf.open()


def test_a_file_that_stands_there_is_not_overwritten(shelf: Shelf) -> None:
    shelf.path.write_bytes(b"precious")
    with pytest.raises(FileExistsError):
        shelf.create()
    assert shelf.path.read_bytes() == b"precious"


# -- a new key --------------------------------------------------------------------------------


def test_a_new_key_gives_an_equal_file_that_the_old_key_does_not_open(shelf: Shelf) -> None:
    target = shelf.path.with_name("next.db")
    with shelf.opened() as file:
        head = put(file, pupil())
        file.rekey_to(target, key_of("next"))
    shelf.path = target
    with refused("register.wrong_key_or_damaged"):
        shelf.open()
    shelf.key = key_of("next")
    with shelf.opened() as file:
        assert file.head() == head
        assert file.verify().in_order


def test_a_copy_that_stops_half_way_leaves_nothing(shelf: Shelf) -> None:
    target = shelf.path.with_name("next.db")
    with shelf.opened() as file:
        put(file, pupil())
        with pytest.raises(ValueError, match="32 bytes"):
            file.rekey_to(target, bytearray(31))
    assert not target.exists()


def test_the_clock_that_went_back_is_noted(shelf: Shelf) -> None:
    with shelf.opened() as file:
        put(file, pupil("p1"))
        shelf.clock.move(-timedelta(hours=1))
        put(file, pupil("p2"))
        notes = raw_of(file).execute("SELECT payload FROM journal ORDER BY number").fetchall()
        assert file.verify().in_order
    assert ["clock_back_from" in note for (note,) in notes] == [False, True]


def test_derived_tables_are_made_anew_when_their_rules_changed(shelf: Shelf) -> None:
    from app.people.questions import GuardianIds
    from app.people.records import Guardian

    with shelf.opened() as file:
        put(file, Guardian(id="m1", first_name="Anna"), Site(id="s1", name="Nijmegen"))
    raw = connect(shelf.path, shelf.key)
    raw.execute("DELETE FROM guardian_index")
    raw.execute("UPDATE derived SET version = 0")
    raw.close()
    with shelf.opened() as file, file.look() as reader:
        assert reader.ask(GuardianIds()) == ("m1",)
