"""A director reads every term with its source, and finds those that must be looked up."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from tests.robots.office import OfficeRobot
from ui.dossier.terms import TermsPage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.registers import School


def terms_of(qtbot: QtBot, school: School) -> OfficeRobot:
    robot = OfficeRobot(qtbot, school, school.director)
    robot.begin()
    robot.goto("terms")
    return robot


def page_of(robot: OfficeRobot) -> TermsPage:
    assert isinstance(robot.page, TermsPage)
    return robot.page


def test_a_term_shows_where_it_stands(qtbot: QtBot, school: School) -> None:
    robot = terms_of(qtbot, school)
    page_of(robot).table.choose("breach.notice")
    robot.settle()
    said = [label.text() for label in page_of(robot).facts.findChildren(QLabel)]
    assert {"72 uur", "AVG art. 33(1)", "na te gaan in de tekst zelf"} <= set(said)
    assert any(each.startswith("http://source.commonaccord.org") for each in said)


def test_only_what_must_be_looked_up(qtbot: QtBot, school: School) -> None:
    robot = terms_of(qtbot, school)
    assert "nagekeken" in robot.row_words
    robot.press("choice_to_check")
    assert "nagekeken" not in robot.row_words
    assert "Na te gaan" in robot.row_words


def test_the_reminder_of_the_start_page_leads_there(qtbot: QtBot, school: School) -> None:
    school.clock.set(datetime(2028, 1, 10, 9, 0, tzinfo=UTC))
    robot = OfficeRobot(qtbot, school, school.director)
    robot.begin()
    robot.press("stale_terms")
    assert page_of(robot).faces.key == "to_check"
    assert "ouder dan een jaar" in robot.row_words


def test_what_to_do_when_the_agreement_ends_is_told_and_where(
    qtbot: QtBot, school: School
) -> None:
    school.clock.set(datetime(2026, 12, 10, 9, 0, tzinfo=UTC))
    robot = OfficeRobot(qtbot, school, school.director)
    robot.begin()
    assert "loopt tot en met 28 feb 2027" in robot.page_words
    robot.press("agreement")
    said = " ".join(label.text() for label in page_of(robot).findChildren(QLabel))
    assert "vraagt zo’n brief zelf om de naam" in said
    assert "1 nov 2025 tot en met 28 feb 2027" in said


def test_the_search_finds_the_page(qtbot: QtBot, school: School) -> None:
    robot = OfficeRobot(qtbot, school, school.director)
    assert any(command.key == "terms" for command in robot.office._leads._commands)
