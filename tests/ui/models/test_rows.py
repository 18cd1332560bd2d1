"""The one table model."""

import time
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from ui.kit.mark import Mark
from ui.models.columns import Column, Face, Order, Row
from ui.models.rows import ID_ROLE, MARK_ROLE, PAGE, PAGES, RowsModel

COLUMNS = (
    Column("name", "", face=Face.STRONG, order="name"),
    Column("answer", "", face=Face.PILL),
)


class Source:
    """Rows made up from their ids; counts what it is asked."""

    def __init__(self, count: int) -> None:
        self.all = [f"{place:06d}" for place in range(count)]
        self.pages = 0

    def ids(self, order: Order, search: str) -> Sequence[str]:
        found = [each for each in self.all if search in each] if search else self.all
        return found[::-1] if order.down else found

    def page(self, ids: Sequence[str]) -> Sequence[Row]:
        self.pages += 1
        return [
            Row(each, {"name": f"naam {each}", "answer": "NEE"}, {"answer": Mark.NO})
            for each in ids
        ]


class Slow:
    """An ask whose answers come when the test says so."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Callable[[], Any], Callable[[Any], None]]] = []

    def ask(self, job: Callable[[], Any], then: Callable[[Any], None]) -> None:
        self.waiting.append((job, then))

    def answer(self, place: int = 0) -> None:
        job, then = self.waiting.pop(place)
        then(job())


def words(model: RowsModel, line: int, column: int = 0) -> str:
    """What stands in a cell."""
    return str(model.index(line, column).data())


def test_keeps_to_the_rules_of_models(qtbot: QtBot) -> None:
    model = RowsModel(COLUMNS, Source(500))
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(model, mode)
    model.reload()
    model.ask(Order("name", down=True), "1")
    assert words(model, 0) == "naam 000491"
    assert tester.model() is model


def test_rows_arrive_ready_to_show(qtbot: QtBot) -> None:
    model = RowsModel(COLUMNS, Source(3))
    model.reload()
    assert words(model, 1) == "naam 000001"
    assert model.index(1, 1).data(MARK_ROLE) is Mark.NO
    assert model.index(2, 0).data(ID_ROLE) == "000002"
    spoken = model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "naam 000001, NEE"


def test_asks_page_by_page_and_forgets_the_oldest(qtbot: QtBot) -> None:
    source = Source(PAGE * (PAGES + 3))
    model = RowsModel(COLUMNS, source)
    model.reload()
    for page in range(PAGES + 3):
        words(model, page * PAGE)
        words(model, page * PAGE + 1)
    assert source.pages == PAGES + 3
    assert len(model._rows) == PAGE * PAGES


def test_row_that_is_being_read_shows_that(qtbot: QtBot) -> None:
    slow = Slow()
    model = RowsModel(COLUMNS, Source(3), slow.ask)
    model.reload()
    slow.answer()
    assert words(model, 0) == "…"
    assert len(slow.waiting) == 1
    with qtbot.waitSignal(model.dataChanged):
        slow.answer()
    assert words(model, 0) == "naam 000000"


def test_older_answer_that_comes_later_is_dropped(qtbot: QtBot) -> None:
    slow = Slow()
    model = RowsModel(COLUMNS, Source(30), slow.ask)
    model.ask(Order(), "1")
    model.ask(Order(), "29")
    slow.answer(1)
    slow.answer(0)
    assert list(model.ids) == ["000029"]


def test_late_page_of_an_older_list_is_dropped(qtbot: QtBot) -> None:
    slow = Slow()
    model = RowsModel(COLUMNS, Source(30), slow.ask)
    model.reload()
    slow.answer()
    words(model, 0)
    model.ask(Order(), "29")
    slow.answer(1)
    slow.answer(0)
    assert words(model, 0) == "…"


def test_changed_rows_are_read_again(qtbot: QtBot) -> None:
    source = Source(3)
    model = RowsModel(COLUMNS, source)
    model.reload()
    words(model, 0)
    with qtbot.waitSignal(model.dataChanged):
        model.forget(["000001"])
    words(model, 0)
    assert source.pages == 2


@pytest.mark.parametrize("count", [0, 1, 100_000])
def test_opens_a_hundred_thousand_as_fast_as_one(qtbot: QtBot, count: int) -> None:
    source = Source(count)
    model = RowsModel(COLUMNS, source)
    taken = []
    for _ in range(3):
        start = time.thread_time()
        model.reload()
        taken.append(time.thread_time() - start)
    assert min(taken) < 0.15
    assert model.rowCount() == count
    assert model.place("000000") == (0 if count else -1)
