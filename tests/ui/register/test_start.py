"""The first start: from nothing to a register with its director signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QAbstractButton

from tests.robots.start import StartRobot
from tests.ui.desks import MemoryPreferences, outside_of, program_for

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from tests.registers import School
    from ui.app.program import Program


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, school: School) -> Program:
    """The program on a machine where no register was ever open."""
    found = program_for(qtbot, qapp, outside_of(school, MemoryPreferences()))
    found.start()
    return found


@pytest.fixture
def robot(qtbot: QtBot, program: Program) -> StartRobot:
    """Somebody at the first start."""
    return StartRobot(qtbot, program)


def test_a_register_is_made_and_opened(
    robot: StartRobot, program: Program, tmp_path: Path
) -> None:
    code = robot.make_register(tmp_path / "new", "De Walvis", "H. Vermeer")
    assert robot.step == "sheet"
    robot.go_on()
    robot.fill(code=code.lower().replace("-", " "))
    robot.go_on()
    robot.go_on()
    assert program.office is not None
    assert program.office.desk.register.recovery_confirmed
    assert program.choices.registers[0].school == "De Walvis"


def test_a_wrong_recovery_code_stays_at_its_field(robot: StartRobot, tmp_path: Path) -> None:
    robot.make_register(tmp_path / "new", "De Walvis", "H. Vermeer")
    robot.go_on()
    robot.fill(code="0000-0000-0000")
    robot.go_on()
    assert robot.step == "confirm"
    assert robot.error("code") or robot.flow.wizard.bar.words


def test_nobody_goes_back_from_the_sheet(robot: StartRobot, tmp_path: Path) -> None:
    robot.make_register(tmp_path / "new", "De Walvis", "H. Vermeer")
    robot.flow.wizard.back()
    assert robot.step == "sheet"


def test_a_folder_with_something_in_it_is_refused(robot: StartRobot, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("something")
    robot.go_on()
    robot.go_on()
    robot.fill(folder=str(tmp_path))
    robot.go_on()
    assert robot.step == "folder"
    assert "niet leeg" in robot.error("folder")


def test_a_synced_folder_is_refused(robot: StartRobot, tmp_path: Path) -> None:
    robot.go_on()
    robot.go_on()
    robot.fill(folder=str(tmp_path / "OneDrive" / "school"))
    robot.go_on()
    assert "OneDrive" in robot.error("folder")


def test_a_register_that_stands_there_is_named(robot: StartRobot, school: School) -> None:
    robot.go_on()
    robot.go_on()
    robot.fill(folder=str(school.folder))
    robot.go_on()
    assert "Bootschool De Meerpaal" in robot.error("folder")


def test_an_existing_register_leads_to_its_lock_screen(
    robot: StartRobot, program: Program, school: School
) -> None:
    robot.go_on()
    robot.fill(kind="open")
    robot.go_on()
    robot.fill(folder=str(school.folder))
    robot.go_on()
    assert [known.folder for known in program.choices.registers] == [school.folder]


def test_another_language_is_spoken_at_once(robot: StartRobot) -> None:
    robot.fill(language="en")
    robot.go_on()
    assert robot.flow.window().windowTitle() == "Boordboek"
    assert robot.flow.wizard._title.text() == "Getting started"


@pytest.mark.parametrize("name", ["", "   "])
def test_a_school_without_a_name_is_refused(
    robot: StartRobot, tmp_path: Path, name: str
) -> None:
    robot.go_on()
    robot.go_on()
    robot.fill(folder=str(tmp_path / "new"))
    robot.go_on()
    robot.fill(school=name)
    robot.go_on()
    assert robot.step == "school"
    assert robot.error("school")


def test_closing_half_way_leaves_a_register_that_can_be_recovered(
    robot: StartRobot, program: Program, school: School, tmp_path: Path
) -> None:
    code = robot.make_register(tmp_path / "new", "De Walvis", "H. Vermeer")
    program.close()
    phrase = "heel andere woorden achter elkaar"
    session = school.vault.recover(tmp_path / "new", code, "H. Vermeer", phrase)
    school.keep(session)
    assert session.user.name == "H. Vermeer"


@pytest.mark.parametrize("values", [{}, {"language": "nl"}], ids=["language", "kind"])
def test_the_first_question_has_the_keyboard(
    qtbot: QtBot, qapp: QApplication, school: School, values: dict[str, str]
) -> None:
    program = program_for(qtbot, qapp, outside_of(school, MemoryPreferences(values)))
    program.start()
    robot = StartRobot(qtbot, program)
    assert program.door is not None
    focused = program.door.focusWidget()
    assert focused is not None
    assert robot.flow.wizard.page(robot.step).isAncestorOf(focused)
    assert isinstance(focused, QAbstractButton)
