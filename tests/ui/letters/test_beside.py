"""Beside a letter: what was brought forward, what is open, how the check stands, the paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from app.breach.evidence import EvidenceFile
from app.dossier.entries import NewEntry, add_entry
from app.duties.steps import WHY
from tests.app.dossier.samples import ANSWERS, TODAY
from tests.app.dossier.situations import STAFF
from tests.app.letters.courses import Course, about_staff
from tests.robots.letter import LetterRobot
from tests.robots.office import OfficeRobot
from tests.ui.desks import desk_for, run_here
from ui.letters.views import ViewsPart
from ui.letters.work import draw

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from app.letters.lint import Finding
    from tests.registers import School

VIEWS = "Ik heb het zelf gemeld en meteen hersteld."
CAME_IN = EvidenceFile("zienswijze.txt", b"Een berisping is te zwaar.", "per post")
CONTACT = "mevrouw De Wit, 078 000 00 00"


def words(owner: QWidget) -> str:
    return " | ".join(each.text() for each in owner.findChildren(QLabel) if each.text())


def letter_of(qtbot: QtBot, school: School, course: Course, step: str) -> LetterRobot:
    """The page of a letter of a step."""
    school.lock()
    what = {"compartment": str(STAFF), "case_id": course.case_id, "step_id": step}
    return LetterRobot(qtbot, desk_for(qtbot, school.director), what)


@pytest.fixture
def heard(school: School) -> Course:
    """A case in which views were recorded, and a letter with them came in."""
    course = about_staff(school, "staff_reprimand")
    course.take("intend", "record_sending")
    course.take("record_views", views=VIEWS)
    file = course.opened.file
    entry = NewEntry("letter_in", TODAY, "Brief", case_id=file.case.id, file=CAME_IN)
    add_entry(course.session, STAFF, file.dossiers[0].id, entry)
    return course


def test_the_views_stand_above_where_they_are_weighed(
    qtbot: QtBot, school: School, heard: Course
) -> None:
    letter = letter_of(qtbot, school, heard, "decide")
    assert letter.page.form is not None
    (views,) = letter.page.findChildren(ViewsPart)
    assert VIEWS in words(views)
    weighing = letter.page.form.editor("weighing")
    assert views.parentWidget() is weighing.parentWidget()
    assert views.geometry().bottom() < weighing.geometry().top()


def test_what_came_in_is_opened_beside_the_weighing(
    qtbot: QtBot, school: School, heard: Course
) -> None:
    letter = letter_of(qtbot, school, heard, "decide")
    (name,) = (
        each.objectName()
        for each in letter.page.findChildren(QPushButton)
        if each.objectName().startswith("view_")
    )
    letter.press(name)
    assert letter.page.file.isVisible()
    assert letter.page.file.content == b"Een berisping is te zwaar."
    assert not letter.page.preview.isVisible()
    letter.press("close_file")
    assert letter.page.preview.isVisible()
    assert letter.page.file.content == b""


def test_a_letter_that_weighs_nothing_shows_no_views(qtbot: QtBot, school: School) -> None:
    course = about_staff(school, "staff_reprimand")
    assert not letter_of(qtbot, school, course, "intend").page.findChildren(ViewsPart)


@pytest.fixture
def closing(qtbot: QtBot, school: School) -> LetterRobot:
    """The letter that nothing follows, with which a case is closed."""
    course = about_staff(school, "staff_talk")
    course.take("drop")
    return letter_of(qtbot, school, course, "tell")


def test_a_letter_that_closes_a_case_shows_what_is_open(closing: LetterRobot) -> None:
    assert "Afwegen: strafbaar feit, datalek" in words(closing.page._open_card)
    closing.press("open_weighed")
    assert closing.went[-1][0] == "case"
    assert closing.went[-1][1]["duty"] == "weighed"


def test_it_is_issued_once_the_reason_is_filled_in(closing: LetterRobot) -> None:
    closing.fill(contact=CONTACT)
    assert not closing.button("letter_issue").isEnabled()
    assert WHY in {one.field for one in found(closing)}
    closing.fill(contact=CONTACT, why_open="Dat volgt nog.")
    assert closing.button("letter_issue").isEnabled()
    assert closing.issue()


def found(letter: LetterRobot) -> tuple[Finding, ...]:
    work = draw(letter.desk.press, letter.page._request())
    return run_here(letter.desk, work).findings


def test_how_the_check_stands_is_said_above_the_fields(closing: LetterRobot) -> None:
    said = words(closing.page.standing)
    assert "nog in orde" in said
    closing.fill(contact=CONTACT, why_open="Dat volgt nog.")
    assert "nog in orde" not in words(closing.page.standing)


def test_where_both_do_not_fit_one_turns_to_the_letter(closing: LetterRobot) -> None:
    assert closing.page.preview.isVisible()
    assert not closing.sees("choice_paper")
    closing.page.resize(700, 800)
    closing.settle()
    assert not closing.page.preview.isVisible()
    closing.press("choice_paper")
    assert closing.page.preview.isVisible()
    assert closing.page.form is not None
    assert not closing.page.form.isVisible()
    closing.page.resize(1280, 900)
    closing.settle()
    assert closing.page.form.isVisible()


def test_the_line_leads_to_the_check(closing: LetterRobot) -> None:
    closing.press("to_check")
    focus = QApplication.focusWidget()
    assert focus is not None
    assert closing.page.findings.isAncestorOf(focus)


def test_no_part_of_it_flashes_as_a_window(qtbot: QtBot, school: School) -> None:
    course = about_staff(school, "staff_reprimand")
    school.lock()
    robot = OfficeRobot(qtbot, school, school.director)
    robot.begin()
    robot.watch_windows()
    what = {"compartment": str(STAFF), "case_id": course.case_id}
    robot.goto("letter", **what, step_id="intend")
    for width in (700, 1280):
        robot.frame.resize(width, 860)
        robot.settle()
    assert robot.strays.names == []


def test_what_was_said_before_is_there_to_be_taken_over(
    qtbot: QtBot, school: School, heard: Course
) -> None:
    letter = letter_of(qtbot, school, heard, "decide")
    assert letter.page.form is not None
    assert letter.page.form.text("facts") == ANSWERS["facts"]
    assert letter.page.form.text("weighing") == ""
    assert letter.page._typed_values() == {}
