"""A pupil with two parents on the screen of the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.families import add_family, settle
from tests.robots.pupil import PupilRobot

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.journeys.families import Family
    from tests.registers import School


class ConsentRobot(PupilRobot):
    """A robot that knows the family it looks at."""

    family: Family


@pytest.fixture
def robot(qtbot: QtBot, school: School) -> ConsentRobot:
    """Zoë with both parents, who have not answered yet."""
    robot = ConsentRobot(qtbot, school)
    robot.family = robot.do(lambda session: add_family(session, settle(session)))
    robot.open(robot.family.pupil.id)
    return robot
