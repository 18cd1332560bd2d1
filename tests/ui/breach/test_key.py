"""One key leads to a report from anywhere, and a page of the office says which."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.registers import DIRECTOR, TEACHER
from tests.robots import part
from tests.robots.unlock import UnlockRobot
from tests.ui.desks import MemoryPreferences, outside_of, program_for
from ui.breach.report import ReportPage
from ui.frame.navigation import NavButton

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from tests.registers import Login, School


@pytest.mark.parametrize(
    ("login", "place"), [(TEACHER, "check"), (TEACHER, "settings"), (DIRECTOR, "people")]
)
def test_f8_opens_a_report_from_anywhere(
    qtbot: QtBot, qapp: QApplication, school: School, login: Login, place: str
) -> None:
    rows = [{"folder": str(school.folder), "school": "Bootschool De Meerpaal"}]
    preferences = MemoryPreferences({"registers": json.dumps(rows), "palette": "light"})
    program = program_for(qtbot, qapp, outside_of(school, preferences))
    program.start()
    UnlockRobot(qtbot, program).sign_in(login)
    office = program.office
    assert office is not None
    office.goto(place, {})
    frame = office.frame
    frame.activateWindow()
    QTest.keyClick(frame, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: isinstance(frame.page, ReportPage))
    page = frame.page
    assert isinstance(page, ReportPage)
    qtbot.waitUntil(lambda: page.paper is not None)
    assert page.paper is not None
    first = page.paper.who.editor("actor_kind")
    qtbot.waitUntil(
        lambda: (
            frame.focusWidget() is not None
            and (frame.focusWidget() is first or first.isAncestorOf(frame.focusWidget()))
        ),
    )
    assert "F8" in part(frame.navigation, NavButton, "nav_breach").toolTip()
