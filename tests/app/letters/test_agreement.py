"""The collective agreement that letters name: told before it ends, and nobody is stranded after."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

import resources
from app.letters.facts import from_json
from app.letters.issue import draft_letter, issue_letter
from app.letters.requests import LetterRequest
from app.letters.template import load_template
from app.letters.terms import agreement_ending, agreements
from app.today.director import director_start
from tests.app.dossier.situations import STAFF
from tests.app.letters.courses import PRESS, about_staff, given

if TYPE_CHECKING:
    from tests.registers import School

LAST = agreements()[0].ends
NAMING = [key for key in resources.letters() if load_template(key, "nl").slot("agreement")]


@pytest.mark.parametrize(("days", "told"), [(91, False), (90, True), (0, True), (-1, True)])
def test_it_is_told_a_quarter_of_a_year_before(days: int, *, told: bool) -> None:
    ending = agreement_ending(LAST - timedelta(days=days))
    assert (ending is not None) is told


def test_a_director_is_told_at_the_start(school: School) -> None:
    school.clock.move(LAST - timedelta(days=10) - school.clock.today())
    start = director_start(school.director())
    assert start is not None
    assert start.agreement == agreements()[0]


def test_these_letters_name_it() -> None:
    kinds = ("reprimand", "suspension", "order")
    assert sorted(f"staff_{kind}{s}" for kind in kinds for s in ("", "_intention")) == NAMING


def test_after_its_last_day_the_name_is_asked_and_the_letter_can_leave(
    school: School,
) -> None:
    course = about_staff(school, "staff_reprimand")
    school.clock.move(LAST + timedelta(days=2) - school.clock.today())
    course.session = school.director()
    step = course.opened.file.state.procedure.step("intend")
    assert step is not None
    answers = given(step, school.clock.today())
    request = LetterRequest(STAFF, course.case_id, "intend", answers)
    said = {
        (one.message.id, one.field) for one in draft_letter(course.session, request).findings
    }
    assert {("letters.missing", "agreement"), ("letters.agreement_over", "agreement")} <= said
    named = replace(request, filled={"agreement": "cao primair onderwijs 2027-2028"})
    letter = issue_letter(course.session, PRESS, named)
    facts = from_json(letter.facts)[0]
    assert facts.values["agreement"] == "cao primair onderwijs 2027-2028"
