"""The list: a table over ids, with its empty, loading and no-hits faces."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, Protocol, runtime_checkable

from PySide6.QtCore import QItemSelection, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStackedLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.override import override
from ui.kit.cells import SIDE, CellPainter
from ui.kit.empty import EmptyState
from ui.kit.label import Muted
from ui.models.columns import Column, Face, Order, Row
from ui.models.rows import ID_ROLE, Ask, RowsModel, Source, ask_now
from ui.runner import Runner
from ui.theme import look
from ui.words import t

TYPING_MS = 60
_LOADING_MS = 200
_FEWEST = 4
"""So many rows can always be seen below the headers; a page too low for them scrolls."""


def runner_ask(runner: Runner, owner: QObject) -> Ask:
    """A way to ask on the storage thread, for as long as the owner lives."""
    return partial(_ask_runner, runner, owner)


@runtime_checkable
class LetsOut(Protocol):
    """A window that writes down what leaves it before it does."""

    def let_rows_out(self, count: int, then: Callable[[object], None]) -> None:
        """Note that so many rows are copied, then call `then`."""
        ...


class MemorySource:
    """A source for a short list that is in memory: searches and sorts its own rows."""

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self._rows = {row.id: row for row in rows}

    def replace(self, rows: Iterable[Row]) -> None:
        """Hold other rows; the table shows them after `reload`."""
        self._rows = {row.id: row for row in rows}

    def ids(self, order: Order, search: str) -> Sequence[str]:
        """The ids whose row contains what was searched for."""
        wanted = search.casefold()
        found = [row for row in self._rows.values() if wanted in row.spoken().casefold()]
        if order.by:
            found.sort(key=partial(_cell, order.by), reverse=order.down)
        return [row.id for row in found]

    def page(self, ids: Sequence[str]) -> Sequence[Row]:
        """The rows of these ids."""
        return [self._rows[each] for each in ids if each in self._rows]


class Table(QWidget):
    """A list of things to open. Enter or a double click opens, Tab goes on.

    With Ctrl+C the window around it is asked to let the chosen rows out (`LetsOut`); without
    one nothing is copied.

    Attributes:
        restores: the row is chosen anew because the list was read again; nobody chose it now.

    Signals:
        opened(id): the person wants to see it.
        chosen(id): another row is chosen; "" for none.
        counted(count): so many rows are shown.
    """

    opened = Signal(str)
    chosen = Signal(str)
    counted = Signal(int)

    def __init__(
        self,
        columns: Sequence[Column],
        source: Source,
        ask: Ask = ask_now,
        *,
        name: str = "",
        empty: QWidget | None = None,
    ) -> None:
        super().__init__()
        self.model = RowsModel(columns, source, ask, self)
        self.view = _View(self.model)
        self.view.setAccessibleName(name)
        self.view.setObjectName("rows")
        self.restores = False
        self._kept = ""
        self._asked = ""
        self._waiting = Muted(t("kit.list_loading"))
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing = empty or EmptyState("list", t("kit.list_empty"))
        self._no_hits = EmptyState("search", "")
        self._faces = QStackedLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._faces)
        # Only now: a stack that stands nowhere shows its first face as a window of its own.
        for face in (self.view, self._waiting, self._nothing, self._no_hits):
            self._faces.addWidget(face)
        self._typing = _timer(self, TYPING_MS, self._search_now)
        self._slow = _timer(self, _LOADING_MS, self._show_waiting)
        self._wire()
        self.setFocusProxy(self.view)

    @property
    def chosen_id(self) -> str:
        """The id of the chosen row, "" for none."""
        index = self.view.currentIndex()
        return str(index.data(ID_ROLE)) if index.isValid() else ""

    @property
    def face(self) -> str:
        """What is shown: "rows", "loading", "empty" or "no_hits"."""
        return ("rows", "loading", "empty", "no_hits")[self._faces.currentIndex()]

    def reload(self) -> None:
        """Read the list again; keeps the chosen row if it is still there."""
        self._ask(self.model.order, self._asked)

    def search(self, words: str) -> None:
        """Show only what matches; waits for a pause in typing."""
        self._asked = words.strip()
        self._typing.start()

    def sort(self, order: Order) -> None:
        """Show the rows in another order."""
        self._ask(order, self._asked)

    def forget(self, ids: Iterable[str]) -> None:
        """Read these rows again: they were changed."""
        self.model.forget(ids)

    def choose(self, row_id: str) -> None:
        """Choose a row and bring it into sight; does nothing when it is not in the list."""
        place = self.model.place(row_id) if row_id else -1
        if place >= 0:
            self.view.setCurrentIndex(self.model.index(place, 0))

    def compact(self) -> None:
        """Use rows of 32 instead of 40."""
        self.view.set_row_height(32)

    def ask_copy(self) -> None:
        """Ask the window to let the chosen rows out; it calls `copy`."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, LetsOut):
            above = above.parentWidget()
        if above is not None:
            above.let_rows_out(len(self.view.chosen_lines()), self.copy)

    def copy(self, _noted: object = None) -> None:
        """Put the chosen rows on the clipboard, with the headers, for a spreadsheet."""
        QGuiApplication.clipboard().setText(self.view.as_lines())

    def _wire(self) -> None:
        self.model.modelAboutToBeReset.connect(self._keep)
        self.model.answered.connect(self._show_answer)
        self.view.opened.connect(self._open)
        self.view.copied.connect(self.ask_copy)
        self.view.selectionModel().selectionChanged.connect(self._tell)
        self.view.horizontalHeader().sortIndicatorChanged.connect(self._sort_by)

    def _ask(self, order: Order, search: str) -> None:
        self._slow.start()
        self.model.ask(order, search)

    def _search_now(self) -> None:
        self._ask(self.model.order, self._asked)

    def _keep(self) -> None:
        self._kept = self.chosen_id or self._kept

    def _show_waiting(self) -> None:
        self._faces.setCurrentWidget(self._waiting)

    def _show_answer(self, count: int) -> None:
        self._slow.stop()
        if count:
            self._faces.setCurrentWidget(self.view)
            self.restores = True
            self.choose(self._kept)
            self.restores = False
        elif self.model.searched:
            self._no_hits.set_words(t("kit.list_no_hits", search=self.model.searched))
            self._faces.setCurrentWidget(self._no_hits)
        else:
            self._faces.setCurrentWidget(self._nothing)
        self.counted.emit(count)

    def _sort_by(self, section: int, order: Qt.SortOrder) -> None:
        by = self.model.columns[section].order
        if by:
            self.sort(Order(by, order is Qt.SortOrder.DescendingOrder))

    def _open(self) -> None:
        if self.chosen_id:
            self.opened.emit(self.chosen_id)

    def _tell(self, _now: QItemSelection, _before: QItemSelection) -> None:
        self.chosen.emit(self.chosen_id)


