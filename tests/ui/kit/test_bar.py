"""The message bar."""

import pytest
from pytestqt.qtbot import QtBot

from app.errors import Trouble
from ui.kit.bar import UNDO_MS, MessageBar


class Deed:
    """Counts how often it was done."""

    def __init__(self) -> None:
        self.times = 0

    def do(self) -> None:
        self.times += 1


@pytest.fixture
def bar(qtbot: QtBot) -> MessageBar:
    made = MessageBar()
    qtbot.addWidget(made)
    return made


def test_offers_undo_and_does_it_once(bar: MessageBar) -> None:
    deed = Deed()
    bar.done("Besluit vastgelegd.", deed.do)
    assert bar.words == "Besluit vastgelegd."
    bar.act()
    bar.act()
    assert deed.times == 1
    assert bar.words == ""


def test_what_was_done_leaves_after_ten_seconds(
    bar: MessageBar, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.kit.bar.UNDO_MS", UNDO_MS)
    bar.done("Klaar.")
    assert bar._timer.isActive()
    assert bar._timer.interval() == UNDO_MS == 10_000
    bar._timer.timeout.emit()
    assert bar.words == ""


def test_refusal_and_trouble_stay(bar: MessageBar) -> None:
    bar.done("Klaar.")
    bar.refused("Dat kan niet.")
    assert not bar._timer.isActive()
    assert bar.words == "Dat kan niet."


def test_trouble_offers_to_try_again(bar: MessageBar) -> None:
    deed = Deed()
    bar.hear_trouble(Trouble("kit.printer_trouble"), deed.do)
    assert bar.words.startswith("Afdrukken is niet gelukt.")
    assert bar._button.text() == "Opnieuw proberen"
    bar._button.click()
    assert deed.times == 1


def test_message_with_angle_brackets_stays_plain(bar: MessageBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.said):
        bar.notice("<b>Zoë</b>")
    assert bar._words.text() == "<b>Zoë</b>"
    assert bar._words.textFormat().name == "PlainText"
