"""Dealing with a case in a real register."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from app.dossier.case import step_digest
from app.dossier.entries import NewEntry, add_entry
from app.dossier.inbox import Filing, file_report
from app.dossier.records import Step
from app.dossier.steps import open_case
from app.duties.steps import take_step
from app.errors import Refusal, Refusals
from tests.app.dossier.samples import ANSWERS
from tests.app.dossier.situations import (
    ABOUT_STAFF,
    PUPILS,
    STAFF,
    filed_about_staff,
    reported,
    settle_in,
    walk,
)
from tests.app.dossier.test_filing import acts

if TYPE_CHECKING:
    from app.ports import Session
    from app.procedures.answers import Answers
    from tests.registers import School

TALK = {"talk_day": ANSWERS["talk_day"], "talk_place": ANSWERS["talk_place"]}


def offered(session: Session, case_id: str) -> dict[str, list[str]]:
    possible = open_case(session, STAFF, case_id).possible
    return {one.step.id: [message.id for message in one.lacks] for one in possible}


def test_a_new_case_offers_its_first_steps(school: School) -> None:
    session, _, filed = filed_about_staff(school)
    assert filed.case is not None
    assert offered(session, filed.case.id) == {
        "choose_course": [],
        "record_inquiry": [],
        "drop": [],
        "find_unfounded": [],
    }
    assert acts(session, STAFF)[-1] == "case_read"


def test_a_step_is_kept_with_its_term(school: School) -> None:
    session, _, filed = filed_about_staff(school)
    case_id = walk(session, filed, STAFF, "plan_talk")
    with session.look(STAFF) as reader:
        step = max(reader.all(Step, case_id=case_id), key=lambda one: one.position)
    assert (step.step, step.position, step.by) == ("plan_talk", 2, "Jan de Wit")
    assert (step.term, step.due_on) == ("talk.within", date(2026, 12, 7))


def test_steps_are_chained(school: School) -> None:
    session, _, filed = filed_about_staff(school)
    case_id = walk(session, filed, STAFF, "plan_talk", "hold_talk")
    with session.look(STAFF) as reader:
        steps = sorted(reader.all(Step, case_id=case_id), key=lambda one: one.position)
    assert [step.previous for step in steps] == ["", *map(step_digest, steps[:-1])]


def test_a_stored_case_is_the_fold_of_its_steps(school: School) -> None:
    session, _, filed = filed_about_staff(school)
    case_id = walk(session, filed, STAFF, "plan_talk", "record_no_talk", "drop")
    opened = open_case(session, STAFF, case_id)
    assert opened.file.state.state.key == "dropped"
    assert opened.file.state.made == {"talk_declined"}
    assert [found.step.reopens for found in opened.possible] == [True]


def test_a_case_goes_on_along_what_was_chosen(school: School) -> None:
    session, _, filed = filed_about_staff(school)
    case_id = walk(session, filed, STAFF)
    file = open_case(session, STAFF, case_id).file
    assert (file.case.procedure, file.state.procedure.frozen) == (
        "staff_intake",
        "staff_written_warning@1",
    )
    assert file.state.taken[0].answers["course"] == "staff_written_warning@1"


@pytest.mark.parametrize(
    ("step", "answers", "said"),
    [
        ("hold_talk", {}, "dossier.step_not_now"),
        ("no_such_step", {}, "dossier.step_not_now"),
        ("plan_talk", {}, "procedures.answer_missing"),
        ("plan_talk", TALK | {"talk_place": "111222333"}, "people.bsn"),
        ("plan_talk", TALK | {"mood": "goed"}, "procedures.not_asked"),
    ],
)
def test_a_step_that_is_not_right_is_not_taken(
    school: School, step: str, answers: dict[str, str | date], said: str
) -> None:
    session, _, filed = filed_about_staff(school)
    case_id = walk(session, filed, STAFF)
    with pytest.raises(Refusal, match=said):
        take_step(session, STAFF, case_id, step, answers)
    assert acts(session, STAFF).count("step_taken") == 1


def test_a_talk_cannot_have_been_held_tomorrow(school: School) -> None:
    session, _, filed = filed_about_staff(school)
    case_id = walk(session, filed, STAFF, "plan_talk")
    answers: Answers = {"talk_day": date(2026, 11, 23), "present": "x", "reaction": "x"}
    with pytest.raises(Refusals, match="day_ahead"):
        take_step(session, STAFF, case_id, "hold_talk", answers)


def test_a_step_with_a_letter_is_taken_by_issuing_it(school: School) -> None:
    session, _, filed = filed_about_staff(school)
    case_id = walk(session, filed, STAFF, "plan_talk", "hold_talk")
    answers: Answers = {key: ANSWERS[key] for key in ("facts", "expected", "review_day")}
    with pytest.raises(Refusal, match="step_writes_letter"):
        take_step(session, STAFF, case_id, "warn", answers)


def test_the_inspector_is_consulted_first(school: School) -> None:
    sent = reported(school, replace(ABOUT_STAFF, categories=("sexual",)))
    session = school.director()
    people = settle_in(session)
    filed = file_report(session, STAFF, sent.id, Filing((people.kees,)))
    assert filed.case is not None
    walk(session, filed, STAFF)
    assert offered(session, filed.case.id)["plan_talk"] == ["dossier.lacks_inspector"]
    call = NewEntry("inspector", date(2026, 11, 22), "Overleg", "Besproken.", filed.case.id)
    add_entry(session, STAFF, filed.dossiers[0].id, call)
    assert offered(session, filed.case.id)["plan_talk"] == []


def test_a_case_is_found_in_its_own_compartment_only(school: School) -> None:
    session, _, filed = filed_about_staff(school)
    assert filed.case is not None
    with pytest.raises(Refusal, match="not_found"):
        open_case(session, PUPILS, filed.case.id)


@pytest.mark.parametrize("role", ["teacher", "administrator"])
def test_nobody_else_opens_a_case(school: School, role: str) -> None:
    _, _, filed = filed_about_staff(school)
    assert filed.case is not None
    session = school.teacher() if role == "teacher" else school.administrator()
    with pytest.raises(Refusal, match="no_grant"):
        open_case(session, STAFF, filed.case.id)
