"""Whose dossier something goes into."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.dossier.subjects import Found, find_subjects, parents_of, places_for
from app.record import Compartment
from tests.app.dossier.situations import settle_in

if TYPE_CHECKING:
    from tests.registers import School


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Zoë", {"pupil"}),
        ("kees", {"staff"}),
        ("lukasz", {"guardian"}),
        ("wal", {"pupil", "guardian"}),
        ("x", set()),
        ("", set()),
    ],
)
def test_people_are_found_by_part_of_a_name(school: School, text: str, kinds: set[str]) -> None:
    session = school.director()
    settle_in(session)
    assert {found.kind for found in find_subjects(session, text)} == kinds


def test_a_pupil_and_a_member_of_staff_have_one_place(school: School) -> None:
    session = school.director()
    people = settle_in(session)
    (pupil,) = places_for(session, Found("pupil", people.zoe.id, people.zoe.name))
    (staff,) = places_for(session, Found("staff", people.kees.id, people.kees.name))
    assert (pupil.compartment, pupil.about) == (Compartment.PUPIL_DOSSIER, None)
    assert (staff.compartment, staff.subject) == (Compartment.STAFF_DOSSIER, people.kees)


def test_what_is_about_a_parent_stands_with_a_child(school: School) -> None:
    session = school.director()
    people = settle_in(session)
    father = Found("guardian", people.father.id, people.father.name)
    (place,) = places_for(session, father)
    assert (place.subject, place.about) == (people.zoe, people.father)
    assert [parent.person for parent in parents_of(session, people.zoe.id)] == [people.father]
    assert parents_of(session, people.daan.id) == ()


def test_who_opens_no_dossier_finds_nobody(school: School) -> None:
    settle_in(school.director())
    assert find_subjects(school.administrator(), "Zoë") == ()
    assert find_subjects(school.teacher(), "Zoë") == ()
