"""A letter begins with what was answered before to the very same questions, and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.letters.issue import draft_letter
from app.letters.requests import LetterRequest
from tests.app.letters.courses import Course, about_staff

if TYPE_CHECKING:
    from app.letters.issue import LetterDraft
    from tests.registers import School

FACTS = "Op 20 november stond een foto van de les op een openbaar account."


@pytest.fixture
def heard(school: School) -> Course:
    """A case in which an intention was issued, and views were recorded."""
    course = about_staff(school, "staff_reprimand")
    course.take("intend", facts=FACTS, grounds="Omdat het vaker gebeurde.")
    course.take("record_sending", "record_views")
    return course


def draft(course: Course, **answers: str) -> LetterDraft:
    request = LetterRequest(course.compartment, course.case_id, "decide", dict(answers))
    return draft_letter(course.session, request)


def missing(found: LetterDraft) -> set[str]:
    return {one.field for one in found.findings if one.message.id == "letters.missing"}


def test_the_same_question_is_proposed_and_another_is_not(heard: Course) -> None:
    found = draft(heard).proposed
    assert found["facts"] == FACTS
    assert "agreement_article" in found
    assert not found.keys() & {"grounds", "weighing", "hearing_day"}


def test_what_was_said_in_an_earlier_letter_does_not_stand_in_this_one(heard: Course) -> None:
    assert {"facts", "grounds", "weighing"} <= missing(draft(heard))
    taken = draft(heard, facts=FACTS)
    assert "facts" not in missing(taken)


def test_what_is_not_asked_again_stands_in_it(heard: Course) -> None:
    assert "views" not in missing(draft(heard))
