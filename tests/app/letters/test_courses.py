"""Every course is followed to its end in a real register, with every letter drawn."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from app.days import add_months
from app.dossier.correct import move_term
from app.errors import Refusal
from app.letters.facts import from_json
from app.letters.issue import draft_letter, issue_letter
from app.letters.requests import LetterRequest
from tests.app.dossier.situations import PUPILS, STAFF
from tests.app.letters.courses import PRESS, Course, about_father, about_staff, given

if TYPE_CHECKING:
    from tests.registers import School

YESTERDAY = date(2026, 11, 21)


def templates(course: Course) -> list[str]:
    return [letter.template for letter in course.letters]


def test_a_reprimand_from_intention_to_the_end_of_the_term_for_appeal(school: School) -> None:
    course = about_staff(school, "staff_reprimand")
    course.take("intend", "record_sending")
    assert course.lacks("let_pass") == ["dossier.lacks_term_over"]
    course.wait("staff.views")
    course.take("let_pass", "decide", "record_decision_sending")
    assert course.lacks("close") == ["dossier.lacks_term_over"]
    course.wait("staff.appeal")
    course.take("close")
    assert course.state == "closed"
    assert templates(course) == ["staff_reprimand_intention", "staff_reprimand"]


def test_an_order_that_is_made_longer_is_heard_anew(school: School) -> None:
    course = about_staff(school, "staff_order")
    course.take("intend", "record_sending", "record_views", "decide", "record_decision_sending")
    first = from_json(course.letters[-1].facts)[0].values["starts_on"]
    assert isinstance(first, date)
    course.take("prolong")
    assert course.state == "chosen"
    assert {"staff.appeal", "measure.end"} <= {
        one.term.key for one in course.opened.file.state.running
    }
    course.take("intend", "record_sending")
    course.session = course.school.director()
    assert course.opened.file.state.made.isdisjoint({"views_given"})
    course.take("record_views")
    later = {"starts_on": first + timedelta(days=28), "ends_on": first + timedelta(days=42)}
    step = course.opened.file.state.procedure.step("decide")
    assert step is not None
    answers = {**given(step, school.clock.today()), **later}
    request = LetterRequest(STAFF, course.case_id, "decide", answers)
    found = draft_letter(course.session, request).findings
    assert "letters.too_long" in {one.message.id for one in found}
    course.take("decide", **later)
    assert templates(course)[2:] == ["staff_order_intention", "staff_order"]


@pytest.mark.parametrize("steps", [(), ("intend",), ("intend", "record_sending")])
def test_an_appeal_against_the_first_order_is_a_step_while_a_longer_one_is_heard(
    school: School, steps: tuple[str, ...]
) -> None:
    course = about_staff(school, "staff_order")
    course.take("intend", "record_sending", "record_views")
    assert "record_earlier_appeal" not in course.offered  # there is no decision yet
    course.take("decide", "record_decision_sending", "prolong", *steps)
    here = course.state
    assert "record_earlier_ruling" not in course.offered
    course.take("record_earlier_appeal")
    state = course.opened.file.state
    assert (course.state, "appeal_open" in state.made) == (here, True)
    assert "staff.appeal" not in {one.term.key for one in state.running}
    course.take("record_earlier_ruling")
    assert course.state == here
    assert "record_earlier_ruling" not in course.offered


def test_an_appeal_against_an_order_is_a_step_while_a_dismissal_is_heard(
    school: School,
) -> None:
    course = about_staff(school, "staff_order")
    course.take("intend", "record_sending", "record_views", "decide", "record_decision_sending")
    course.take("take_other_route", course="staff_dismissal@1")
    course.take("ask_lawyer", "record_earlier_appeal", "intend", "record_earlier_ruling")
    assert course.state == "intended"
    course.take("record_sending", "record_views", "settle", "decide")
    assert course.lacks("record_decision_sending") == ["dossier.lacks_second"]


def test_views_that_were_given_shorten_the_way_to_the_decision(school: School) -> None:
    course = about_staff(school, "staff_reprimand")
    course.take("intend", "record_sending", "record_views", "reply", "decide")
    facts, _ = from_json(course.letters[-1].facts)
    assert facts.conditions == {"views_given"}
    assert facts.values["intention_number"] == course.letters[0].number
    assert facts.values["intention_day"] == course.letters[0].issued_on


def test_a_reprimand_that_falls_on_appeal_leaves_a_day_for_its_papers(school: School) -> None:
    course = about_staff(school, "staff_reprimand")
    course.take("intend", "record_sending", "waive", "decide", "record_decision_sending")
    course.take("record_appeal", "record_quashed")
    running = course.opened.file.state.running
    assert (course.state, [one.term.key for one in running]) == (
        "quashed",
        ["removal.unfounded"],
    )


@pytest.mark.parametrize(
    ("key", "begin", "end"),
    [
        ("staff_suspension", ["intend"], ["resume"]),
        ("staff_order", ["intend"], ["review", "resume"]),
    ],
)
def test_a_suspension_to_the_return_and_the_end(
    school: School, key: str, begin: list[str], end: list[str]
) -> None:
    course = about_staff(school, key)
    course.take(*begin, "record_sending", "record_views", "decide", "record_decision_sending")
    course.take(*end)
    course.wait("staff.appeal")
    course.take("close")
    assert templates(course) == [f"{key}_intention", key]


@pytest.mark.parametrize("way", ["settle", "ask_court"])
def test_a_dismissal_by_agreement_or_through_the_court(school: School, way: str) -> None:
    course = about_staff(school, "staff_dismissal")
    assert course.lacks("ask_lawyer") == []
    course.take("ask_lawyer", "intend", "record_sending", "record_views", way, "decide")
    assert course.lacks("record_decision_sending") == ["dossier.lacks_second"]
    facts, _ = from_json(course.letters[-1].facts)
    assert facts.conditions == {"views_given", {"settle": "settled"}.get(way, "court_asked")}


def test_a_dismissal_on_the_spot_is_confirmed_after_it_was_told(school: School) -> None:
    course = about_staff(school, "staff_dismissal_spot")
    course.take("record_known", "hold_talk")
    course.take("tell_reason", told_on=YESTERDAY)
    course.take("confirm")
    facts, _ = from_json(course.letters[-1].facts)
    assert facts.values["court_until"] == add_months(YESTERDAY, 2)
    assert course.lacks("record_decision_sending") == ["dossier.lacks_second"]


def test_a_dismissal_on_the_spot_is_not_confirmed_before_it_was_told(school: School) -> None:
    course = about_staff(school, "staff_dismissal_spot")
    course.take("record_known", "hold_talk")
    with pytest.raises(Refusal, match="step_not_now"):
        course.take("confirm")


def test_a_talk_with_a_member_of_staff(school: School) -> None:
    course = about_staff(school, "staff_talk")
    course.take("invite_by_letter", "hold_talk", "issue_minutes", "record_remarks", "review")
    assert course.state == "closed"
    assert templates(course) == ["staff_invitation", "staff_minutes"]


def test_an_access_ban_to_its_end(school: School) -> None:
    course = about_father(school, "guardian_ban")
    course.take("intend", "record_sending")
    assert course.lacks("let_pass") == ["dossier.lacks_term_over"]
    course.take("record_views", "reply")
    assert course.lacks("decide") == ["dossier.lacks_police"]
    course.take("settle_police", "decide")
    assert [one.step.id for one in course.opened.possible] == ["tell_orally"]
    course.take("tell_orally", "record_decision_sending", "record_visit", "look_back")
    course.take("record_objection", "answer_objection", "end_ban")
    assert course.state == "closed"
    assert templates(course) == [
        "guardian_ban_intention",
        "guardian_reply",
        "guardian_ban",
        "guardian_reply",
        "guardian_ban_end",
    ]
    facts, _ = from_json(course.letters[-1].facts)
    assert facts.values["decision_number"] == course.letters[2].number


def test_conduct_agreements_to_their_end(school: School) -> None:
    course = about_father(school, "guardian_agreement")
    course.take("plan_talk", "hold_talk", "propose", "record_unsigned", "propose")
    course.take("record_signed", "look_back", "close")
    assert templates(course) == ["guardian_agreement", "guardian_agreement"]


def test_a_talk_with_a_parent_that_did_not_take_place_is_offered_again(school: School) -> None:
    course = about_father(school, "guardian_talk")
    course.take("invite_by_letter", "record_no_talk", "plan_talk", "hold_talk", "close")
    assert course.state == "closed"


@pytest.mark.parametrize("course", ["staff_reprimand", "staff_order", "staff_written_warning"])
def test_an_unfounded_report_is_told_and_leaves_early(school: School, course: str) -> None:
    case = about_staff(school, course)
    case.take("find_unfounded", "tell")
    facts, _ = from_json(case.letters[-1].facts)
    assert facts.conditions == {"unfounded"}
    assert [one.term.key for one in case.opened.file.state.running] == ["removal.unfounded"]


def test_a_report_about_a_parent_that_is_not_pursued_says_nothing_of_removal(
    school: School,
) -> None:
    case = about_father(school, "guardian_ban")
    case.take("drop", "tell")
    facts, _ = from_json(case.letters[-1].facts)
    assert facts.conditions == frozenset()
    assert "removal_day" not in facts.values


def test_a_lighter_measure_after_the_hearing_needs_a_hearing_of_its_own(school: School) -> None:
    course = about_staff(school, "staff_suspension")
    course.take("intend", "record_sending", "record_views")
    course.take("take_other_route", course="staff_reprimand@1")
    course.take("intend", "record_sending")
    assert "dossier.lacks_term_over" in course.lacks("let_pass")
    with pytest.raises(Refusal, match="step_not_now"):
        course.take("decide")


def test_a_decision_is_corrected_and_keeps_how_it_goes(school: School) -> None:
    course = about_staff(school, "staff_reprimand")
    course.take("intend", "record_sending", "record_views", "decide")
    old = course.letters[-1]
    request = LetterRequest(
        course.compartment,
        course.case_id,
        "decide",
        {"weighing": "Ook het gesprek van september telt mee."},
        replaces=old.id,
        reason="Een afweging ontbrak.",
    )
    new = issue_letter(course.session, PRESS, request)
    was, now = from_json(old.facts)[0], from_json(new.facts)[0]
    assert now.values["sending"] == was.values["sending"] == "aangetekende en gewone post"
    assert (now.values["intention_number"], now.replaces) == (
        was.values["intention_number"],
        old.number,
    )


def test_an_intention_does_not_say_that_somebody_was_heard(school: School) -> None:
    course = about_staff(school, "staff_reprimand")
    intend = LetterRequest(course.compartment, course.case_id, "intend")
    before = draft_letter(course.session, intend)
    assert before.not_looked_at == {"letters.ok_heard"}
    assert "letters.not_heard" not in {found.message.id for found in before.findings}
    decide = LetterRequest(course.compartment, course.case_id, "decide")
    after = draft_letter(course.session, decide)
    assert after.not_looked_at == frozenset()
    assert "letters.not_heard" in {found.message.id for found in after.findings}


def test_a_letter_says_of_the_last_hearing_alone_how_it_went(school: School) -> None:
    course = about_staff(school, "staff_talk")
    course.take("plan_talk", "hold_talk")
    course.take("take_other_route", course="staff_written_warning@1")
    course.take("plan_talk", "record_no_talk", "warn")
    facts, _ = from_json(course.letters[-1].facts)
    assert facts.conditions == {"talk_declined"}


def test_views_that_came_in_a_second_course_are_not_those_that_did_not_in_the_first(
    school: School,
) -> None:
    course = about_staff(school, "staff_order")
    course.take("intend", "record_sending")
    course.wait("staff.order_views")
    course.take("let_pass")
    course.take("take_other_route", course="staff_reprimand@1")
    course.take("intend", "record_sending", "record_views", "decide")
    facts, _ = from_json(course.letters[-1].facts)
    assert facts.conditions == {"views_given"}


def test_what_was_unfounded_is_not_so_after_the_case_was_opened_again(school: School) -> None:
    case = about_staff(school, "staff_talk")
    case.take("find_unfounded", "close_untold", "reopen")
    assert case.opened.file.state.running == ()
    case.take("drop", "tell")
    facts, _ = from_json(case.letters[-1].facts)
    assert facts.conditions == frozenset()


def test_an_agreement_after_the_court_refused_is_all_that_the_letter_names(
    school: School,
) -> None:
    course = about_staff(school, "staff_dismissal")
    course.take("ask_lawyer", "intend", "record_sending", "record_views", "ask_court", "decide")
    course.second()
    course.take("record_decision_sending", "record_refused", "settle", "decide")
    facts, _ = from_json(course.letters[-1].facts)
    assert facts.conditions == {"views_given", "settled"}


def test_whether_the_police_get_a_copy_is_weighed_for_each_ban(school: School) -> None:
    course = about_father(school, "guardian_ban")
    course.take("intend", "record_sending", "record_views", "settle_police")
    course.take("take_other_route", course="guardian_ban@1")
    course.take("intend", "record_sending", "record_views")
    assert course.lacks("decide") == ["dossier.lacks_police"]


def test_the_day_that_a_decision_named_is_not_moved(school: School) -> None:
    course = about_father(school, "guardian_ban")
    course.take("intend", "record_sending", "record_views", "settle_police", "decide")
    running = course.opened.file.state.running
    (end,) = (term for term in running if term.term.key == "measure.end")
    later = end.due_on + timedelta(days=7)
    with pytest.raises(Refusal, match="term_stays"):
        move_term(course.session, PUPILS, course.case_id, "measure.end", later, "Zomaar.")
