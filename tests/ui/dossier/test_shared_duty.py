"""Telling the authority: the page of a case says where it was recorded, and once is enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from app.publications.steps import note_notice
from tests.app.publications.test_told import DAY, PUPILS, answer, at, filed
from tests.robots import part
from tests.robots.office import OfficeRobot
from ui.dossier.case import CasePage
from ui.dossier.settling import SettleSheet
from ui.kit.button import Plain

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.ports import Session
    from app.publications.records import BreachAnswer
    from tests.registers import School

__all__ = ["answer", "at"]

BUTTON = "duty_authority_told"


@pytest.fixture
def robot(qtbot: QtBot, school: School, answer: BreachAnswer) -> OfficeRobot:
    """A director, and a case about a publication that was told as a data breach."""
    school.lock()
    robot = OfficeRobot(qtbot, school, school.director)
    robot.begin()
    return robot


def case_page(robot: OfficeRobot) -> CasePage:
    """The page of the case, once it was filed."""
    case = robot.do(lambda session: filed(session, "guardian")).case
    assert case is not None
    robot.goto("case", compartment=str(PUPILS), case_id=case.id)
    return part(robot.frame, CasePage)


def said(owner: QWidget) -> str:
    return " | ".join(one.text() for one in owner.findChildren(QLabel) if one.isVisible())


def test_what_was_recorded_at_the_publication_stands_in_the_case(
    robot: OfficeRobot, answer: BreachAnswer
) -> None:
    def told(session: Session) -> None:
        note_notice(session, answer.publication_id, told=True, told_on=DAY, how="AP-17")

    robot.do(told)
    page = case_page(robot)
    assert (
        "Vastgelegd bij de publicatie “Herfstwandeling” door Jan de Wit: gemeld op "
        "22 nov 2026, AP-17" in said(page.duties)
    )
    assert page.duties.findChild(Plain, BUTTON) is None


def test_whoever_records_it_in_the_case_knows_what_the_office_will_read(
    robot: OfficeRobot,
) -> None:
    page = case_page(robot)
    robot.press(BUTTON)
    sheet = page.sheet
    assert isinstance(sheet, SettleSheet)
    assert "Dag en meldnummer komen ook bij de publicatie te staan" in said(sheet)
    sheet.form.set_values({"with_whom": "AP-17"})
    robot.press("sheet_save")
    assert "contact: AP-17." in said(page.duties)
