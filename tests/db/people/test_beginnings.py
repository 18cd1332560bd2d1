"""The memory that finds pupils by beginnings of words: the same as the table, and never old."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.people.questions import PupilIds
from app.people.records import Group, Pupil, SchoolYear, Site
from db.people import beginnings
from tests.db.store.hand import START, TODAY, enrolment, pupil, put

if TYPE_CHECKING:
    from db.store.compartment import CompartmentFile

NAMES = ("Jan", "Jan-Peter", "Jana", "Zoë", "Ömer", "X2y", "A b", "d'Arc", "Ng", "Ł")
PLACES = (
    Site(id="s1", name="Nijmegen"),
    SchoolYear(id="y1", name="2026-2027", start=START.date(), end=TODAY),
    Group(id="g1", site_id="s1", school_year_id="y1", name="Dolfijn"),
)


@pytest.fixture
def file(file: CompartmentFile) -> CompartmentFile:
    """Pupils with every two of the names."""
    made = [
        Pupil(id=f"p{i}{j}", first_name=first, surname=last, number=f"{'A' * (i % 2)}{i}{j}")
        for i, first in enumerate(NAMES)
        for j, last in enumerate(NAMES)
    ]
    put(file, *PLACES, *made, *(enrolment(f"e{one.id}", one.id) for one in made))
    return file


def found(file: CompartmentFile, search: str, site: str = "") -> tuple[str, ...]:
    with file.look() as reader:
        return reader.ask(PupilIds(TODAY, search, site_id=site))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(alphabet="janpeterzoö mrxy2abdłg0'-1", max_size=6))
def test_memory_and_table_find_the_same(file: CompartmentFile, search: str) -> None:
    assert found(file, search) == found(file, search, "s1")


def test_a_changed_name_is_found_at_once(file: CompartmentFile) -> None:
    assert found(file, "wal") == ()
    put(file, pupil("new", surname="Wal"), enrolment("e-new", "new"))
    assert found(file, "wal") == ("new",)


def test_work_that_comes_to_nothing_leaves_nothing(file: CompartmentFile) -> None:
    with file.work("pupil_changed") as work:
        work.add(pupil("new", surname="Wal"), enrolment("e-new", "new"))
        assert work.ask(PupilIds(TODAY, "wal")) == ("new",)
    assert found(file, "wal") == ()
    put(file, pupil("other", surname="Wal"), enrolment("e-other", "other"))
    assert found(file, "wal") == ("other",)


def test_pupils_are_not_read_again_for_what_changes_none(file: CompartmentFile) -> None:
    before = _kept(file)
    put(file, replace(PLACES[0], id="s2", name="Lobith"))
    assert _kept(file) is before
    put(file, pupil("new", surname="Wal"))
    assert _kept(file) is not before


def _kept(file: CompartmentFile) -> beginnings.Beginnings:
    with file.look() as reader:
        return beginnings.beginnings(reader, PupilIds(TODAY))
