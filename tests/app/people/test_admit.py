"""A new pupil comes with its place, or not at all."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from app.errors import Refusal, Refusals
from app.people.admit import admit
from app.people.card import pupil_card
from app.people.people import PupilDraft
from app.people.places import EnrolmentDraft
from app.people.records import Enrolment, EnrolmentKind, Pupil
from app.record import Compartment
from tests.journeys.families import settle

if TYPE_CHECKING:
    from app.ports import Session
    from tests.registers import School


def nothing_kept(session: Session) -> bool:
    with session.look(Compartment.CONSENT) as reader:
        return not reader.all(Pupil) and not reader.all(Enrolment)


def test_pupil_and_place_are_stored_together(school: School) -> None:
    session = school.administrator()
    place = settle(session)
    pupil = admit(session, PupilDraft("Zoë"), EnrolmentDraft("", place.site_id, place.group_id))
    with session.look(Compartment.CONSENT) as reader:
        card = pupil_card(reader, pupil.id, session.clock.today())
    assert (card.present, card.group, card.name) == (True, "Schippersklas", "Zoë")


def test_faults_of_both_are_told_at_once(school: School) -> None:
    session = school.administrator()
    place = EnrolmentDraft("", "", kind=EnrolmentKind.VISITING)
    with pytest.raises(Refusals) as refused:
        admit(session, PupilDraft("", birth_date=date(2031, 1, 1)), place)
    assert [each.field for each in refused.value.found] == [
        *("first_name", "birth_date", "site_id", "end"),
    ]
    assert nothing_kept(session)


def test_a_taken_number_stores_no_place_either(school: School) -> None:
    session = school.administrator()
    place = settle(session)
    where = EnrolmentDraft("", place.site_id)
    admit(session, PupilDraft("Zoë", number="1"), where)
    with pytest.raises(Refusal, match="number_taken"):
        admit(session, PupilDraft("Bo", number="1"), where)
    with session.look(Compartment.CONSENT) as reader:
        assert len(reader.all(Enrolment)) == 1
