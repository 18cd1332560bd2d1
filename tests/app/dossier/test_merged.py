"""Somebody stands twice in the register; the records are merged while a case runs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from app.compile.offering import offer, offered_pieces
from app.compile.pieces import Recipient
from app.compile.request import CompileRequest
from app.dossier.dossiers import dossiers
from app.dossier.entries import NewEntry, file_entry
from app.dossier.inbox import Filing, Person, file_report
from app.dossier.subjects import parents_of
from app.letters.claims import names_in, strangers
from app.letters.facts import recipient_of
from app.people.people import GuardianDraft, PupilDraft, save_guardian, save_pupil
from app.roster.merge import merge_guardians, merge_pupils
from tests.app.dossier.situations import (
    ABOUT_GUARDIAN,
    PUPILS,
    filed_about_father,
    reported,
    settle_in,
)

if TYPE_CHECKING:
    from app.ports import Session
    from tests.registers import School

MOVED = GuardianDraft(
    "Lucas", "L.", "van der", "Wal", "", "Havenstraat 8", "3311 BB", "Dordrecht"
)
NOTE = NewEntry("note", date(2026, 11, 20), "Overstap", "Leest vlot.")


def moved_father(session: Session, father: Person, zoe: Person) -> Person:
    """The father stands in the register once more, and the new record goes on."""
    new = save_guardian(session, MOVED, zoe.id, "father")
    merge_guardians(session, new.id, father.id)
    return Person(new.id, "Lucas van der Wal")


def twice(session: Session, zoe: Person) -> Person:
    """The child stands in the register once more, and the new record goes on."""
    new = save_pupil(session, PupilDraft("Zoë", "van der", "Wal", date(2021, 5, 12)))
    merge_pupils(session, new.id, zoe.id)
    return Person(new.id, zoe.name)


def test_a_letter_goes_to_the_address_of_the_record_that_goes_on(school: School) -> None:
    session, people, filed = filed_about_father(school)
    moved_father(session, people.father, people.zoe)
    found = recipient_of(session, "guardian", filed.breach.actor_id, filed.breach.actor_name)
    assert found.lines[1:] == ("Havenstraat 8", "3311 BB  DORDRECHT")


def test_what_is_about_him_stays_his_own_in_a_copy(school: School) -> None:
    session, people, filed = filed_about_father(school)
    father = moved_father(session, people.father, people.zoe)
    mother = save_guardian(session, GuardianDraft("Marijke", surname="Wal"), people.zoe.id)

    def never(person_id: str) -> set[str]:
        to = Recipient("guardian", person_id, "-")
        wanted = CompileRequest(PUPILS, filed.dossiers[0].id, "access", to, "-")
        return {one.standing.never for one in offered_pieces(session, wanted)}

    assert never(father.id) == {""}
    assert never(mother.id) == {"about_other_guardian"}


def test_his_name_is_no_strangers_name_in_his_own_letter(school: School) -> None:
    session, people, _ = filed_about_father(school)
    moved_father(session, people.father, people.zoe)
    others = strangers(session, frozenset({people.father.id}), (people.father.name,), ())
    assert names_in(others, "Lucas van der Wal belde Roos.") == ()


def test_one_child_keeps_one_dossier(school: School) -> None:
    sent = reported(school, ABOUT_GUARDIAN)
    session = school.director()
    people = settle_in(session)
    begun = file_entry(session, PUPILS, people.zoe, NOTE)
    zoe = twice(session, people.zoe)
    again = file_entry(session, PUPILS, zoe, NOTE)
    filed = file_report(session, PUPILS, sent.id, Filing((zoe,), people.father))
    assert {begun.dossier_id} == {again.dossier_id, filed.dossiers[0].id}
    assert len(dossiers(session, PUPILS)) == 1


def test_the_parents_of_a_child_are_found_from_its_dossier(school: School) -> None:
    session = school.director()
    people = settle_in(session)
    begun = file_entry(session, PUPILS, people.zoe, NOTE)
    twice(session, people.zoe)
    found = offer(session, PUPILS, begun.dossier_id)
    assert found.recipients[0].recipient.id == people.father.id
    assert [one.person.id for one in parents_of(session, people.zoe.id)] == [people.father.id]
