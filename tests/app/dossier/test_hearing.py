"""Terms that run beside each other, a hearing that is waited for, and cases opened again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from app.dossier.possible import possible_steps
from app.errors import Refusal, Refusals
from app.letters.issue import issue_letter
from app.procedures.procedure import load_procedure
from app.procedures.soundness import flaws, vocabulary
from tests.app.dossier.hearing import KEY, begun, lacking, opened, take
from tests.app.letters.test_issuing import PRESS, to_staff

if TYPE_CHECKING:
    from tests.registers import School

pytestmark = pytest.mark.usefixtures("hearing")
SENT = {"sent_on": date(2026, 11, 20), "sent_how": "registered"}


def at(school: School, day: date) -> None:
    school.clock.set(datetime(day.year, day.month, day.day, 10, 0, tzinfo=UTC))


def test_the_practice_procedure_is_sound() -> None:
    assert flaws(load_procedure(KEY), vocabulary()) == ()


def test_a_term_counts_from_the_day_of_sending(school: School) -> None:
    session = school.director()
    step = take(session, begun(session), "announce", **SENT)
    assert (step.term, step.due_on) == ("staff.views", date(2026, 12, 11))


def test_several_terms_run_beside_each_other(school: School) -> None:
    session = school.director()
    case_id = begun(session)
    take(session, case_id, "announce", **SENT)
    take(session, case_id, "plan_talk")
    state = opened(session, case_id).file.state
    assert [(t.term.key, t.due_on) for t in state.running] == [
        ("talk.within", date(2026, 12, 7)),
        ("staff.views", date(2026, 12, 11)),
    ]
    assert state.due_on == date(2026, 12, 7)


@pytest.mark.parametrize(
    ("day", "lacks"),
    [
        (date(2026, 11, 22), ["dossier.lacks_term_run"]),
        (date(2026, 12, 11), ["dossier.lacks_term_run"]),
        (date(2026, 12, 12), []),
    ],
)
def test_no_decision_before_the_term_for_views_has_run(
    school: School, day: date, lacks: list[str]
) -> None:
    session = school.director()
    case_id = begun(session)
    take(session, case_id, "announce", **SENT)
    at(school, day)
    assert lacking(session, case_id, "decide") == lacks
    if lacks:
        with pytest.raises(Refusal, match="lacks_term_run") as refused:
            take(session, case_id, "decide", decided_on=day)
        assert refused.value.message.values["first"] == date(2026, 12, 12)


def test_a_term_that_nothing_can_replace_says_its_day_alone(school: School) -> None:
    session = school.director()
    case_id = begun(session)
    take(session, case_id, "announce", **SENT)
    file = opened(session, case_id).file
    steps = tuple(replace(step, unless=()) for step in file.state.procedure.steps)
    state = replace(file.state, procedure=replace(file.state.procedure, steps=steps))
    found = possible_steps(state, file.facts, ("director",), date(2026, 11, 22))
    lacks = {one.step.id: [message.id for message in one.lacks] for one in found}
    assert lacks["decide"] == ["dossier.lacks_term_over"]


@pytest.mark.parametrize(
    ("step", "answers"),
    [
        ("take_views", {"views": "Ik zag het anders."}),
        ("take_waiver", {"waiver_proof": "reply"}),
    ],
)
def test_who_was_heard_or_waives_is_not_waited_for(
    school: School, step: str, answers: dict[str, str]
) -> None:
    session = school.director()
    case_id = begun(session)
    take(session, case_id, "announce", **SENT)
    take(session, case_id, step, **answers)
    assert lacking(session, case_id, "decide") == []
    assert [t.term.key for t in opened(session, case_id).file.state.running] == []


def test_views_on_an_older_intention_do_not_count(school: School) -> None:
    session = school.director()
    case_id = begun(session)
    take(session, case_id, "announce", **SENT)
    take(session, case_id, "take_views", views="Ik zag het anders.")
    take(session, case_id, "announce", **{**SENT, "sent_on": date(2026, 11, 22)})
    assert lacking(session, case_id, "decide") == ["dossier.lacks_term_run"]
    assert opened(session, case_id).file.state.made == {"hearing_offered"}


def test_without_an_intention_there_is_no_decision(school: School) -> None:
    session = school.director()
    case_id = begun(session)
    with pytest.raises(Refusal, match="step_not_now"):
        take(session, case_id, "decide", decided_on=date(2026, 11, 22))


def test_a_closed_case_is_opened_again_with_a_reason_only(school: School) -> None:
    session = school.director()
    case_id = begun(session)
    take(session, case_id, "announce", **SENT)
    take(session, case_id, "plan_talk")
    take(session, case_id, "drop", grounds="Het was een misverstand.")
    closed = opened(session, case_id)
    assert (closed.file.state.closed, closed.file.state.running) == (True, ())
    assert [one.step.id for one in closed.possible] == ["reopen"]
    with pytest.raises(Refusals, match="answer_missing"):
        take(session, case_id, "reopen")
    take(session, case_id, "reopen", reopen_reason="Er is een tweede melding.")
    again = opened(session, case_id).file.state
    assert (again.closed, again.state.key, len(again.taken)) == (False, "filed", 4)
    assert again.made == {"hearing_offered"}


def test_what_cannot_be_chosen_is_refused(school: School) -> None:
    session = school.director()
    case_id = begun(session)
    with pytest.raises(Refusals, match="answer_unfit"):
        take(session, case_id, "announce", **{**SENT, "sent_how": "pigeon"})
    with pytest.raises(Refusals, match="day_ahead"):
        take(session, case_id, "announce", **{**SENT, "sent_on": date(2026, 11, 23)})


def test_a_decision_does_not_lie_before_the_intention(school: School) -> None:
    session = school.director()
    case_id = begun(session)
    take(session, case_id, "announce", **SENT)
    take(session, case_id, "take_views", views="Ik zag het anders.")
    with pytest.raises(Refusals, match="day_too_early") as refused:
        take(session, case_id, "decide", decided_on=date(2026, 11, 19))
    assert refused.value.found[0].message.values == {"day": date(2026, 11, 20)}
    take(session, case_id, "decide", decided_on=date(2026, 11, 20))


def test_what_may_stay_open_may_be_said(school: School) -> None:
    session = school.director()
    case_id = begun(session)
    take(session, case_id, "announce", remark="  twee   bladen ", **SENT)
    assert opened(session, case_id).file.state.answers["remark"] == "twee bladen"


def test_a_decision_that_falls_on_a_holiday_is_one(school: School) -> None:
    session = school.director()
    case_id = begun(session)
    take(session, case_id, "announce", **SENT)
    at(school, date(2026, 12, 25))
    step = take(session, case_id, "decide", decided_on=date(2026, 12, 25))
    assert step.due_on == date(2027, 2, 5)


def test_a_month_that_is_too_short_ends_on_its_last_day(school: School) -> None:
    session = school.director()
    at(school, date(2027, 12, 1))
    case_id = begun(session)
    take(session, case_id, "announce", sent_on=date(2027, 11, 30), sent_how="registered")
    assert opened(session, case_id).file.state.due_on == date(2027, 12, 21)


def test_a_letter_is_not_sent_before_it_was_issued(school: School) -> None:
    session, _, request = to_staff(school)
    issue_letter(session, PRESS, request)
    case_id = request.case_id
    proof = {"sending": "registered", "proof_kind": "post_receipt", "proof": "nummer 3S1"}
    with pytest.raises(Refusals, match="day_too_early"):
        take(session, case_id, "record_sending", **proof, sent_on=date(2026, 11, 21))
    take(session, case_id, "record_sending", **proof, sent_on=date(2026, 11, 22))
