"""A wrong step is answered by a later fact: answers anew, a step taken back, a term moved."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from app.dossier.case import fold, step_digest
from app.dossier.correct import correct_step, move_term, take_back
from app.dossier.records import Step
from app.errors import Refusal, Refusals
from app.letters.issue import issue_letter
from app.procedures.procedure import load_procedure
from tests.app.dossier.hearing import begun, lacking, opened, take
from tests.app.dossier.samples import ANSWERS, CASE, NOW
from tests.app.dossier.situations import STAFF, filed_about_staff, walk
from tests.app.dossier.test_filing import acts
from tests.app.letters.test_issuing import PRESS, to_staff

if TYPE_CHECKING:
    from app.ports import Session
    from app.procedures.answers import Answers
    from tests.registers import School

pytestmark = pytest.mark.usefixtures("hearing")
SENT: Answers = {"sent_on": date(2026, 11, 20), "sent_how": "registered"}
EARLIER: Answers = {**SENT, "sent_on": date(2026, 11, 18)}


def announced(session: Session) -> tuple[str, str]:
    """A case with an intention that was sent; ids of the case and of that step."""
    case_id = begun(session)
    return case_id, take(session, case_id, "announce", **SENT).id


def kept(session: Session, case_id: str) -> list[Step]:
    with session.look(STAFF) as reader:
        return sorted(reader.all(Step, case_id=case_id), key=lambda step: step.position)


def test_a_correction_computes_the_term_again_and_keeps_both(school: School) -> None:
    session = school.director()
    case_id, step_id = announced(session)
    correct_step(session, STAFF, case_id, step_id, EARLIER, "Het poststempel zegt de 18e.")
    state = opened(session, case_id).file.state
    assert (state.due_on, state.answers["sent_on"]) == (date(2026, 12, 9), date(2026, 11, 18))
    assert [one.reason for one in state.taken[0].corrections] == [
        "Het poststempel zegt de 18e."
    ]
    first, second = kept(session, case_id)
    assert (first.due_on, second.kind, second.replaces) == (
        date(2026, 12, 11),
        "corrected",
        first.id,
    )
    assert acts(session, STAFF)[-2] == "step_corrected"


def test_the_newest_correction_counts(school: School) -> None:
    session = school.director()
    case_id, step_id = announced(session)
    correct_step(session, STAFF, case_id, step_id, EARLIER, "Verkeerd gelezen.")
    correct_step(session, STAFF, case_id, step_id, SENT, "Toch goed gelezen.")
    assert opened(session, case_id).file.state.due_on == date(2026, 12, 11)


def test_a_decision_that_proves_too_early_is_marked(school: School) -> None:
    session = school.director()
    case_id, step_id = announced(session)
    school.clock.set(datetime(2026, 12, 12, 10, tzinfo=UTC))
    take(session, case_id, "decide", decided_on=date(2026, 12, 12))
    assert not opened(session, case_id).file.state.taken[1].early
    later: Answers = {**SENT, "sent_on": date(2026, 11, 24)}
    correct_step(session, STAFF, case_id, step_id, later, "De post ging later weg.")
    assert opened(session, case_id).file.state.taken[1].early


@pytest.mark.parametrize(
    ("answers", "reason", "said"),
    [
        (SENT, "Zomaar.", "dossier.nothing_changed"),
        (EARLIER, " ", "dossier.reason_missing"),
        ({**SENT, "sent_on": date(2026, 11, 23)}, "Zomaar.", "procedures.day_ahead"),
        ({"sent_how": "registered"}, "Zomaar.", "procedures.answer_missing"),
        ({**EARLIER, "course": "x"}, "Zomaar.", "procedures.not_asked"),
    ],
)
def test_a_correction_that_is_not_right_is_not_kept(
    school: School, answers: Answers, reason: str, said: str
) -> None:
    session = school.director()
    case_id, step_id = announced(session)
    with pytest.raises(Refusal, match=said):
        correct_step(session, STAFF, case_id, step_id, answers, reason)
    assert len(kept(session, case_id)) == 1


def test_a_course_is_not_corrected(school: School) -> None:
    session, _, filed = filed_about_staff(school)
    case_id = walk(session, filed, STAFF)
    step_id = opened(session, case_id).file.state.taken[0].record.id
    other: Answers = {"course": "staff_intake@1", "course_grounds": "Toch anders."}
    with pytest.raises(Refusal, match="course_stands"):
        correct_step(session, STAFF, case_id, step_id, other, "Anders.")
    grounds: Answers = {"course_grounds": "Beter gezegd."}
    correct_step(session, STAFF, case_id, step_id, grounds, "Beter gezegd.")
    state = opened(session, case_id).file.state
    assert (state.procedure.key, state.answers["course_grounds"]) == (
        "staff_written_warning",
        "Beter gezegd.",
    )


def test_the_newest_step_is_taken_back(school: School) -> None:
    session = school.director()
    case_id, _ = announced(session)
    views = take(session, case_id, "take_views", views="In de verkeerde zaak gezet.")
    take_back(session, STAFF, case_id, views.id, "Dit was een andere zaak.")
    state = opened(session, case_id).file.state
    assert [taken.step.id for taken in state.taken] == ["announce"]
    assert state.made == {"hearing_offered"}
    assert state.due_on == date(2026, 12, 11)
    assert lacking(session, case_id, "decide") == ["dossier.lacks_term_run"]
    assert [one.kind for one in kept(session, case_id)] == ["taken", "taken", "taken_back"]


def test_what_was_taken_back_stays_readable(school: School) -> None:
    session, _, filed = filed_about_staff(school)
    case_id = walk(session, filed, STAFF)
    chosen = opened(session, case_id).file.state.taken[0].record
    take_back(session, STAFF, case_id, chosen.id, "Toch een ander gesprek.")
    state = opened(session, case_id).file.state
    assert (state.procedure.key, state.taken) == ("staff_intake", ())
    (undone,) = state.undone
    assert (undone.step.id, undone.answers["course_grounds"], undone.back.reason) == (
        "choose_course",
        ANSWERS["course_grounds"],
        "Toch een ander gesprek.",
    )


def test_a_step_of_a_course_that_was_left_again_is_named(school: School) -> None:
    session, _, filed = filed_about_staff(school)
    case_id = walk(session, filed, STAFF, "plan_talk")
    for _ in range(2):
        newest = opened(session, case_id).file.state.taken[-1].record
        take_back(session, STAFF, case_id, newest.id, "Opnieuw.")
    undone = opened(session, case_id).file.state.undone
    assert [one.step.name.nl for one in undone] == [
        "Gesprek plannen",
        "Kiezen hoe het verder gaat",
    ]


def test_an_older_step_is_not_taken_back(school: School) -> None:
    session = school.director()
    case_id, step_id = announced(session)
    take(session, case_id, "plan_talk")
    with pytest.raises(Refusal, match="not_the_newest"):
        take_back(session, STAFF, case_id, step_id, "Zomaar.")


def test_a_step_can_follow_one_that_was_taken_back(school: School) -> None:
    session = school.director()
    case_id, step_id = announced(session)
    take_back(session, STAFF, case_id, step_id, "Nog niet verzonden.")
    take(session, case_id, "announce", **EARLIER)
    assert opened(session, case_id).file.state.due_on == date(2026, 12, 9)


def test_a_soft_term_moves_with_a_reason(school: School) -> None:
    session = school.director()
    case_id, _ = announced(session)
    take(session, case_id, "plan_talk")
    move_term(session, STAFF, case_id, "talk.within", date(2026, 12, 14), "Ziekte.")
    term = opened(session, case_id).file.state.running[1]
    assert (term.due_on, term.computed_on, term.moved) == (
        date(2026, 12, 14),
        date(2026, 12, 7),
        "Ziekte.",
    )


def test_a_moved_term_never_ends_before_a_day_computed_again() -> None:
    sent, began, moved = date(2026, 11, 23), date(2026, 12, 7), date(2026, 12, 9)
    procedure = load_procedure("guardian_ban")
    procedure = replace(procedure, start="intended")
    case = replace(CASE, procedure=procedure.key)
    first = Step(
        id="1" * 32,
        case_id=case.id,
        position=1,
        step="record_sending",
        taken_on=sent,
        by="H. Vermeer",
        recorded_at=NOW,
        term="guardian.ban_views",
        due_on=date(2026, 11, 30),
    )
    later = replace(first, id="2" * 32, position=2, kind="term_moved", step="", due_on=moved)
    later = replace(later, previous=step_digest(first), reason="Ziekte.")
    third = replace(first, id="3" * 32, position=3, kind="corrected", replaces=first.id)
    terms = json.dumps({first.id: (began + timedelta(days=7)).isoformat()})
    third = replace(third, previous=step_digest(later), terms=terms, due_on=None)
    (before,) = fold(procedure, case, (first, later)).running
    (after,) = fold(procedure, case, (first, later, third)).running
    assert (before.due_on, after.due_on) == (moved, date(2026, 12, 14))


@pytest.mark.parametrize(
    ("key", "day", "reason", "said"),
    [
        ("staff.views", date(2026, 12, 14), "Zomaar.", "dossier.term_stays"),
        ("talk.within", date(2026, 12, 14), "", "dossier.reason_missing"),
        ("talk.within", date(2026, 12, 7), "Zomaar.", "dossier.term_not_later"),
        ("talk.within", None, "Zomaar.", "dossier.day_missing"),
        ("staff.appeal", date(2026, 12, 14), "Zomaar.", "register.not_found"),
    ],
)
def test_a_term_that_may_not_move_stays(
    school: School, key: str, day: date | None, reason: str, said: str
) -> None:
    session = school.director()
    case_id, _ = announced(session)
    take(session, case_id, "plan_talk")
    with pytest.raises(Refusal, match=said):
        move_term(session, STAFF, case_id, key, day, reason)
    assert opened(session, case_id).file.state.due_on == date(2026, 12, 7)


def test_a_step_with_a_letter_is_corrected_by_a_letter(school: School) -> None:
    session, _, request = to_staff(school)
    issue_letter(session, PRESS, request)
    case_id = request.case_id
    step_id = opened(session, case_id).file.state.taken[-1].record.id
    with pytest.raises(Refusal, match="letter_stands"):
        correct_step(session, STAFF, case_id, step_id, ANSWERS, "Zomaar.")
    with pytest.raises(Refusal, match="letter_stands"):
        take_back(session, STAFF, case_id, step_id, "Zomaar.")


def test_what_does_not_stand_cannot_be_corrected(school: School) -> None:
    session = school.director()
    case_id, step_id = announced(session)
    take_back(session, STAFF, case_id, step_id, "Nog niet verzonden.")
    with pytest.raises(Refusal, match="not_found"):
        correct_step(session, STAFF, case_id, step_id, EARLIER, "Zomaar.")
    with pytest.raises(Refusals, match="reason_missing"):
        take_back(session, STAFF, case_id, take(session, case_id, "announce", **SENT).id, "")
