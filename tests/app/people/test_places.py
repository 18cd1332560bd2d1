"""Sites, groups and school years; enrolling, moving, visiting and leaving."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from app.errors import Refusal, Refusals
from app.people.card import places, pupil_card
from app.people.people import PupilDraft, save_pupil
from app.people.places import (
    EnrolmentDraft,
    current_year,
    end_visit,
    enrol,
    leave,
    save_group,
    save_site,
    school_year_of,
)
from app.people.records import EnrolmentKind, Group, Pupil
from app.record import Compartment
from tests.journeys.families import settle

if TYPE_CHECKING:
    from app.people.card import PupilCard
    from app.ports import Session
    from tests.registers import School

TODAY = date(2026, 11, 22)


def card(session: Session, pupil: Pupil, day: date) -> PupilCard:
    with session.look(Compartment.CONSENT) as reader:
        return pupil_card(reader, pupil.id, day)


def zoe(session: Session) -> Pupil:
    return save_pupil(session, PupilDraft("Zoë"))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 7, 31), "2025-2026"),
        (date(2026, 8, 1), "2026-2027"),
        (date(2027, 1, 1), "2026-2027"),
    ],
)
def test_a_school_year_begins_in_august(day: date, name: str) -> None:
    found, first, last = school_year_of(day)
    assert found == name
    assert first <= day <= last


def test_the_school_year_is_made_once(school: School) -> None:
    session = school.administrator()
    assert current_year(session) == current_year(session)


def test_places_need_names(school: School) -> None:
    session = school.administrator()
    with pytest.raises(Refusal, match="site_name_missing"):
        save_site(session, "  ", "")
    with pytest.raises(Refusal, match="group_name_missing"):
        save_group(session, Group(id="", site_id="", school_year_id="", name=" "))


def test_groups_come_by_site_and_place(school: School) -> None:
    session = school.administrator()
    settle(session)
    site = save_site(session, "Aalst", "Aalst")
    year = current_year(session)
    for name, position in (("B", 2), ("A", 1)):
        save_group(
            session,
            Group(id="", site_id=site.id, school_year_id=year.id, name=name, position=position),
        )
    with session.look(Compartment.CONSENT) as reader:
        found = places(reader, TODAY)
    assert [group.name for group in found.groups] == ["A", "B", "Schippersklas"]
    assert [group.name for group in found.groups_of(site.id)] == ["A", "B"]
    assert found.site_name(site.id) == "Aalst"


def test_groups_of_a_year_that_ended_are_not_offered(school: School) -> None:
    session = school.administrator()
    settle(session)
    with session.look(Compartment.CONSENT) as reader:
        assert places(reader, date(2027, 8, 1)).groups == ()


def test_a_move_ends_the_earlier_enrolment_the_day_before(school: School) -> None:
    session = school.administrator()
    place, pupil = settle(session), zoe(session)
    other = save_site(session, "Aalst", "Aalst")
    enrol(session, EnrolmentDraft(pupil.id, place.site_id, start=date(2026, 8, 1)))
    enrol(session, EnrolmentDraft(pupil.id, other.id, start=TODAY))
    assert card(session, pupil, TODAY).site == "Aalst"
    assert card(session, pupil, TODAY - timedelta(days=1)).site != "Aalst"


def test_a_move_within_the_year_keeps_the_place_in_the_coming_one(school: School) -> None:
    session = school.administrator()
    place, pupil = settle(session), zoe(session)
    first, last = date(2027, 8, 1), date(2027, 7, 31)
    now = EnrolmentDraft(pupil.id, place.site_id, start=date(2026, 8, 1), end=last)
    later = EnrolmentDraft(pupil.id, place.site_id, place.group_id, start=first)
    for draft in (now, later):
        enrol(session, draft)
    other = save_site(session, "Aalst", "Aalst")
    assert enrol(session, EnrolmentDraft(pupil.id, other.id, start=TODAY)).end == last
    assert card(session, pupil, last).site == "Aalst"
    assert card(session, pupil, first).site != "Aalst"
    enrol(session, EnrolmentDraft(pupil.id, other.id, start=first))
    assert card(session, pupil, first).site == "Aalst"


def test_whoever_moves_for_good_is_not_gone_after_a_short_stay(school: School) -> None:
    session = school.administrator()
    place, pupil = settle(session), zoe(session)
    stay = date(2026, 10, 9), date(2026, 10, 11)
    for start, end in ((date(2026, 8, 1), None), stay, (date(2026, 10, 7), None)):
        enrol(session, EnrolmentDraft(pupil.id, place.site_id, start=start, end=end))
    assert card(session, pupil, TODAY).present


def test_a_visit_leaves_the_enrolment_alone(school: School) -> None:
    session = school.administrator()
    place, pupil = settle(session), zoe(session)
    enrol(session, EnrolmentDraft(pupil.id, place.site_id, start=date(2026, 8, 1)))
    other = save_site(session, "Aalst", "Aalst")
    visit = EnrolmentDraft(
        pupil.id, other.id, kind=EnrolmentKind.VISITING, start=TODAY, end=TODAY
    )
    enrol(session, visit)
    assert card(session, pupil, TODAY).visiting
    assert not card(session, pupil, TODAY + timedelta(days=1)).visiting


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (EnrolmentDraft("p", ""), "site_id"),
        (EnrolmentDraft("p", "s", start=TODAY, end=date(2026, 11, 21)), "end"),
        (EnrolmentDraft("p", "s", kind=EnrolmentKind.VISITING), "end"),
    ],
)
def test_a_wrong_place_is_refused_at_its_field(
    school: School, draft: EnrolmentDraft, field: str
) -> None:
    with pytest.raises(Refusals) as refused:
        enrol(school.administrator(), draft)
    assert refused.value.field == field


def test_who_leaves_is_present_on_the_last_day_only(school: School) -> None:
    session = school.administrator()
    place, pupil = settle(session), zoe(session)
    enrol(session, EnrolmentDraft(pupil.id, place.site_id, start=date(2026, 8, 1)))
    leave(session, pupil.id, TODAY)
    assert card(session, pupil, TODAY).present
    after = card(session, pupil, TODAY + timedelta(days=1))
    assert not after.present
    assert after.place is not None
    assert after.place.end == TODAY


def test_a_visit_can_end_early_and_leaves_the_enrolment_alone(school: School) -> None:
    session = school.administrator()
    place, pupil = settle(session), zoe(session)
    home = EnrolmentDraft(pupil.id, place.site_id, place.group_id)
    visit = EnrolmentDraft(
        pupil.id,
        place.site_id,
        kind=EnrolmentKind.VISITING,
        start=TODAY,
        end=TODAY + timedelta(days=30),
    )
    enrol(session, home)
    enrol(session, visit)
    (ended,) = end_visit(session, pupil.id, TODAY)
    later = card(session, pupil, TODAY + timedelta(days=1))
    assert (ended.kind, ended.end) == (EnrolmentKind.VISITING, TODAY)
    assert (later.present, later.visiting) == (True, False)
    with pytest.raises(Refusal, match="not_visiting"):
        end_visit(session, pupil.id, TODAY)


def test_who_is_not_enrolled_cannot_leave(school: School) -> None:
    session = school.administrator()
    with pytest.raises(Refusal, match="not_enrolled"):
        leave(session, zoe(session).id, TODAY)
