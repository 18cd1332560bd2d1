"""A case is closed with open eyes: what is open beside it is shown, settled or explained."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from tests.app.dossier.hearing import begun, hearing
from tests.app.dossier.samples import BREACH, CASE
from tests.app.dossier.situations import STAFF
from tests.robots import part
from tests.robots.dossier import CaseRobot
from tests.ui.desks import desk_for, run_here
from ui.dossier.settling import SettleSheet, WeighSheet
from ui.dossier.sheets import StepSheet

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from tests.registers import School

__all__ = ["hearing"]

pytestmark = pytest.mark.usefixtures("hearing")
DOSSIER = CASE.dossier_id
WHY = "Het gesprek hierover is na de vakantie."


def words(owner: QWidget) -> str:
    return " | ".join(each.text() for each in owner.findChildren(QLabel) if each.text())


def case_of(qtbot: QtBot, school: School, **breach: tuple[str, ...]) -> CaseRobot:
    desk = desk_for(qtbot, school.director)
    about = replace(BREACH, categories=breach.get("categories", ()))
    return CaseRobot(qtbot, desk, str(STAFF), run_here(desk, lambda each: begun(each, about)))


def closing(case: CaseRobot) -> StepSheet:
    case.press("step_drop")
    return sheet_of(case)


def sheet_of(case: CaseRobot) -> StepSheet:
    sheet = case.page.sheet
    assert isinstance(sheet, StepSheet)
    return sheet


def test_the_step_itself_says_what_is_open(qtbot: QtBot, school: School) -> None:
    case = case_of(qtbot, school)
    said = words(case.page.others)
    assert said.count("Bij het sluiten nog open: Afwegen: strafbaar feit, datalek") == 1


def test_closing_asks_why_something_stays_open(qtbot: QtBot, school: School) -> None:
    case = case_of(qtbot, school)
    sheet = closing(case)
    assert "Staat nog open" in words(sheet)
    sheet.form.set_values({"grounds": "Klein gebleken."})
    case.press("sheet_save")
    assert "nog leeg" in sheet.form.error("why_open")
    sheet.form.set_values({"why_open": WHY})
    case.press("sheet_save")
    assert "afgesloten" in words(case.page.next)
    assert f"Bleef open toen de zaak sloot, volgens Jan de Wit: {WHY}" in words(
        case.page.duties
    )


def test_what_must_be_settled_first_holds_the_closing(qtbot: QtBot, school: School) -> None:
    case = case_of(qtbot, school, categories=("violence",))
    sheet = closing(case)
    assert "Eerst vastleggen" in words(sheet)
    assert not part(sheet, QPushButton, "sheet_save").isEnabled()
    assert "why_open" not in sheet.form.keys


def test_settling_leads_back_to_the_closing_with_what_was_typed(
    qtbot: QtBot, school: School
) -> None:
    case = case_of(qtbot, school, categories=("violence",))
    closing(case).form.editor("grounds").set_value("Klein gebleken.")
    sheet_of(case).touch()
    case.press("open_inspector_consulted")
    assert isinstance(case.page.sheet, SettleSheet)
    case.page.sheet.form.set_values({"kind": "reasoned", "note": "Een misverstand."})
    case.press("sheet_save")
    again = sheet_of(case)
    assert again.form.text("grounds") == "Klein gebleken."
    assert "vertrouwensinspecteur bellen" not in words(again)
    assert part(again, QPushButton, "sheet_save").isEnabled()


def test_a_duty_that_is_left_leads_back_as_well(qtbot: QtBot, school: School) -> None:
    case = case_of(qtbot, school)
    closing(case)
    case.press("open_weighed")
    assert isinstance(case.page.sheet, WeighSheet)
    case.page.sheet.shut()
    case.settle()
    assert "Staat nog open" in words(sheet_of(case))


def test_nothing_typed_is_lost_while_a_duty_is_settled_first(
    qtbot: QtBot, school: School
) -> None:
    case = case_of(qtbot, school)
    closing(case).form.editor("grounds").set_value("Klein gebleken.")
    sheet_of(case).touch()
    case.press("open_weighed")
    case.page.leave()
    case.settle()
    again = CaseRobot(qtbot, case.desk, str(STAFF), case.page.what()["case_id"])
    assert sheet_of(again).form.text("grounds") == "Klein gebleken."


def test_the_next_step_stands_above_the_duties(qtbot: QtBot, school: School) -> None:
    case = case_of(qtbot, school, categories=("violence",))
    top, below = case.page.next, case.page.duties
    assert (
        top.mapTo(case.page, top.rect().bottomLeft()).y()
        < below.mapTo(case.page, below.rect().topLeft()).y()
    )
    assert case.sees("step_announce")


def test_what_ends_the_duties_of_a_category_is_said(qtbot: QtBot, school: School) -> None:
    case = case_of(qtbot, school, categories=("violence",))
    assert "Zegt een nieuwe weging dat het hier niet onder valt" in words(case.page.duties)


def test_without_a_category_nothing_of_the_kind_is_said(qtbot: QtBot, school: School) -> None:
    assert "nieuwe weging" not in words(case_of(qtbot, school).page.duties)


def test_what_else_can_be_done_is_one_press_away(qtbot: QtBot, school: School) -> None:
    case = case_of(qtbot, school, categories=("violence",))
    case.press("to_others")
    first = QApplication.focusWidget()
    assert first is not None
    assert case.page.others.isAncestorOf(first)


def test_the_case_leads_to_its_dossier(qtbot: QtBot, school: School) -> None:
    case = case_of(qtbot, school)
    case.press("case_dossier")
    assert case.went[-1] == ("dossier", {"compartment": str(STAFF), "dossier_id": DOSSIER})
