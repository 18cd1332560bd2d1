"""The check screen: three letters and Enter, touch alone, and a list that cannot be trusted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton

from app.check.answer import board, check_pupil, find_pupils, pupils_of_group
from app.check.publish import keep_published
from app.check.records import CheckRow, RowKind
from app.people.people import StaffDraft, save_staff
from app.record import Compartment
from tests.app.dossier.situations import filed_about_staff
from tests.robots import part
from tests.robots.check import CheckRobot
from tests.ui.desks import desk_for, run_here
from ui.kit.tiles import TileButton
from ui.theme import Theme, apply_theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from app.ports import Session
    from tests.sample import Sample


@pytest.fixture
def robot(qtbot: QtBot, sample: Sample) -> CheckRobot:
    """A teacher at the start of the check screen."""
    return CheckRobot(qtbot, desk_for(qtbot, sample.teacher))


def first(robot: CheckRobot, letters: str) -> str:
    return run_here(robot.page.desk, lambda session: find_pupils(session, letters)[0].name)


def test_three_letters_and_enter_answer(robot: CheckRobot) -> None:
    robot.type("zoë")
    robot.enter()
    assert robot.face == "pupil"
    assert robot.name == first(robot, "zoe")
    assert robot.answers <= {"JA", "JA, mits", "NEE", "VRAAG NA", "NIET NODIG"}


def test_enter_waits_for_the_names(robot: CheckRobot) -> None:
    robot.type("ali")
    robot.enter()
    assert robot.face == "pupil"


def test_touch_alone_answers(robot: CheckRobot) -> None:
    found = run_here(robot.page.desk, group_with_names)
    robot.touch_group(found[0])
    assert robot.face == "names"
    robot.touch_name(found[1])
    assert robot.face == "pupil"
    assert robot.name == found[1]
    robot.press("check_other")
    assert robot.face == "start"


def group_with_names(session: Session) -> tuple[str, str]:
    group = board(session).groups[0]
    return group.name, pupils_of_group(session, group.id)[0].name


def test_letters_can_be_touched(robot: CheckRobot) -> None:
    robot.press("letter_Z")
    shown = [b.tile.title for b in robot.page.start.hits._buttons if b.isVisible()]
    assert any(name.startswith("Zoë") for name in shown)


def test_everything_is_large_enough_for_a_finger(robot: CheckRobot) -> None:
    robot.type("zoe")
    robot.enter()
    buttons = robot.page.findChildren(QPushButton) + robot.page.findChildren(TileButton)
    small = [b.objectName() for b in buttons if b.isVisible() and b.height() < 48]
    assert small == []


def test_another_kind_of_recording_gives_other_answers(robot: CheckRobot) -> None:
    robot.type("zoe")
    robot.enter()
    assert robot.page._answer is not None
    asked = {line.use.partition(":")[0] for line in robot.page._answer.lines}
    robot.press("choice_film")
    assert robot.page.touch.media.key == "film"
    assert "film" in asked
    assert robot.face == "pupil"


def test_a_screen_reader_hears_name_answer_and_reason(robot: CheckRobot) -> None:
    robot.type("zoe")
    robot.enter()
    tile = robot.tiles[0]
    assert tile.answer in tile.accessibleName()
    assert robot.name in robot.page.pupil.spoken()
    assert tile.accessibleName() in robot.page.pupil.spoken()


def test_escape_goes_one_step_back(robot: CheckRobot) -> None:
    found = run_here(robot.page.desk, group_with_names)
    robot.touch_group(found[0])
    robot.touch_name(found[1])
    robot.escape()
    assert robot.face == "names"
    robot.escape()
    assert robot.face == "start"


def test_who_was_looked_at_last_stands_ready(robot: CheckRobot) -> None:
    robot.type("zoe")
    robot.enter()
    name = robot.name
    robot.press("check_other")
    shown = [b.tile.title for b in robot.page.start.last._buttons if b.isVisible()]
    assert shown == [name]


def test_it_goes_back_by_itself_and_forgets(qtbot: QtBot, robot: CheckRobot) -> None:
    robot.page.home.setInterval(20)
    robot.type("zoe")
    robot.enter()
    qtbot.waitUntil(lambda: robot.face == "start")
    assert robot.page._answer is None


def test_it_waits_as_long_as_the_rules_say(robot: CheckRobot) -> None:
    robot.type("zoe")
    robot.enter()
    assert robot.page.home.isActive()
    assert robot.page.home.interval() == 30_000


def test_nobody_by_that_name_is_no_yes(robot: CheckRobot) -> None:
    robot.type("qqq")
    robot.enter()
    assert robot.face == "start"
    assert "qqq" in robot.page.start._note.text()


# -- a list that cannot be trusted -------------------------------------------------------------


def forged(sample: Sample) -> str:
    """Give somebody the answers of somebody else, without publishing; his name."""
    session = sample.administrator()
    with session.work(Compartment.CHECK, "forged") as work:
        one, other = work.all(CheckRow, kind=RowKind.PUPIL)[:2]
        work.change(replace(one, verdicts=other.verdicts, group_id=other.group_id))
        work.commit()
    sample.lock()
    return one.name


def test_a_tampered_row_says_ask(qtbot: QtBot, sample: Sample) -> None:
    name = forged(sample)
    robot = CheckRobot(qtbot, desk_for(qtbot, sample.teacher))
    robot.type(name)
    robot.enter()
    assert robot.name == name
    assert robot.answers == {"VRAAG NA"}
    assert robot.warns


def test_a_stale_list_says_so_at_once(qtbot: QtBot, sample: Sample) -> None:
    sample.clock.move(timedelta(days=20))
    robot = CheckRobot(qtbot, desk_for(qtbot, sample.teacher))
    assert robot.page.start.warn.isVisible()
    robot.type("zoe")
    robot.enter()
    assert robot.answers == {"VRAAG NA"}


def test_a_pupil_who_left_the_list_is_no_yes(robot: CheckRobot) -> None:
    robot.page._open_pupil("0" * 32)
    robot.settle()
    assert robot.face == "pupil"
    assert robot.warns
    assert robot.tiles == ()


def test_an_honest_answer_shows_no_warning(robot: CheckRobot) -> None:
    robot.type("zoe")
    robot.enter()
    pupil = robot.page._pupil
    found = run_here(robot.page.desk, lambda session: check_pupil(session, pupil))
    assert found.doubt is None
    assert not robot.warns
    assert "gepubliceerd door" in robot.page.pupil.fresh.text()


@pytest.mark.parametrize("size", [100, 200])
def test_nothing_is_wider_than_a_small_window(
    qtbot: QtBot, qapp: QApplication, sample: Sample, size: int
) -> None:
    apply_theme(qapp, Theme("contrast", size))
    robot = CheckRobot(qtbot, desk_for(qtbot, sample.teacher))
    robot.page.resize(QSize(1024, 700))
    robot.type("zoe")
    robot.enter()
    bar = robot.page.pupil.area.horizontalScrollBar()
    assert bar.maximum() == 0


def test_a_report_and_the_way_out_are_asked_of_the_desk(qtbot: QtBot, sample: Sample) -> None:
    desk = desk_for(qtbot, sample.teacher)
    went: list[str] = []
    desk.gone_to.connect(lambda page, _what: went.append(page))
    robot = CheckRobot(qtbot, desk)
    robot.press("check_report")
    robot.press("check_leave")
    assert went == ["breach", ""]
    with qtbot.waitSignal(desk.lock_asked):
        robot.press("check_lock")


# -- adults ------------------------------------------------------------------------------------


def test_three_letters_and_enter_find_an_adult_who_is_called_one(robot: CheckRobot) -> None:
    robot.type("slu")
    robot.enter()
    assert robot.name == "Wilma Sluiter"
    assert robot.who == ("andere volwassene", "Dordrecht")
    assert "andere volwassene" in robot.page.pupil.spoken()
    assert not part(robot.page.pupil, QPushButton, "check_whole").isVisible()
    assert part(robot.page.pupil, QPushButton, "check_other").text() == "Iemand anders"


def test_a_child_is_not_called_an_adult_after_one(robot: CheckRobot) -> None:
    robot.type("slu")
    robot.enter()
    robot.press("check_other")
    robot.type("zoe")
    robot.enter()
    assert robot.who[0] == ""
    assert part(robot.page.pupil, QPushButton, "check_other").text() == "Ander kind"


def test_the_adults_are_reached_by_touch(robot: CheckRobot) -> None:
    robot.touch_group("Volwassenen")
    assert robot.face == "names"
    robot.touch_name("Marit Dekker")
    assert robot.who == ("medewerker", "Werkendam")
    robot.escape()
    assert robot.face == "names"


def test_an_adult_of_the_name_of_a_child_stands_below_the_child(
    qtbot: QtBot, sample: Sample
) -> None:
    session = sample.administrator()
    keep_published(session)
    child = find_pupils(session, "willemijn")[0]
    first, _, surname = child.name.partition(" ")
    save_staff(session, StaffDraft(first, surname=surname))
    sample.lock()
    robot = CheckRobot(qtbot, desk_for(qtbot, sample.teacher))
    robot.type(child.name)
    robot.settle()
    tiles = [b.tile for b in robot.page.start.hits._buttons if b.isVisible()]
    assert [tile.title for tile in tiles] == [child.name, child.name]
    assert [("medewerker" in tile.detail) for tile in tiles] == [False, True]
    assert [tile.taken for tile in tiles] == [True, False]


def test_who_reported_nothing_sees_nothing_of_reports(robot: CheckRobot) -> None:
    assert not part(robot.page, QPushButton, "check_reports").isVisible()


def test_own_reports_are_one_press_away(qtbot: QtBot, sample: Sample) -> None:
    filed_about_staff(sample)
    sample.lock()
    robot = CheckRobot(qtbot, desk_for(qtbot, sample.teacher))
    button = part(robot.page, QPushButton, "check_reports")
    assert button.isVisible()
    assert button.text() == "Mijn melding: ontvangen op 22 nov 2026"
    went: list[str] = []
    robot.page.desk.gone_to.connect(lambda page, _what: went.append(page))
    button.click()
    assert went == ["reports"]
    robot.type("zo")
    robot.settle()
    assert not button.isVisible()
