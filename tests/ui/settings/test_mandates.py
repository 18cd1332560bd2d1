"""Recording who may sign which measure, from the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from app.letters.mandates import mandates
from app.start.begin import make_ready
from tests.registers import ADMINISTRATOR
from tests.robots.settings import SettingsRobot
from tests.ui.desks import desk_for, run_here, settle
from ui.settings.mandates import MandateSheet
from ui.shell.sections import sections_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.ports import Session, UserCard
    from tests.registers import School


def test_a_director_records_a_mandate(qtbot: QtBot, school: School) -> None:
    desk = desk_for(qtbot, school.director)
    run_here(desk, make_ready)
    robot = SettingsRobot(qtbot, desk)
    robot.page.show_section("mandates")
    settle(qtbot, desk)
    buttons = robot.page.findChildren(QPushButton, "mandate_dismissal")
    assert len(buttons) == 1
    buttons[0].click()
    sheet = robot.page.sheet
    assert isinstance(sheet, MandateSheet)
    sheet.form.set_values({"roles": ("director",), "basis": "Mandaatregeling 2025, artikel 4"})
    sheet.form.submit()
    settle(qtbot, desk)
    qtbot.waitUntil(lambda: robot.page.sheet is None)
    kept = run_here(desk, mandates)["dismissal"]
    assert (kept.roles, kept.basis) == (("director",), "Mandaatregeling 2025, artikel 4")


def test_an_administrator_does_not_see_it(school: School) -> None:
    session: Session = school.administrator()
    user: UserCard = session.user
    assert user.name == ADMINISTRATOR.name
    assert "mandates" not in {section.id for section in sections_of(user)}
