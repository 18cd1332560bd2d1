"""After a departure: everything of one person stays, with one reason and one undo."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.consent.decide import raise_flag
from app.errors import Refusal
from app.people.places import leave
from app.publications.board import tasks_of
from app.publications.records import StepKind
from app.publications.state import Stand
from app.publications.steps import keep_everywhere, take_back_steps
from app.publications.tasks import open_tasks
from tests.app.publications.deeds import TODAY, told

if TYPE_CHECKING:
    from tests.app.publications.deeds import Told
    from tests.registers import School


@pytest.fixture
def at(school: School) -> Told:
    return told(school.administrator())


def leaves_with_many(at: Told, many: int = 5) -> list[str]:
    """A child leaves who is in several publications; one of them stayed already."""
    used = [at.used(title=f"Bericht {place}") for place in range(many)]
    leave(at.session, at.pupil, TODAY - timedelta(days=2))
    at.step(used[0], StepKind.KEPT)
    return used


def test_everything_of_one_person_stays_with_one_reason(at: Told) -> None:
    used = leaves_with_many(at)
    assert len(tasks_of(at.session, at.pupil)) == 4
    kept = keep_everywhere(at.session, at.pupil, " Blijft in het archief. ")
    assert {step.publication_id for step in kept} == set(used[1:])
    assert {(step.subject_id, step.note) for step in kept} == {
        (at.pupil, "Blijft in het archief.")
    }
    assert open_tasks(at.session) == ()
    assert at.acts()[0] == "publications_kept"
    raise_flag(at.session, at.pupil)
    assert {at.stand(one) for one in used} == {Stand.OPEN}


def test_what_stays_everywhere_is_undone_at_once(at: Told) -> None:
    used = leaves_with_many(at)
    take_back_steps(at.session, keep_everywhere(at.session, at.pupil, "Archief."))
    assert [at.stand(one) for one in used] == [Stand.KEPT, *[Stand.OPEN] * 4]
    assert at.acts()[0] == "publication_step_undone"


def test_nothing_stays_for_whom_nothing_is_open(at: Told) -> None:
    at.used()
    with pytest.raises(Refusal, match="nothing_open"):
        keep_everywhere(at.session, at.pupil, "Archief.")
    with pytest.raises(Refusal, match="no_reason"):
        keep_everywhere(at.session, at.pupil, " ")
