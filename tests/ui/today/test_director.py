"""What comes next in each case: urgent first, no names, and one click to the very step."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel

from app.breach.report import report_breach
from app.breach.sealed import Affected
from app.dossier.inbox import Filing, file_report, waiting
from tests.app.dossier.situations import ABOUT_STAFF, STAFF, settle_in
from tests.robots import part
from tests.robots.office import OfficeRobot
from ui.dossier.case import CasePage
from ui.dossier.settling import SettleSheet, WeighSheet
from ui.kit import ask
from ui.today.director import CasesCard, GoButton

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.ports import Session
    from tests.registers import School
    from ui.dossier.duties import DutiesCard

SEXUAL = replace(
    ABOUT_STAFF, categories=("sexual",), affected=(Affected("Zoë van der Wal"),), files=()
)
DUTY = "duty_2026-001_"


def filed(session: Session) -> None:
    people = settle_in(session)
    (line,) = waiting(session)
    file_report(session, STAFF, line.id, Filing((people.kees,)))


@pytest.fixture
def robot(qtbot: QtBot, school: School) -> OfficeRobot:
    """A director on the start page, with one case that may come under the sexual category."""
    report_breach(school.teacher(), SEXUAL)
    school.lock()
    robot = OfficeRobot(qtbot, school, school.director)
    robot.do(filed)
    robot.begin()
    return robot


def said(owner: CasesCard | DutiesCard) -> str:
    labels = (each for each in owner.findChildren(QLabel) if each.isVisible())
    return " | ".join(each.text() for each in labels if each.text())


def start(robot: OfficeRobot) -> CasesCard:
    return part(robot.page, CasesCard)


def case_page(robot: OfficeRobot) -> CasePage:
    assert isinstance(robot.page, CasePage)
    return robot.page


def test_duties_stand_with_their_clock_and_without_names(robot: OfficeRobot) -> None:
    words = said(start(robot))
    assert "De vertrouwensinspecteur bellen" in words
    assert "0900 111 3 111: weer bereikbaar op 23 nov 2026 om 08:00 uur" in words
    assert "Smit" not in words
    assert "Zoë" not in words


def test_the_next_step_leads_to_its_sheet(robot: OfficeRobot) -> None:
    robot.press("step_2026-001")
    assert case_page(robot).sheet is not None
    assert robot.sheet_title == "Kiezen hoe het verder gaat"


def test_a_duty_leads_to_its_sheet_and_is_done(robot: OfficeRobot) -> None:
    robot.press(f"{DUTY}inspector_consulted")
    sheet = case_page(robot).sheet
    assert isinstance(sheet, SettleSheet)
    sheet.form.set_values({"with_whom": "mevr. Q. Pinas", "note": "Eerst geen brief."})
    robot.press("sheet_save")
    assert robot.said == "De plicht is vastgelegd."
    words = said(case_page(robot).duties)
    assert "Gedaan op 22 nov 2026 door Jan de Wit, contact: mevr. Q. Pinas." in words
    robot.goto("today")
    assert f"{DUTY}inspector_consulted" not in names(robot)


def test_a_duty_is_reasoned_away_on_the_case(robot: OfficeRobot) -> None:
    robot.press(f"{DUTY}board_told")
    sheet = case_page(robot).sheet
    assert isinstance(sheet, SettleSheet)
    sheet.form.set_values({"kind": "reasoned"})
    robot.press("sheet_save")
    assert "Zonder reden blijft de plicht staan." in sheet.form.error("note")
    sheet.form.set_values({"note": "Het bestuur meldde het zelf."})
    robot.press("sheet_save")
    assert "Niet nodig, volgens Jan de Wit: Het bestuur" in said(case_page(robot).duties)


def test_what_does_not_fit_leads_to_the_case(robot: OfficeRobot) -> None:
    robot.press("more_2026-001")
    assert case_page(robot).sheet is None
    assert robot.title == "Zaak 2026-001"


def test_weighing_otherwise_lets_duties_go_and_says_so(robot: OfficeRobot) -> None:
    robot.press(f"{DUTY}board_told")
    page = case_page(robot)
    page.shut_sheet()
    robot.press("weigh")
    sheet = page.sheet
    assert isinstance(sheet, WeighSheet)
    answers = {
        "categories": (),
        "offence": "no",
        "data_breach": "no",
        "reason": "Een groepsfoto.",
    }
    sheet.form.set_values(answers)
    robot.press("sheet_save")
    words = said(page.duties)
    assert "Een groepsfoto." in words
    assert "vertrouwensinspecteur" not in words


def test_nothing_to_do_is_said_calmly(qtbot: QtBot, school: School) -> None:
    robot = OfficeRobot(qtbot, school, school.director)
    robot.begin()
    assert not start(robot).isVisible()
    assert robot.page_words.count("Agenda") == 0


def test_a_term_of_law_that_was_not_checked_for_a_year_is_named(
    qtbot: QtBot, school: School
) -> None:
    school.clock.move(timedelta(days=370))
    robot = OfficeRobot(qtbot, school, school.director)
    robot.begin()
    assert "langer dan een jaar niet nagekeken" in said(start(robot))


def test_who_opens_no_dossier_sees_no_cases(qtbot: QtBot, school: School) -> None:
    robot = OfficeRobot(qtbot, school)
    robot.begin()
    assert not start(robot).isVisible()


def test_the_calendar_is_saved(robot: OfficeRobot, tmp_path: Path) -> None:
    path = tmp_path / "agenda.ics"
    with ask.scripted(path):
        robot.press("agenda")
    assert robot.said == "De agenda is bewaard, met 9 regels. Er staan geen namen in."
    assert path.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")


def names(robot: OfficeRobot) -> set[str]:
    return {each.objectName() for each in start(robot).findChildren(GoButton)}
