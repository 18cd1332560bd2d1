"""A whole group in one grid: arrows, J and N, one press, one undo."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from app.consent.decide import DecisionsDraft, record_papers
from app.consent.one_off import OneOffDraft, save_one_off
from app.consent.records import Answer, Decision, Retraction
from tests.journeys.families import SIGNED, add_family, says, settle
from tests.robots.entering import EnteringRobot
from ui.consent.groupgrid import GroupGrid

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.consent.records import Channel
    from app.ports import Session
    from tests.journeys.families import Family
    from tests.registers import School


class GroupRobot(EnteringRobot):
    """Somebody on a meeting evening: two pupils, two parents each."""

    families: tuple[Family, ...] = ()

    @property
    def grid(self) -> GroupGrid:
        """The grid."""
        return self.find(GroupGrid, "group_grid")

    def cell(self, row: int, column: int) -> str:
        """The words of a cell."""
        return str(self.grid.table.index(row, column).data())

    def titles(self) -> list[str]:
        """The rows, by their titles."""
        down = Qt.Orientation.Vertical
        return [
            str(self.grid.table.headerData(row, down))
            for row in range(self.grid.table.rowCount())
        ]


@pytest.fixture
def robot(qtbot: QtBot, school: School) -> GroupRobot:
    """At the grid of the group; Zoë's mother said no to the website."""
    robot = GroupRobot(qtbot, school)

    def work(session: Session) -> None:
        robot.place = settle(session)
        robot.families = tuple(add_family(session, robot.place, n) for n in ("Zoë", "Ada"))
        says(session, robot.families[0].pupil, robot.families[0].mother, Answer.NO)

    robot.do(work)
    robot.goto("enter_group", group_id=robot.place.group_id)
    robot.qtbot.waitUntil(lambda: robot.grid.table.rowCount() == 4)
    return robot


def of(robot: GroupRobot) -> list[tuple[str, str, str]]:
    """What was recorded after the first answer."""
    stored = [d for d in robot.stored(Decision) if d.how == "conversation"]
    return sorted((d.subject_id, d.decider_id, d.answer) for d in stored)


def test_rows_are_pupils_by_deciders(robot: GroupRobot) -> None:
    assert robot.titles() == [
        "Wal, Ada van der · moeder",
        "Wal, Ada van der · vader",
        "Wal, Zoë van der · moeder",
        "Wal, Zoë van der · vader",
    ]
    website = [robot.cell(row, column_of(robot, "photo:website")) for row in range(4)]
    assert website == ["", "", "nee", ""]


def column_of(robot: GroupRobot, use: str) -> int:
    found = robot.grid.table.found
    assert found is not None
    return found.uses.index(use)


def uses_of(robot: GroupRobot) -> tuple[str, ...]:
    found = robot.grid.table.found
    return found.uses if found else ()


def test_keys_answer_and_one_press_records_all(robot: GroupRobot) -> None:
    robot.keys("jn", Qt.Key.Key_Down, "j")
    robot.press("record_group")
    robot.qtbot.waitUntil(lambda: "3 antwoorden vastgelegd" in robot.said)
    ada = robot.families[1]
    assert of(robot) == sorted(
        [
            (ada.pupil.id, ada.mother.id, "yes"),
            (ada.pupil.id, ada.mother.id, "no"),
            (ada.pupil.id, ada.father.id, "yes"),
        ]
    )
    told = [d for d in robot.stored(Decision) if d.how == "conversation"]
    assert {(d.taken_by, d.note) for d in told} == {("Anna van der Bos", "")}


def test_one_undo_takes_everything_back(robot: GroupRobot) -> None:
    for row in range(4):
        robot.grid.setCurrentIndex(robot.grid.table.index(row, 0))
        robot.keys("n")
    robot.press("record_group")
    robot.qtbot.waitUntil(lambda: "4 antwoorden vastgelegd" in robot.said)
    robot.press("bar_action")
    robot.qtbot.waitUntil(lambda: len(robot.stored(Retraction)) == 4)


def test_what_was_decided_stays_unless_something_is_typed(robot: GroupRobot) -> None:
    website = column_of(robot, "photo:website")
    robot.grid.setCurrentIndex(robot.grid.table.index(2, website))
    robot.keys("j", Qt.Key.Key_Left, Qt.Key.Key_Backspace)
    assert robot.cell(2, website) == "nee"
    assert robot.grid.table.answers() == ()


def test_a_one_off_use_that_is_open_has_a_column(robot: GroupRobot) -> None:
    end = robot.desk.clock.today() + timedelta(days=9)

    def made(name: str, group_ids: tuple[str, ...]) -> Channel:
        draft = OneOffDraft(name, ("photo",), "website", None, end, group_ids)
        return robot.do(partial(save_one_off, draft=draft))

    trip = made("Schoolreis", (robot.place.group_id,))
    elsewhere = made("Persdag", ("0" * 32,))
    robot.goto("enter_group", group_id=robot.place.group_id)
    robot.qtbot.waitUntil(lambda: f"photo:{trip.key}" in uses_of(robot))
    assert f"photo:{elsewhere.key}" not in uses_of(robot)
    robot.grid.setCurrentIndex(robot.grid.table.index(0, column_of(robot, f"photo:{trip.key}")))
    robot.keys("n")
    robot.press("record_group")
    robot.qtbot.waitUntil(lambda: "1 antwoord vastgelegd" in robot.said)
    assert [d.channel for d in robot.stored(Decision) if d.how == "conversation"] == [trip.key]


def test_what_nobody_can_read_is_told_beside_what_stands(robot: GroupRobot) -> None:
    zoe = robot.families[0]
    draft = DecisionsDraft(
        zoe.pupil.id, zoe.mother.id, (), SIGNED, unclear=("photo:website", "film:website")
    )
    robot.do(lambda session: record_papers(session, (draft,)))
    robot.goto("enter_group", group_id=robot.place.group_id)
    film = column_of(robot, "film:website")
    robot.qtbot.waitUntil(lambda: robot.cell(2, film) == "onduidelijk")
    assert robot.cell(2, column_of(robot, "photo:website")) == "nee, nieuwer onduidelijk"
    assert robot.cell(3, film) == ""


def test_a_row_has_its_conditions(robot: GroupRobot) -> None:
    robot.keys("1j")
    robot.qtbot.keyClick(robot.grid, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    robot.qtbot.waitUntil(lambda: "1 antwoord vastgelegd" in robot.said)
    (decision,) = [d for d in robot.stored(Decision) if d.how == "conversation"]
    assert decision.conditions == ("no_name",)


def test_who_took_it_has_to_be_known(robot: GroupRobot) -> None:
    robot.keys("j")
    robot.fill(taken_by="")
    robot.press("record_group")
    assert "Aangenomen door" in robot.error("taken_by")
    robot.fill(how="paper")
    assert not robot.sees("field_taken_by")


def test_what_was_typed_is_there_again(robot: GroupRobot) -> None:
    robot.keys("jn")
    robot.goto("today")
    robot.goto("enter_group")
    robot.qtbot.waitUntil(lambda: "staat er weer" in robot.said)
    assert [robot.cell(0, column) for column in (0, 1)] == ["ja", "nee"]
