"""The window stays alive while a list of two thousand comes in, and can stop the work.

The real figures are those of `make bench`; here the limits leave much room, and count what this
process did itself: other programs may keep the processors busy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bench.alive import Player, Pulse, play
from tests.bench.imports import write_list
from tests.journeys.families import settle as settle_school
from tests.robots.office import OfficeRobot

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.registers import School

PUPILS = 2000
STANDSTILL = 1500
STOPPED = 3000


def test_two_thousand_come_in_and_the_window_stays_alive(
    qtbot: QtBot, school: School, tmp_path: Path
) -> None:
    path = tmp_path / "lijst.csv"
    write_list(path, PUPILS)
    robot = OfficeRobot(qtbot, school)
    robot.do(settle_school)
    robot.begin()
    player = Player(robot.office, Pulse())
    found = play(player, path, stops=(0.6,))
    assert (found["pupils"], found["wrong"]) == (PUPILS, [])
    assert max(phase["own"] for phase in found["phases"].values()) < STANDSTILL
    assert player.stopping < STOPPED
