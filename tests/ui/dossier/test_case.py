"""The page of a case leads: what can follow and why not, terms, corrections, signatures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel

from app.dossier.signing import countersign
from tests.app.dossier.hearing import begun, hearing, opened, take
from tests.app.dossier.samples import BREACH
from tests.app.dossier.situations import STAFF, filed_about_staff
from tests.app.dossier.test_second import OTHER, SAID, second_director
from tests.registers import DIRECTOR
from tests.robots.dossier import CaseRobot
from tests.ui.desks import desk_for, run_here
from ui.dossier.sheets import CaseSheet, StepSheet
from ui.kit import ask

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from app.dossier.case import CaseState
    from app.ports import Session
    from tests.registers import School

__all__ = ["hearing"]

pytestmark = pytest.mark.usefixtures("hearing")


def announced(session: Session) -> str:
    """A case with an intention that was sent, and a talk that was planned."""
    case_id = begun(session)
    take(session, case_id, "announce", sent_on=date(2026, 11, 20), sent_how="registered")
    take(session, case_id, "plan_talk")
    return case_id


def words(owner: QWidget) -> str:
    """Every word that can be seen in a part of a page."""
    return " | ".join(each.text() for each in owner.findChildren(QLabel) if each.text())


def page_of(qtbot: QtBot, school: School) -> CaseRobot:
    desk = desk_for(qtbot, school.director)
    return CaseRobot(qtbot, desk, str(STAFF), run_here(desk, announced))


def test_a_step_that_must_wait_says_until_when(qtbot: QtBot, school: School) -> None:
    case = page_of(qtbot, school)
    assert not case.button("step_decide").isEnabled()
    assert "loopt tot en met 11 dec 2026" in words(case.page.others)
    assert "kan vanaf 12 dec 2026" in words(case.page.others)


def test_terms_stand_with_what_they_rest_on(qtbot: QtBot, school: School) -> None:
    said = words(page_of(qtbot, school).page.terms)
    assert "Gesprek met de betrokkene: tot en met 7 dec 2026" in said
    assert "nog 19 dagen · CAO PO, disciplinaire maatregelen" in said


def test_terms_lead_to_where_they_all_stand(qtbot: QtBot, school: School) -> None:
    case = page_of(qtbot, school)
    case.press("terms_sources")
    assert case.went[-1] == ("terms", {})


def test_a_soft_term_is_moved_on_the_page(qtbot: QtBot, school: School) -> None:
    case = page_of(qtbot, school)
    assert not case.sees("move_staff.views")
    case.press("move_talk.within")
    assert isinstance(case.page.sheet, CaseSheet)
    case.page.sheet.form.set_values({"day": date(2026, 12, 14), "reason": "Ziekte."})
    case.press("sheet_save")
    assert "verschoven vanaf 7 dec 2026: Ziekte." in words(case.page.terms)


def test_a_day_that_lies_before_is_said_at_its_field(qtbot: QtBot, school: School) -> None:
    case = page_of(qtbot, school)
    case.press("move_talk.within")
    sheet = case.page.sheet
    assert isinstance(sheet, CaseSheet)
    sheet.form.set_values({"day": date(2026, 12, 1), "reason": "Ziekte."})
    case.press("sheet_save")
    assert sheet.form.error("day")


def test_a_step_is_corrected_on_the_page(qtbot: QtBot, school: School) -> None:
    case = page_of(qtbot, school)
    step_id = run_here(case.desk, case_state(case)).taken[0].record.id
    case.press(f"correct_{step_id}")
    assert isinstance(case.page.sheet, CaseSheet)
    assert case.page.sheet.form.editor("sent_on").value() == date(2026, 11, 20)
    values = {"sent_on": date(2026, 11, 18), "reason": "Het poststempel zegt de 18e."}
    case.page.sheet.form.set_values(values)
    case.press("sheet_save")
    assert "Het poststempel zegt de 18e." in words(case.page.taken)
    assert "kan vanaf 10 dec 2026" in words(case.page.others)


def test_the_newest_step_is_taken_back_on_the_page(qtbot: QtBot, school: School) -> None:
    case = page_of(qtbot, school)
    step_id = run_here(case.desk, case_state(case)).taken[1].record.id
    with ask.scripted("Verkeerde zaak."):
        case.press(f"back_{step_id}")
    assert "Gesprek met de betrokkene" not in words(case.page.terms)
    assert "Teruggenomen op 22 nov 2026 door Jan de Wit: Verkeerde zaak." in words(
        case.page.taken
    )


def case_state(case: CaseRobot) -> Callable[[Session], CaseState]:
    case_id = case.page.what()["case_id"]
    return lambda session: opened(session, case_id).file.state


def test_a_second_signature_is_asked_for_and_shown(qtbot: QtBot, school: School) -> None:
    second_director(school)
    case = page_of(qtbot, school)
    step_id = run_here(case.desk, case_state(case)).taken[0].record.id
    case.press(f"ask_{step_id}")
    assert isinstance(case.page.sheet, CaseSheet)
    other = next(u.id for u in run_here(case.desk, lambda s: s.users()) if u.name == OTHER.name)
    case.page.sheet.form.set_values({"user_id": other})
    case.press("sheet_save")
    assert f"Gevraagd aan {OTHER.name}" in words(case.page.seconds)


def test_the_second_person_signs_on_the_page(qtbot: QtBot, school: School) -> None:
    second_director(school)
    session = school.director()
    case_id = announced(session)
    step_id = opened(session, case_id).file.state.taken[0].record.id
    school.lock()
    case = CaseRobot(qtbot, desk_for(qtbot, lambda: school.unlock(OTHER)), str(STAFF), case_id)
    case.press(f"sign_{step_id}")
    case.press("sheet_save")
    assert f"Meeondertekend door {OTHER.name}" in words(case.page.seconds)
    assert not case.sees(f"sign_{step_id}")


def test_who_is_concerned_sees_why_nothing_can_be_done(qtbot: QtBot, school: School) -> None:
    desk = desk_for(qtbot, school.director)
    about = replace(BREACH, actor_name=DIRECTOR.name, actor_user=desk.user.id)
    case_id = run_here(desk, lambda session: begun(session, about))
    case = CaseRobot(qtbot, desk, str(STAFF), case_id)
    assert case.possible == []
    assert "gaat over wie nu is aangemeld" in case.said


def test_a_namesake_sees_that_only_his_name_holds_him(qtbot: QtBot, school: School) -> None:
    desk = desk_for(qtbot, school.director)
    about = replace(BREACH, actor_name="J. de Wit")
    case_id = run_here(desk, lambda session: begun(session, about))
    case = CaseRobot(qtbot, desk, str(STAFF), case_id)
    assert case.possible == []
    assert "heet zoals wie nu is aangemeld, of bijna zo" in case.said


def test_a_course_is_chosen_by_what_it_is_for(qtbot: QtBot, school: School) -> None:
    reported_case = run_case(school)
    case = CaseRobot(qtbot, desk_for(qtbot, school.director), str(STAFF), reported_case)
    case.press("step_choose_course")
    sheet = case.page.sheet
    assert isinstance(sheet, StepSheet)
    assert sheet.picker is not None
    assert "Geen formele procedure." in words(sheet.picker)
    assert sheet.form.keys == ("course_grounds",)
    case.press("course_staff_written_warning")
    sheet.form.set_values({"course_grounds": "Dit past."})
    case.press("sheet_save")
    assert "plan_talk" in case.possible


def test_a_course_that_is_not_chosen_is_asked_for(qtbot: QtBot, school: School) -> None:
    reported_case = run_case(school)
    case = CaseRobot(qtbot, desk_for(qtbot, school.director), str(STAFF), reported_case)
    case.press("step_choose_course")
    sheet = case.page.sheet
    assert isinstance(sheet, StepSheet)
    assert sheet.picker is not None
    sheet.form.set_values({"course_grounds": "Dit past."})
    case.press("sheet_save")
    assert "Kies eerst" in sheet.picker.error
    case.press("course_staff_written_warning")
    assert not sheet.picker.error
    assert "plan_talk" not in case.possible


def run_case(school: School) -> str:
    _, _, filed = filed_about_staff(school)
    assert filed.case is not None
    school.lock()
    return filed.case.id


def test_equal_cases_are_too_few_to_show(qtbot: QtBot, school: School) -> None:
    assert "minder dan 5 gelijke zaken" in words(page_of(qtbot, school).page.equal)


def test_a_signature_that_was_given_needs_no_button(qtbot: QtBot, school: School) -> None:
    second_director(school)
    session = school.director()
    case_id = announced(session)
    step_id = opened(session, case_id).file.state.taken[0].record.id
    countersign(school.unlock(OTHER), STAFF, case_id, step_id, SAID)
    school.lock()
    case = CaseRobot(qtbot, desk_for(qtbot, school.director), str(STAFF), case_id)
    assert SAID in words(case.page.seconds)
    assert not case.sees(f"ask_{step_id}")


def test_the_road_never_leads_to_dropping_by_itself(qtbot: QtBot, school: School) -> None:
    case = page_of(qtbot, school)
    road = words(case.page.course)
    assert "Zienswijze vastleggen | gesprek met de betrokkene: uiterlijk 7 dec 2026" in road
    assert road.endswith("Besluiten | Afsluiten")
    assert "Geen vervolg" not in road


def test_a_closed_case_says_so_and_can_be_opened_again(qtbot: QtBot, school: School) -> None:
    case = page_of(qtbot, school)
    case.take("drop")
    assert "afgesloten" in words(case.page.next)
    assert case.possible == ["reopen"]
    case.take("reopen")
    assert "announce" in case.possible
