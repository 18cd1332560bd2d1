"""The consent overview: whose authority is not known, and the way to who has not answered."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from app.people.authority import AuthorityDraft, record_authority
from app.people.records import AuthorityKind
from tests.journeys.families import says
from ui.consent.page import ConsentPage

if TYPE_CHECKING:
    from tests.ui.consent.conftest import ConsentRobot


def rows(robot: ConsentRobot) -> list[str]:
    assert isinstance(robot.page, ConsentPage)
    model = robot.page.table.model
    return [str(model.index(line, 2).data()) for line in range(model.rowCount())]


def unknown_father(robot: ConsentRobot) -> None:
    """Of the father it is not known whether he decides."""
    family = robot.family
    draft = AuthorityDraft(
        family.pupil.id,
        family.father.id,
        AuthorityKind.NOT_KNOWN,
        start=robot.desk.clock.today(),
    )
    robot.do(partial(record_authority, draft=draft))


def test_who_did_not_answer_is_one_press_away_and_counted(robot: ConsentRobot) -> None:
    robot.goto("consent")
    robot.qtbot.waitUntil(lambda: "Nog niets gehoord van 2" in robot.page_words)
    family = robot.family
    robot.do(partial(says, pupil=family.pupil, guardian=family.mother))
    robot.qtbot.waitUntil(lambda: "Nog niets gehoord van 1" in robot.page_words)
    robot.press("asking")
    assert robot.title == "Vragen"
    robot.qtbot.waitUntil(lambda: "Piotr Wal" in robot.row_words)


def test_a_line_opens_the_pupil(robot: ConsentRobot) -> None:
    unknown_father(robot)
    robot.goto("consent")
    assert isinstance(robot.page, ConsentPage)
    robot.page.table.view.setFocus()
    robot.keys(Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert robot.title == "Zoë van der Wal"


def test_open_authority_has_a_list_of_its_own(robot: ConsentRobot) -> None:
    unknown_father(robot)
    robot.goto("consent", list="authority")
    assert rows(robot) == ["Piotr Wal"]
    robot.goto("consent", list="no_guardian")
    assert rows(robot) == []
