"""One data breach, said at the publication and in its case, and to nobody who opens no dossier."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from app.dossier.inbox import Filing, Person, file_report, waiting
from app.duties.settle import Settling, Weighed, settle_duty, weigh
from app.errors import Refusal
from app.ids import new_id
from app.people.records import Pupil
from app.publications.board import publication_view
from app.publications.record import record_publication
from app.publications.steps import answer_breach, note_notice, take_back_answer, undo_notice
from app.publications.tasks import open_tasks
from app.publications.told import (
    ASIDE,
    IN_CASE,
    NO_CASE,
    OTHERS,
    WAITS,
    ToldBreach,
    became_of,
    told_publication,
)
from app.record import Compartment
from tests.app.dossier.test_filing import acts
from tests.app.publications.deeds import told as begun
from tests.journeys.families import add_family

if TYPE_CHECKING:
    from app.dossier.inbox import FiledReport
    from app.ports import Session
    from app.publications.records import BreachAnswer
    from tests.app.publications.deeds import Told
    from tests.registers import School

REASON = "Het stond een week openbaar."
DAY = date(2026, 11, 22)
PUPILS = Compartment.PUPIL_DOSSIER


@pytest.fixture
def at(school: School) -> Told:
    return begun(school.administrator())


@pytest.fixture
def answer(at: Told) -> BreachAnswer:
    """A publication that the office answered to be a data breach."""
    bram = add_family(at.session, at.place, "Bram")
    noticed_at = at.session.clock.now() - timedelta(hours=30)
    draft = at.draft(subjects=(bram.pupil.id,), found_at=noticed_at)
    one = record_publication(at.session, draft).publication_id
    return answer_breach(at.session, one, breach=True, reason=REASON)


def became(session: Session, answer: BreachAnswer) -> tuple[ToldBreach, ...]:
    view = publication_view(session, answer.publication_id)
    assert view is not None
    return became_of(session, view)


def filed(session: Session, kind: str = "other") -> FiledReport:
    """The director files what was told into the dossier of the child."""
    (line,) = waiting(session)
    filing = Filing(_bram(session), actor_kind=kind)
    return file_report(session, line.compartment, line.id, filing)


def _bram(session: Session) -> tuple[Person, ...]:
    with session.look(Compartment.CONSENT) as reader:
        found = next(one for one in reader.all(Pupil) if one.first_name == "Bram")
    return (Person(found.id, "Bram van der Wal"),)


def test_the_time_runs_on_until_a_director_says_what_became_of_it(
    school: School, answer: BreachAnswer
) -> None:
    session = school.director()
    (task,) = open_tasks(session)
    assert task.question is not None
    assert (task.question.answer, task.urgent) == (answer, True)
    note_notice(session, answer.publication_id, told=True, told_on=DAY, how="AP-2026-17")
    (task,) = open_tasks(session)  # it still is to be taken down
    assert task.question is None


def test_that_it_need_not_be_told_is_said_with_the_reason(
    school: School, answer: BreachAnswer
) -> None:
    session = school.director()
    why = "Een risico is onwaarschijnlijk."
    noted = note_notice(session, answer.publication_id, told=False, told_on=DAY, how=why)
    assert (noted.told_on, noted.told_how, noted.waits) == (None, why, False)
    undo_notice(session, noted)
    (task,) = open_tasks(session)
    assert task.question is not None
    assert task.question.answer is not None
    assert task.question.answer.waits


@pytest.mark.parametrize(
    ("told", "told_on", "how", "text"),
    [
        (False, None, " ", "no_reason"),
        (True, None, "AP-1", "day_missing"),
        (True, date(2026, 11, 23), "AP-1", "day_ahead"),
        (False, None, "x" * 5000, "long"),
        (False, None, "nummer 111222333", "bsn"),
    ],
)
def test_what_is_not_right_is_refused(
    school: School,
    answer: BreachAnswer,
    *,
    told: bool,
    told_on: date | None,
    how: str,
    text: str,
) -> None:
    session, id = school.director(), answer.publication_id
    with pytest.raises(Refusal, match=text):
        note_notice(session, id, told=told, told_on=told_on, how=how)


def test_the_office_does_not_decide_about_telling(at: Told, answer: BreachAnswer) -> None:
    with pytest.raises(Refusal, match="only_directors"):
        note_notice(at.session, answer.publication_id, told=False, told_on=None, how="Nee.")


def test_what_was_answered_to_be_none_is_told_to_nobody(
    school: School, at: Told, answer: BreachAnswer
) -> None:
    answer_breach(at.session, answer.publication_id, breach=False, reason="Toch niet.")
    with pytest.raises(Refusal, match="no_breach"):
        note_notice(
            school.director(), answer.publication_id, told=False, told_on=None, how="Nee."
        )


def test_a_publication_says_where_its_report_stands(
    school: School, answer: BreachAnswer
) -> None:
    session = school.director()
    assert [one.where for one in became(session, answer)] == [WAITS]
    filed(session)
    assert [one.where for one in became(session, answer)] == [NO_CASE]


def test_a_case_about_it_asks_to_tell_the_authority(
    school: School, answer: BreachAnswer
) -> None:
    session = school.director()
    done = filed(session, "guardian")
    assert done.breach.publication_id == answer.publication_id
    assert done.case is not None
    (found,) = became(session, answer)
    assert (found.where, found.number) == (IN_CASE, done.case.number)
    assert found.duty is not None
    assert found.duty.is_open
    assert acts(session, PUPILS)[-1] == "case_read"
    told_it = Settling("done", date(2026, 11, 22), "J. de Wit", "AP", "Gemeld.")
    settle_duty(session, PUPILS, done.case.id, "authority_told", told_it)
    (found,) = became(session, answer)
    assert found.duty is not None
    assert not found.duty.is_open
    weigh(session, PUPILS, done.case.id, Weighed((), "no", "no", "Geen risico."))
    assert [one.where for one in became(session, answer)] == [ASIDE]


def test_a_case_says_what_stands_at_its_publication_now(
    school: School, at: Told, answer: BreachAnswer
) -> None:
    found = told_publication(school.director(), answer.publication_id)
    assert found is not None
    assert (found.title, found.breach, found.reason) == ("Herfstwandeling", True, REASON)
    take_back_answer(school.administrator(), answer)
    found = told_publication(school.director(), answer.publication_id)
    assert found is not None
    assert found.breach is None
    assert told_publication(school.director(), "") is None


def test_who_is_concerned_learns_that_somebody_else_deals_with_it(
    school: School, answer: BreachAnswer
) -> None:
    session = school.director()
    done = filed(session, "guardian")
    assert done.case is not None
    with session.work(PUPILS, "dossier_read") as work:
        about = replace(
            done.breach, id=new_id(), report_id=new_id(), actor_user=session.user.id
        )
        case = replace(done.case, id=new_id(), number="2026-900", breach_id=about.id)
        work.add(about, case)
        work.commit()
    assert sorted(one.where for one in became(session, answer)) == [IN_CASE, OTHERS]
    assert all(one.number != "2026-900" for one in became(session, answer))


def test_who_opens_no_dossier_learns_of_no_case(
    school: School, at: Told, answer: BreachAnswer
) -> None:
    filed(school.director(), "guardian")
    session = school.administrator()
    assert became(session, answer) == ()
    assert told_publication(school.teacher(), answer.publication_id) is None