class _View(QTableView):
    """The table itself: fixed row height, columns by share of the room."""

    opened = Signal()
    copied = Signal()

    def __init__(self, model: RowsModel) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        self.setItemDelegate(CellPainter(self))
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(any(column.order for column in model.columns))
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.doubleClicked.connect(self._double_clicked)
        self.set_row_height(40)

    def set_row_height(self, pixels: int) -> None:
        """Make every row so high, at 100 %."""
        high = look().px(pixels)
        self.verticalHeader().setDefaultSectionSize(high)
        self.setMinimumHeight((1 + _FEWEST) * high)

    def chosen_lines(self) -> list[int]:
        """The places of the chosen rows."""
        return sorted({index.row() for index in self.selectedIndexes()})

    def as_lines(self) -> str:
        """The chosen rows with headers, cells divided by tabs."""
        titles = [
            str(self._model.headerData(i, Qt.Orientation.Horizontal) or "")
            for i in range(self._model.columnCount())
        ]
        rows = [self._cells(line) for line in self.chosen_lines()]
        return "\n".join("\t".join(cells) for cells in [titles, *rows])

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share(event.size().width())

    def _share(self, room: int) -> None:
        columns = self._model.columns
        total = sum(column.width for column in columns)
        letter = self.fontMetrics().averageCharWidth()
        used = 0
        for place, column in enumerate(columns):
            least = column.least * letter + 2 * look().px(SIDE)
            if column.face in (Face.PILL, Face.MARKED):
                least += look().px(26)
            wide = max(least, room * column.width // total)
            if place == len(columns) - 1:
                wide = max(least, room - used)
            self.setColumnWidth(place, wide)
            used += wide

    def _cells(self, line: int) -> list[str]:
        found: list[Any] = [
            self._model.index(line, column).data()
            for column in range(self._model.columnCount())
        ]
        return [" ".join(str(words or "").split()) for words in found]

    def _double_clicked(self, _index: QModelIndex) -> None:
        self.opened.emit()


def _timer(owner: Table, wait: int, then: Any) -> QTimer:  # noqa: ANN401 - a bound slot
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(wait)
    timer.timeout.connect(then)
    return timer


def _ask_runner(runner: Runner, owner: QObject, job: Any, then: Any) -> None:  # noqa: ANN401 - passes on what it gets
    runner.run(job, then, owner)


def _cell(key: str, row: Row) -> str:
    return row.cells.get(key, "").casefold()
