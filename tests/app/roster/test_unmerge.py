"""A merger can be taken apart again as long as nothing was built on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.asking.ask import Whom, note_asked
from app.asking.questions import ContactsInRound, ContactsOf, ToldSince
from app.asking.records import RoundKind, Way
from app.asking.rounds import begin_round
from app.consent.decide import raise_flag, withdraw_consent
from app.consent.outcome import Outcome, Reason
from app.consent.records import Answer, Decision, Retraction
from app.errors import Refusal
from app.letters.listing import office_letters
from app.letters.office import prepare_office_letters, register_office_letters
from app.letters.requests import OfficeRequest
from app.people.authority import authority_state
from app.people.people import GuardianDraft, PupilDraft, save_guardian, save_pupil
from app.people.places import leave
from app.people.questions import GuardianIds, GuardiansOf
from app.people.records import Authority, Enrolment, Guardian, Pupil, Relation
from app.record import Compartment, Record
from app.register.school import save_school, school_of
from app.roster.accept import accept, propose
from app.roster.merge import merge_guardians, merge_pupils
from app.roster.records import SourceKey
from app.roster.unmerge import mergers, undo_merger
from reports.press import PaperPress
from tests.app.roster.made import child, roster
from tests.app.roster.test_merge import TODAY, listed, outcome, twice
from tests.journeys.families import WEBSITE, says

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.ports import Session
    from tests.journeys.families import Family, Place
    from tests.registers import School

__all__ = ["twice"]
Twice = tuple["Session", "Place", "Family", "Family"]
KINDS = (Pupil, Guardian, Relation, Enrolment, SourceKey)


def held(session: Session) -> dict[str, tuple[Record, ...]]:
    """People, places and keys as the register holds them."""
    with session.look(Compartment.CONSENT) as reader:
        return {kind.__name__: reader.all(kind) for kind in KINDS}


def test_an_undone_merger_of_a_child_leaves_both_as_they_were(twice: Twice) -> None:
    session, _, one, two = twice
    save_pupil(session, PupilDraft("Zoe", surname="Wal", number="17", id=two.pupil.id))
    says(session, one.pupil, one.mother)
    says(session, two.pupil, two.father, Answer.NO)
    before = held(session)
    merge_pupils(session, one.pupil.id, two.pupil.id)
    assert outcome(session, one.pupil.id)[0] is Outcome.NO
    undone = undo_merger(session, two.pupil.id)
    assert (undone.kept, undone.name) == (one.pupil.id, "Zoe Wal")
    assert held(session) == before
    assert set(listed(session)) == {one.pupil.id, two.pupil.id}
    assert outcome(session, one.pupil.id) == (Outcome.ASK, Reason.INCOMPLETE)
    assert outcome(session, two.pupil.id) == (Outcome.NO, Reason.REFUSED)
    with session.look(Compartment.CONSENT) as reader:
        (copy,) = reader.all(Decision, subject_id=one.pupil.id, decider_id=two.father.id)
        assert reader.all(Retraction, decision_id=copy.id)
    for compartment in (Compartment.CONSENT, Compartment.CHECK):
        assert session.verify(compartment).in_order


def test_a_safety_flag_stays_with_the_record_it_was_raised_for(twice: Twice) -> None:
    session, _, one, two = twice
    raise_flag(session, two.pupil.id)
    merge_pupils(session, one.pupil.id, two.pupil.id)
    undo_merger(session, two.pupil.id)
    assert outcome(session, one.pupil.id)[1] is not Reason.SAFETY
    assert outcome(session, two.pupil.id) == (Outcome.NO, Reason.SAFETY)


def test_an_undone_merger_of_a_parent_gives_authority_back(twice: Twice) -> None:
    session, _, one, two = twice
    says(session, two.pupil, two.mother)
    says(session, two.pupil, two.father)
    before = outcome(session, two.pupil.id)
    people = held(session)
    merge_guardians(session, one.mother.id, two.mother.id)
    undo_merger(session, two.mother.id)
    assert outcome(session, two.pupil.id) == before == (Outcome.YES, Reason.ALL_SAID_YES)
    assert held(session) == people
    with session.look(Compartment.CONSENT) as reader:
        assert two.mother.id in reader.ask(GuardianIds())
        related = {each.guardian.id for each in reader.ask(GuardiansOf(two.pupil.id))}
        facts = reader.all(Authority, pupil_id=two.pupil.id, guardian_id=one.mother.id)
    assert related == {two.mother.id, two.father.id}
    assert facts
    assert authority_state(facts, TODAY) is authority_state((), TODAY)


def test_a_withdrawal_after_parents_were_merged_keeps_the_merger(twice: Twice) -> None:
    session, _, one, two = twice
    says(session, two.pupil, two.mother)
    merge_guardians(session, one.mother.id, two.mother.id)
    withdraw_consent(session, two.pupil.id, one.mother.id, (WEBSITE,), how="phone")
    with pytest.raises(Refusal, match="merger_built_upon"):
        undo_merger(session, two.mother.id)


def answered(session: Session, one: Family) -> None:
    says(session, one.pupil, one.mother)


def renamed(session: Session, one: Family) -> None:
    draft = PupilDraft("Anders", number="9", id=one.pupil.id)
    save_pupil(session, draft)


def left(session: Session, one: Family) -> None:
    leave(session, one.pupil.id, session.clock.today())


def related(session: Session, one: Family) -> None:
    save_guardian(session, GuardianDraft("Oma"), one.pupil.id, "other")


@pytest.mark.parametrize("deed", [answered, renamed, left, related])
def test_what_was_built_on_a_merger_keeps_it(
    twice: Twice, deed: Callable[[Session, Family], None]
) -> None:
    session, _, one, two = twice
    save_pupil(session, PupilDraft("Zoe", number="17", id=two.pupil.id))
    merge_pupils(session, one.pupil.id, two.pupil.id)
    deed(session, one)
    before = held(session)
    with pytest.raises(Refusal, match="merger_built_upon"):
        undo_merger(session, two.pupil.id)
    assert held(session) == before
    (merger,) = mergers(session, one.pupil.id)
    assert merger.built


def test_only_a_record_that_was_given_up_is_let_go(twice: Twice) -> None:
    session, _, one, two = twice
    with pytest.raises(Refusal, match="not_merged"):
        undo_merger(session, one.pupil.id)
    merge_pupils(session, one.pupil.id, two.pupil.id)
    undo_merger(session, two.pupil.id)
    with pytest.raises(Refusal, match="not_merged"):
        undo_merger(session, two.pupil.id)


def test_mergers_into_a_record_are_known_newest_first(twice: Twice, school: School) -> None:
    session, _, one, two = twice
    third = save_pupil(session, PupilDraft("Zo"))
    merge_pupils(session, one.pupil.id, two.pupil.id)
    school.clock.move(timedelta(minutes=5))
    merge_pupils(session, one.pupil.id, third.id)
    assert [each.given_up for each in mergers(session, one.pupil.id)] == [
        third.id,
        two.pupil.id,
    ]
    assert mergers(session, two.pupil.id) == ()


def test_a_file_means_the_record_again_that_it_named(twice: Twice) -> None:
    session, _, one, two = twice
    made = roster(child("Zora", key="k", stable=True))
    accept(session, made, propose(session, made))
    (zora,) = set(listed(session)) - {one.pupil.id, two.pupil.id}
    merge_pupils(session, one.pupil.id, zora)
    undo_merger(session, zora)
    with session.look(Compartment.CONSENT) as reader:
        assert [key.about for key in reader.all(SourceKey, what="pupil")] == [zora]


def written(session: Session, template: str, family: Family) -> str:
    """A letter of the office about a child to its mother; the id of the letter."""
    asked = OfficeRequest(template, family.mother.id, family.pupil.id)
    prepared = prepare_office_letters(session, PaperPress(), (asked,))
    return register_office_letters(session, prepared)[0].id


def contacts(session: Session, family: Family) -> list[tuple[str, str]]:
    """Who was asked about a child, and how."""
    with session.look(Compartment.CONSENT) as reader:
        found = reader.ask(ContactsOf(family.pupil.id))
    return sorted((decider, contact.how) for decider, contact in found)


def test_requests_and_letters_go_along_and_come_back(twice: Twice) -> None:
    session, _, one, two = twice
    round_ = begin_round(session, RoundKind.OPEN).id
    with session.look(Compartment.CONSENT) as reader:
        known = school_of(reader)
    save_school(session, replace(known, town="Dordrecht", email="kade@example.org"))
    note_asked(session, [Whom(two.pupil.id, two.mother.id, round_)], Way.PHONE)
    letter = written(session, "consent_reminder", two)
    before = {family: contacts(session, family) for family in (one, two)}
    assert before == {one: [], two: [(two.mother.id, "letter"), (two.mother.id, "phone")]}
    merge_guardians(session, one.mother.id, two.mother.id)
    assert contacts(session, two) == [(one.mother.id, "letter"), (one.mother.id, "phone")]
    undo_merger(session, two.mother.id)
    assert {family: contacts(session, family) for family in (one, two)} == before
    merge_pupils(session, one.pupil.id, two.pupil.id)
    assert contacts(session, one) == before[two]
    assert [row.id for row in office_letters(session, one.pupil.id)] == [letter]
    with session.look(Compartment.CONSENT) as reader:
        (asked,) = reader.ask(ContactsInRound(round_))
    assert asked[:2] == (one.pupil.id, two.mother.id)
    undo_merger(session, two.pupil.id)
    assert {family: contacts(session, family) for family in (one, two)} == before
    assert not office_letters(session, one.pupil.id)
    assert [row.id for row in office_letters(session, two.pupil.id)] == [letter]


def test_who_was_told_in_the_yearly_letter_was_told(twice: Twice) -> None:
    session, _, one, two = twice
    with session.look(Compartment.CONSENT) as reader:
        known = school_of(reader)
    save_school(session, replace(known, town="Dordrecht", email="kade@example.org"))
    written(session, "consent_yearly", two)

    def told() -> frozenset[tuple[str, str]]:
        with session.look(Compartment.CONSENT) as reader:
            return reader.ask(ToldSince(TODAY))

    merge_guardians(session, one.mother.id, two.mother.id)
    merge_pupils(session, one.pupil.id, two.pupil.id)
    assert told() == {(one.pupil.id, one.mother.id)}
    undo_merger(session, two.pupil.id)
    assert told() == {(two.pupil.id, one.mother.id)}


def test_a_request_after_the_merger_keeps_it(twice: Twice) -> None:
    session, _, one, two = twice
    merge_guardians(session, one.mother.id, two.mother.id)
    note_asked(session, [Whom(one.pupil.id, one.mother.id)], Way.PHONE)
    with pytest.raises(Refusal, match="merger_built_upon"):
        undo_merger(session, two.mother.id)
