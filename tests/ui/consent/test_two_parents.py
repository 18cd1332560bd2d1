"""Two parents who differ, and somebody who does not decide: neutral, and two clicks to a letter."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest

from app.consent.decide import withdraw_consent
from app.consent.objections import ObjectionDraft, note_objection, objections
from app.consent.records import Answer
from app.letters.office import prepare_office_letters, register_office_letters
from app.letters.outcomes import letters_to_all
from app.people.authority import AuthorityDraft, record_authority
from app.people.records import AuthorityKind
from app.record import Compartment
from app.register.school import save_school, school_of
from reports.press import PaperPress
from tests.journeys.families import SIGNED, WEBSITE, says
from ui.consent.differing import Differing
from ui.kit.label import Text
from ui.letters.office import OfficeLetterPage

if TYPE_CHECKING:
    from app.consent.records import Objection
    from app.ports import Session
    from tests.ui.consent.conftest import ConsentRobot


def with_contact(session: Session) -> None:
    """A school that says where it is and how to reach it."""
    with session.look(Compartment.CONSENT) as reader:
        known = school_of(reader)
    save_school(session, replace(known, town="Dordrecht", email="kade@example.org"))


@pytest.fixture
def differing(robot: ConsentRobot) -> ConsentRobot:
    """Mother says yes, father says no, about photographs on the website."""
    robot.do(with_contact)
    family = robot.family
    robot.do(partial(says, pupil=family.pupil, guardian=family.mother))
    robot.do(partial(says, pupil=family.pupil, guardian=family.father, answer=Answer.NO))
    return robot


def words_of(robot: ConsentRobot) -> str:
    part = robot.find(Differing, "")
    return " ".join(label.text() for label in part.findChildren(Text) if label.isVisible())


def test_without_a_difference_nothing_is_said(robot: ConsentRobot) -> None:
    assert not robot.sees("letters_to_all")


def test_a_difference_is_told_with_what_it_means(differing: ConsentRobot) -> None:
    said = words_of(differing)
    assert "Website · foto — Moeder: ja (1 okt 2026), Vader: nee (1 okt 2026)." in said
    assert "De uitkomst is nee: één nee is genoeg." in said
    assert "verschillen de antwoorden" in differing.page_words


def test_whose_authority_is_not_known_gets_no_letter_and_that_is_said(
    differing: ConsentRobot,
) -> None:
    family, today = differing.family, differing.desk.clock.today()
    kind = AuthorityKind.NOT_KNOWN
    fact = AuthorityDraft(family.pupil.id, family.father.id, kind, start=today)
    differing.do(partial(record_authority, draft=fact))
    assert "Het gezag van Piotr Wal is nog niet bekend" in words_of(differing)
    differing.press("letters_to_all")
    assert isinstance(differing.page, OfficeLetterPage)
    assert differing.page.addressees.count() == 1


def test_letters_to_both_are_two_clicks_away(differing: ConsentRobot) -> None:
    before = differing.clicks
    differing.press("letters_to_all")
    assert isinstance(differing.page, OfficeLetterPage)
    assert differing.page.preview.page_count == 3
    assert differing.page.addressees.count() == 2
    assert differing.clicks - before == 1  # the second prints


def test_letters_stand_in_the_history_of_the_pupil(differing: ConsentRobot) -> None:
    def send(session: Session) -> None:
        asked = letters_to_all(session, differing.family.pupil.id)
        register_office_letters(session, prepare_office_letters(session, PaperPress(), asked))

    differing.do(send)
    differing.goto("history", pupil_id=differing.family.pupil.id)
    assert "T2026-0001" in differing.page_words
    assert "aan Piotr Wal" in differing.page_words


def test_a_withdrawal_can_be_confirmed_from_the_history(differing: ConsentRobot) -> None:
    family = differing.family
    differing.do(
        partial(
            withdraw_consent,
            subject_id=family.pupil.id,
            decider_id=family.mother.id,
            uses=(WEBSITE,),
            how="phone",
        )
    )
    differing.goto("history", pupil_id=family.pupil.id)
    differing.press("confirm")
    assert isinstance(differing.page, OfficeLetterPage)
    assert differing.page.preview.page_count == 1


# -- an objection ------------------------------------------------------------------------------


@pytest.fixture
def alone(robot: ConsentRobot) -> ConsentRobot:
    """Zoë's father has no authority any more."""
    family = robot.family
    fact = AuthorityDraft(
        family.pupil.id, family.father.id, AuthorityKind.NONE, source="enrolment_form"
    )
    robot.do(partial(record_authority, draft=fact))
    return robot


def noted(robot: ConsentRobot) -> tuple[Objection, ...]:
    def read(session: Session) -> tuple[Objection, ...]:
        with session.look(Compartment.CONSENT) as reader:
            return objections(reader, robot.family.pupil.id)

    return robot.do(read)


def test_an_objection_is_noted_and_taken_back(alone: ConsentRobot) -> None:
    before = alone.line("Website")
    alone.press("note_objection")
    alone.fill(person="Piotr Wal (vader)", what="Geen filmpjes van Zoë.")
    alone.press("sheet_save")
    assert [one.person_name for one in noted(alone)] == ["Piotr Wal"]
    assert "Geen filmpjes van Zoë." in alone.page_words
    assert alone.line("Website") == before
    alone.undo()
    assert noted(alone) == ()


def test_who_decides_is_not_offered(alone: ConsentRobot) -> None:
    alone.press("note_objection")
    with pytest.raises(AssertionError, match="Marijke"):
        alone.fill(person="Marijke Wal (moeder)")


def test_somebody_else_is_named(alone: ConsentRobot) -> None:
    alone.press("note_objection")
    assert not alone.sees("field_name")
    alone.fill(person="Iemand anders")
    alone.fill(name="oma Ria", what="Liever niet.")
    alone.press("sheet_save")
    assert [one.person_name for one in noted(alone)] == ["oma Ria"]


def test_an_objection_is_taken_back_from_the_history(alone: ConsentRobot) -> None:
    family = alone.family
    objection = ObjectionDraft(family.pupil.id, "Nee.", SIGNED, "phone", family.father.id)
    alone.do(partial(note_objection, draft=objection))
    alone.goto("history", pupil_id=family.pupil.id)
    assert "Bezwaar van Piotr Wal" in alone.page_words
    alone.press("take_back")
    assert noted(alone) == ()
