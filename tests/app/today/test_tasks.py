"""The start page: figures and tasks that follow from the register."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from app.consent.records import Answer
from app.people.admit import admit
from app.people.authority import AuthorityDraft, record_authority
from app.people.people import PupilDraft
from app.people.places import EnrolmentDraft
from app.people.records import AuthorityKind
from app.protocol.edit import note_day
from app.start.begin import make_ready
from app.today.tasks import today
from tests.app.dossier.situations import reported
from tests.journeys.families import add_family, says, settle

if TYPE_CHECKING:
    from app.ports import Session
    from tests.registers import School


def tasks(session: Session) -> list[str]:
    return [task.key for task in today(session).tasks]


def figures(session: Session) -> dict[str, tuple[int, int]]:
    return {figure.key: (figure.count, figure.of) for figure in today(session).figures}


def test_an_empty_register_asks_for_a_file_first(school: School) -> None:
    assert tasks(school.administrator()) == ["bring_in", "first_pupil"]


def test_a_teacher_has_nothing_here(school: School) -> None:
    found = today(school.teacher())
    assert (found.figures, found.tasks) == ((), ())


def test_figures_count_pairs_of_pupil_and_guardian(school: School) -> None:
    session = school.administrator()
    family = add_family(session, settle(session))
    says(session, family.pupil, family.mother)
    assert figures(session) == {
        "pupils": (1, 0),
        "answered": (1, 2),
        "unanswered": (1, 0),
        "authority": (0, 0),
    }
    assert tasks(session) == ["to_ask"]


def test_everything_open_is_a_task(school: School) -> None:
    session = school.administrator()
    place = settle(session)
    family = add_family(session, place)
    ids = (family.pupil.id, family.mother.id)
    record_authority(
        session, AuthorityDraft(*ids, AuthorityKind.NOT_KNOWN, start=session.clock.today())
    )
    admit(session, PupilDraft("Noor"), EnrolmentDraft("", place.site_id))
    assert tasks(session) == ["to_ask", "authority", "no_guardian"]


def test_nothing_is_left_when_everybody_answered(school: School) -> None:
    session = school.administrator()
    family = add_family(session, settle(session))
    says(session, family.pupil, family.mother)
    says(session, family.pupil, family.father, Answer.NO)
    assert tasks(session) == []


def test_a_sealed_report_comes_before_what_can_wait(school: School) -> None:
    reported(school)
    school.lock()
    session = school.director()
    add_family(session, settle(session))
    assert tasks(session) == ["inbox", "to_ask"]


def test_a_recovery_code_that_was_not_typed_back_comes_first(school: School) -> None:
    session = school.director()
    assert "recovery" not in tasks(session)
    session.renew_recovery()
    assert tasks(session)[0] == "recovery"
    assert "recovery" not in tasks(school.administrator())


def test_a_protocol_is_to_be_looked_at_again_in_time(school: School) -> None:
    session = school.director()
    make_ready(session)
    today_ = session.clock.today()
    note_day(session, "lovk-2023", "evaluate", today_ + timedelta(days=61))
    assert "protocol" not in tasks(session)
    note_day(session, "lovk-2023", "evaluate", today_ + timedelta(days=60))
    assert "protocol" in tasks(session)
    note_day(session, "lovk-2023", "evaluate", today_ - timedelta(days=1))
    texts = {task.what.id for task in today(session).tasks}
    assert "today.task_evaluate_late" in texts
    assert "protocol" not in tasks(school.administrator())
