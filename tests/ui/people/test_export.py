"""Lists leave the window as a file: chosen, noted in the journal, saved, and said where."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from app.journal.questions import JournalLines
from app.people.admit import admit
from app.people.people import PupilDraft
from app.people.places import EnrolmentDraft
from app.record import Compartment
from app.roster.source.tables import open_table
from tests.journeys.families import add_family, settle
from tests.robots.pupils import PupilsRobot
from ui.kit import ask

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.ports import Session
    from tests.registers import School


def fill(session: Session) -> None:
    place = settle(session)
    add_family(session, place)
    admit(session, PupilDraft("Bo", surname="Aa"), EnrolmentDraft("", place.site_id))


def newest(session: Session) -> tuple[str, str]:
    with session.look(Compartment.CONSENT) as reader:
        line = reader.ask(JournalLines(limit=1))[0]
    return line.act, line.subject


@pytest.fixture
def robot(qtbot: QtBot, school: School) -> PupilsRobot:
    """The list of two pupils, one of them in a group."""
    robot = PupilsRobot(qtbot, school)
    robot.do(fill)
    return robot.open()


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


def test_people_leave_as_a_list_that_says_where_it_is(
    robot: PupilsRobot, tmp_path: Path
) -> None:
    path = tmp_path / "lijst.csv"
    robot.deed("do_export")
    robot.fill(format="CSV met puntkomma's")
    with ask.scripted(path) as asked:
        robot.press("sheet_save")
    assert asked.questions == ["Waar komt het bestand"]
    assert [row[1] for row in rows_of(path)[1:]] == ["Bo", "Zoë"]
    assert "lijst.csv" in robot.said
    assert str(tmp_path) in robot.said
    assert "persoonsgegevens" in robot.said
    assert robot.do(newest) == ("people_exported", "confidential:csv:2026-11-22:2")


def test_a_list_that_is_not_saved_has_not_left(robot: PupilsRobot) -> None:
    before = robot.do(newest)
    robot.deed("do_export")
    with ask.scripted(None):
        robot.press("sheet_save")
    assert robot.do(newest) == before
    assert robot.sheet_title == "Lijst opslaan als bestand"


def test_only_the_group_that_is_listed_leaves(robot: PupilsRobot, tmp_path: Path) -> None:
    path = tmp_path / "groep.csv"
    robot.choose("filter_group", "Schippersklas")
    robot.deed("do_export")
    assert "Alleen de groep" in robot.page_words
    robot.fill(format="CSV met puntkomma's")
    with ask.scripted(path):
        robot.press("sheet_save")
    assert [row[1] for row in rows_of(path)[1:]] == ["Zoë"]


def test_groups_leave_as_a_workbook(robot: PupilsRobot, tmp_path: Path) -> None:
    path = tmp_path / "groepen.xlsx"
    robot.deed("do_export")
    robot.fill(list="Groepen met het aantal leerlingen")
    with ask.scripted(path):
        robot.press("sheet_save")
    assert "Schippersklas" in str(open_table(path.read_bytes(), path.name).first(5))
    assert robot.do(newest)[0] == "groups_exported"


def test_a_folder_that_is_gone_is_told_and_can_be_tried_again(
    robot: PupilsRobot, tmp_path: Path
) -> None:
    robot.deed("do_export")
    with ask.scripted(tmp_path / "weg" / "lijst.xlsx"):
        robot.press("sheet_save")
    assert robot.sheet_bar
    (tmp_path / "weg").mkdir()
    robot.press("bar_action")
    assert "lijst.xlsx" in robot.said


def test_the_consent_overview_leaves_as_of_a_day(robot: PupilsRobot, tmp_path: Path) -> None:
    path = tmp_path / "toestemming.csv"
    robot.goto("consent")
    robot.press("export_consent")
    robot.fill(format="CSV met puntkomma's", day="1-9-2026")
    with ask.scripted(path):
        robot.press("sheet_save")
    assert [row[1] for row in rows_of(path)[1:]] == ["Zoë"]
    assert robot.do(newest) == ("consent_exported", "confidential:csv:2026-09-01:1")
