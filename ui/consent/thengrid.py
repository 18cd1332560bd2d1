"""What held for a whole group: pupils down the side, uses across, nothing of it cut."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any, TypeAlias

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyleOptionViewItem,
)

from app.override import override
from ui.kit.cellgrid import OpeningGrid, RingPainter
from ui.kit.mark import Mark
from ui.models.columns import Face
from ui.models.rows import FACE_ROLE, MARK_ROLE
from ui.theme import look
from ui.words import t

Index: TypeAlias = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_ROWS_SEEN = 9
_USE_WIDE, _NAME_WIDE = 14, 24
_AIR = 10
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class ThenLine:
    """One pupil, with a word and its symbol for each column."""

    key: str
    name: str
    cells: Sequence[tuple[str, Mark]]


class ThenModel(QAbstractTableModel):
    """The words; a screen reader hears pupil, use and answer in every cell."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.titles: tuple[str, ...] = ()
        self.lines: tuple[ThenLine, ...] = ()

    def show_lines(self, titles: Sequence[str], lines: Sequence[ThenLine]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.titles, self.lines = tuple(titles), tuple(lines)
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.lines)

    @override
    def columnCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.titles)

    @override
    def data(self, index: Index, role: int = 0) -> Any:
        line = self.lines[index.row()]
        words, mark = line.cells[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            use = self.titles[index.column()]
            return t("consent.group_cell", who=line.name, use=use, answer=words)
        if role == MARK_ROLE:
            return mark
        return Face.MARKED if role == FACE_ROLE else None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT
        across = orientation is Qt.Orientation.Horizontal
        words = self.titles[section] if across else self.lines[section].name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return words
        most = _USE_WIDE if across else _NAME_WIDE
        return wrapped(words, most) if role == Qt.ItemDataRole.DisplayRole else None


class ThenGrid(OpeningGrid):
    """The grid: names stay at the left and uses above while it is scrolled. Enter opens.

    Signals:
        opened(key): a pupil was opened.
    """

    opened = Signal(str)

    def __init__(self) -> None:
        self._table = ThenModel()
        super().__init__(self._table, t("consent.group_then"))
        self.setObjectName("then_grid")
        self.setItemDelegate(RingPainter(self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setSectionsClickable(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.cell_opened.connect(self._open_line)

    def show_grid(self, titles: Sequence[str], lines: Sequence[ThenLine]) -> None:
        """Show other pupils or uses; keeps the place of the keyboard."""
        here = self.currentIndex()
        row, column = here.row(), here.column()
        self._table.show_lines(titles, lines)
        self._fit()
        self.setCurrentIndex(self._table.index(row, column))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()  # only now fonts and margins are those of the theme

    def _fit(self) -> None:
        """Give every word its room."""
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.ensurePolished()
        down.ensurePolished()
        delegate, option = self.itemDelegate(), QStyleOptionViewItem()
        air = look().px(_AIR)
        for place in range(len(self._table.titles)):
            wide = across.sectionSizeHint(place)
            for line in range(len(self._table.lines)):
                cell = delegate.sizeHint(option, self._table.index(line, place))
                wide = max(wide, cell.width())
            self.setColumnWidth(place, wide + air)
        self._fit_lines(down, air)
        high = _high(across, self._table.titles, _USE_WIDE) + 2 * air
        across.setFixedHeight(max(look().control, high))
        self.updateGeometry()

    def _fit_lines(self, header: QHeaderView, air: int) -> None:
        """Make each row as high as the lines of its name."""
        for row, line in enumerate(self._table.lines):
            high = _high(header, (line.name,), _NAME_WIDE) + air
            self.setRowHeight(row, max(look().row, high))

    @override
    def sizeHint(self) -> QSize:
        shown = range(min(len(self._table.lines), _ROWS_SEEN))
        rows = sum(self.rowHeight(row) for row in shown)
        bar = self.horizontalScrollBar().sizeHint().height()
        head = self.horizontalHeader().height()
        return QSize(look().px(480), head + rows + bar + 2)

    def _open_line(self, row: int, _column: int) -> None:
        self.opened.emit(self._table.lines[row].key)


def _high(header: QHeaderView, words: Sequence[str], most: int) -> int:
    """What the most lines among these words need in a header."""
    lines = max((wrapped(each, most).count("\n") + 1 for each in words), default=1)
    return lines * QFontMetrics(header.font()).lineSpacing()


def wrapped(words: str, most: int) -> str:
    """Words on lines of so many letters at most, broken at spaces and behind hyphens."""
    return "\n".join(wrap(words, most, break_long_words=False))
