"""The window around the pages."""

import base64
from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.errors import Refusal
from app.override import override
from ui.frame import Frame, Hit, Identity, NavItem
from ui.kit.page import Page

HITS = (
    Hit("actions", "a", "Afdrukken"),
    Hit("pupils", "p", "Zoë van der Wal", "groep Zeester"),
)


class Memory:
    """Settings in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def recall(self, key: str) -> str:
        return self.kept.get(key, "")

    def keep(self, key: str, value: str) -> None:
        self.kept[key] = value


class Noted(Page):
    """A page that notes when it is shown and left."""

    help_topic = "people"

    def __init__(self) -> None:
        super().__init__("Leerlingen")
        self.notes: list[str] = []

    @override
    def refresh(self) -> None:
        self.notes.append("shown")

    @override
    def leave(self) -> None:
        self.notes.append("left")


def found(_words: str, answer: Callable[[Sequence[Hit]], None]) -> None:
    """Finds the same two things always."""
    answer(HITS)


@pytest.fixture
def memory() -> Memory:
    return Memory()


@pytest.fixture
def frame(qtbot: QtBot, memory: Memory) -> Frame:
    items = [NavItem(key, f"kit.{key}", "today", Noted) for key in ("undo", "retry", "print")]
    made = Frame(
        items,
        Identity("De Walvis", "A. de Wit", "administratie", "1.0"),
        find=found,
        settings=memory,
    )
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.go("undo")
    return made


def keys(qtbot: QtBot, frame: Frame, key: Qt.Key, *, control: bool = False) -> None:
    """Press a key anywhere in the window."""
    modifier = Qt.KeyboardModifier
    target = QApplication.focusWidget() or frame
    qtbot.keyClick(target, key, modifier.ControlModifier if control else modifier.NoModifier)


def test_pages_are_made_once_and_told_when_they_are_shown(frame: Frame) -> None:
    first = frame.page
    assert isinstance(first, Noted)
    frame.go("retry")
    frame.go("undo")
    assert frame.page is first
    assert first.notes == ["shown", "left", "shown"]


def test_control_and_a_figure_goes_there(frame: Frame, qtbot: QtBot) -> None:
    with qtbot.waitSignal(frame.page_shown) as told:
        keys(qtbot, frame, Qt.Key.Key_2, control=True)
    assert told.args == ["retry"]


def test_arrows_walk_through_the_navigation(frame: Frame, qtbot: QtBot) -> None:
    first, second = (frame.navigation._buttons[key] for key in ("undo", "retry"))
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is second
    with qtbot.waitSignal(frame.page_shown) as told:
        qtbot.keyClick(second, Qt.Key.Key_Space)
    assert told.args == ["retry"]


def test_page_from_another_page_offers_the_way_back(frame: Frame) -> None:
    page = Noted()
    frame.show_page(page)
    assert frame.page is page
    page.back_asked.emit()
    assert frame.place == "undo"
    assert frame.page is not page


def test_search_groups_and_enter_chooses(frame: Frame, qtbot: QtBot) -> None:
    keys(qtbot, frame, Qt.Key.Key_K, control=True)
    field = frame.title_bar.search
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "zo")
    qtbot.waitUntil(frame.finder.isVisible)
    with qtbot.waitSignal(frame.hit_chosen) as told:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert told.args == [HITS[1]]
    assert frame.finder.isHidden()


def test_older_results_that_come_later_are_dropped(frame: Frame, qtbot: QtBot) -> None:
    late: list[Callable[[Sequence[Hit]], None]] = []
    frame.finder._find = lambda _words, answer: late.append(answer)
    for words in ("z", "zo"):
        frame.title_bar.search.setText(words)
        frame.finder._ask()
    late[1](HITS[:1])
    late[0](HITS)
    assert frame.finder._model.rowCount() == 2


def test_escape_closes_the_results_only(frame: Frame, qtbot: QtBot) -> None:
    field = frame.title_bar.search
    field.setFocus()
    qtbot.keyClicks(field, "zo")
    qtbot.waitUntil(frame.finder.isVisible)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert frame.finder.isHidden()
    assert field.text() == ""
    assert frame.place == "undo"


def test_lock_and_help_by_key(frame: Frame, qtbot: QtBot) -> None:
    with qtbot.waitSignal(frame.lock_asked):
        keys(qtbot, frame, Qt.Key.Key_F12)
    with qtbot.waitSignal(frame.help_asked) as told:
        keys(qtbot, frame, Qt.Key.Key_F1)
    assert told.args == ["people"]


def test_blank_screen_by_key_covers_and_returns(frame: Frame, qtbot: QtBot) -> None:
    keys(qtbot, frame, Qt.Key.Key_F11)
    assert frame.cover.isVisible()
    keys(qtbot, frame, Qt.Key.Key_F11)
    assert frame.cover.isHidden()


def test_full_window_hides_the_rest_until_escape(frame: Frame, qtbot: QtBot) -> None:
    frame.enter_full(Noted())
    assert not frame.navigation.isVisible()
    keys(qtbot, frame, Qt.Key.Key_Escape)
    assert frame.navigation.isVisible()
    assert frame.place == "undo"


def test_navigation_shrinks_when_the_window_is_narrow(frame: Frame) -> None:
    frame.resize(1280, 800)
    wide = frame.navigation.width()
    frame.resize(700, 600)
    assert frame.navigation.width() < wide


def test_counts_are_spoken(frame: Frame) -> None:
    frame.set_count("retry", 18)
    assert frame.navigation._buttons["retry"].accessibleName() == "Opnieuw proberen, 18 te doen"


def test_control_z_takes_back_what_the_bar_offers(frame: Frame, qtbot: QtBot) -> None:
    taken: list[bool] = []
    page = frame.page
    assert isinstance(page, Noted)
    page.bar.done("Vastgelegd.", lambda: taken.append(True))
    keys(qtbot, frame, Qt.Key.Key_Z, control=True)
    assert taken == [True]


def test_refusal_that_no_page_shows_stands_in_the_window(frame: Frame) -> None:
    frame.hear_refusal(Refusal("kit.day_unknown"))
    assert frame.bar.words.startswith("Deze dag bestaat niet")


def test_window_remembers_its_place_and_nothing_else(frame: Frame, memory: Memory) -> None:
    frame.close()
    assert list(memory.kept) == ["window.geometry"]
    assert base64.b64decode(memory.kept["window.geometry"])


def test_forgetting_pages_leaves_none(frame: Frame, qtbot: QtBot) -> None:
    frame.show_page(Noted())
    frame.forget_pages()
    qtbot.waitUntil(lambda: frame.findChildren(Noted) == [])
