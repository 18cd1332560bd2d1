"""Questions in windows of their own, and the way tests answer them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.robots import part
from ui.kit import ask
from ui.kit.editors import LineEditor

SAFE, DEED = "decline", "agree"


class Heard:
    """Keeps what came back."""

    def __init__(self) -> None:
        self.answers: list[object] = []

    def yes(self) -> None:
        self.answers.append(True)

    def take(self, answer: object) -> None:
        self.answers.append(answer)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    made.resize(800, 600)
    qtbot.addWidget(made)
    made.show()
    yield made
    for question in made.findChildren(ask.Question):
        question.close()


def question(window: QWidget) -> ask.Question:
    """The question that is open."""
    return window.findChildren(ask.Question)[-1]


def press(window: QWidget, name: str) -> None:
    """Press a button of the open question."""
    part(question(window), QPushButton, name).click()


def test_agreeing_does_the_deed_and_declining_does_not(window: QWidget) -> None:
    heard = Heard()
    ask.confirm(window, "Wissen?", "Weg is weg.", "Wissen", heard.yes, danger=True)
    press(window, SAFE)
    assert heard.answers == []
    ask.confirm(window, "Wissen?", "Weg is weg.", "Wissen", heard.yes, danger=True)
    press(window, DEED)
    assert heard.answers == [True]


def test_enter_on_a_dangerous_question_does_nothing(window: QWidget, qtbot: QtBot) -> None:
    heard = Heard()
    ask.confirm(window, "Wissen?", "Weg is weg.", "Wissen", heard.yes, danger=True)
    qtbot.keyClick(question(window), Qt.Key.Key_Return)
    assert heard.answers == []


def test_verb_waits_until_something_was_typed(window: QWidget, qtbot: QtBot) -> None:
    heard = Heard()
    ask.type_text(window, "Waarom?", "Reden", "Vastleggen", heard.take)
    deed = part(question(window), QPushButton, DEED)
    assert not deed.isEnabled()
    qtbot.keyClicks(part(question(window), LineEditor), "  gezag gewijzigd ")
    deed.click()
    assert heard.answers == ["gezag gewijzigd"]


def test_script_answers_in_order_and_keeps_the_questions(window: QWidget) -> None:
    heard, path = Heard(), Path("elsewhere.pdf")
    with ask.scripted(True, None, "reden", path) as script:
        ask.confirm(window, "Een?", "", "Ja", heard.yes)
        ask.open_file(window, "Twee?", heard.take)
        ask.type_text(window, "Drie?", "Reden", "Ja", heard.take)
        ask.save_file(window, "Vier?", "x.pdf", heard.take)
    assert heard.answers == [True, "reden", path]
    assert script.questions == ["Een?", "Twee?", "Drie?", "Vier?"]


def test_script_fails_on_a_question_nobody_expected(window: QWidget) -> None:
    with ask.scripted(), pytest.raises(AssertionError, match="nobody expected"):
        ask.confirm(window, "Een?", "", "Ja", Heard().yes)
