"""Derived tables follow what was poured in, in one go when most of their rows are touched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from app.ids import new_id
from app.jobs import CancelledError
from app.people.records import Enrolment, EnrolmentKind, Guardian, Pupil, Relation, Site
from app.record import Compartment
from db.store import engine, touched
from db.store.derived import Derived
from db.store.schema import SCHEMAS
from tests.db.store.hand import START, TODAY, Shelf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from app.record import Record
    from db.store.compartment import CompartmentFile

_TABLES = ("pupil_index", "guardian_index", "pair_index")


@pytest.fixture
def file(tmp_path: Path) -> Iterator[CompartmentFile]:
    with Shelf(tmp_path).opened() as opened:
        with opened.work("test") as work:
            work.add(Site(id="s1", name="Kade"))
            work.commit()
        yield opened


def families(many: int) -> list[Record]:
    """Children, each at the school and with a parent of his own, but every third."""
    found: list[Record] = []
    for number in range(many):
        child = Pupil(id=new_id(), first_name=f"Kind{number}", surname=f"Naam{number % 7}")
        stay = Enrolment(
            id=new_id(), pupil_id=child.id, kind=EnrolmentKind.ENROLLED, site_id="s1",
            start=TODAY, recorded_at=START,
        )  # fmt: skip
        found += [child, stay]
        if number % 3:
            parent = Guardian(id=new_id(), first_name="Ouder", surname=child.surname)
            tie = Relation(id=new_id(), pupil_id=child.id, guardian_id=parent.id, kind="parent")
            found += [parent, tie]
    return found


def pour(file: CompartmentFile, records: list[Record]) -> None:
    with file.work("test") as work:
        work.pour(*records)
        work.commit()


def rows(file: CompartmentFile) -> dict[str, list[Any]]:
    raw = file._opened.raw
    return {name: raw.execute(f"SELECT * FROM {name}").fetchall() for name in _TABLES}


def indexes(file: CompartmentFile) -> list[Any]:
    asked = "SELECT name, sql FROM sqlite_master WHERE type = 'index' ORDER BY name"
    return file._opened.raw.execute(asked).fetchall()


def made_anew(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of derived tables that are made anew from now on."""
    found: list[str] = []
    make = Derived.make

    def noted(table: Derived, raw: Any) -> None:
        found.append(table.name)
        make(table, raw)

    monkeypatch.setattr(touched, "_MANY", 10)
    monkeypatch.setattr(Derived, "make", noted)
    return found


def test_tables_made_anew_hold_what_they_hold_row_by_row(
    file: CompartmentFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    everybody, before = families(40), indexes(file)
    anew = made_anew(monkeypatch)
    pour(file, everybody)
    assert anew == list(_TABLES)
    found = rows(file)
    assert found["pupil_index"]
    for table in SCHEMAS[Compartment.CONSENT].derived:
        if table.name in _TABLES:
            kind = Guardian if table.name == "guardian_index" else Pupil
            ids = [record.id for record in everybody if isinstance(record, kind)]
            table.refresh(file._opened.raw, ids)
    assert rows(file) == found
    assert indexes(file) == before


def test_a_few_rows_among_many_are_brought_up_to_date_alone(
    file: CompartmentFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    pour(file, families(60))
    anew = made_anew(monkeypatch)
    pour(file, families(12))
    assert anew == []
    assert len(rows(file)["pupil_index"]) == 72


class Stop:
    """Somebody who stops at a step."""

    def __init__(self, steps: int) -> None:
        self._left = steps

    def step(self, done: int, total: int) -> None:
        assert done <= total
        self._left -= 1
        if not self._left:
            raise CancelledError


@pytest.mark.parametrize("steps", [1, 2, 5, 9])
def test_who_stops_while_lists_are_made_has_written_nothing(
    file: CompartmentFile, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    made_anew(monkeypatch)
    monkeypatch.setattr(engine, "_LOOK_AFTER", 200)
    before = indexes(file), rows(file)
    with file.work("test") as work:
        work.pour(*families(40))
        with pytest.raises(CancelledError):
            work.commit(Stop(steps))
    assert (indexes(file), rows(file)) == before
    pour(file, families(12))
    assert len(rows(file)["pupil_index"]) == 12
