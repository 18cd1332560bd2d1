"""The protocol on the screen: read by everybody, written by a director."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from app.protocol.edit import note_day, put_in_force, sketch
from app.protocol.shelf import current_protocol, protocol_named
from app.start.begin import make_ready
from tests.robots.protocol import ReaderRobot, WriterRobot
from tests.ui.desks import desk_for, run_here

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.ports import Session
    from tests.registers import School
    from ui.shell.desk import Desk

STARTS = date(2026, 11, 20)


def ready(session: Session) -> None:
    make_ready(session)


@pytest.fixture
def director(qtbot: QtBot, school: School) -> Desk:
    desk = desk_for(qtbot, school.director)
    run_here(desk, ready)
    return desk


def test_everybody_reads_articles_dates_and_what_can_follow(
    qtbot: QtBot, school: School
) -> None:
    robot = ReaderRobot(qtbot, desk_for(qtbot, school.teacher))
    for said in (
        *("A5 · Niets van anderen", "1 mrt 2024", "de politie", "niet bekend"),
        *("discriminatie of radicalisering", "Personeelsdossier", "WhatsApp, nieuwsberichten"),
    ):
        assert said in robot.words
    assert not robot.sees("protocol_write")
    assert not robot.sees("note_adopted")


def test_an_old_version_stays_readable(qtbot: QtBot, school: School) -> None:
    robot = ReaderRobot(qtbot, desk_for(qtbot, school.teacher), "lovk-2018")
    assert "staan niet in het programma" in robot.words
    assert "1 dec 2018" in robot.words
    robot.page.versions.set_value("lovk-2023")
    robot.page.versions.changed.emit()
    robot.settle()
    assert "A5 · Niets van anderen" in robot.words


def test_articles_are_shown_by_audience(qtbot: QtBot, school: School) -> None:
    robot = ReaderRobot(qtbot, desk_for(qtbot, school.teacher))
    assert "C2 ·" in robot.words
    robot.press("choice_guardian")
    assert "C2 ·" not in robot.words


def test_a_director_notes_a_date(qtbot: QtBot, director: Desk) -> None:
    robot = ReaderRobot(qtbot, director)
    robot.note("council_agreed", date(2023, 3, 1))
    assert "1 mrt 2023" in robot.words
    protocol = run_here(director, current_protocol)
    found = protocol.trail_date("council_agreed")
    assert found is not None
    assert found.on == date(2023, 3, 1)
    robot.note("evaluate", date(2027, 5, 1))
    assert run_here(director, current_protocol).evaluate_on == date(2027, 5, 1)


def test_a_date_ahead_is_refused_at_its_field(qtbot: QtBot, director: Desk) -> None:
    robot = ReaderRobot(qtbot, director)
    robot.note("adopted", director.clock.today() + timedelta(days=1))
    assert robot.page.sheet is not None


def test_a_version_is_written_and_put_in_force(qtbot: QtBot, director: Desk) -> None:
    robot = WriterRobot(qtbot, director)
    robot.page.form.set_values({"name": "Eigen protocol", "starts": STARTS})
    robot.article("article_add", id="R1", heading="Kleedkamer", text="Geen toestel.")
    robot.article("article_0", heading="Tijdens de les")
    robot.press("article_up_1")
    robot.press("article_drop_2")
    robot.begin()
    assert robot.went[-1] == ("protocol", {"key": "own-1"})
    now = run_here(director, current_protocol)
    ids = [article.id for article in now.articles]
    assert ids[:3] == ["A2", "A1", "A4"]
    assert ids[-1] == "R1"
    assert now.articles[1].heading.nl == "Tijdens de les"


def test_nothing_is_put_in_force_without_agreeing(qtbot: QtBot, director: Desk) -> None:
    robot = WriterRobot(qtbot, director)
    robot.page.form.set_values({"name": "Eigen protocol", "starts": STARTS})
    robot.begin(agree=False)
    assert run_here(director, current_protocol).key == "lovk-2023"


def test_what_is_wrong_is_said_where_it_is_wrong(qtbot: QtBot, director: Desk) -> None:
    robot = WriterRobot(qtbot, director)
    robot.page.form.set_values({"name": "Eigen", "starts": date(2020, 1, 1)})
    robot.article("article_add", id="A1", heading="Dubbel", text="Dubbel.")
    robot.begin()
    assert robot.page.form.error("starts")
    assert "A1" in robot.page._error.text()
    assert run_here(director, current_protocol).key == "lovk-2023"


def test_what_is_written_is_kept_by_itself(qtbot: QtBot, director: Desk) -> None:
    robot = WriterRobot(qtbot, director)
    robot.article("article_add", id="R1", heading="Kleedkamer", text="Geen toestel.")
    robot.page.leave()
    robot.settle()
    kept = run_here(director, sketch)
    assert kept.begun
    assert kept.words.articles[-1].id == "R1"
    again = WriterRobot(qtbot, director)
    assert again.page.sketch == kept.words


def test_beginning_again_takes_the_present_version(qtbot: QtBot, director: Desk) -> None:
    from ui.kit import ask

    robot = WriterRobot(qtbot, director)
    robot.press("article_drop_0")
    with ask.scripted(True):
        robot.press("sketch_drop")
    assert robot.page.sketch is not None
    assert robot.page.sketch.articles[0].id == "A1"


def in_force(session: Session) -> None:
    from dataclasses import replace

    words = sketch(session).words
    put_in_force(session, replace(words, name="Eigen", starts=STARTS, change="Korter."))
    note_day(session, "own-1", "shared_with_staff", STARTS)


def test_a_teacher_sees_the_school_s_own_version(
    qtbot: QtBot, school: School, director: Desk
) -> None:
    run_here(director, in_force)
    digest = run_here(director, lambda session: protocol_named(session, "own-1").digest)
    assert digest
    director.runner._storage.submit(school.lock).result()
    robot = ReaderRobot(qtbot, desk_for(qtbot, school.teacher))
    assert "Eigen versie van de school" in robot.words
    assert "Korter." in robot.words
    assert "20 nov 2026" in robot.words
