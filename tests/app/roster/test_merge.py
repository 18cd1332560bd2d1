"""Two records of one person become one: nothing is lost, and no answer gets milder."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from app.consent.decide import raise_flag, withdraw_consent
from app.consent.grid import answer_for
from app.consent.issued import form_filled_in
from app.consent.outcome import Outcome, Reason
from app.consent.records import Answer
from app.errors import Refusal
from app.forms.issue import prepare_forms, register_issue, requests_for_pupil
from app.people.authority import (
    AuthorityDraft,
    AuthorityState,
    authority_state,
    record_authority,
)
from app.people.people import GuardianDraft, PupilDraft, save_guardian, save_pupil
from app.people.questions import (
    ChildrenOf,
    FindPeople,
    GroupPupils,
    GuardianIds,
    GuardiansOf,
    Presence,
    PupilIds,
)
from app.people.records import Authority, AuthorityKind, Guardian, Pupil
from app.record import Compartment
from app.roster.merge import merge_guardians, merge_pupils
from reports.press import PaperPress
from tests.journeys.families import WEBSITE, add_family, says, settle

if TYPE_CHECKING:
    from app.ports import Session
    from tests.journeys.families import Family, Place
    from tests.registers import School

TODAY = date(2026, 11, 22)
LATER = date(2026, 10, 15)


@pytest.fixture
def twice(school: School) -> tuple[Session, Place, Family, Family]:
    """One child with both parents, entered twice."""
    session = school.administrator()
    place = settle(session)
    return session, place, add_family(session, place), add_family(session, place)


def outcome(session: Session, pupil_id: str) -> tuple[Outcome, Reason]:
    with session.look(Compartment.CONSENT) as reader:
        found = answer_for(reader, pupil_id, WEBSITE, TODAY).verdict
    return found.outcome, found.reason


def listed(session: Session) -> tuple[str, ...]:
    with session.look(Compartment.CONSENT) as reader:
        return reader.ask(PupilIds(TODAY, presence=Presence.ALL))


def whole(session: Session, one: Family, two: Family) -> None:
    """Both parents and the child are merged, the second record given up."""
    merge_guardians(session, one.mother.id, two.mother.id)
    merge_guardians(session, one.father.id, two.father.id)
    merge_pupils(session, one.pupil.id, two.pupil.id)


def test_the_record_given_up_stands_in_no_list(
    twice: tuple[Session, Place, Family, Family],
) -> None:
    session, place, one, two = twice
    whole(session, one, two)
    assert listed(session) == (one.pupil.id,)
    with session.look(Compartment.CONSENT) as reader:
        assert set(reader.ask(GuardianIds())) == {one.mother.id, one.father.id}
        assert [hit.id for hit in reader.ask(FindPeople("Zoë", TODAY))] == [one.pupil.id]
        assert reader.ask(GroupPupils(place.group_id, TODAY)) == (one.pupil.id,)


def test_answers_of_both_records_count_for_the_one(
    twice: tuple[Session, Place, Family, Family],
) -> None:
    session, _, one, two = twice
    says(session, one.pupil, one.mother)
    says(session, two.pupil, two.father)
    whole(session, one, two)
    assert outcome(session, one.pupil.id) == (Outcome.YES, Reason.ALL_SAID_YES)


def test_without_merging_the_parents_four_people_decide(
    twice: tuple[Session, Place, Family, Family],
) -> None:
    session, _, one, two = twice
    for family in (one, two):
        says(session, family.pupil, family.mother)
    merge_pupils(session, one.pupil.id, two.pupil.id)
    assert outcome(session, one.pupil.id) == (Outcome.ASK, Reason.INCOMPLETE)


def test_a_no_on_the_record_given_up_stays_a_no(
    twice: tuple[Session, Place, Family, Family],
) -> None:
    session, _, one, two = twice
    for parent in (one.mother, one.father):
        says(session, one.pupil, parent)
    says(session, two.pupil, two.father, Answer.NO)
    whole(session, one, two)
    assert outcome(session, one.pupil.id) == (Outcome.NO, Reason.REFUSED)


def test_a_withdrawal_on_the_record_given_up_holds(
    twice: tuple[Session, Place, Family, Family],
) -> None:
    session, _, one, two = twice
    for parent in (one.mother, one.father):
        says(session, one.pupil, parent)
    says(session, two.pupil, two.mother)
    withdraw_consent(session, two.pupil.id, two.mother.id, (WEBSITE,), how="phone")
    whole(session, one, two)
    assert outcome(session, one.pupil.id) == (Outcome.NO, Reason.WITHDRAWN)


def test_the_answer_signed_last_decides(twice: tuple[Session, Place, Family, Family]) -> None:
    session, _, one, two = twice
    says(session, one.pupil, one.mother)
    says(session, one.pupil, one.father, Answer.NO)
    says(session, two.pupil, two.father, signed_on=LATER)
    whole(session, one, two)
    assert outcome(session, one.pupil.id) == (Outcome.YES, Reason.ALL_SAID_YES)


def test_a_safety_flag_goes_along(twice: tuple[Session, Place, Family, Family]) -> None:
    session, _, one, two = twice
    raise_flag(session, two.pupil.id)
    whole(session, one, two)
    assert outcome(session, one.pupil.id) == (Outcome.NO, Reason.SAFETY)


def test_the_parent_given_up_decides_about_nobody(
    twice: tuple[Session, Place, Family, Family],
) -> None:
    session, _, one, two = twice
    merge_guardians(session, one.mother.id, two.mother.id)
    with session.look(Compartment.CONSENT) as reader:
        facts = reader.all(Authority, guardian_id=two.mother.id)
        children = reader.ask(ChildrenOf(one.mother.id))
        related = reader.ask(GuardiansOf(two.pupil.id))
    assert authority_state(facts, TODAY) is AuthorityState.NONE
    assert {child.id for child in children} == {one.pupil.id, two.pupil.id}
    assert {each.guardian.id for each in related} == {one.mother.id, two.father.id}


def test_authority_that_ended_goes_along_as_it_was(
    twice: tuple[Session, Place, Family, Family],
) -> None:
    session, _, one, two = twice
    draft = AuthorityDraft(
        two.pupil.id,
        two.father.id,
        AuthorityKind.NONE,
        start=date(2026, 9, 1),
        source="enrolment_form",
    )
    record_authority(session, draft)
    merge_guardians(session, one.father.id, two.father.id)
    with session.look(Compartment.CONSENT) as reader:
        pair = {"pupil_id": two.pupil.id, "guardian_id": one.father.id}
        facts = reader.all(Authority, **pair)
    assert authority_state(facts, date(2026, 8, 31)) is AuthorityState.HOLDS
    assert authority_state(facts, TODAY) is AuthorityState.NONE


def test_what_one_record_does_not_say_comes_from_the_other(school: School) -> None:
    session = school.administrator()
    settle(session)
    keep = save_pupil(session, PupilDraft("Zoë", surname="Wal"))
    gone = save_pupil(
        session, PupilDraft("Zoe", "van der", "Wal", date(2020, 5, 4), number="17")
    )
    old = save_guardian(session, GuardianDraft("Piotr", surname="Wal"), keep.id)
    new = save_guardian(session, GuardianDraft("P.", surname="Wal", phone="0612345678"))
    merge_pupils(session, keep.id, gone.id)
    merge_guardians(session, old.id, new.id)
    with session.look(Compartment.CONSENT) as reader:
        pupil, parent = reader.get(Pupil, keep.id), reader.get(Guardian, old.id)
        assert reader.get(Pupil, gone.id).number == ""
    assert (pupil.first_name, pupil.prefix, pupil.number) == ("Zoë", "van der", "17")
    assert (parent.first_name, parent.phone) == ("Piotr", "0612345678")


def test_two_children_are_not_merged(school: School) -> None:
    session = school.administrator()
    settle(session)
    one = save_pupil(session, PupilDraft("Zoë", birth_date=date(2020, 5, 4)))
    two = save_pupil(session, PupilDraft("Zoë", birth_date=date(2020, 5, 5)))
    with pytest.raises(Refusal, match="born_apart"):
        merge_pupils(session, one.id, two.id)
    with pytest.raises(Refusal, match="merge_same"):
        merge_pupils(session, one.id, one.id)


def test_who_was_merged_is_neither_merged_nor_changed_again(school: School) -> None:
    session = school.administrator()
    settle(session)
    one, two, three = (save_pupil(session, PupilDraft(name)) for name in ("A", "B", "C"))
    merge_pupils(session, one.id, two.id)
    with pytest.raises(Refusal, match="merged_already"):
        merge_pupils(session, three.id, two.id)
    with pytest.raises(Refusal, match="merged_away"):
        save_pupil(session, PupilDraft("B2", id=two.id))


def test_a_form_made_out_to_the_record_given_up_is_taken(
    twice: tuple[Session, Place, Family, Family],
) -> None:
    session, _, one, two = twice
    requests = requests_for_pupil(session, two.pupil.id)
    register_issue(session, prepare_forms(session, PaperPress(), requests, "nl"))
    whole(session, one, two)
    with session.look(Compartment.CONSENT) as reader:
        form = form_filled_in(reader, "1", one.pupil.id, one.mother.id)
    assert form.pupil_id == two.pupil.id
