"""Nothing that was written down in a case is left out of the dossier's time line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.dossier.correct import correct_step, take_back
from app.dossier.dossiers import dossiers, open_dossier
from app.text import Words
from tests.app.dossier.situations import STAFF
from tests.app.dossier.test_correct import EARLIER, announced

if TYPE_CHECKING:
    from app.dossier.items import TimelineItem
    from app.ports import Session
    from tests.registers import School

pytestmark = pytest.mark.usefixtures("hearing")
DUTCH = Words("nl")


def steps(session: Session) -> list[TimelineItem]:
    """The steps of the only dossier."""
    (line,) = dossiers(session, STAFF)
    opened = open_dossier(session, STAFF, line.id)
    return [item for item in opened.timeline if item.kind == "step"]


def test_a_corrected_step_shows_both_answers_and_why(school: School) -> None:
    session = school.director()
    case_id, step_id = announced(session)
    correct_step(session, STAFF, case_id, step_id, EARLIER, "Het poststempel zegt de 18e.")
    first, second = steps(session)
    assert (first.replaced_by, second.replaces) == (second.id, first.id)
    assert second.reason == "Het poststempel zegt de 18e."
    assert first.heading(DUTCH) == second.heading(DUTCH)
    assert first.details != second.details
    assert (first.due_on, second.due_on is not None) == (None, True)


def test_a_step_that_was_taken_back_stays_on_the_time_line(school: School) -> None:
    session = school.director()
    case_id, step_id = announced(session)
    take_back(session, STAFF, case_id, step_id, "Te vroeg.")
    first, second = steps(session)
    assert (first.id, first.replaced_by) == (step_id, second.id)
    assert second.heading(DUTCH) == "Stap teruggenomen"
    assert (second.reason, second.replaces) == ("Te vroeg.", step_id)


def test_a_step_that_stands_is_told_once(school: School) -> None:
    session = school.director()
    announced(session)
    (item,) = steps(session)
    assert (item.replaces, item.replaced_by, item.reason) == ("", "", "")
