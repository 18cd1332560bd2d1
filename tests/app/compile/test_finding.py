"""What a person has to look at, for no program finds a name in it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from app.compile.finding import find_names, is_readable
from tests.app.compile.situations import (
    BINDER,
    TALK,
    decided,
    pdf_file,
    picture_file,
    request_of,
    situation,
    with_file,
)
from tests.reports.compile.test_files import scan

if TYPE_CHECKING:
    from tests.registers import School


@pytest.mark.parametrize(
    ("text", "readable"),
    [
        ("Beste school, dit is een brief.", True),
        ("", False),
        (" \n ", False),
        ("\ue001\ue002 \ue003\ue004 \ue005 a", False),
        ("... --- ***", False),
        ("12-11-2026", True),
    ],
)
def test_signs_without_letters_are_no_text(text: str, readable: bool) -> None:
    assert is_readable(text) is readable


@pytest.mark.parametrize(
    ("name", "content", "why", "pages"),
    [
        ("foto.png", picture_file(), "picture", (0,)),
        ("scan.pdf", scan("Gescand door het kantoor", 0.8), "no_text", (0,)),
        ("leeg.pdf", pdf_file("Een brief met woorden.", ""), "no_text", (1,)),
        ("stem.m4a", b"\0\0\0\x20ftypM4A " + bytes(99), "unknown", ()),
    ],
)
def test_what_cannot_be_searched_has_to_be_looked_at(
    school: School, name: str, content: bytes, why: str, pages: tuple[int, ...]
) -> None:
    case = situation(school.director(), with_file(name, content))
    (sight,) = find_names(case.session, BINDER, request_of(case)).sights
    assert (sight.name, sight.why, sight.pages) == (name, why, pages)


def test_a_letter_that_can_be_read_needs_no_look(school: School) -> None:
    case = situation(school.director(), with_file("brief.pdf", pdf_file("Beste school.")))
    assert find_names(case.session, BINDER, request_of(case)).sights == ()


def test_a_find_says_where_it_stands_and_what_is_proposed(school: School) -> None:
    case = situation(school.director(), TALK, with_file("b.pdf", pdf_file("Gezien: Roos.")))
    finds = find_names(case.session, BINDER, request_of(case)).finds
    said = {(find.text, find.part, find.page): find for find in finds}
    assert said["Roos de Beer", "body", None].proposed == "other_pupil"
    assert said["beer", "body", None].proposed == ""
    assert said["Roos", "page", 0].before.endswith("Gezien: ")
    assert said["Kees Smit", "body", None].proposed == "function"
    assert said["Jan de Wit", "author", None].proposed == "function"


def test_names_of_staff_are_proposed_to_go_from_a_copy_for_a_parent(school: School) -> None:
    from app.compile.pieces import Recipient

    case = situation(school.director(), TALK)
    mother = Recipient("guardian", case.mother.id, case.mother.name)
    request = request_of(case, "other_parent", recipient=mother)
    finds = find_names(case.session, BINDER, request).finds
    assert {find.proposed for find in finds if find.text == "Kees Smit"} == {"colleague"}


def test_a_find_keeps_its_id_while_the_piece_is_the_same(school: School) -> None:
    case = situation(school.director(), TALK)
    request = request_of(case)
    first = find_names(case.session, BINDER, request)
    again = find_names(case.session, BINDER, replace(request, extra=("Pronk",)))
    assert {find.id for find in first.finds} == {find.id for find in again.finds}
    assert set(decided(case, request).decisions) == {find.id for find in first.finds}
