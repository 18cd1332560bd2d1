"""The composer: one press on a group, one large answer; touch, keyboard, and a stale list."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.check.answer import board, gather
from app.check.compose import Composed, Go, Place
from app.check.publish import keep_published
from app.check.records import CheckRow, RowKind
from app.consent.decide import raise_flag
from app.record import Compartment
from tests.robots.compose import ComposeRobot
from tests.ui.desks import desk_for, run_here
from ui.check.compose import COMPOSED, PUBLICATION
from ui.check.page import CheckPage
from ui.kit.tiles import TileButton
from ui.theme import Theme, apply_theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from app.ports import Session
    from tests.sample import Sample
    from ui.shell.desk import Desk


@pytest.fixture
def desk(qtbot: QtBot, sample: Sample) -> Desk:
    """The desk of a teacher."""
    return desk_for(qtbot, sample.teacher)


@pytest.fixture
def robot(qtbot: QtBot, desk: Desk) -> ComposeRobot:
    """A teacher at the start of the composer."""
    return ComposeRobot(qtbot, desk)


def groups(desk: Desk) -> tuple[str, ...]:
    return tuple(group.name for group in run_here(desk, board).groups)


def names_of(desk: Desk, *numbers: int) -> set[str]:
    def read(session: Session) -> set[str]:
        ids = tuple(board(session).groups[number].id for number in numbers)
        return {answer.name for answer in gather(session, ids).answers}

    return run_here(desk, read)


# -- from a group to the answer ----------------------------------------------------------------


def test_one_press_on_a_group_gives_the_answer(robot: ComposeRobot, desk: Desk) -> None:
    robot.touch(groups(desk)[0])
    assert robot.clicks == 1
    assert robot.face == "outcome"
    assert robot.word in ("JA", "JA, mits", "NEE, zo niet", "NEE")


def test_channel_and_group_are_two_presses(robot: ComposeRobot, desk: Desk) -> None:
    robot.press("choice_facebook")
    robot.touch(groups(desk)[1])
    assert robot.clicks == 2
    assert "Facebook" in robot.words
    assert robot.page.composition is not None
    assert robot.page.composition.use == "photo:facebook"


def test_everybody_of_the_group_stands_in_one_part(robot: ComposeRobot, desk: Desk) -> None:
    robot.touch(groups(desk)[1])
    assert sorted(robot.here) == sorted(names_of(desk, 1))


def test_another_channel_is_chosen_at_the_answer(robot: ComposeRobot, desk: Desk) -> None:
    robot.touch(groups(desk)[0])
    robot.press("compose_use")
    robot.press("choice_website")
    assert robot.page.composition is not None
    assert robot.page.composition.use == "photo:website"
    assert robot.page.outcome.channels.isHidden()


def test_another_kind_of_recording_gives_another_answer(
    robot: ComposeRobot, desk: Desk
) -> None:
    robot.touch(groups(desk)[0])
    robot.press("choice_audio")
    assert robot.page.composition is not None
    assert robot.page.composition.use.startswith("audio:")
    assert "op beeld" not in robot.said


# -- who is there ------------------------------------------------------------------------------


def some_out(robot: ComposeRobot, desk: Desk) -> None:
    """Go to an answer in which not everybody may be."""
    robot.press("choice_facebook")
    robot.touch(groups(desk)[0])
    for group in run_here(desk, board).groups[1:]:
        robot.page._add_group(group.id)
    robot.settle()
    assert robot.word == "NEE, zo niet"


def test_without_them_the_answer_is_yes(robot: ComposeRobot, desk: Desk) -> None:
    some_out(robot, desk)
    found = robot.page.composition
    assert found is not None
    robot.press("compose_without")
    assert robot.word.startswith("JA")
    assert robot.part("out") == []
    assert len(robot.here) == sum(one.published for one in found.people)


def test_who_went_out_comes_back_by_undo(robot: ComposeRobot, desk: Desk) -> None:
    some_out(robot, desk)
    before = robot.here
    robot.press("compose_without")
    robot.press("bar_action")
    assert robot.here == before


def test_who_is_ill_is_pressed_away(robot: ComposeRobot, desk: Desk) -> None:
    robot.touch(groups(desk)[1])
    ill = robot.here[0]
    robot.press("compose_tick")
    robot.touch(ill)
    robot.press("compose_done")
    assert ill not in robot.here
    assert set(robot.here) == names_of(desk, 1) - {ill}


def test_one_child_says_why_and_can_be_taken_out(robot: ComposeRobot, desk: Desk) -> None:
    robot.touch(groups(desk)[0])
    child = robot.here[0]
    robot.touch(child)
    assert robot.page.strip.name.text() == child
    assert robot.page.strip.why.text()
    robot.press("compose_away")
    assert child not in robot.here
    assert not robot.page.strip.isVisible()


def test_a_child_of_another_group_comes_along(robot: ComposeRobot, desk: Desk) -> None:
    robot.touch(groups(desk)[0])
    guest = min(names_of(desk, 1))
    robot.press("compose_guests")
    robot.page.start.field.setText(guest)
    robot.settle()
    robot.touch(guest)
    robot.press("compose_done")
    assert set(robot.here) == {*names_of(desk, 0), guest}


def test_a_second_group_comes_along(robot: ComposeRobot, desk: Desk) -> None:
    robot.touch(groups(desk)[0])
    robot.press("compose_guests")
    robot.touch(groups(desk)[1])
    assert set(robot.here) == names_of(desk, 0, 1)


def test_only_single_names(robot: ComposeRobot, desk: Desk) -> None:
    robot.touch("Losse namen")
    one, other = sorted(names_of(desk, 0, 1))[:2]
    for name in (one, other):
        robot.page.start.field.setText(name)
        robot.settle()
        robot.touch(name)
    robot.press("compose_done")
    assert sorted(robot.here) == [one, other]


def test_nobody_there_is_no_yes(robot: ComposeRobot, desk: Desk) -> None:
    robot.touch(groups(desk)[0])
    robot.press("compose_tick")
    for name in names_of(desk, 0):
        robot.touch(name)
    robot.press("compose_done")
    assert robot.word == "NIEMAND"
    assert robot.here == []


# -- what is remembered, and for how long --------------------------------------------------------


def test_the_composition_is_taken_up_again(
    qtbot: QtBot, robot: ComposeRobot, desk: Desk
) -> None:
    robot.press("choice_film")
    robot.touch(groups(desk)[1])
    robot.press("compose_tick")
    robot.touch(min(names_of(desk, 1)))
    robot.press("compose_done")
    before = robot.here
    again = ComposeRobot(qtbot, desk)
    again.touch("Verder met")
    assert again.here == before
    assert again.page.touch.media.key == "film"


def test_yesterday_is_forgotten(
    qtbot: QtBot, robot: ComposeRobot, desk: Desk, sample: Sample
) -> None:
    robot.touch(groups(desk)[0])
    sample.clock.move(timedelta(days=1))
    again = ComposeRobot(qtbot, desk)
    shown = [b.tile.title for b in again.page.findChildren(TileButton) if b.isVisible()]
    assert "Verder met" not in shown


# -- fingers, keys, eyes -------------------------------------------------------------------------


@pytest.mark.parametrize("face", ["who", "outcome", "undo", "child", "tick", "names"])
def test_everything_is_large_enough_for_a_finger(
    robot: ComposeRobot, desk: Desk, face: str
) -> None:
    if face != "who":
        some_out(robot, desk)
    if face == "undo":
        robot.press("compose_without")
    if face == "child":
        robot.touch(robot.here[0])
    if face in ("tick", "names"):
        robot.press("compose_tick" if face == "tick" else "compose_guests")
    buttons = [
        *robot.page.findChildren(QPushButton),
        *robot.page.findChildren(TileButton),
    ]
    small = [
        (b.objectName(), b.height(), b.width())
        for b in buttons
        if b.isVisible() and (b.height() < 48 or b.width() < 48)
    ]
    assert small == []


def test_keys_alone_lead_to_the_answer_and_back(robot: ComposeRobot, desk: Desk) -> None:
    robot.key(Qt.Key.Key_Right)
    robot.key(Qt.Key.Key_Space)
    assert robot.face == "outcome"
    assert set(robot.here) == names_of(desk, 1)
    robot.page.deeds.tick.setFocus()
    robot.key(Qt.Key.Key_Space)
    robot.key(Qt.Key.Key_Space)
    assert len(robot.page._kept.here.away) == 1
    robot.key(Qt.Key.Key_Escape)
    assert robot.face == "outcome"
    robot.key(Qt.Key.Key_Escape)
    assert robot.face == "who"


@pytest.mark.parametrize("size", [100, 200])
def test_nothing_is_wider_than_a_small_window(
    qtbot: QtBot, qapp: QApplication, sample: Sample, size: int
) -> None:
    apply_theme(qapp, Theme("contrast", size))
    desk = desk_for(qtbot, sample.teacher)
    robot = ComposeRobot(qtbot, desk)
    robot.page.resize(QSize(1024, 700))
    robot.touch(groups(desk)[0])
    robot.touch(robot.here[0])
    assert robot.page.outcome.area.horizontalScrollBar().maximum() == 0
    robot.press("compose_tick")
    assert robot.page.tick.area.horizontalScrollBar().maximum() == 0
    robot.press("compose_guests")
    assert robot.page.start.area.horizontalScrollBar().maximum() == 0
    assert robot.page.width() == 1024


def test_a_screen_reader_hears_the_whole_answer(robot: ComposeRobot, desk: Desk) -> None:
    robot.touch(groups(desk)[0])
    spoken = robot.page.outcome.big.accessibleName()
    assert robot.word in spoken
    assert robot.said.rstrip(".") in spoken


# -- a list that cannot be trusted, and the wall --------------------------------------------------


def test_a_stale_list_lets_nobody_in(qtbot: QtBot, sample: Sample) -> None:
    sample.clock.move(timedelta(days=20))
    desk = desk_for(qtbot, sample.teacher)
    robot = ComposeRobot(qtbot, desk)
    assert robot.page.who.warn.isVisible()
    robot.touch(groups(desk)[0])
    assert robot.word == "NEE"
    assert robot.page.outcome.warn.isVisible()
    assert not robot.page.deeds.use.isVisible()
    assert len(robot.part("out")) == len(names_of(desk, 0))
    assert not any("onherkenbaar" in said for said in robot.details("out"))


def test_a_tampered_row_stays_out(qtbot: QtBot, sample: Sample) -> None:
    session = sample.administrator()
    with session.work(Compartment.CHECK, "forged") as work:
        row, *others = work.all(CheckRow, kind=RowKind.PUPIL)
        other = next(each for each in others if each.verdicts != row.verdicts)
        work.change(replace(row, verdicts=other.verdicts))
        work.commit()
    sample.lock()
    robot = ComposeRobot(
        qtbot, desk_for(qtbot, sample.teacher), {"group_id": row.group_id, "medium": "photo"}
    )
    assert row.name in robot.part("out")


def test_a_safety_flag_stays_out_and_gives_no_reason(qtbot: QtBot, sample: Sample) -> None:
    session = sample.administrator()
    keep_published(session)
    with session.look(Compartment.CHECK) as reader:
        row = reader.all(CheckRow, kind=RowKind.PUPIL)[0]
    raise_flag(session, row.id)
    sample.lock()
    robot = ComposeRobot(qtbot, desk_for(qtbot, sample.teacher), {"group_id": row.group_id})
    assert robot.page.composition is not None
    child = next(c for c in robot.page.composition.people if c.id == row.id)
    assert child.place is Place.OUT
    robot.touch(row.name)
    assert "onherkenbaar" not in robot.page.strip.said.text()
    assert "veilig" not in robot.page.strip.why.text().lower()


def test_a_withdrawal_shows_at_once(qtbot: QtBot, sample: Sample) -> None:
    desk = desk_for(qtbot, sample.administrator)
    run_here(desk, keep_published)
    robot = ComposeRobot(qtbot, desk)
    robot.touch(groups(desk)[0])
    assert robot.page.composition is not None
    child = robot.page.composition.people[0]
    run_here(desk, lambda session: raise_flag(session, child.id))
    robot.settle()
    assert child.name in robot.part("out")
    assert robot.page.composition.go in (Go.SOME, Go.NOBODY)


def test_a_teacher_reads_no_compartment_but_the_check_list(desk: Desk) -> None:
    assert desk.opens(Compartment.CHECK)
    assert [part for part in Compartment if desk.opens(part)] == [Compartment.CHECK]


def test_the_check_screen_leads_here_with_its_group(qtbot: QtBot, sample: Sample) -> None:
    desk = desk_for(qtbot, sample.teacher)
    went: list[tuple[str, object]] = []
    desk.gone_to.connect(lambda page, what: went.append((page, what)))
    page = CheckPage(desk)
    qtbot.addWidget(page)
    group = run_here(desk, board).groups[0]
    page.arrive({"group_id": group.id})
    page._show_board(run_here(desk, board))
    page._open_group(group.id)
    qtbot.waitUntil(lambda: page.faces.currentWidget() is page.names)
    page.names.whole.click()
    assert went == [("compose", {"group_id": group.id, "medium": "photo"})]


def test_the_set_that_may_be_published_is_handed_on(robot: ComposeRobot, desk: Desk) -> None:
    went: list[str] = []
    desk.gone_to.connect(lambda to, _what: went.append(to))
    some_out(robot, desk)
    assert not robot.page.deeds.use.isVisible()
    robot.press("compose_without")
    robot.press("compose_record_use")
    made = desk.memory[COMPOSED]
    assert went == [PUBLICATION]
    assert isinstance(made, Composed)
    assert (made.medium, made.channel) == ("photo", "facebook")
    assert len(made.published) == len(robot.here)
    assert made.out == ()
    assert made.list_number == run_here(desk, board).freshness.number


# -- adults ------------------------------------------------------------------------------------


def test_who_escorts_a_group_is_tapped_and_counts(robot: ComposeRobot, desk: Desk) -> None:
    robot.press("choice_website")
    robot.touch(groups(desk)[0])
    children = robot.here
    robot.press("compose_adults")
    assert robot.face == "adults"
    robot.touch("Wilma Sluiter")
    robot.touch("Tom van den Brouwer")
    robot.press("compose_done")
    assert set(robot.here) == {*children, "Wilma Sluiter", "Tom van den Brouwer"}
    assert "Wilma Sluiter" in robot.part("in")
    assert "Tom van den Brouwer" in robot.part("out")
    details = robot.details("out")[robot.part("out").index("Tom van den Brouwer")]
    assert details == "medewerker · uit beeld · eerst navragen"
    assert "personen" in robot.said
    assert "2 volwassenen" in robot.words


def test_the_strip_says_that_somebody_is_an_adult(robot: ComposeRobot, desk: Desk) -> None:
    robot.touch("Losse namen")
    robot.touch("Volwassenen")
    robot.touch("Tom van den Brouwer")
    robot.press("compose_done")
    robot.touch("Tom van den Brouwer")
    assert robot.page.strip.name.text() == "Tom van den Brouwer"
    assert robot.page.strip.why.text() == "medewerker · nog geen antwoord"


def test_an_escort_pressed_twice_does_not_come_along(robot: ComposeRobot, desk: Desk) -> None:
    robot.touch(groups(desk)[0])
    children = robot.here
    robot.press("compose_adults")
    robot.touch("Wilma Sluiter")
    robot.touch("Wilma Sluiter")
    robot.press("compose_done")
    assert robot.here == children


def test_an_adult_is_found_by_letters(robot: ComposeRobot, desk: Desk) -> None:
    robot.touch("Losse namen")
    robot.touch("Volwassenen")
    robot.touch("Marit Dekker")
    robot.press("compose_done")
    assert robot.here == ["Marit Dekker"]
    robot.press("compose_guests")
    QTest.keyClicks(robot.page.start.field, "slu")
    robot.settle()
    robot.key(Qt.Key.Key_Return)
    robot.press("compose_done")
    assert robot.here == ["Marit Dekker", "Wilma Sluiter"]


def test_an_adult_is_on_no_list_of_children(qtbot: QtBot, sample: Sample) -> None:
    desk = desk_for(qtbot, sample.administrator)
    went: list[dict[str, str]] = []
    desk.gone_to.connect(lambda _page, what: went.append(what))
    robot = ComposeRobot(qtbot, desk)
    robot.touch("Losse namen")
    robot.touch("Volwassenen")
    robot.touch("Marit Dekker")
    robot.press("compose_done")
    assert not robot.page.deeds.list.isVisible()
    robot.press("compose_guests")
    robot.touch(groups(desk)[0])
    robot.press("compose_list")
    assert went[0]["guests"] == ""


def test_escape_leads_from_the_adults_to_the_answer(robot: ComposeRobot, desk: Desk) -> None:
    robot.touch(groups(desk)[0])
    robot.press("compose_adults")
    robot.key(Qt.Key.Key_Escape)
    assert robot.face == "outcome"
