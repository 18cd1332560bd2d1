"""What a director does in every case: choosing a course, letters, hearing, sending."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.robots.program import ProgramRobot
    from tests.sample import Sample

FACTS = "Op een openbaar account stond een foto van de les. Twee kinderen zijn herkenbaar."
MANDATE = "directeur, mandaat van het bestuur van 1 augustus 2025"
CONTACT = "mevrouw De Wit, 078 000 00 00"
SENT = {"proof_kind": "verzendbewijs van de post"}
HEARING = {
    "hearing_day": "30-11-2026",
    "hearing_time": "15.30 uur",
    "hearing_place": "kamer van de directeur",
}


def on(sample: Sample, day: int, month: int = 11, year: int = 2026) -> None:
    """It is ten in the morning of another day."""
    sample.clock.set(datetime(year, month, day, 9, 0, tzinfo=UTC))


def choose_course(robot: ProgramRobot, course: str, grounds: str) -> None:
    """The director decides how a case goes on."""
    robot.press("step_choose_course")
    robot.press(f"course_{course}")
    robot.fill(course_grounds=grounds)
    robot.press("sheet_save")


def issue(robot: ProgramRobot) -> None:
    """The letter is issued, once it was drawn with what was typed last; back to the case."""
    robot.qtbot.waitUntil(lambda: robot.can("letter_issue"))
    robot.settle()
    robot.press_and_agree("letter_issue")
    robot.press("letter_case")


def send_intention(robot: ProgramRobot) -> None:
    """The intention goes by post; a decision has to wait for the term."""
    robot.press("step_record_sending")
    robot.fill(sent_on="23-11-2026", proof="aangetekend, 3SABC0001", **SENT)
    robot.press("sheet_save")
    assert not robot.sees("step_decide")
    assert not robot.can("step_let_pass")


def record_views(robot: ProgramRobot, views: str) -> None:
    """The views are recorded, before the term is over."""
    robot.press("step_2026-001")
    assert robot.sheet_title == "Zienswijze vastleggen"
    robot.fill(views_day="30-11-2026", views_how="mondeling, met verslag", views=views)
    robot.press("sheet_save")


def send_decision(robot: ProgramRobot) -> None:
    """The decision goes by post."""
    robot.press("step_record_decision_sending")
    robot.fill(decision_sent_on="1-12-2026", decision_proof="aangetekend, 3SABC0002", **SENT)
    robot.press("sheet_save")
