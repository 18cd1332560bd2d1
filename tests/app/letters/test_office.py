"""Letters of the consent office: drawn together, numbered when they leave, kept byte for byte."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from app.errors import Refusal
from app.forms.issue import requests_for_pupil
from app.forms.listing import form_groups, pupils_in_group
from app.journal.questions import JournalLines
from app.letters.facts import Recipient
from app.letters.listing import office_letters
from app.letters.office import (
    PreparedLetters,
    prepare_office_letters,
    register_office_letters,
    reprint_office_letter,
)
from app.letters.parts import BETWEEN
from app.letters.questions import NewestOfficeLetters
from app.letters.requests import OfficeRequest, requests_of, written
from app.people.people import GuardianDraft, save_guardian
from app.people.records import Guardian, StaffMember
from app.record import Compartment
from reports.press import PaperPress
from tests.reports.looking import texts

if TYPE_CHECKING:
    from app.letters.facts import Value
    from app.letters.records import OfficeLetter
    from app.ports import Session
    from tests.sample import Sample

REMOVAL: dict[str, Value] = {
    "what": "een foto",
    "where": ("example.org/a",),
    "removal_by": date(2026, 12, 1),
}
OUTSIDE = Recipient("Weekblad De Kade", ("Weekblad De Kade", "Kade 2", "3300 AA  DORDRECHT"))


def pupil(session: Session) -> str:
    return pupils_in_group(session, form_groups(session)[0].id)[0].id


def reminders(session: Session, count: int = 2) -> tuple[OfficeRequest, ...]:
    about = pupil(session)
    guardians = [request.guardian_id for request in requests_for_pupil(session, about)]
    return tuple(
        OfficeRequest("consent_reminder", guardians[place % len(guardians)], about)
        for place in range(count)
    )


def prepared(session: Session, *requests: OfficeRequest) -> PreparedLetters:
    return prepare_office_letters(session, PaperPress(), requests or reminders(session))


def stored(session: Session) -> tuple[OfficeLetter, ...]:
    with session.look(Compartment.CONSENT) as reader:
        return reader.ask(NewestOfficeLetters())


def test_nothing_is_stored_before_it_leaves_the_program(sample: Sample) -> None:
    session = sample.administrator()
    prepared(session)
    assert stored(session) == ()


def test_each_letter_is_kept_by_itself_byte_for_byte(sample: Sample) -> None:
    session = sample.administrator()
    letters = prepared(session)
    left = register_office_letters(session, letters)
    again = [reprint_office_letter(session, letter.id) for letter in left]
    assert again == [one.pdf for one in letters.letters]
    assert {letter.id for letter in stored(session)} == {letter.id for letter in left}


def test_numbers_run_on_and_are_no_numbers_of_cases(sample: Sample) -> None:
    session = sample.administrator()
    register_office_letters(session, prepared(session))
    register_office_letters(session, prepared(session))
    numbers = [letter.number for letter in stored(session)]
    year = session.clock.today().year
    assert numbers == [f"T{year}-{n:04}" for n in (4, 3, 2, 1)]


def test_what_leaves_again_is_noted_again_and_stored_once(sample: Sample) -> None:
    session = sample.administrator()
    letters = prepared(session)
    register_office_letters(session, letters)
    register_office_letters(session, letters, saved=True)
    with session.look(Compartment.CONSENT) as reader:
        acts = [line.act for line in reader.ask(JournalLines(limit=2))]
    assert acts == ["office_letters_saved", "office_letters_printed"]
    assert len(stored(session)) == 2


def test_letters_prepared_at_the_same_time_do_not_share_numbers(sample: Sample) -> None:
    session = sample.administrator()
    first, second = prepared(session), prepared(session)
    register_office_letters(session, first)
    with pytest.raises(Refusal) as refused:
        register_office_letters(session, second)
    assert refused.value.message.id == "letters.number_taken"
    assert len(stored(session)) == 2


def test_the_file_has_every_letter_on_a_fresh_sheet(sample: Sample) -> None:
    session = sample.administrator()
    letters = prepared(session)
    pages = texts(letters.pdf)
    assert [bool(page.strip()) for page in pages] == [True, False, True]
    assert pages[0] == texts(letters.letters[0].pdf)[0]


def test_one_letter_is_its_own_file(sample: Sample) -> None:
    session = sample.administrator()
    letters = prepared(session, *reminders(session, 1))
    assert letters.pdf is letters.letters[0].pdf


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl", "Van u is nog niet op alles een antwoord bekend"),
        ("en", "Not everything has an answer from you yet"),
        ("de", "Guten Tag"),
        ("fr", "Bonjour"),
        ("pl", "Dzień dobry"),
        ("fy", "Beste"),
    ],
)
def test_a_reminder_is_in_the_language_that_was_asked(
    sample: Sample, language: str, said: str
) -> None:
    session = sample.administrator()
    (reminder,) = reminders(session, 1)
    letter = prepared(
        session,
        OfficeRequest(reminder.template, reminder.recipient, reminder.subject_id, {}, language),
    )
    assert said in texts(letter.pdf)[0]


def test_the_language_is_that_of_the_guardian_unless_another_is_asked(sample: Sample) -> None:
    session = sample.administrator()
    with session.look(Compartment.CONSENT) as reader:
        someone = reader.all(Guardian)[0].id
    draft = GuardianDraft(first_name="Mary", surname="Wal", language="en", id=someone)
    english = save_guardian(session, draft)
    letter = prepared(session, OfficeRequest("consent_reminder", english.id, pupil(session)))
    assert letter.letters[0].letter.language == "en"


def test_a_language_that_a_letter_is_not_written_in_falls_back_to_the_school(
    sample: Sample,
) -> None:
    session = sample.administrator()
    request = OfficeRequest("takedown_request", OUTSIDE, values=REMOVAL, language="pl")
    assert prepared(session, request).letters[0].letter.language == "nl"


def test_somebody_outside_gets_a_letter_with_what_was_given(sample: Sample) -> None:
    session = sample.administrator()
    letter = prepared(session, OfficeRequest("takedown_request", OUTSIDE, values=REMOVAL))
    text = texts(letter.pdf)[0]
    assert "Weekblad De Kade Kade 2 3300 AA DORDRECHT" in text
    assert "example.org/a" in text
    assert "Geplaatst op" not in text
    assert letter.letters[0].letter.recipient_id == ""


def test_a_member_of_staff_can_be_written_to(sample: Sample) -> None:
    session = sample.administrator()
    with session.look(Compartment.CONSENT) as reader:
        member = reader.all(StaffMember)[0]
    letter = prepared(session, OfficeRequest("consent_reminder", member.id, member.id))
    assert member.surname in letter.letters[0].letter.addressee
    assert not letter.letters[0].postal


def test_what_is_missing_is_refused_once_for_all_letters(sample: Sample) -> None:
    session = sample.administrator()
    bare = OfficeRequest("takedown_request", OUTSIDE, values={"what": "een foto"})
    with pytest.raises(Refusal) as refused:
        prepared(session, bare, bare)
    found = getattr(refused.value, "found", ())
    assert [fault.field for fault in found] == ["where", "removal_by"]
    assert {fault.message.id for fault in found} == {"letters.missing"}


@pytest.mark.parametrize(
    ("value", "refused"),
    [("BSN 111222333", "people.bsn"), ("anders volgt een boete", "letters.forbidden")],
)
def test_what_must_not_stand_in_a_letter_is_refused(
    sample: Sample, value: str, refused: str
) -> None:
    session = sample.administrator()
    request = OfficeRequest("takedown_request", OUTSIDE, values={**REMOVAL, "what": value})
    with pytest.raises(Refusal) as problem:
        prepared(session, request)
    assert problem.value.message.id == refused


def test_a_slot_that_a_letter_does_not_have_is_a_defect(sample: Sample) -> None:
    session = sample.administrator()
    with pytest.raises(ValueError, match="colour"):
        prepared(session, OfficeRequest("takedown_request", OUTSIDE, values={"colour": "x"}))


def test_what_is_given_stays_text_and_cells_stay_cells(sample: Sample) -> None:
    session = sample.administrator()
    (reminder,) = reminders(session, 1)
    rows = (BETWEEN.join(("Website · foto", "{pupil}", "# \x07kop")),)
    request = OfficeRequest(
        "consent_outcome_changed", reminder.recipient, reminder.subject_id, {"outcomes": rows}
    )
    text = texts(prepared(session, request).pdf)[0]
    assert "Website · foto {pupil} # kop" in text


def test_nobody_to_write_to_is_refused(sample: Sample) -> None:
    with pytest.raises(Refusal, match=r"letters\.nobody"):
        prepare_office_letters(sample.administrator(), PaperPress(), ())


def test_a_teacher_reads_no_letters(sample: Sample) -> None:
    session = sample.administrator()
    (left, *_) = register_office_letters(session, prepared(session))
    teacher = sample.teacher()
    with pytest.raises(Refusal, match=r"register\.no_grant"):
        reprint_office_letter(teacher, left.id)


def test_requests_travel_as_text(sample: Sample) -> None:
    session = sample.administrator()
    rows: dict[str, Value] = {"outcomes": ("a\tb", "c")}
    asked = (
        *reminders(session),
        OfficeRequest("takedown_request", OUTSIDE, "publication", REMOVAL, "en"),
        OfficeRequest("consent_outcome_changed", "x", values=rows),
    )
    assert requests_of(written(asked)) == asked


def test_letters_are_listed_newest_first_and_of_one_pupil_alone(sample: Sample) -> None:
    session = sample.administrator()
    register_office_letters(session, prepared(session))
    outside = OfficeRequest("takedown_request", OUTSIDE, values=REMOVAL)
    register_office_letters(session, prepared(session, outside))
    found = office_letters(session)
    assert [row.number[-1] for row in found] == ["3", "2", "1"]
    assert found[0].name.nl == "Verzoek om een opname weg te halen"
    about = pupil(session)
    assert {row.pupil_id for row in office_letters(session, about)} == {about}
    assert len(office_letters(session, about)) == 2
    assert len(office_letters(session, limit=1)) == 1
