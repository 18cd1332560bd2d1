"""The way back leads to where somebody came from, whatever a page belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QPushButton

from tests.app.dossier.situations import STAFF, filed_about_staff
from tests.robots import part
from tests.robots.office import OfficeRobot
from ui.app.trail import Stop, Trail

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.registers import School

LIST, CASE, LETTER = Stop("cases"), Stop("case", {"id": "1"}), Stop("letter", {"id": "2"})


def go(trail: Trail, *stops: Stop) -> None:
    for here, there in pairwise(stops):
        trail.go(here, there.page, there.what)


def test_each_page_leads_to_the_one_before() -> None:
    trail = Trail()
    go(trail, LIST, CASE, LETTER)
    assert [trail.back(), trail.back(), trail.back()] == [CASE, LIST, None]


def test_nobody_is_led_in_circles() -> None:
    trail = Trail()
    go(trail, LIST, CASE, LETTER, CASE)
    assert trail.last == LIST


def test_the_same_page_again_is_no_step() -> None:
    trail = Trail()
    go(trail, LIST, CASE, CASE)
    assert trail.back() == LIST


@dataclass(frozen=True)
class Begun:
    """What opens the case and the dossier that were begun."""

    case: dict[str, str]
    dossier: dict[str, str]


@pytest.fixture
def begun(school: School) -> Begun:
    """A case about a member of staff, and his dossier."""
    _, _, filed = filed_about_staff(school)
    school.lock()
    assert filed.case is not None
    case = {"compartment": str(STAFF), "case_id": filed.case.id}
    return Begun(case, {"compartment": str(STAFF), "dossier_id": filed.dossiers[0].id})


@pytest.fixture
def robot(qtbot: QtBot, school: School, begun: Begun) -> OfficeRobot:
    """A director's office."""
    del begun
    robot = OfficeRobot(qtbot, school, school.director)
    robot.begin()
    return robot


def back(robot: OfficeRobot) -> str:
    return part(robot.page, QPushButton, "page_back").text()


def test_back_from_a_letter_leads_to_its_case(robot: OfficeRobot, begun: Begun) -> None:
    robot.goto("case", **begun.case, step="choose_course")
    robot.goto("letter", **begun.case, step_id="tell")
    assert back(robot) == "Zaak 2026-001"
    robot.press("page_back")
    assert robot.title == "Zaak 2026-001"
    assert back(robot) == "Vandaag"
    robot.press("page_back")
    assert robot.frame.place == "today"


def test_back_from_a_copy_leads_to_its_dossier(robot: OfficeRobot, begun: Begun) -> None:
    robot.goto("dossiers")
    robot.goto("dossier", **begun.dossier)
    robot.goto("compile", **begun.dossier)
    assert back(robot) == "Kees Smit"
    robot.press("page_back")
    assert (robot.title, back(robot)) == ("Kees Smit", "Dossiers")


def test_a_link_to_where_one_came_from_is_a_way_back_too(
    robot: OfficeRobot, begun: Begun
) -> None:
    robot.goto("cases")
    robot.goto("case", **begun.case)
    robot.goto("letter", **begun.case, step_id="tell")
    robot.press("letter_case")
    assert back(robot) == "Zaken"


def test_the_navigation_begins_anew(robot: OfficeRobot, begun: Begun) -> None:
    robot.goto("case", **begun.case)
    robot.frame.go("dossiers")
    robot.goto("dossier", **begun.dossier)
    assert back(robot) == "Dossiers"
