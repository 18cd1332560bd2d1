"""Leave on the screen: a director gives and withdraws it, the office reads it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.leave.board import leave_board
from app.leave.give import LeaveDraft, give_leave
from app.leave.standing import Stand
from app.people.people import StaffDraft, save_staff
from app.start.begin import make_ready
from tests.robots.leave import LeaveRobot
from tests.ui.desks import desk_for, run_here

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.people.records import StaffMember
    from app.ports import Session
    from tests.registers import School
    from ui.shell.desk import Desk


def kees(session: Session) -> StaffMember:
    make_ready(session)
    return save_staff(session, StaffDraft("Kees", "K.", "van", "Smit", "leerkracht"))


@pytest.fixture
def director(qtbot: QtBot, school: School) -> Desk:
    return desk_for(qtbot, school.director)


def test_a_director_gives_leave_and_takes_it_back(qtbot: QtBot, director: Desk) -> None:
    member = run_here(director, kees)
    robot = LeaveRobot(qtbot, director)
    assert robot.page.empty.isVisible()
    robot.press("give_leave")
    today = director.clock.today()
    robot.fill(staff_id=member.id, purpose="Schoolreis", channels="Instagram", end=today)
    assert "Kees van Smit" in robot.words
    assert "Instagram" in robot.words
    robot.press("bar_action")
    (line,) = run_here(director, leave_board).lines
    assert line.stand is Stand.MISTAKE


def test_a_director_withdraws_leave(qtbot: QtBot, director: Desk) -> None:
    member = run_here(director, kees)
    day = director.clock.today()
    draft = LeaveDraft(member.id, "Schoolreis", "", day, day + timedelta(days=3))
    run_here(director, lambda session: give_leave(session, draft))
    robot = LeaveRobot(qtbot, director)
    robot.press("withdraw_leave")
    robot.fill(reason="klaar")
    assert "klaar" in robot.words
    (line,) = run_here(director, leave_board).lines
    assert line.stand is Stand.WITHDRAWN
    assert not robot.sees("withdraw_leave")


def test_what_is_not_right_is_said_at_its_field(qtbot: QtBot, director: Desk) -> None:
    member = run_here(director, kees)
    robot = LeaveRobot(qtbot, director)
    robot.press("give_leave")
    early = director.clock.today() - timedelta(days=1)
    robot.fill(staff_id=member.id, purpose="Schoolreis", end=early)
    assert run_here(director, leave_board).lines == ()
    assert robot.page.sheet is not None


def test_the_office_reads_leave_and_is_offered_nothing(qtbot: QtBot, school: School) -> None:
    head = school.director()
    day = head.clock.today()
    give_leave(head, LeaveDraft(kees(head).id, "Schoolreis", "", day, day))
    school.lock()
    office = desk_for(qtbot, school.administrator)
    robot = LeaveRobot(qtbot, office)
    assert "Schoolreis" in robot.words
    assert not robot.sees("give_leave")
    assert not robot.sees("withdraw_leave")
