"""Figures on the screen: counted once, in time, and without names noted before they leave."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QScrollArea

from app.journal.questions import JournalLines
from app.people.people import PupilDraft, save_pupil
from app.record import Compartment
from tests.robots.figures import FiguresRobot
from tests.ui.desks import desk_for, run_here
from ui.theme import Theme, apply_theme

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from app.ports import Session
    from tests.sample import Sample
    from ui.shell.desk import Desk


@pytest.fixture
def office(qtbot: QtBot, sample: Sample) -> Desk:
    """The desk of the office."""
    return desk_for(qtbot, sample.administrator)


def newest_act(session: Session) -> str:
    with session.look(Compartment.CONSENT) as reader:
        return reader.ask(JournalLines(limit=1))[0].act


def test_every_use_and_group_stands_in_words_and_numbers(qtbot: QtBot, office: Desk) -> None:
    robot = FiguresRobot(qtbot, office)
    figures = robot.page.figures
    assert figures is not None
    said = robot.said_in(robot.page.school)
    assert str(figures.whole(figures.uses[0].key).yes) in said
    assert figures.uses[0].channel.name("nl") in said
    assert "Zeester" in robot.said_in(robot.page.groups)


def test_figures_are_counted_again_only_after_something_was_written(
    qtbot: QtBot, office: Desk
) -> None:
    robot = FiguresRobot(qtbot, office)
    first = robot.page.figures
    robot.page.refresh()
    robot.settle()
    assert robot.page.figures is first
    run_here(office, lambda session: save_pupil(session, PupilDraft("Noor", "", "Visser")))
    robot.page.refresh()
    qtbot.waitUntil(lambda: robot.page.figures is not first)


@pytest.mark.parametrize("size", [100, 200])
def test_every_number_is_in_sight_without_scrolling_sideways(
    qtbot: QtBot, qapp: QApplication, office: Desk, size: int
) -> None:
    apply_theme(qapp, Theme("light", size))
    robot = FiguresRobot(qtbot, office)
    robot.page.resize(1150, 800)
    robot.page.show()
    robot.settle()
    for kind in ("trend", "now"):
        robot.turn(kind)
        robot.settle()
        areas = [one for one in robot.page.findChildren(QScrollArea) if one.isVisible()]
        assert areas
        assert {one.horizontalScrollBar().maximum() for one in areas} == {0}


def test_the_trend_has_its_numbers_beside_it(qtbot: QtBot, office: Desk) -> None:
    robot = FiguresRobot(qtbot, office)
    robot.turn("trend")
    qtbot.waitUntil(lambda: len(robot.page.points) == 12)
    assert "%" in robot.said_in(robot.page.months) or "–" in robot.said_in(robot.page.months)
    assert robot.page.line.accessibleName()


def test_figures_without_names_are_noted_before_they_leave(
    qtbot: QtBot, office: Desk, tmp_path: Path
) -> None:
    robot = FiguresRobot(qtbot, office)
    robot.turn("without_names")
    qtbot.waitUntil(lambda: robot.page.prepared is not None)
    robot.settle()
    assert robot.page.preview.page_count > 0
    robot.save_table(tmp_path / "cijfers.csv")
    qtbot.waitUntil((tmp_path / "cijfers.csv").exists)
    robot.settle()
    assert run_here(office, newest_act) == "figures_saved"


def said_before(qtbot: QtBot, office: Desk) -> str:
    """What the page says of figures that left before; looked at anew."""
    page = FiguresRobot(qtbot, office).page
    page.kinds.take("without_names")
    page.arrive({"kind": "without_names"})
    qtbot.waitUntil(lambda: page.prepared is not None)
    return page.left_before.text() if not page.left_before.isHidden() else ""


def test_it_says_which_figures_left_before(
    qtbot: QtBot, office: Desk, sample: Sample, tmp_path: Path
) -> None:
    robot = FiguresRobot(qtbot, office)
    robot.turn("without_names")
    qtbot.waitUntil(lambda: robot.page.prepared is not None)
    robot.settle()
    robot.save_table(tmp_path / "cijfers.csv")
    qtbot.waitUntil((tmp_path / "cijfers.csv").exists)
    robot.settle()
    assert said_before(qtbot, office) == ""
    sample.clock.move(timedelta(days=3))
    assert "22 nov 2026" in said_before(qtbot, office)


def test_who_to_call_leads_to_the_list_of_asking(qtbot: QtBot, office: Desk) -> None:
    robot = FiguresRobot(qtbot, office)
    robot.press("who_to_call")
    assert robot.went[-1][0] == "asking"
