"""A director writes the school's own text of a letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import resources
from tests.robots.pages import PageRobot
from tests.ui.desks import desk_for
from tests.ui.letters.test_journey import end
from ui.kit import ask
from ui.kit.editors import NotesEditor
from ui.letters.list import LettersPage
from ui.letters.texts import LetterTextsPage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.sample import Sample
    from ui.shell.desk import Desk

TEXT = resources.letter("staff_warning", "nl")[1].strip()
OWN = TEXT.replace("Met deze brief geef ik u een waarschuwing.", "Hierbij waarschuw ik u.")


class TextsRobot(PageRobot):
    """Somebody who writes the text of one letter."""

    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        self.page = LetterTextsPage(desk)
        self.page.arrive({"key": "staff_warning", "language": "nl"})
        super().__init__(qtbot, desk, self.page)

    def write(self, text: str, change: str = "") -> None:
        """Type a text, and see it looked over."""
        self.page.form.set_values({"text": text, "change": change})
        self.page._draw()
        self.settle()

    @property
    def badge(self) -> str:
        """What the badge says of the text."""
        return self.page._badge.text()


def test_the_list_of_letters_leads_to_their_texts(qtbot: QtBot, sample: Sample) -> None:
    desk = desk_for(qtbot, sample.director)
    robot = PageRobot(qtbot, desk, LettersPage(desk))
    robot.press("letter_texts")
    assert robot.went[-1][0] == "letter_texts"


def test_an_administrator_is_not_offered_the_texts(qtbot: QtBot, sample: Sample) -> None:
    desk = desk_for(qtbot, sample.administrator)
    robot = PageRobot(qtbot, desk, LettersPage(desk))
    assert not robot.sees("letter_texts")


def test_a_text_is_put_in_force_and_given_up(qtbot: QtBot, sample: Sample) -> None:
    robot = TextsRobot(qtbot, desk_for(qtbot, sample.director))
    assert robot.badge == "meegeleverd"
    assert not robot.button("text_shipped").isEnabled()
    assert robot.page.preview.page_count >= 1
    robot.write(OWN, "Korter begin.")
    assert robot.page._compared.count() == 2
    with ask.scripted(True):
        robot.press("text_begin")
    assert robot.badge == "eigen versie 1"
    with ask.scripted(True):
        robot.press("text_shipped")
    assert (robot.badge, robot.page.form.text("text")) == ("meegeleverd", TEXT)
    end(robot.desk, sample)


def test_what_is_not_right_holds_it_up_and_leads_to_its_line(
    qtbot: QtBot, sample: Sample
) -> None:
    robot = TextsRobot(qtbot, desk_for(qtbot, sample.director))
    robot.write(f"Beste\n\nAan {{niemand}}\n\n{TEXT}")
    assert not robot.button("text_begin").isEnabled()
    robot.press("line_3")
    editor = robot.page.form.editor("text")
    assert isinstance(editor, NotesEditor)
    assert editor.textCursor().blockNumber() == 2
    robot.write("")
    assert robot.page.wrong.count() == 1
    assert not robot.button("text_begin").isEnabled()


def test_a_subject_is_written_looked_over_and_put_in_force(
    qtbot: QtBot, sample: Sample
) -> None:
    robot = TextsRobot(qtbot, desk_for(qtbot, sample.director))
    shipped = robot.page.form.text("subject")
    robot.page.form.set_values({"subject": "Sociale media"})
    robot.write(TEXT)
    assert not robot.button("text_begin").isEnabled()
    robot.press("line_0")
    assert robot.page.form.editor("subject").hasFocus()
    robot.page.form.set_values({"subject": "Waarschuwing, {event_day}"})
    robot.write(TEXT, "Met de dag erbij.")
    assert robot.page._compared.count() == 2
    with ask.scripted(True):
        robot.press("text_begin")
    assert robot.badge == "eigen versie 1"
    assert robot.page.form.text("subject") == "Waarschuwing, {event_day}"
    assert robot.page.form.text("text") == TEXT
    with ask.scripted(True):
        robot.press("text_shipped")
    assert robot.page.form.text("subject") == shipped


def test_a_slot_is_put_where_the_cursor_stands(qtbot: QtBot, sample: Sample) -> None:
    robot = TextsRobot(qtbot, desk_for(qtbot, sample.director))
    robot.page.slots_picker.form.set_values({"slot": "{recipient}"})
    robot.write("")
    robot.press("slot_put")
    assert robot.page.form.text("text") == "{recipient}"


def test_a_draft_is_kept_and_found_again(qtbot: QtBot, sample: Sample) -> None:
    robot = TextsRobot(qtbot, desk_for(qtbot, sample.director))
    robot.write("nog niet klaar")
    robot.press("text_keep")
    assert robot.badge == "concept"
    again = TextsRobot(qtbot, robot.desk)
    assert again.page.form.text("text") == "nog niet klaar"


def test_what_was_typed_survives_a_lock(qtbot: QtBot, sample: Sample) -> None:
    robot = TextsRobot(qtbot, desk_for(qtbot, sample.director))
    robot.write("half getypt")
    robot.page.leave()
    robot.settle()
    end(robot.desk, sample)
    again = TextsRobot(qtbot, desk_for(qtbot, sample.director))
    assert again.page.form.text("text") == "half getypt"
