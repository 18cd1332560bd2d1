"""On the page of a pupil: in how many publications he or she is, and the way to them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from app.start.begin import make_ready
from tests.robots.publications import PublicationsRobot
from tests.ui.desks import desk_for, run_here
from tests.ui.publications.test_publications import TITLE, allowed, used
from ui.publications.part import ShownIn

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.sample import Sample
    from ui.shell.desk import Desk


def said(part: ShownIn) -> str:
    return " ".join(label.text() for label in part.findChildren(QLabel))


def shown(qtbot: QtBot, desk: Desk, subject_id: str) -> ShownIn:
    part = ShownIn(desk)
    qtbot.addWidget(part)
    part.show()
    part.show_subject(subject_id)
    return part


def test_it_says_how_many_and_leads_to_them(qtbot: QtBot, sample: Sample) -> None:
    desk = desk_for(qtbot, sample.administrator)
    run_here(desk, make_ready)
    child = run_here(desk, allowed)
    run_here(desk, partial(used, pupil_id=child, title="Nog een"))
    part = shown(qtbot, desk, child)
    qtbot.waitUntil(lambda: "Nog een" in said(part))
    assert TITLE in said(part)
    robot = PublicationsRobot(qtbot, desk, {"subject_id": child})
    robot.waits_for("Nog een")
    robot.waits_for(TITLE)


def test_nobody_is_in_none(qtbot: QtBot, sample: Sample) -> None:
    desk = desk_for(qtbot, sample.administrator)
    part = shown(qtbot, desk, "0" * 32)
    qtbot.waitUntil(lambda: "In geen publicatie" in said(part))
