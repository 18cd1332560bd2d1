"""The start of the day: greeting, figures, and tasks that lead to where they are done."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from app.today.tasks import Today
from tests.journeys.families import add_family, settle
from tests.robots.today import TodayRobot
from ui.settings.page import SettingsPage
from ui.today.page import TodayPage, greeting
from ui.words import speak

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.registers import School


@pytest.fixture
def robot(qtbot: QtBot, school: School) -> TodayRobot:
    """A school with one family that has not answered."""
    robot = TodayRobot(qtbot, school)
    robot.do(lambda session: add_family(session, settle(session)))
    robot.begin()
    return robot


@pytest.mark.parametrize(
    ("hour", "said"),
    [(5, "Goedenavond"), (6, "Goedemorgen"), (11, "Goedemiddag"), (17, "Goedenavond")],
)
def test_the_greeting_goes_by_the_hour_at_school(hour: int, said: str) -> None:
    speak("nl")
    now = datetime(2026, 7, 1, hour - 2 if hour < 11 else hour, tzinfo=UTC)
    assert greeting("Anna van der Bos", now) == f"{said}, Anna"


def test_initials_are_no_first_name() -> None:
    speak("nl")
    noon = datetime(2026, 7, 1, 12, tzinfo=UTC)
    assert greeting("A. de Wit", noon) == "Goedemiddag, A. de Wit"


def test_figures_and_tasks_follow_from_the_register(robot: TodayRobot) -> None:
    assert robot.title == "Goedemorgen, Anna"
    assert robot.figures == [
        "1 leerling ingeschreven",
        "0 van 2 ouders antwoordden",
        "2 nog niets gehoord",
        "0 gezag nog niet bekend",
    ]
    assert robot.tasks == ["task_to_ask"]


def test_what_is_only_counted_is_shown_before_the_rest_was_looked_at(
    qtbot: QtBot, school: School
) -> None:
    robot = TodayRobot(qtbot, school)
    robot.do(settle)
    page = TodayPage(robot.desk)
    qtbot.addWidget(page)
    page.show()
    page._show_at_once(Today((), ()))
    assert page._looking.isVisible()
    assert not page._nothing.isVisible()
    page._show_later(Today((), ()))
    assert page._nothing.isVisible()
    assert not page._looking.isVisible()


def test_a_task_leads_to_its_list(robot: TodayRobot) -> None:
    robot.press("task_to_ask")
    assert robot.title == "Vragen"
    assert "Piotr Wal" in robot.row_words


def test_a_figure_leads_to_its_list(robot: TodayRobot) -> None:
    robot.press("figure_pupils")
    assert robot.title == "Leerlingen"


def test_an_empty_register_leads_to_the_file_that_the_school_has(
    qtbot: QtBot, school: School
) -> None:
    robot = TodayRobot(qtbot, school)
    robot.do(settle)
    robot.begin()
    assert robot.tasks == ["task_bring_in", "task_first_pupil"]
    robot.press("task_bring_in")
    assert robot.title == "Mensen inlezen"


def test_the_first_pupil_can_be_added_by_hand(qtbot: QtBot, school: School) -> None:
    robot = TodayRobot(qtbot, school)
    robot.do(settle)
    robot.begin()
    robot.press("task_first_pupil")
    assert robot.sheet_title == "Leerling toevoegen"


def test_the_recovery_code_is_asked_where_it_is_typed(qtbot: QtBot, school: School) -> None:
    robot = TodayRobot(qtbot, school, school.director)
    robot.do(lambda session: session.renew_recovery())
    robot.begin()
    robot.press("task_recovery")
    page = robot.page
    assert isinstance(page, SettingsPage)
    assert page.section == "account"


def test_english_is_complete(qtbot: QtBot, school: School) -> None:
    robot = TodayRobot(qtbot, school, language="en")
    robot.begin()
    assert robot.title == "Good morning, Anna"
