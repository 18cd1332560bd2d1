"""Who may sign which measure: by what was recorded, and pointed out where nothing was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

import resources
from app.errors import Refusal, Refusals
from app.letters.facts import from_json
from app.letters.issue import draft_letter, issue_letter
from app.letters.lint import BLOCKS, WARNS
from app.letters.mandates import (
    ASKED,
    BOARD,
    Competence,
    NewMandate,
    measures,
    record_mandate,
    signing,
    signing_roles,
)
from app.letters.requests import LetterRequest
from app.letters.template import load_template
from tests.app.dossier.situations import STAFF
from tests.app.letters.courses import PRESS, Course, about_staff, given

if TYPE_CHECKING:
    from app.ports import Session
    from tests.registers import School

TODAY = date(2026, 11, 22)
RULES = "mandaatregeling van 12 mei 2025"
GOOD = NewMandate("reprimand", ("director",), RULES, date(2025, 5, 12))


def intention(school: School) -> tuple[Course, LetterRequest]:
    """The intention of a reprimand, of which all is answered but what the competence is."""
    course = about_staff(school, "staff_reprimand")
    step = course.opened.file.state.procedure.step("intend")
    assert step is not None
    answers = {
        key: value for key, value in given(step, TODAY).items() if key not in ("course", ASKED)
    }
    return course, LetterRequest(STAFF, course.case_id, "intend", answers)


def signer_findings(session: Session, request: LetterRequest) -> list[tuple[str, str]]:
    """What is said about the signer."""
    found = draft_letter(session, request).findings
    return [(one.severity, one.message.id) for one in found if one.field == "signer"]


def said(session: Session) -> str:
    return signing(session, "staff_reprimand", TODAY).competence


def test_every_letter_that_names_a_competence_is_of_a_measure_of_the_board() -> None:
    of_board = {key for one in measures() if one.decides == BOARD for key in one.letters}
    every = (load_template(key, "nl") for key in resources.letters())
    naming = {one.key for one in every if one.slot(ASKED) is not None}
    assert naming <= of_board
    deciding = {one.key for one in every if one.purpose == "decision"}
    assert deciding <= of_board


def test_every_letter_of_a_measure_is_shipped() -> None:
    named = [key for one in measures() for key in one.letters]
    assert len(named) == len(set(named))
    assert set(named) <= set(resources.letters())


def test_without_a_word_it_is_not_known(school: School) -> None:
    session = school.director()
    assert said(session) == Competence.NOT_RECORDED
    assert signing(session, "staff_warning", TODAY).competence is Competence.FREE


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, Competence.GIVEN),
        ({"roles": ()}, Competence.WITHOUT),
        ({"end": TODAY}, Competence.GIVEN),
        ({"end": date(2026, 11, 21)}, Competence.WITHOUT),
        ({"start": date(2026, 11, 23)}, Competence.WITHOUT),
    ],
)
def test_a_mandate_holds_for_its_roles_and_days(
    school: School, changes: dict[str, Any], expected: Competence
) -> None:
    session = school.director()
    record_mandate(session, replace(GOOD, **changes))
    assert said(session) == expected
    assert signing(session, "staff_dismissal", TODAY).competence is Competence.NOT_RECORDED


def test_the_newest_word_about_a_measure_counts(school: School) -> None:
    session = school.director()
    record_mandate(session, GOOD)
    record_mandate(session, replace(GOOD, roles=()))
    assert said(session) == Competence.WITHOUT


def test_a_letter_of_a_measure_says_what_is_known_of_the_mandate(school: School) -> None:
    course, request = intention(school)
    session = course.session
    assert signer_findings(session, request) == [(WARNS, "letters.mandate_open")]
    record_mandate(session, replace(GOOD, end=date(2026, 1, 1)))
    assert signer_findings(session, request) == [(BLOCKS, "letters.mandate_none")]
    with pytest.raises(Refusals, match="mandate_none"):
        issue_letter(session, PRESS, request)
    record_mandate(session, GOOD)
    assert signer_findings(session, request) == []


def test_the_letter_names_what_the_mandate_rests_on(school: School) -> None:
    course, request = intention(school)
    record_mandate(course.session, GOOD)
    assert draft_letter(course.session, request).answers[ASKED] == RULES
    letter = issue_letter(course.session, PRESS, request)
    facts, _ = from_json(letter.facts)
    assert facts.values[ASKED] == RULES
    assert course.opened.file.state.answers[ASKED] == RULES
    other = replace(request, answers={**request.answers, ASKED: "besluit van 20 november"})
    assert draft_letter(course.session, other).answers[ASKED] == "besluit van 20 november"


def test_only_a_director_records_one(school: School) -> None:
    with pytest.raises(Refusal, match="only_directors"):
        record_mandate(school.administrator(), GOOD)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"measure": "warning"}, "measure"),
        ({"measure": "x"}, "measure"),
        ({"roles": ("teacher",)}, "roles"),
        ({"basis": " "}, "basis"),
        ({"end": date(2025, 5, 11)}, "end"),
    ],
)
def test_what_is_not_right_is_refused(
    school: School, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refusals) as caught:
        record_mandate(school.director(), replace(GOOD, **changes))
    assert [one.field for one in caught.value.found] == [field]


def test_who_writes_no_dossier_signs_no_measure() -> None:
    assert signing_roles() == ("director",)
