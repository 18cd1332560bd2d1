"""The page of a member of staff: decides alone, with the sheets of everybody else."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel

from app.consent.decide import DecisionsDraft, UseAnswer, record_decisions
from app.consent.grid import answer_for
from app.consent.records import Answer
from app.forms.issue import register_issue
from app.forms.listing import issued_forms
from app.people.people import StaffDraft, save_staff
from app.people.records import AdultKind, Site, StaffMember
from app.record import Compartment
from app.start.begin import make_ready
from tests.journeys.families import settle
from tests.robots.pages import PageRobot
from tests.robots.staff import StaffRobot
from tests.ui.desks import desk_for, run_here
from ui.consent.history import HistoryPage
from ui.consent.part import ConsentCard
from ui.forms.page import FormsPage
from ui.people.list import PupilsPage
from ui.people.pupil import PupilPage
from ui.people.sheets import StaffSheet

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.consent.outcome import Outcome
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


def test_the_form_of_an_adult_is_two_presses_away_and_is_registered(
    qtbot: QtBot, office: Desk, eva: StaffMember
) -> None:
    robot = StaffRobot(qtbot, office, eva.id)
    went: list[tuple[str, object]] = []
    office.gone_to.connect(lambda page, what: went.append((page, what)))
    robot.press("staff_form")
    assert went == [("forms", {"staff_id": eva.id})]
    run_here(office, settle)
    page = FormsPage(office)
    page.arrive({"staff_id": eva.id})
    forms = PageRobot(qtbot, office, page)
    qtbot.waitUntil(lambda: page.maker._prepared is not None)
    prepared = page.maker._prepared
    assert prepared is not None
    run_here(office, partial(register_issue, prepared=prepared))
    page.issued.refresh()
    forms.settle()
    (line,) = run_here(office, issued_forms)
    assert (line.pupil_id, line.guardian, line.adult) == (eva.id, "Eva Mulder", True)
    page.issued.table.opened.emit(line.id)
    assert went[-1] == ("staff", {"staff_id": eva.id})


def test_the_site_of_an_adult_is_chosen_and_stays_when_something_else_changes(
    qtbot: QtBot, office: Desk, eva: StaffMember
) -> None:
    robot = StaffRobot(qtbot, office, eva.id)
    site = run_here(office, first_site)
    robot.press("edit_staff")
    sheet = robot.page.sheet
    assert isinstance(sheet, StaffSheet)
    sheet.form.set_values({"site_id": site.id})
    robot.press("sheet_save")
    qtbot.waitUntil(lambda: site.name in robot.words)
    robot.press("edit_staff")
    again = robot.page.sheet
    assert isinstance(again, StaffSheet)
    again.form.set_values({"function": "leest voor"})
    robot.press("sheet_save")
    qtbot.waitUntil(lambda: "leest voor" in robot.words)
    saved = run_here(office, lambda session: member(session, eva.id))
    assert (saved.site_id, saved.function) == (site.id, "leest voor")


def first_site(session: Session) -> Site:
    with session.look(Compartment.CONSENT) as reader:
        return reader.all(Site)[0]


def member(session: Session, staff_id: str) -> StaffMember:
    with session.look(Compartment.CONSENT) as reader:
        return reader.get(StaffMember, staff_id)
