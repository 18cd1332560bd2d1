"""Adults on the check list: who they are, what they decided, and that nobody is mistaken."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.check.answer import (
    adults,
    board,
    check_pupil,
    find_people,
    find_pupils,
    gather,
    pupils_of_group,
)
from app.check.compose import Go, compose
from app.check.publish import keep_published, publish_all, publish_due
from app.check.records import CheckRow, RowKind
from app.consent.decide import (
    DecisionsDraft,
    UseAnswer,
    raise_flag,
    record_decisions,
    withdraw_consent,
)
from app.consent.outcome import Outcome, Reason
from app.consent.records import Answer
from app.errors import Message, Refusal
from app.people.people import StaffDraft, save_staff
from app.people.places import save_site
from app.people.records import AdultKind
from app.record import Compartment
from tests.journeys.families import WEBSITE, add_family, says, settle

if TYPE_CHECKING:
    from app.check.answer import CheckLine
    from app.people.records import StaffMember
    from app.ports import Session
    from tests.journeys.families import Place
    from tests.registers import School

ZOE = StaffDraft("Zoë", "Z.", "van der", "Wal", "leerkracht")


@pytest.fixture
def session(school: School) -> Session:
    """The administrator of a register with a group, who publishes."""
    session = school.administrator()
    keep_published(session)
    return session


@pytest.fixture
def place(session: Session) -> Place:
    return settle(session)


def decide(
    session: Session, member: StaffMember, answer: Answer = Answer.YES, use: str = WEBSITE
) -> None:
    """What an adult decides today."""
    today = session.clock.today()
    draft = DecisionsDraft(member.id, member.id, (UseAnswer(use, answer),), today)
    record_decisions(session, draft)


def line(session: Session, id: str, use: str = WEBSITE) -> CheckLine:
    found = check_pupil(session, id).line(use)
    assert found is not None
    return found


def listed(session: Session) -> dict[str, CheckRow]:
    with session.look(Compartment.CHECK) as reader:
        return {row.id: row for row in reader.all(CheckRow)}


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        (AdultKind.STAFF, RowKind.STAFF),
        (AdultKind.TRAINEE, RowKind.OTHER),
        (AdultKind.VOLUNTEER, RowKind.OTHER),
        (AdultKind.PARENT, RowKind.OTHER),
        (AdultKind.VISITOR, RowKind.OTHER),
    ],
)
def test_every_adult_is_on_the_list_as_an_adult(
    session: Session, place: Place, kind: AdultKind, shown: RowKind
) -> None:
    member = save_staff(session, replace(ZOE, kind=kind, site_id=place.site_id))
    (hit,) = find_people(session, "zoe")
    assert (hit.id, hit.kind, hit.group) == (member.id, shown, "")
    assert hit.site
    assert adults(session) == (hit,)
    assert check_pupil(session, member.id).kind is shown


def test_an_adult_without_any_decision_is_no_yes(session: Session, place: Place) -> None:
    member = save_staff(session, ZOE)
    answer = check_pupil(session, member.id)
    permitted = [one for one in answer.lines if one.permits]
    assert all(one.reason is Reason.GROUND for one in permitted)
    assert line(session, member.id).outcome is Outcome.ASK


def test_an_adult_decides_alone_and_a_withdrawal_reaches_the_teacher_at_once(
    session: Session, place: Place
) -> None:
    member = save_staff(session, ZOE)
    decide(session, member)
    assert line(session, member.id).outcome is Outcome.YES
    withdraw_consent(session, member.id, member.id, (WEBSITE,), how="conversation")
    found = line(session, member.id)
    assert (found.outcome, found.reason) == (Outcome.NO, Reason.WITHDRAWN)


@pytest.mark.parametrize(
    ("kind", "who"),
    [(AdultKind.STAFF, "staff"), (AdultKind.VOLUNTEER, "adult")],
)
def test_who_refused_is_called_what_he_is(
    session: Session, place: Place, kind: AdultKind, who: str
) -> None:
    member = save_staff(session, replace(ZOE, kind=kind))
    decide(session, member, Answer.NO)
    said = line(session, member.id).why.values["who"]
    assert said == Message(f"people.relation_{who}")


def test_a_flag_on_an_adult_reaches_the_teacher_at_once(session: Session, place: Place) -> None:
    member = save_staff(session, ZOE)
    decide(session, member)
    raise_flag(session, member.id)
    assert not any(one.permits for one in check_pupil(session, member.id).lines)


# -- who is no longer here ----------------------------------------------------------------------


def test_an_adult_whose_stay_ended_yesterday_is_no_yes_today(
    session: Session, place: Place, school: School
) -> None:
    today = session.clock.today()
    member = save_staff(session, replace(ZOE, end=today))
    decide(session, member)
    assert line(session, member.id).outcome is Outcome.YES
    assert listed(session)[member.id].until == today
    school.clock.move(timedelta(days=1))
    assert not any(one.permits for one in check_pupil(session, member.id).lines)
    publish_due(session)
    with pytest.raises(Refusal, match="unknown_pupil"):
        check_pupil(session, member.id)


def test_who_has_left_leaves_the_list_at_once(session: Session, place: Place) -> None:
    member = save_staff(session, ZOE)
    decide(session, member)
    save_staff(session, replace(ZOE, id=member.id, left=True))
    assert member.id not in listed(session)
    assert find_people(session, "zoe") == ()
    assert compose((), (member.id,), WEBSITE).go is Go.NOBODY


def test_who_left_while_nobody_published_leaves_at_the_next_sign_in(
    school: School, session: Session, place: Place
) -> None:
    member = save_staff(session, ZOE)
    decide(session, member)
    silent = school.administrator()  # publishes nothing
    save_staff(silent, replace(ZOE, id=member.id, left=True))
    assert not any(one.permits for one in check_pupil(school.teacher(), member.id).lines)
    publish_due(school.administrator())
    assert find_people(school.teacher(), "zoe") == ()


def test_who_comes_tomorrow_is_on_the_list_tomorrow(
    session: Session, place: Place, school: School
) -> None:
    today = session.clock.today()
    member = save_staff(session, replace(ZOE, start=today + timedelta(days=1)))
    assert member.id not in listed(session)
    school.clock.move(timedelta(days=1))
    publish_due(session)
    assert member.id in listed(session)


# -- nobody is taken for somebody else ----------------------------------------------------------


def test_an_adult_of_the_same_name_as_a_pupil_has_an_own_answer(
    session: Session, place: Place
) -> None:
    family = add_family(session, place, "Zoë")
    member = save_staff(session, ZOE)
    decide(session, member)
    child, adult = find_people(session, "zoe")
    assert (child.name, child.kind) == (adult.name, RowKind.PUPIL)
    assert (child.id, adult.id) == (family.pupil.id, member.id)
    assert line(session, adult.id).outcome is Outcome.YES
    assert line(session, child.id).outcome is Outcome.ASK


def test_a_helping_parent_decides_apart_from_the_child(session: Session, place: Place) -> None:
    family = add_family(session, place, "Zoë")
    mother = family.mother
    draft = StaffDraft(mother.first_name, surname=mother.surname, kind=AdultKind.PARENT)
    helper = save_staff(session, draft)
    for parent in (family.mother, family.father):
        says(session, family.pupil, parent)
    assert line(session, family.pupil.id).outcome is Outcome.YES
    assert line(session, helper.id).outcome is Outcome.ASK
    decide(session, helper, Answer.NO)
    assert line(session, family.pupil.id).outcome is Outcome.YES


def test_what_an_adult_said_counts_for_no_child(session: Session, place: Place) -> None:
    family = add_family(session, place, "Zoë")
    member = save_staff(session, ZOE)
    decide(session, member)
    found = gather(session, (place.group_id,), (member.id,))
    composition = compose(found.answers, found.unknown, WEBSITE)
    assert {one.id: one.published for one in composition.people} == {
        member.id: True,
        family.pupil.id: False,
    }
    assert composition.go is Go.SOME


def test_an_adult_is_in_no_group_and_no_pupil(session: Session, place: Place) -> None:
    add_family(session, place, "Noor")
    assert not board(session).adults
    save_staff(session, ZOE)
    found = board(session)
    assert found.adults
    assert not found.ungrouped
    assert pupils_of_group(session, "") == ()
    assert find_pupils(session, "zoe") == ()
    assert gather(session, ("",)).answers == ()


def test_pupils_come_before_adults_whatever_the_order_of_names(
    session: Session, place: Place
) -> None:
    add_family(session, place, "Zoë")
    save_staff(session, StaffDraft("Zoë", surname="Aarts"))
    hits = find_people(session, "zoe")
    assert [hit.kind for hit in hits] == [RowKind.PUPIL, RowKind.STAFF]


def test_many_pupils_do_not_push_an_adult_off_the_screen(
    session: Session, place: Place
) -> None:
    for number in range(5):
        add_family(session, place, f"Zoë {number}")
    member = save_staff(session, ZOE)
    hits = find_people(session, "zoe", limit=4)
    assert len(hits) == 4
    assert hits[-1].id == member.id


# -- the list as a whole ------------------------------------------------------------------------


def test_adults_published_one_by_one_equal_the_whole(session: Session, place: Place) -> None:
    for draft in (ZOE, replace(ZOE, kind=AdultKind.VOLUNTEER), replace(ZOE, first_name="Kees")):
        decide(session, save_staff(session, draft))
    parts = listed(session)
    publish_all(session)
    assert listed(session) == parts
    assert len([row for row in parts.values() if row.kind.adult]) == 3


def test_a_new_name_of_a_site_reaches_the_adults_of_it(session: Session, place: Place) -> None:
    save_staff(session, replace(ZOE, site_id=place.site_id))
    save_site(session, "Lemmer", "", place.site_id)
    assert adults(session)[0].site == "Lemmer"


def test_a_site_that_is_not_there_is_refused(session: Session, place: Place) -> None:
    with pytest.raises(Refusal, match="not_found"):
        save_staff(session, replace(ZOE, site_id="nowhere"))
