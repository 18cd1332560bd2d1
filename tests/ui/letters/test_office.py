"""Letters of the consent office: seen before they leave, printed, found again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtPrintSupport import QPrinter

from app.journal.questions import JournalLines
from app.letters.facts import Recipient
from app.letters.listing import office_letters
from app.letters.office import prepare_office_letters, register_office_letters
from app.letters.requests import OfficeRequest, written
from app.record import Compartment
from app.register.school import save_school, school_of
from reports.press import PaperPress
from tests.journeys.families import add_family, settle
from tests.robots.office import OfficeRobot
from ui.kit import ask
from ui.kit.preview import printing
from ui.letters.list import LettersPage
from ui.letters.office import OfficeLetterPage

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.letters.facts import Value
    from app.ports import Session
    from tests.journeys.families import Family
    from tests.registers import School

OUTSIDE = Recipient(
    "Weekblad De Kade", ("Weekblad De Kade", "Kade 2", "3300 AA  DORDRECHT"), postal=True
)
SOON = date(2026, 12, 1)
REMOVAL: dict[str, Value] = {"what": "een foto", "where": ("example.org/a",)}


class LettersRobot(OfficeRobot):
    """Somebody at the office who writes letters."""

    family: Family

    @property
    def letter(self) -> OfficeLetterPage:
        """The page of the letters."""
        assert isinstance(self.page, OfficeLetterPage)
        return self.page

    def remind(self) -> None:
        """Go to reminders for both parents."""
        family = self.family
        asked = tuple(
            OfficeRequest("consent_reminder", one.id, family.pupil.id)
            for one in (family.mother, family.father)
        )
        self.goto("office_letter", requests=written(asked))

    def print(self, folder: Path) -> None:
        """Print what is shown, into a file."""
        printer = QPrinter()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(folder / "out.pdf"))
        with ask.scripted(printer):
            self.press("preview_print")
        self.qtbot.waitUntil(lambda: (folder / "out.pdf").exists() and not printing())


@pytest.fixture
def robot(qtbot: QtBot, school: School) -> LettersRobot:
    """An office with Zoë and both parents."""
    robot = LettersRobot(qtbot, school)
    robot.family = robot.do(lambda session: add_family(session, settle(session)))
    robot.do(with_contact)
    return robot


def with_contact(session: Session) -> None:
    """A school that says where it is and how to reach it."""
    with session.look(Compartment.CONSENT) as reader:
        known = school_of(reader)
    save_school(session, replace(known, town="Dordrecht", email="kade@example.org"))


def acts(session: Session) -> list[str]:
    with session.look(Compartment.CONSENT) as reader:
        return [line.act for line in reader.ask(JournalLines(limit=3))]


def test_letters_are_shown_at_once_and_numbered_when_printed(
    robot: LettersRobot, tmp_path: Path
) -> None:
    robot.remind()
    assert robot.letter.preview.page_count == 3
    assert robot.letter.addressees.count() == 2
    assert robot.do(office_letters) == ()
    robot.print(tmp_path)
    assert [row.about for row in robot.do(office_letters)] == ["Zoë van der Wal"] * 2
    assert robot.do(acts)[0] == "office_letters_printed"
    assert robot.said == "2 brieven zijn genummerd en bewaard."


def test_what_is_missing_is_asked_before_anything_is_drawn(
    robot: LettersRobot, tmp_path: Path
) -> None:
    request = OfficeRequest("takedown_request", OUTSIDE, values=REMOVAL)
    robot.goto("office_letter", requests=written((request,)))
    assert robot.letter.preview.page_count == 0
    robot.fill(removal_by="1-12-2026")
    robot.qtbot.waitUntil(lambda: robot.letter.preview.page_count == 1)
    with ask.scripted(tmp_path / "brief.pdf"):
        robot.press("preview_save")
    assert (tmp_path / "brief.pdf").read_bytes().startswith(b"%PDF")
    assert robot.do(acts)[0] == "office_letters_saved"


def test_what_was_changed_since_cannot_be_printed_as_it_was(robot: LettersRobot) -> None:
    robot.remind()
    form = robot.letter.form
    assert form is not None
    form.set_values({"language": "en"})
    form.changed.emit("language")
    assert languages(robot) == set()
    robot.qtbot.waitUntil(lambda: languages(robot) == {"en"})


def languages(robot: LettersRobot) -> set[str]:
    """The languages of the letters that could be printed now."""
    prepared = robot.letter._prepared
    return {one.letter.language for one in prepared.letters} if prepared else set()


def test_letters_whose_numbers_went_to_others_are_made_again(
    robot: LettersRobot, tmp_path: Path
) -> None:
    robot.remind()
    request = OfficeRequest("takedown_request", OUTSIDE, values={**REMOVAL, "removal_by": SOON})

    def meanwhile(session: Session) -> None:
        prepared = prepare_office_letters(session, PaperPress(), (request,))
        register_office_letters(session, prepared)

    robot.do(meanwhile)
    with ask.scripted(tmp_path / "brief.pdf"):
        robot.press("preview_save")
    assert "Intussen zijn andere brieven" in robot.said
    assert not (tmp_path / "brief.pdf").exists()
    with ask.scripted(tmp_path / "brief.pdf"):
        robot.press("preview_save")
    assert (tmp_path / "brief.pdf").exists()
    assert [row.number[-1] for row in robot.do(office_letters)] == ["3", "2", "1"]


def test_a_letter_is_found_and_opened_again(robot: LettersRobot, tmp_path: Path) -> None:
    robot.remind()
    robot.print(tmp_path)
    robot.goto("letters")
    assert isinstance(robot.page, LettersPage)
    robot.page.office.table.opened.emit(robot.do(office_letters)[0].id)
    robot.settle()
    assert robot.title.startswith("Brief T")
    robot.press("letter_pupil")
    assert robot.title == "Zoë van der Wal"


def test_a_letter_that_left_is_printed_again_with_an_entry(
    robot: LettersRobot, tmp_path: Path
) -> None:
    robot.remind()
    robot.print(tmp_path)
    (tmp_path / "out.pdf").unlink()
    robot.goto("office_letter", letter_id=robot.do(office_letters)[0].id)
    robot.print(tmp_path)
    assert robot.do(acts)[:2] == ["office_letter_printed", "office_letter_read"]


def test_a_director_has_letters_of_cases_and_about_consent(
    qtbot: QtBot, school: School
) -> None:
    robot = LettersRobot(qtbot, school, school.director)
    robot.goto("letters")
    assert isinstance(robot.page, LettersPage)
    assert robot.page.cases.isVisible()
    robot.press("choice_office")
    assert robot.page.office.isVisible()
