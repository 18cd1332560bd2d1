"""The teacher's list over the days: who joins, who leaves, and how long it is believed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.check.answer import check_pupil
from app.errors import Refusal
from app.journal.verify import verify_all
from app.people.admit import admit
from app.people.people import PupilDraft
from app.people.places import EnrolmentDraft
from app.start.begin import new_day
from tests.journeys.families import add_family, says, settle

if TYPE_CHECKING:
    from tests.registers import School


def test_a_published_list_verifies(school: School) -> None:
    session = school.director()
    add_family(session, settle(session))
    assert [found.findings for found in verify_all(session)] == [(), (), (), ()]


def test_a_pupil_enrolled_ahead_joins_on_the_first_day(school: School) -> None:
    session = school.director()
    place = settle(session)
    start = session.clock.today() + timedelta(days=3)
    where = EnrolmentDraft("", place.site_id, place.group_id, start=start)
    pupil = admit(session, PupilDraft(first_name="Zoë"), where)
    with pytest.raises(Refusal, match="unknown_pupil"):
        check_pupil(session, pupil.id)
    school.clock.move(timedelta(days=3))
    new_day(session)
    assert check_pupil(session, pupil.id).doubt is None


def test_a_quiet_holiday_does_not_make_the_list_stale(school: School) -> None:
    session = school.administrator()
    family = add_family(session, settle(session))
    for parent in (family.mother, family.father):
        says(session, family.pupil, parent)
    school.clock.move(timedelta(days=60))
    doubt = check_pupil(session, family.pupil.id).doubt
    assert doubt
    assert doubt.id == "check.stale"
    new_day(session)
    answer = check_pupil(session, family.pupil.id)
    assert answer.doubt is None
    assert any(line.permits for line in answer.lines)
