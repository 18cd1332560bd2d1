"""The consent grid: uses in rows, who decides in columns, then what follows and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QResizeEvent

from app.override import override
from ui.kit.cellgrid import OpeningGrid, RingPainter
from ui.kit.cells import SIDE
from ui.kit.mark import Mark
from ui.models.columns import Face
from ui.models.rows import FACE_ROLE, MARK_ROLE
from ui.theme import Type, look
from ui.words import t

Index: TypeAlias = QModelIndex | QPersistentModelIndex
Answer: TypeAlias = tuple[str, Mark]
_USE, _VERDICT, _WHY = 0, -2, -1
_WRAP = int(Qt.TextFlag.TextWordWrap)


@dataclass(frozen=True, slots=True)
class GridLine:
    """One use: what each decider said, what follows, and why."""

    key: str
    use: str
    answers: Sequence[Answer]
    verdict: Answer
    why: str = ""


@dataclass(frozen=True, slots=True)
class GridTitles:
    """The headers: use, each decider, verdict and reason, as words."""

    use: str
    deciders: Sequence[str]
    verdict: str
    why: str

    def all(self) -> list[str]:
        """Every header in order."""
        return [self.use, *self.deciders, self.verdict, self.why]


class GridModel(QAbstractTableModel):
    """The lines of the grid; a screen reader hears the whole line in the first column."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._titles: list[str] = []
        self.lines: tuple[GridLine, ...] = ()

    def show_lines(self, titles: GridTitles, lines: Sequence[GridLine]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self._titles, self.lines = titles.all(), tuple(lines)
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.lines)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._titles)

    @override
    def data(self, index: Index, role: int = 0) -> Any:
        words, mark, face = self._cell(index.row(), index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index.row()) if index.column() == _USE else words
        if role == MARK_ROLE:
            return mark
        return face if role == FACE_ROLE else None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = 0
    ) -> str | int | None:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._titles[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _cell(self, row: int, column: int) -> tuple[str, Mark, Face]:
        line, last = self.lines[row], len(self._titles)
        if column == _USE:
            return line.use, Mark.NONE, Face.TEXT
        if column == last + _VERDICT:
            return *line.verdict, Face.PILL
        if column == last + _WHY:
            return line.why, Mark.NONE, Face.MUTED
        return *line.answers[column - 1], Face.MARKED

    def _spoken(self, row: int) -> str:
        line = self.lines[row]
        said = [
            f"{who} {words}"
            for who, (words, _) in zip(self._titles[1:_VERDICT], line.answers, strict=True)
        ]
        return t(
            "kit.grid_line",
            use=line.use,
            verdict=line.verdict[0],
            why=line.why,
            answers=", ".join(said),
        )


class ConsentGrid(OpeningGrid):
    """The grid as a table as high as its lines. Arrows walk by cell, Enter or a click opens.

    Signals:
        opened(key, decider): a line was opened at a decider's column, or elsewhere (-1).
    """

    opened = Signal(str, int)

    def __init__(self) -> None:
        self._grid = GridModel()
        super().__init__(self._grid, t("kit.grid"))
        self._deciders = 0
        self.setItemDelegate(_GridPainter(self))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(look().row)
        self.horizontalHeader().setHighlightSections(False)
        self.cell_opened.connect(self._open_line)

    def show_grid(self, titles: GridTitles, lines: Sequence[GridLine]) -> None:
        """Show who said what about which use; keeps the place of the keyboard."""
        here = self.currentIndex()
        row, column = here.row(), here.column()
        self._deciders = len(titles.deciders)
        self._grid.show_lines(titles, lines)
        self._share(self.viewport().width())
        if row >= 0:
            self.setCurrentIndex(self._grid.index(row, column))

    @override
    def sizeHint(self) -> QSize:
        rows = sum(self.rowHeight(row) for row in range(len(self._grid.lines)))
        bar = self.horizontalScrollBar()
        extra = bar.sizeHint().height() if self._least() > self.viewport().width() else 0
        return QSize(look().px(480), self.horizontalHeader().height() + rows + extra + 2)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share(event.size().width())

    def _open_line(self, row: int, column: int) -> None:
        place = column - 1
        decider = place if 0 <= place < self._deciders else -1
        self.opened.emit(self._grid.lines[row].key, decider)

    def _leasts(self) -> list[int]:
        """The width that each column needs for all its words; the reason may wrap."""
        header = self.horizontalHeader()
        last = self._grid.columnCount() - 1
        return [
            look().px(_LEAST_WHY)
            if place == last
            else max(header.sectionSizeHint(place), self.sizeHintForColumn(place))
            for place in range(last + 1)
        ]

    def _least(self) -> int:
        return sum(self._leasts())

    def _share(self, room: int) -> None:
        leasts = self._leasts()
        if not leasts:
            return
        spare = max(0, room - sum(leasts))
        for place, least in enumerate(leasts):
            part = spare // 2 if place == len(leasts) - 1 else spare // 2 // (len(leasts) - 1)
            self.setColumnWidth(place, least + part)
        self._fit_rows()
        self.updateGeometry()

    def _fit_rows(self) -> None:
        own, last = look(), self._grid.columnCount() - 1
        room = self.columnWidth(last) - 2 * own.px(SIDE)
        metrics = QFontMetrics(own.font(Type.TEXT))
        for row, line in enumerate(self._grid.lines):
            needed = metrics.boundingRect(QRect(0, 0, room, 10_000), _WRAP, line.why).height()
            self.setRowHeight(row, max(own.row, needed + own.px(16)))


class _GridPainter(RingPainter):
    """Lets the reason take more than one line."""

    wraps = True


_LEAST_WHY = 180
