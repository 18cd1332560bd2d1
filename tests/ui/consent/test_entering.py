"""A pile of paper forms: a number, one key for each answer, a day, Enter, and on.

Entries for one form of twelve lines, counted by `test_twelve_lines`: the number (1 to 6 digits)
and Enter, twelve keys, Enter: with "2" as number 15 keys, and 20 where a day such as "12-10"
differs from that of the form before. At three keys a second, which is slow, that is 5 and 7
seconds.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from app.consent.records import Decision, Retraction
from tests.robots.entering import BACK, ENTER, EnteringRobot

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.registers import School

DAY = "22-11"


@pytest.fixture
def robot(qtbot: QtBot, school: School) -> EnteringRobot:
    """Somebody at the page, with the forms 000001 (mother) and 000002 (father)."""
    return EnteringRobot(qtbot, school)


def test_a_form_is_entered_by_keys_alone(robot: EnteringRobot) -> None:
    family = robot.begin_pile()
    robot.type("1", ENTER)
    uses = robot.uses
    assert "Zoë van der Wal" in robot.page_words
    assert "Marijke Wal (moeder)" in robot.page_words
    robot.type("jn" + "o" * (len(uses) - 2), DAY, ENTER)
    stored = robot.stored(Decision)
    assert [(f"{d.medium}:{d.channel}", d.answer) for d in stored] == [
        (uses[0], "yes"),
        (uses[1], "no"),
    ]
    assert {(d.decider_id, d.signed_on, d.how) for d in stored} == {
        (family.mother.id, date(2026, 11, 22), "paper")
    }
    assert "2 antwoorden vastgelegd" in robot.said
    assert robot.clicks == 0


def test_twelve_lines(robot: EnteringRobot) -> None:
    robot.begin_pile()
    robot.type("1", ENTER)
    lines = len(robot.uses)
    robot.type("j" * lines, DAY, ENTER)
    before = robot.keys_pressed
    robot.form("2", "jn" * (lines // 2) + "j" * (lines % 2))
    assert robot.keys_pressed - before == 1 + 1 + lines + 1
    assert len(robot.stored(Decision)) == 2 * lines
    assert "2 formulieren" in robot.page_words
