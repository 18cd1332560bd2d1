"""Letters to everybody who decides: the same outcomes, and never who said what."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from app.consent.decide import withdraw_consent
from app.consent.records import Answer
from app.errors import Refusal
from app.letters.office import prepare_office_letters
from app.letters.outcomes import confirmation, letters_to_all
from app.people.authority import AuthorityDraft, record_authority
from app.people.people import GuardianDraft, save_guardian
from app.people.records import AuthorityKind, Guardian
from app.record import Compartment
from app.register.school import save_school, school_of
from reports.press import PaperPress
from tests.journeys.families import WEBSITE, add_family, says, settle
from tests.reports.looking import texts

if TYPE_CHECKING:
    from app.ports import Session
    from tests.journeys.families import Family
    from tests.registers import School


@pytest.fixture
def session(school: School) -> Session:
    return school.administrator()


@pytest.fixture
def family(session: Session) -> Family:
    """Zoë, whose mother says yes and whose father says no."""
    family = add_family(session, settle(session))
    with session.look(Compartment.CONSENT) as reader:
        known = school_of(reader)
    save_school(session, replace(known, town="Dordrecht", email="kade@example.org"))
    says(session, family.pupil, family.mother)
    says(session, family.pupil, family.father, Answer.NO)
    return family


def test_both_get_the_same_letter_each_by_name(session: Session, family: Family) -> None:
    asked = letters_to_all(session, family.pupil.id)
    assert [request.recipient for request in asked] == [family.mother.id, family.father.id]
    one, other = (
        texts(letter.pdf)[0]
        for letter in prepare_office_letters(session, PaperPress(), asked).letters
    )
    assert "Website · foto nee Opnamen worden hiervoor niet gebruikt." in one
    for said, number, name in ((one, 1, "Marijke Wal"), (other, 2, "Piotr Wal")):
        assert f"T2026-000{number}" in said
        assert name in said
    plain = one.replace("T2026-0001", "T2026-0002").replace("Marijke Wal", "Piotr Wal")
    assert plain == other


def test_the_letter_does_not_tell_who_said_what(session: Session, family: Family) -> None:
    asked = letters_to_all(session, family.pupil.id)
    said = [
        texts(letter.pdf)[0]
        for letter in prepare_office_letters(session, PaperPress(), asked).letters
    ]
    for text, other in zip(said, ("Piotr", "Marijke"), strict=True):
        assert other not in text
        assert not {"moeder", "vader"} & set(text.casefold().split())


def test_who_reads_english_gets_english_rows(session: Session, family: Family) -> None:
    with session.look(Compartment.CONSENT) as reader:
        mother = reader.get(Guardian, family.mother.id)
    save_guardian(
        session, GuardianDraft(first_name="Mary", surname="Wal", language="en", id=mother.id)
    )
    first, second = letters_to_all(session, family.pupil.id)
    assert (first.language, second.language) == ("en", "nl")
    row = "Website · photo\tno\tRecordings are not used for this."
    assert first.values["outcomes"] == (row,)


def test_nobody_gets_one_whose_authority_is_not_known(session: Session, family: Family) -> None:
    record_authority(
        session,
        AuthorityDraft(
            family.pupil.id,
            family.father.id,
            AuthorityKind.NOT_KNOWN,
            start=session.clock.today(),
        ),
    )
    asked = letters_to_all(session, family.pupil.id)
    assert [request.recipient for request in asked] == [family.mother.id]


def test_without_a_difference_there_is_no_letter(session: Session, family: Family) -> None:
    says(session, family.pupil, family.father, Answer.YES, signed_on=session.clock.today())
    with pytest.raises(Refusal, match=r"letters\.no_difference"):
        letters_to_all(session, family.pupil.id)


def test_a_withdrawal_is_confirmed_to_whoever_withdrew(
    session: Session, family: Family
) -> None:
    noted = withdraw_consent(
        session, family.pupil.id, family.mother.id, (WEBSITE,), how="phone"
    )
    request = confirmation(session, tuple(one.id for one in noted))
    assert request.recipient == family.mother.id
    assert request.values["uses"] == ("Website · foto",)
    text = texts(prepare_office_letters(session, PaperPress(), (request,)).pdf)[0]
    assert "Ingetrokken op 22 november 2026" in text
