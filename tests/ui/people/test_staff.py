"""The page of a member of staff: decides alone, with the sheets of everybody else."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel

from app.consent.decide import DecisionsDraft, UseAnswer, record_decisions
from app.consent.grid import answer_for
from app.consent.records import Answer
from app.people.people import StaffDraft, save_staff
from app.people.records import AdultKind
from app.record import Compartment
from app.start.begin import make_ready
from tests.robots.pages import PageRobot
from tests.robots.staff import StaffRobot
from tests.ui.desks import desk_for, run_here
from ui.consent.history import HistoryPage
from ui.consent.part import ConsentCard
from ui.people.list import PupilsPage
from ui.people.pupil import PupilPage
from ui.people.sheets import StaffSheet

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.consent.outcome import Outcome
    from app.people.records import StaffMember
    from app.ports import Session
    from tests.registers import School
    from ui.shell.desk import Desk

USE = "photo:website"
EVA = StaffDraft("Eva", "E.", "", "Mulder", kind=AdultKind.VOLUNTEER)


@pytest.fixture
def office(qtbot: QtBot, school: School) -> Desk:
    """The desk of the office, its channels there."""
    make_ready(school.director())
    school.lock()
    return desk_for(qtbot, school.administrator)


@pytest.fixture
def eva(office: Desk) -> StaffMember:
    """A volunteer."""
    return run_here(office, lambda session: save_staff(session, EVA))


def outcome(session: Session, staff_id: str) -> Outcome:
    with session.look(Compartment.CONSENT) as reader:
        line = answer_for(reader, staff_id, USE, session.clock.today())
    return line.verdict.outcome


def says_yes(session: Session, staff_id: str) -> None:
    today = session.clock.today()
    answers = (UseAnswer(USE, Answer.YES),)
    record_decisions(session, DecisionsDraft(staff_id, staff_id, answers, today))


def test_the_page_says_in_which_capacity_and_that_refusing_has_no_consequences(
    qtbot: QtBot, office: Desk, eva: StaffMember
) -> None:
    robot = StaffRobot(qtbot, office, eva.id)
    assert "vrijwilliger" in robot.words
    assert "geen gevolgen" in robot.words
    assert "Eva Mulder heeft nog niet geantwoord" in robot.words
    assert not robot.sees("note_objection")
    assert not robot.sees("make_form")


def test_the_office_withdraws_for_who_decides_alone(
    qtbot: QtBot, office: Desk, eva: StaffMember
) -> None:
    run_here(office, lambda session: says_yes(session, eva.id))
    robot = StaffRobot(qtbot, office, eva.id)
    robot.press("withdraw")
    robot.press("withdraw_now")
    assert run_here(office, lambda session: outcome(session, eva.id)) == "no"


def test_an_answer_is_recorded_from_the_grid(
    qtbot: QtBot, office: Desk, eva: StaffMember
) -> None:
    robot = StaffRobot(qtbot, office, eva.id)
    robot.page.findChildren(ConsentCard)[0].opened.emit(USE, 0)
    robot.settle()
    robot.press("change_yes")
    assert run_here(office, lambda session: outcome(session, eva.id)) == "yes"


def test_a_safety_flag_is_raised_and_lifted(
    qtbot: QtBot, office: Desk, eva: StaffMember
) -> None:
    robot = StaffRobot(qtbot, office, eva.id)
    robot.press("safety_flag")
    assert "Geen beeld van deze persoon" in robot.words
    robot.press("safety_flag")
    assert run_here(office, lambda session: outcome(session, eva.id)) == "ask"


def test_the_list_of_staff_leads_to_the_page(
    qtbot: QtBot, office: Desk, eva: StaffMember
) -> None:
    page = PupilsPage(office)
    qtbot.addWidget(page)
    with qtbot.waitSignal(office.gone_to) as went:
        page.staff.table.opened.emit(eva.id)
    assert went.args[0] == "staff"


def test_what_leads_to_a_pupil_leads_on_to_a_member_of_staff(
    qtbot: QtBot, office: Desk, eva: StaffMember
) -> None:
    page = PupilPage(office)
    qtbot.addWidget(page)
    page.arrive({"pupil_id": eva.id})
    with qtbot.waitSignal(office.gone_to) as went:
        page.refresh()
    assert went.args == ["staff", {"staff_id": eva.id}]


def test_the_history_of_a_member_of_staff_opens(
    qtbot: QtBot, office: Desk, eva: StaffMember
) -> None:
    run_here(office, lambda session: says_yes(session, eva.id))
    page = HistoryPage(office)
    page.arrive({"pupil_id": eva.id})
    robot = PageRobot(qtbot, office, page)
    assert "Eva Mulder" in " ".join(each.text() for each in robot.shown.findChildren(QLabel))


def test_who_is_there_for_some_days_is_recorded_on_those_days_only(
    office: Desk, eva: StaffMember
) -> None:
    run_here(office, lambda session: says_yes(session, eva.id))
    past = office.clock.today() - timedelta(days=1)
    draft = StaffDraft("Eva", "E.", "", "Mulder", kind=AdultKind.VOLUNTEER, end=past, id=eva.id)
    run_here(office, lambda session: save_staff(session, draft))
    assert run_here(office, lambda session: outcome(session, eva.id)) == "no"


def test_the_capacity_and_the_days_are_filled_in_on_the_sheet(
    qtbot: QtBot, office: Desk, eva: StaffMember
) -> None:
    robot = StaffRobot(qtbot, office, eva.id)
    robot.press("edit_staff")
    sheet = robot.page.sheet
    assert isinstance(sheet, StaffSheet)
    today = office.clock.today()
    sheet.form.set_values({"kind": AdultKind.TRAINEE.value, "start": today})
    robot.press("sheet_save")
    qtbot.waitUntil(lambda: "stagiair" in robot.words)
    assert robot.page.member is not None
    assert robot.page.member.start == today
