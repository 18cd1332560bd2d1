"""How the asking stands, counted a part of the school at a time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.asking.counting import count_asking
from app.asking.listing import asking_counts
from app.jobs import CancelledError
from app.people.people import StaffDraft, save_staff
from app.record import Compartment
from tests.busy import Busy, StopsAfter
from tests.journeys.families import add_family, says, settle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.asking.questions import AskingCounts
    from app.ports import Session
    from tests.registers import School

LATE = 42


@pytest.fixture(params=[1, 2, 3, 1000])
def session(school: School, request: pytest.FixtureRequest) -> Iterator[Session]:
    """Three families, two of one name, and a member of staff; parts of several sizes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.asking.counting._AT_ONCE", request.param)
        session = school.administrator()
        place = settle(session)
        *_, family = [add_family(session, place, name) for name in ("Bram", "Zoë", "Zoë")]
        says(session, family.pupil, family.mother)
        save_staff(session, StaffDraft(first_name="Roos", surname="Smit"))
        yield session


def whole(session: Session) -> AskingCounts:
    with session.look(Compartment.CONSENT) as reader:
        return asking_counts(reader, session.clock.today(), LATE)


def test_the_parts_together_are_the_whole(session: Session) -> None:
    found = count_asking(Busy(session), LATE)
    assert found == whole(session)
    assert found.to_ask + found.partly == 7


def test_it_is_counted_again_only_when_something_was_written(
    school: School, session: Session
) -> None:
    first, again, later = Busy(session), Busy(session), Busy(session)
    found = count_asking(first, LATE)
    assert count_asking(again, LATE) == found
    assert again.parts == 1 < first.parts
    save_staff(session, StaffDraft(first_name="Kees", surname="Vos"))
    assert count_asking(later, LATE).to_ask == found.to_ask + 1
    school.clock.move(timedelta(days=1))
    next_day = Busy(session)
    assert count_asking(next_day, LATE) == whole(session)
    assert next_day.parts > 1


def test_a_counting_that_was_stopped_is_begun_again(session: Session) -> None:
    with pytest.raises(CancelledError):
        count_asking(Busy(session), LATE, StopsAfter(0))
    assert count_asking(Busy(session), LATE) == whole(session)
