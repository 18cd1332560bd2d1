"""Whoever decides alone is reminded as guardians are, with letters that speak of themselves."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.asking.ask import Whom, note_asked
from app.asking.listing import AskingFilter, AskingLine, Stand, asking_lines
from app.asking.records import RoundKind, Way
from app.asking.reminding import reminders
from app.asking.rounds import begin_round
from app.asking.story import asking_story
from app.consent.decide import DecisionsDraft, UseAnswer, record_decisions
from app.consent.records import Answer
from app.letters.office import prepare_office_letters, register_office_letters
from app.people.people import StaffDraft, save_staff
from app.people.records import AdultKind
from reports.press import PaperPress
from tests.app.asking.test_rounds import answers, handed_out, lines, only
from tests.reports.looking import texts

if TYPE_CHECKING:
    from app.letters.office import PreparedLetters
    from app.letters.requests import OfficeRequest
    from app.ports import Session
    from tests.sample import Sample

WAITING = AskingFilter(Stand.WAITING)
ALONE = {"self", "staff", "adult"}


@pytest.fixture
def session(unasked: Session) -> Session:
    return unasked


def own(session: Session, wanted: AskingFilter = WAITING) -> tuple[OfficeRequest, ...]:
    """The letters to those who decide alone."""
    return tuple(one for one in reminders(session, wanted) if one.recipient == one.subject_id)


def left(session: Session, *letters: OfficeRequest) -> PreparedLetters:
    prepared = prepare_office_letters(session, PaperPress(), letters)
    register_office_letters(session, prepared)
    return prepared


def volunteer(session: Session) -> AskingLine:
    """Somebody who helps, and was asked by word of mouth."""
    member = save_staff(
        session, StaffDraft(first_name="Wim", surname="Bakker", kind=AdultKind.VOLUNTEER)
    )
    note_asked(session, [Whom(member.id, member.id)], Way.IN_PERSON)
    return asking_lines(session, (f"{member.id}:{member.id}",))[0]


def test_who_decides_alone_gets_a_letter_that_says_so(session: Session) -> None:
    handed_out(session)
    alone = {line.subject_id for line in lines(session, WAITING) if line.relation in ALONE}
    letters = own(session)
    assert {one.subject_id for one in letters} == alone
    assert {one.template for one in letters} == {"own_reminder"}
    others = [one for one in reminders(session, WAITING) if one not in letters]
    assert {one.template for one in others} == {"consent_reminder"}


def test_a_letter_that_left_is_the_reminder_and_stands_in_the_story(session: Session) -> None:
    line = volunteer(session)
    (letter,) = (one for one in own(session) if one.subject_id == line.subject_id)
    page = texts(left(session, letter).pdf)[0]
    assert "Over opnamen van uzelf beslist u zelf." in page
    assert "Wim Bakker" in page
    (story,) = asking_story(session, line.subject_id)
    assert [contact.how for contact in story.contacts] == [Way.IN_PERSON, Way.LETTER]
    assert story.line.reminders == 1


@pytest.mark.parametrize("language", ["nl", "en", "de", "fr", "pl"])
def test_the_letter_is_there_in_five_languages(session: Session, language: str) -> None:
    line = volunteer(session)
    (letter,) = (one for one in own(session) if one.subject_id == line.subject_id)
    letters = [
        type(letter)(template, line.subject_id, line.subject_id, language=language)
        for template in ("own_reminder", "own_yearly")
    ]
    prepared = prepare_office_letters(session, PaperPress(), tuple(letters))
    assert {one.letter.language for one in prepared.letters} == {language}


def test_only_what_is_open_is_named_to_an_adult_who_answered_some(session: Session) -> None:
    line = volunteer(session)
    said = (UseAnswer("photo:website", Answer.YES),)
    today = session.clock.today()
    record_decisions(
        session, DecisionsDraft(line.subject_id, line.decider_id, said, signed_on=today)
    )
    (letter,) = (one for one in own(session) if one.subject_id == line.subject_id)
    named = letter.values["uses"]
    assert isinstance(named, tuple)
    assert "Foto: Website (openbaar)" not in named
    assert "Foto: Nieuwsbrief" in named


@pytest.mark.parametrize("answer", [Answer.YES, Answer.NO])
def test_whoever_answered_is_not_reminded(session: Session, answer: Answer) -> None:
    line, other = volunteer(session), volunteer(session)
    answers(session, line, answer)
    assert [one.subject_id for one in own(session)] == [other.subject_id]


def test_who_was_never_asked_or_has_left_is_not_reminded(
    sample: Sample, session: Session
) -> None:
    save_staff(session, StaffDraft(first_name="Els", surname="Kok"))
    gone, other = volunteer(session), volunteer(session)
    last = session.clock.today()
    leaver = StaffDraft(id=gone.subject_id, first_name="Wim", surname="Bakker", end=last)
    save_staff(session, leaver)
    sample.clock.move(timedelta(days=1))
    assert [one.subject_id for one in own(session)] == [other.subject_id]


def test_a_yearly_letter_goes_to_adults_who_answered(session: Session) -> None:
    line = volunteer(session)
    answers(session, line)
    round_ = begin_round(session, RoundKind.REMINDER)
    wanted = AskingFilter(Stand.TO_ASK, round_.id)
    (letter,) = (one for one in own(session, wanted) if one.subject_id == line.subject_id)
    assert letter.template == "own_yearly"
    before = only(session, RoundKind.REMINDER)
    left(session, letter)
    after = only(session, RoundKind.REMINDER)
    assert (after.to_ask, after.done) == (before.to_ask - 1, before.done + 1)
    assert line.subject_id not in {one.subject_id for one in own(session, wanted)}
