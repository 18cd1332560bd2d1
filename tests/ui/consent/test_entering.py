"""A pile of paper forms: a number, one key for each answer, a day, Enter, and on.

Entries for one form of twelve lines, counted by `test_twelve_lines`: the number (1 to 6 digits)
and Enter, twelve keys, Enter: with "2" as number 15 keys, and 20 where a day such as "12-10"
differs from that of the form before. At three keys a second, which is slow, that is 5 and 7
seconds.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication

from app.consent.records import Answer, Decision, Retraction, UnclearAnswer
from app.forms.codes import PageCode
from app.people.admit import admit
from app.people.people import PupilDraft, relate
from app.people.places import EnrolmentDraft
from tests.journeys.families import BORN, says
from tests.robots.entering import BACK, ENTER, EnteringRobot
from ui.kit import ask

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.ports import Session
    from tests.registers import School

DAY = "22-11"


def len_of(robot: EnteringRobot, number: str) -> int:
    """How many questions a form has."""
    robot.tap(number, ENTER)
    found = len(robot.uses)
    robot.press("put_aside")
    return found


@pytest.fixture
def robot(qtbot: QtBot, school: School) -> EnteringRobot:
    """Somebody at the page, with the forms 000001 (mother) and 000002 (father)."""
    return EnteringRobot(qtbot, school)


def test_a_form_is_entered_by_keys_alone(robot: EnteringRobot) -> None:
    family = robot.begin_pile()
    robot.tap("1", ENTER)
    uses = robot.uses
    assert "Zoë van der Wal" in robot.page_words
    assert "Marijke Wal (moeder)" in robot.page_words
    robot.tap("jn" + "o" * (len(uses) - 2), DAY, ENTER)
    stored = robot.stored(Decision)
    answers = {f"{d.medium}:{d.channel}": d.answer for d in stored}
    assert answers == {uses[0]: "yes", uses[1]: "no"}
    assert {(d.decider_id, d.signed_on, d.how) for d in stored} == {
        (family.mother.id, date(2026, 11, 22), "paper")
    }
    assert "2 antwoorden vastgelegd" in robot.said
    assert robot.clicks == 0


def test_twelve_lines(robot: EnteringRobot) -> None:
    robot.begin_pile()
    robot.tap("1", ENTER)
    lines = len(robot.uses)
    robot.tap("j" * lines, DAY, ENTER)
    before = robot.keys_pressed
    robot.form("2", "jn" * (lines // 2) + "j" * (lines % 2))
    assert robot.keys_pressed - before == 1 + 1 + lines + 1
    assert len(robot.stored(Decision)) == 2 * lines
    assert "2 formulieren" in robot.page_words


def test_what_is_typed_ahead_counts_for_the_form_that_comes(robot: EnteringRobot) -> None:
    robot.begin_pile()
    page = robot.entering
    robot.ahead("1", ENTER, "j", "n")
    assert page.card.form is None
    robot.settle()
    assert list(robot.answers.values()) == ["yes", "no"]


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("17", "Formulier 000017 is hier niet uitgegeven"),
        ("1a2", "is hier niet uitgegeven"),
        ("9999999", "is hier niet uitgegeven"),
        ("BB1:12345678:000001:1/2:0000", "niet van een formulier uit dit register"),
        ("zo", "ten minste 3 letters"),
        ("qqqq", "Niemand gevonden met qqqq"),
    ],
)
def test_what_is_no_form_is_told_at_the_number(
    robot: EnteringRobot, typed: str, part: str
) -> None:
    robot.begin_pile()
    robot.tap(typed, ENTER)
    assert part in robot.error("form_number")
    robot.tap("1", ENTER)
    assert robot.uses


def test_a_form_of_another_register_is_told(robot: EnteringRobot) -> None:
    robot.begin_pile()
    robot.tap(PageCode("12345678", "000001", 1, 2).text(), ENTER)
    assert "ander register" in robot.error("form_number")


def test_a_scanned_code_finds_its_form(robot: EnteringRobot) -> None:
    robot.begin_pile()
    own = robot.desk.register.id[-8:]
    robot.tap(PageCode(own, "000002", 1, 2).text(), ENTER)
    assert "Piotr Wal (vader)" in robot.page_words


def test_three_letters_offer_who_can_be_meant(robot: EnteringRobot) -> None:
    robot.begin_pile()
    robot.tap("wal", ENTER)
    assert "000001" in robot.row_words
    robot.tap(Qt.Key.Key_Down, ENTER)
    assert "Piotr Wal (vader)" in robot.page_words
    robot.tap("j", Qt.Key.Key_Return)
    assert "Ondertekend" in robot.error("signed_on")


@pytest.mark.parametrize(
    ("day", "part"),
    [
        ("1-10-2026", "formulierversie"),
        ("23-11-2026", "in de toekomst"),
        ("30-2", "dag"),
    ],
)
def test_a_wrong_day_is_told_at_its_field_and_nothing_is_lost(
    robot: EnteringRobot, day: str, part: str
) -> None:
    robot.begin_pile()
    robot.form("1", "jn" + "o" * 30, day)
    assert part in robot.error("signed_on")
    assert robot.stored(Decision) == ()
    assert list(robot.answers.values()) == ["yes", "no"]


def test_a_number_that_no_note_may_hold_is_told(robot: EnteringRobot) -> None:
    robot.begin_pile()
    robot.tap("1", ENTER, "j")
    robot.fill(signed_on="22-11-2026", note="nr 111222333")
    robot.press("record_form")
    assert "burgerservicenummer" in robot.error("note")
    assert robot.stored(Decision) == ()


def test_backspace_goes_back_and_o_takes_an_answer_away(robot: EnteringRobot) -> None:
    robot.begin_pile()
    robot.tap("1", ENTER, "jj", BACK, "o", BACK, BACK, "n")
    assert list(robot.answers.values()) == ["no"]
    robot.tap(BACK, BACK)
    robot.tap("2", ENTER)
    assert "Piotr Wal (vader)" in robot.page_words


def test_the_last_form_is_undone(robot: EnteringRobot) -> None:
    robot.begin_pile()
    robot.form("1", "j" * len_of(robot, "1"), DAY)
    robot.press("bar_action")
    assert len(robot.stored(Retraction)) == len(robot.stored(Decision)) > 0
    assert "teruggenomen" in robot.page_words


def test_ctrl_z_undoes_the_last_form_from_the_number_field(robot: EnteringRobot) -> None:
    robot.begin_pile()
    robot.tap("1", ENTER, "j")
    robot.fill(signed_on="22-11-2026")
    robot.press("record_form")
    focus = QApplication.focusWidget()
    assert focus is not None
    robot.qtbot.keyClick(focus, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    robot.qtbot.waitUntil(lambda: len(robot.stored(Retraction)) == 1)


def test_a_paper_can_be_dropped_as_proof(robot: EnteringRobot, tmp_path: Path) -> None:
    scan = tmp_path / "stapel.pdf"
    scan.write_bytes(b"%PDF-1.4\n%%EOF\n")
    robot.begin_pile()
    robot.tap("1", ENTER, "j")
    paper = QMimeData()
    paper.setUrls([QUrl.fromLocalFile(str(scan))])
    action, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    robot.entering.dropEvent(QDropEvent(QPointF(5, 5), action, paper, left, none))
    robot.fill(signed_on="22-11-2026")
    robot.press("record_form")
    assert robot.stored(Decision)[0].proof


def test_day_and_note_stay_for_the_next_of_the_pile(robot: EnteringRobot) -> None:
    robot.begin_pile()
    robot.tap("1", ENTER, "j")
    robot.fill(signed_on="22-11-2026", note="map 3")
    robot.press("record_form")
    robot.tap("2", ENTER, "j", ENTER)
    assert {(d.signed_on, d.note) for d in robot.stored(Decision)} == {
        (date(2026, 11, 22), "map 3")
    }


@pytest.mark.parametrize("corrects", [True, False])
def test_a_form_that_was_entered_says_so(robot: EnteringRobot, *, corrects: bool) -> None:
    robot.begin_pile()
    robot.tap("1", ENTER, "j")
    robot.fill(signed_on="22-11-2026")
    robot.press("record_form")
    robot.tap("1", ENTER)
    assert "is al 1 antwoord ingevoerd" in robot.page_words
    robot.tap("n")
    if corrects:
        robot.press("choice_corrects")
    robot.press("record_form")
    stored = {d.answer: d for d in robot.stored(Decision)}
    assert stored[Answer.NO].replaces == (stored[Answer.YES].id if corrects else "")


def test_an_unclear_answer_is_not_recorded_and_is_to_be_asked_again(
    robot: EnteringRobot,
) -> None:
    robot.begin_pile()
    robot.tap("1", ENTER, "jx")
    robot.fill(signed_on="22-11-2026")
    robot.press("record_form")
    (decision,), (unclear,) = robot.stored(Decision), robot.stored(UnclearAnswer)
    assert decision.note == ""
    assert (unclear.decider_id, unclear.channel) != (decision.decider_id, decision.channel)
    assert "Vragen om opnieuw te vragen" in robot.said
    assert "opnieuw vragen" in robot.page_words
    robot.tap("2", ENTER, "x")
    robot.press("record_form")
    robot.qtbot.waitUntil(lambda: "geen antwoord vastgelegd" in robot.said)
    assert len(robot.stored(Decision)) == 1
    robot.press("bar_action")
    robot.qtbot.waitUntil(lambda: len(robot.stored(UnclearAnswer)) == 3)
    assert len(robot.stored(Decision)) == 1


def test_where_something_stood_before_it_stands_and_the_screen_says_so(
    robot: EnteringRobot,
) -> None:
    robot.begin_pile()
    robot.tap("1", ENTER, "j")
    robot.fill(signed_on="22-11-2026")
    robot.press("record_form")
    robot.qtbot.waitUntil(lambda: "vastgelegd" in robot.said)
    robot.tap("1", ENTER, "x")
    robot.fill(signed_on="22-11-2026")
    robot.press("record_form")
    robot.qtbot.waitUntil(lambda: "eerdere antwoord gelden" in robot.said)
    assert [one.answer for one in robot.stored(Decision)] == [Answer.YES]


def test_digits_tick_conditions(robot: EnteringRobot) -> None:
    robot.begin_pile()
    robot.tap("1", ENTER, "1jn")
    robot.fill(signed_on="22-11-2026")
    robot.press("record_form")
    ticked = {d.answer: d.conditions for d in robot.stored(Decision)}
    assert ticked == {"yes": ("no_name",), "no": ()}


def test_an_older_yes_does_not_outdo_a_later_no(robot: EnteringRobot, school: School) -> None:
    family = robot.begin_pile()
    school.clock.set(datetime(2026, 11, 25, 9, 0, tzinfo=UTC))
    robot.goto("enter_forms")
    robot.tap("1", ENTER)
    use = robot.uses[0]
    no = partial(says, pupil=family.pupil, guardian=family.mother, answer=Answer.NO)
    robot.do(partial(no, use=use, signed_on=date(2026, 11, 24)))
    robot.tap("1", ENTER)
    robot.goto("enter_forms")
    robot.tap("1", ENTER, "j")
    robot.fill(signed_on="22-11-2026")
    robot.press("record_form")
    assert "Een later nee blijft gelden" in robot.said


def test_a_form_for_twins_counts_for_each(robot: EnteringRobot) -> None:
    family = robot.begin_pile()

    def work(session: Session) -> str:
        drafted = PupilDraft(first_name="Finn", surname="Wal", birth_date=BORN)
        place = robot.place
        where = EnrolmentDraft("", place.site_id, place.group_id, start=date(2026, 8, 1))
        twin = admit(session, drafted, where)
        relate(session, twin.id, family.mother.id, "mother")
        return twin.id

    twin = robot.do(work)
    robot.tap("1", ENTER, "tj")
    robot.fill(signed_on="22-11-2026")
    robot.press("record_form")
    stored = robot.stored(Decision)
    assert {d.subject_id for d in stored} == {family.pupil.id, twin}
    assert len({d.form_version_id for d in stored}) == 1
    robot.press("bar_action")
    assert {r.subject_id for r in robot.stored(Retraction)} == {family.pupil.id, twin}


def test_a_scan_goes_with_the_answers(robot: EnteringRobot, tmp_path: Path) -> None:
    scan = tmp_path / "stapel.pdf"
    scan.write_bytes(b"%PDF-1.4\n%%EOF\n")
    robot.begin_pile()
    robot.tap("1", ENTER)
    with ask.scripted(scan):
        robot.tap("b")
    robot.tap("j")
    robot.fill(signed_on="22-11-2026")
    robot.press("record_form")
    assert robot.stored(Decision)[0].proof


def test_a_form_that_was_left_halfway_is_there_again(robot: EnteringRobot) -> None:
    robot.begin_pile()
    robot.tap("1", ENTER, "jn")
    robot.fill(note="map 3")
    robot.goto("today")
    robot.goto("enter_forms")
    assert "nog niet vastgelegd" in robot.said
    assert list(robot.answers.values()) == ["yes", "no"]
    robot.fill(signed_on="22-11-2026")
    robot.press("record_form")
    assert [d.note for d in robot.stored(Decision)] == ["map 3", "map 3"]
    robot.goto("today")
    robot.goto("enter_forms")
    assert robot.uses == []


def test_nothing_flashes_as_a_window_of_its_own(robot: EnteringRobot) -> None:
    robot.begin_pile()
    robot.watch_windows()
    robot.goto("enter_forms")
    robot.tap("1", ENTER, "j", BACK)
    robot.tap("wal", ENTER)
    robot.goto("enter_group", group_id=robot.place.group_id)
    robot.qtbot.waitUntil(lambda: robot.sees("group_grid"))
    assert robot.strays.names == []


def test_the_keys_are_english_too(qtbot: QtBot, school: School) -> None:
    robot = EnteringRobot(qtbot, school, language="en")
    robot.begin_pile()
    robot.tap("1", ENTER, "yn")
    assert list(robot.answers.values()) == ["yes", "no"]
    assert robot.title == "Enter forms"
