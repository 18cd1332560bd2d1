"""The one table model: ids only, and a small cache of pages of rows that are ready to show.

Sorting and searching are questions to the source, which answers with another sequence of ids;
the model never sorts or filters. `data()` looks up and nothing else.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, Protocol, TypeAlias

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from app.override import override
from ui.models.columns import Column, Face, Order, Row
from ui.words import t

PAGE = 50
PAGES = 48
MARK_ROLE = int(Qt.ItemDataRole.UserRole) + 1
FACE_ROLE = int(Qt.ItemDataRole.UserRole) + 2
ID_ROLE = int(Qt.ItemDataRole.UserRole) + 3
_WAITING = "…"

Index: TypeAlias = QModelIndex | QPersistentModelIndex
Ask: TypeAlias = Callable[[Callable[[], Any], Callable[[Any], None]], None]


class Source(Protocol):
    """What a list asks; called on the storage thread."""

    def ids(self, order: Order, search: str) -> Sequence[str]:
        """All ids that match, in order."""
        ...

    def page(self, ids: Sequence[str]) -> Sequence[Row]:
        """The rows of these ids; an id that is gone may be left out."""
        ...


def ask_now(job: Callable[[], Any], then: Callable[[Any], None]) -> None:
    """Answer at once on this thread: for lists that are in memory already, and for tests."""
    then(job())


class RowsModel(QAbstractTableModel):
    """Rows of a source, a hundred thousand as easily as ten.

    Signals:
        answered(count): the ids of the last question arrived.
    """

    answered = Signal(int)

    def __init__(
        self,
        columns: Sequence[Column],
        source: Source,
        ask: Ask = ask_now,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._titles = [t(column.title) if column.title else "" for column in columns]
        self._source = source
        self._ask = ask
        self._ids: Sequence[str] = ()
        self._places: dict[str, int] | None = None
        self._rows: dict[str, Row] = {}
        self._pages: OrderedDict[int, tuple[str, ...]] = OrderedDict()
        self._wanted: set[int] = set()
        self._number = 0
        self._order, self._search = Order(), ""

    @property
    def ids(self) -> Sequence[str]:
        """The ids that are shown, in order."""
        return self._ids

    @property
    def searched(self) -> str:
        """What was searched for last."""
        return self._search

    @property
    def order(self) -> Order:
        """What the list is sorted by."""
        return self._order

    def reload(self) -> None:
        """Ask for the ids and rows again, same order and search."""
        self.ask(self._order, self._search)

    def ask(self, order: Order, search: str) -> None:
        """Ask for other ids; an older answer that comes later is dropped."""
        self._order, self._search = order, search
        self._number += 1
        self._ask(
            partial(self._source.ids, order, search), partial(self._take_ids, self._number)
        )

    def forget(self, ids: Iterable[str]) -> None:
        """Read these rows again when they are next painted: they were changed."""
        for gone in ids:
            if gone in self._rows:
                page = self.place(gone) // PAGE
                self._drop_page(page)
        if self._ids:
            last = self.index(len(self._ids) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def place(self, row_id: str) -> int:
        """At which line an id stands; -1 when it is not shown."""
        if self._places is None:
            self._places = {each: line for line, each in enumerate(self._ids)}
        return self._places.get(row_id, -1)

    def row_at(self, line: int) -> Row | None:
        """The row of a line, or None while it is being read."""
        return self._rows.get(self._ids[line]) if 0 <= line < len(self._ids) else None

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._ids)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.columns)

    @override
    def data(self, index: Index, role: int = 0) -> Any:
        line, column = index.row(), self.columns[index.column()]
        row_id = self._ids[line]
        if role == ID_ROLE:
            return row_id
        if role == FACE_ROLE:
            return column.face
        if role not in _ROLES:
            return None
        row = self._rows.get(row_id)
        if row is None:
            self._want(line // PAGE)
            row = self._rows.get(row_id)
        if row is None:
            return _WAITING if role == Qt.ItemDataRole.DisplayRole else None
        return _ROLES[role](row, column, index.column())

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = 0
    ) -> str | int | None:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._titles[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = self.columns[section].face is Face.NUMBER
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _take_ids(self, number: int, ids: Sequence[str]) -> None:
        if number != self._number:
            return
        self.beginResetModel()
        self._ids, self._places = ids, None
        self._rows.clear()
        self._pages.clear()
        self._wanted.clear()
        self.endResetModel()
        self.answered.emit(len(ids))

    def _want(self, page: int) -> None:
        if page in self._wanted or page in self._pages:
            return
        self._wanted.add(page)
        ids = tuple(self._ids[page * PAGE : (page + 1) * PAGE])
        self._ask(
            partial(self._source.page, ids), partial(self._take_page, self._number, page, ids)
        )

    def _take_page(
        self, number: int, page: int, ids: tuple[str, ...], rows: Sequence[Row]
    ) -> None:
        if number != self._number:
            return
        self._wanted.discard(page)
        self._pages[page] = ids
        self._rows.update((row.id, row) for row in rows)
        while len(self._pages) > PAGES:
            self._drop_page(next(iter(self._pages)))
        top = page * PAGE
        last = self.index(min(top + PAGE, len(self._ids)) - 1, len(self.columns) - 1)
        self.dataChanged.emit(self.index(top, 0), last)

    def _drop_page(self, page: int) -> None:
        for gone in self._pages.pop(page, ()):
            self._rows.pop(gone, None)


def _display(row: Row, column: Column, _place: int) -> str:
    return row.cells.get(column.key, "")


def _mark(row: Row, column: Column, _place: int) -> object:
    return row.marks.get(column.key)


def _spoken(row: Row, column: Column, place: int) -> str:
    return row.spoken() if place == 0 else row.cells.get(column.key, "")


_ROLES: dict[int, Callable[[Row, Column, int], object]] = {
    int(Qt.ItemDataRole.DisplayRole): _display,
    int(Qt.ItemDataRole.AccessibleTextRole): _spoken,
    MARK_ROLE: _mark,
}
