"""Telling the authority is said once, and stands in the case and at the publication."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.dossier.steps import open_case
from app.duties.settle import Settling, case_duties, settle_duty
from app.errors import Refusal
from app.publications.board import publication_view
from app.publications.both import settle_for_both
from app.publications.steps import note_notice, take_back_answer, undo_notice
from app.publications.told import NOTICE_DUTY
from app.record import Compartment
from tests.app.publications.test_told import DAY, PUPILS, answer, at, filed

if TYPE_CHECKING:
    from app.duties.radar import DutyState
    from app.ports import Session
    from app.publications.records import BreachAnswer
    from tests.registers import School

__all__ = ["answer", "at"]

TOLD = Settling("done", DAY, "J. de Wit", "AP-2026-17", "Wat er precies is gebeurd.")
AWAY = Settling("reasoned", note="Bram zelf vond het niet erg.")


@pytest.fixture
def case(school: School, answer: BreachAnswer) -> tuple[Session, str]:
    """The director, and the case about the parent who published it."""
    session = school.director()
    found = filed(session, "guardian").case
    assert found is not None
    return session, found.id


def duty(session: Session, case_id: str) -> DutyState:
    found = case_duties(session, PUPILS, case_id).duties
    return next(one for one in found if one.duty.key == NOTICE_DUTY)


def standing(session: Session, answer: BreachAnswer) -> BreachAnswer:
    view = publication_view(session, answer.publication_id)
    assert view is not None
    assert view.question is not None
    assert view.question.answer is not None
    return view.question.answer


def say(case: tuple[Session, str], settling: Settling) -> None:
    settle_for_both(case[0], PUPILS, case[1], NOTICE_DUTY, settling)


def test_what_was_said_at_the_publication_settles_the_duty_of_the_case(
    case: tuple[Session, str], answer: BreachAnswer
) -> None:
    session, _ = case
    assert duty(*case).is_open
    note_notice(session, answer.publication_id, told=True, told_on=DAY, how="AP-1")
    found = duty(*case)
    assert (found.status, found.is_open, found.fact) == ("done", False, None)
    assert found.notice is not None
    assert (found.notice.title, found.notice.told_on, found.notice.how, found.notice.by) == (
        *("Herfstwandeling", DAY, "AP-1"),
        session.user.name,
    )
    with pytest.raises(Refusal, match="known_by_publication"):
        say(case, TOLD)


def test_that_it_need_not_be_told_is_a_reason_in_the_case(
    case: tuple[Session, str], answer: BreachAnswer
) -> None:
    noted = note_notice(case[0], answer.publication_id, told=False, told_on=None, how="Klein.")
    assert (duty(*case).status, duty(*case).is_open) == ("reasoned", False)
    undo_notice(case[0], noted)
    assert duty(*case).is_open


def test_what_was_said_before_there_was_a_case_counts_too(
    school: School, answer: BreachAnswer
) -> None:
    session = school.director()
    note_notice(session, answer.publication_id, told=True, told_on=DAY, how="AP-1")
    found = filed(session, "guardian").case
    assert found is not None
    assert not duty(session, found.id).is_open


def test_what_is_said_in_the_case_stops_the_clock_of_the_publication(
    case: tuple[Session, str], answer: BreachAnswer
) -> None:
    say(case, TOLD)
    found = standing(case[0], answer)
    assert (found.told_on, found.told_how, found.waits) == (DAY, "AP-2026-17", False)
    assert duty(*case).notice is None  # it was recorded here


def test_nothing_of_the_case_reaches_the_office(
    school: School, case: tuple[Session, str], answer: BreachAnswer
) -> None:
    number = open_case(case[0], PUPILS, case[1]).file.case.number
    say(case, AWAY)
    found = standing(school.administrator(), answer)
    assert found.told_how == "De directeur heeft afgewogen dat melden niet nodig is."
    said = f"{found.told_how} {found.reason} {found.noted_by}"
    assert not any(word in said for word in (number, "zaak", "dossier", "Bram"))


@pytest.mark.parametrize("first", [TOLD, AWAY])
def test_a_correction_in_the_case_corrects_the_publication(
    case: tuple[Session, str], answer: BreachAnswer, first: Settling
) -> None:
    say(case, first)
    say(case, replace(TOLD, with_whom="AP-2", reason="Verkeerd nummer."))
    assert standing(case[0], answer).told_how == "AP-2"
    say(case, Settling("open", reason="Niet gelukt."))
    assert standing(case[0], answer).waits
    assert duty(*case).is_open


def test_a_plan_says_nothing_at_the_publication(
    case: tuple[Session, str], answer: BreachAnswer
) -> None:
    say(case, Settling("planned", DAY + timedelta(days=1)))
    assert standing(case[0], answer).waits
    note_notice(case[0], answer.publication_id, told=True, told_on=DAY, how="AP-1")
    assert not duty(*case).is_open


def test_another_duty_says_nothing_at_the_publication(
    case: tuple[Session, str], answer: BreachAnswer
) -> None:
    settle_for_both(case[0], PUPILS, case[1], "data_breach_kept", TOLD)
    assert standing(case[0], answer).waits


def test_what_stands_at_both_is_left_as_it_is(
    case: tuple[Session, str], answer: BreachAnswer
) -> None:
    settle_duty(case[0], PUPILS, case[1], NOTICE_DUTY, TOLD)
    note_notice(case[0], answer.publication_id, told=True, told_on=DAY, how="AP-1")
    say(case, Settling("open", reason="Toch niet."))
    assert standing(case[0], answer).told_how == "AP-1"
    assert duty(*case).is_open  # said here after it was said there


def test_a_question_that_is_open_again_settles_nothing(
    school: School, case: tuple[Session, str], answer: BreachAnswer
) -> None:
    noted = note_notice(case[0], answer.publication_id, told=True, told_on=DAY, how="AP-1")
    take_back_answer(school.administrator(), noted)
    assert duty(school.director(), case[1]).is_open
    with school.director().look(Compartment.CONSENT) as reader:
        assert reader.head().number
    say((school.director(), case[1]), TOLD)  # nothing to pass on
    assert not duty(school.director(), case[1]).is_open
