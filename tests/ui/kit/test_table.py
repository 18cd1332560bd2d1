"""The list, its faces and its keys."""

import time
from collections.abc import Callable, Iterator, Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.kit.invented import COLUMNS, rows
from ui.kit.table import MemorySource, Table, runner_ask
from ui.models.columns import Order, Row
from ui.runner import Runner


class Endless:
    """A hundred thousand rows, made when they are asked for."""

    def __init__(self) -> None:
        self._ids = [f"{place:032x}" for place in range(100_000)]

    def ids(self, order: Order, search: str) -> Sequence[str]:
        return [each for each in self._ids if search in each] if search else self._ids

    def page(self, ids: Sequence[str]) -> Sequence[Row]:
        return [Row(each, {"name": each, "why": "omdat"}) for each in ids]


@pytest.fixture
def table(qtbot: QtBot) -> Table:
    made = Table(COLUMNS, MemorySource(rows(40)), name="Leerlingen")
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    made.reload()
    return made


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[Runner]:
    made = Runner()
    yield made
    made.close()


def search(table: Table, words: str) -> None:
    """Type in the search field and do not wait for the pause."""
    table.search(words)
    table._typing.timeout.emit()
    table._typing.stop()


def test_enter_opens_the_chosen_row(table: Table, qtbot: QtBot) -> None:
    table.choose(f"{3:032x}")
    with qtbot.waitSignal(table.opened) as told:
        qtbot.keyClick(table.view, Qt.Key.Key_Return)
    assert told.args == [f"{3:032x}"]


def test_double_click_opens(table: Table, qtbot: QtBot) -> None:
    spot = table.view.visualRect(table.model.index(2, 0)).center()
    view = table.view.viewport()
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=spot)
    with qtbot.waitSignal(table.opened) as told:
        qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=spot)
    assert told.args == [f"{2:032x}"]


def test_faces_say_why_there_are_no_rows(table: Table) -> None:
    assert table.face == "rows"
    search(table, "niemand")
    assert table.face == "no_hits"
    search(table, "")
    assert table.face == "rows"


def test_empty_list_says_so(qtbot: QtBot) -> None:
    made = Table(COLUMNS, MemorySource())
    qtbot.addWidget(made)
    made.reload()
    assert made.face == "empty"


def test_chosen_row_stays_chosen_through_a_search(table: Table) -> None:
    table.choose(f"{5:032x}")
    search(table, "zoë")
    assert table.chosen_id == f"{5:032x}"


def test_header_asks_the_source_for_another_order(table: Table, qtbot: QtBot) -> None:
    table.view.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert table.model.order == Order("name", down=True)
    assert str(table.model.index(0, 0).data()).startswith("Zoë")


class Window(QWidget):
    """A window that lets rows out at once."""

    def __init__(self) -> None:
        super().__init__()
        self.noted: list[int] = []

    def let_rows_out(self, count: int, then: Callable[[object], None]) -> None:
        """Note them."""
        self.noted.append(count)
        then(None)


def test_nothing_is_copied_without_a_window_that_notes_it(table: Table, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("before")
    table.view.selectRow(0)
    qtbot.keyClick(table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "before"


def test_copies_chosen_rows_with_headers(table: Table, qtbot: QtBot) -> None:
    window = Window()
    qtbot.addWidget(window)
    table.setParent(window)
    table.show()
    with qtbot.waitExposed(window):
        window.show()
    table.view.selectRow(0)
    qtbot.waitUntil(lambda: len(table.view.chosen_lines()) == 1)
    qtbot.keyClick(table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    table.setParent(None)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert window.noted == [1]
    assert lines[0].split("\t")[:2] == ["Naam", "Groep"]
    assert lines[1].split("\t")[:2] == ["Zoë van der Wal", "Zeester"]


def test_answers_come_from_the_storage_thread(qtbot: QtBot, runner: Runner) -> None:
    made = Table(COLUMNS, Endless())
    made.model._ask = runner_ask(runner, made)
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.counted) as told:
        made.reload()
    qtbot.waitUntil(lambda: runner.is_idle)
    assert told.args == [100_000]


def test_hundred_thousand_rows_open_within_150_ms(qtbot: QtBot) -> None:
    made = Table(COLUMNS, Endless())
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    taken = []
    for _ in range(5):
        start = time.process_time()
        made.reload()
        made.view.grab()
        taken.append(time.process_time() - start)
    assert min(taken) < 0.15


def test_long_names_end_in_an_ellipsis_and_do_not_widen_the_column(table: Table) -> None:
    widths = [table.view.columnWidth(place) for place in range(len(COLUMNS))]
    assert sum(widths) <= table.view.viewport().width() + 1
