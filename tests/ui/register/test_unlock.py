"""The lock screen."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.registers import ADMINISTRATOR, DIRECTOR, TEACHER
from tests.robots.unlock import UnlockRobot
from tests.ui.desks import MemoryPreferences, outside_of, program_for

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from tests.registers import Login, School
    from ui.app.program import Program


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, school: School) -> Program:
    """The program on a machine that knows the test register."""
    rows = [{"folder": str(school.folder), "school": "Bootschool De Meerpaal", "pin": False}]
    preferences = MemoryPreferences({"registers": json.dumps(rows), "language": "nl"})
    found = program_for(qtbot, qapp, outside_of(school, preferences))
    found.start()
    return found


@pytest.fixture
def robot(qtbot: QtBot, program: Program) -> UnlockRobot:
    """Somebody at the lock screen."""
    return UnlockRobot(qtbot, program)


@pytest.mark.parametrize(
    "login", [DIRECTOR, ADMINISTRATOR, TEACHER], ids=lambda one: one.roles[0]
)
def test_everybody_comes_to_his_own_first_page(
    robot: UnlockRobot, program: Program, login: Login
) -> None:
    robot.sign_in(login)
    assert program.office is not None
    first = "check" if login is TEACHER else "today"
    assert program.office.frame.place == first


def test_a_wrong_phrase_is_refused_without_saying_which(robot: UnlockRobot) -> None:
    robot.try_phrase("Jan de Wit", "iets heel anders dan dat")
    one = robot.said()
    robot.try_phrase("Niemand", "iets heel anders dan dat")
    assert one
    assert robot.said() == one


def test_an_empty_field_is_asked_for(robot: UnlockRobot) -> None:
    robot.try_phrase("Jan de Wit", "")
    assert "leeg" in robot.screen.form.error("password")


def test_no_users_are_offered_outside_the_sample_school(robot: UnlockRobot) -> None:
    robot.settle()
    assert robot.sample_buttons() == []


def test_the_phrase_is_gone_from_the_field_after_signing_in(
    robot: UnlockRobot, program: Program
) -> None:
    screen = robot.screen
    left: list[str] = []
    program.entered.connect(lambda: left.append(screen.form.text("password")))
    robot.sign_in(DIRECTOR)
    assert left == [""]


def test_a_new_user_comes_in_with_a_code(
    robot: UnlockRobot, program: Program, school: School
) -> None:
    code = school.director().add_user("Kees Smit", ("teacher",))
    school.lock()
    robot.enrol("Kees Smit", code)
    assert program.office is not None
    assert program.office.desk.user.name == "Kees Smit"


def test_a_mistyped_code_is_said_at_its_field(robot: UnlockRobot, school: School) -> None:
    school.director().add_user("Kees Smit", ("teacher",))
    school.lock()
    robot.enrol("Kees Smit", "AAAA-BBBB")
    assert robot.code_error("code")


def test_the_recovery_sheet_opens(robot: UnlockRobot, program: Program, school: School) -> None:
    robot.recover(DIRECTOR.name, school.recovery_code)
    assert program.office is not None
    assert program.office.desk.user.name == DIRECTOR.name
    assert "Maak een nieuw" in program.office.frame.bar.words


def test_a_register_that_is_gone_is_said_beforehand(
    qtbot: QtBot, qapp: QApplication, school: School
) -> None:
    rows = [{"folder": str(school.folder / "elsewhere"), "school": "De Walvis"}]
    preferences = MemoryPreferences({"registers": json.dumps(rows)})
    program = program_for(qtbot, qapp, outside_of(school, preferences))
    program.start()
    robot = UnlockRobot(qtbot, program)
    qtbot.waitUntil(lambda: "geen register" in robot.said())
