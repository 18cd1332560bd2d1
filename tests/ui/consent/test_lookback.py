"""Consent on another day, with a clear band and a way back; and the history."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from app.consent.decide import retract
from app.consent.records import Answer
from tests.journeys.families import WEBSITE, says

if TYPE_CHECKING:
    from tests.registers import School
    from tests.ui.consent.conftest import ConsentRobot


def both_say_yes_then_father_no(robot: ConsentRobot, school: School) -> None:
    family = robot.family
    for parent in (family.mother, family.father):
        robot.do(partial(says, pupil=family.pupil, guardian=parent))
    school.clock.move(timedelta(hours=3))
    father = partial(says, pupil=family.pupil, guardian=family.father, answer=Answer.NO)
    robot.do(partial(father, signed_on=date(2026, 11, 20)))


def test_another_day_is_shown_with_a_band(robot: ConsentRobot, school: School) -> None:
    both_say_yes_then_father_no(robot, school)
    assert robot.verdict("Website") == "NEE"
    robot.press("look_back")
    robot.fill(day="19-11-2026")
    robot.press("sheet_save")
    assert robot.verdict("Website") == "JA"
    assert "Stand op 19 nov 2026" in robot.page_words
    assert not robot.sees("record")
    robot.press("back_to_today")
    assert robot.verdict("Website") == "NEE"
    assert not robot.sees("back_to_today")


def test_what_was_known_then_is_another_question(robot: ConsentRobot, school: School) -> None:
    both_say_yes_then_father_no(robot, school)
    robot.press("look_back")
    robot.fill(day="22-11-2026", known_on="22-11-2026", known_time="11:30")
    robot.press("sheet_save")
    assert robot.verdict("Website") == "JA"
    assert "zoals bekend op 22 nov 2026, 11:30" in robot.page_words
    assert "niet het heden" in robot.page_words
    told = "toen JA, nu NEE. Het nee van 20 nov 2026 (vader) is ingevoerd op 22 nov 2026."
    assert f"Website · foto: {told}" in robot.page_words
    robot.press("back_to_today")
    assert told not in robot.page_words


def test_a_wrong_moment_is_told_at_its_field(robot: ConsentRobot) -> None:
    robot.press("look_back")
    robot.fill(day="22-11-2026", known_on="22-11-2026", known_time="kwart over")
    robot.press("sheet_save")
    assert "14:05" in robot.error("known_time")
    robot.fill(known_on="23-11-2026", known_time="")
    robot.press("sheet_save")
    assert "toekomst" in robot.error("known_on")


def test_nothing_is_changed_while_looking_back(robot: ConsentRobot) -> None:
    robot.press("look_back")
    robot.fill(day="19-11-2026")
    robot.press("sheet_save")
    robot.click_cell("Website", 1)
    assert robot.sheet_title == ""
    assert not robot.sees("add_guardian")
    assert not robot.sees("safety_flag")


def test_the_history_shows_what_was_corrected_and_undone(
    robot: ConsentRobot, school: School
) -> None:
    family = robot.family
    mother = partial(says, pupil=family.pupil, guardian=family.mother)
    first = robot.do(mother)
    school.clock.move(timedelta(minutes=5))
    robot.do(partial(mother, answer=Answer.NO, replaces=((WEBSITE, first.id),)))
    school.clock.move(timedelta(minutes=5))
    wrong = robot.do(partial(says, pupil=family.pupil, guardian=family.father))
    school.clock.move(timedelta(minutes=5))
    robot.do(partial(retract, decisions=[wrong], reason="verkeerd kind"))
    robot.press("open_history")
    words = robot.page_words
    for part in (
        "later verbeterd",
        "verbetering",
        "ongedaan gemaakt",
        "verkeerd kind",
        "Marijke Wal: 1 × nee",
        "door Anna van der Bos",
        "Ingeschreven",
        "gezamenlijk ouderlijk gezag",
    ):
        assert part in words
    assert words.index("1 antwoord ongedaan") < words.index("Ingeschreven")
    robot.press("back_to_pupil")
    assert robot.title == "Zoë van der Wal"


def test_the_history_shows_a_place_that_was_taken_back(robot: ConsentRobot) -> None:
    robot.press("move_pupil")
    robot.fill(start="1-12-2026")
    robot.press("sheet_save")
    robot.undo()
    robot.press("open_history")
    assert "heeft nooit gegolden" in robot.page_words
    assert "tot en met 30 nov 2026" in robot.page_words
