"""A table in which the keyboard walks from cell to cell; a ring shows the cell it is at."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QStyle, QTableView

from app.override import override
from ui.kit.cells import CellPainter, Index
from ui.kit.paint import focus_inside
from ui.theme import look


class RingPainter(CellPainter):
    """Tints the chosen cell and rings the one that the keyboard is at.

    With `only_active` the tint goes when the keyboard goes elsewhere.
    """

    only_active = True

    @override
    def ground(
        self, painter: QPainter, area: QRect, state: QStyle.StateFlag, index: Index
    ) -> None:
        own, flag = look(), QStyle.StateFlag
        painter.setPen(QPen(own.colour("line"), own.edge))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        here = bool(state & flag.State_Active) or not self.only_active
        if state & flag.State_Selected and here:
            painter.fillRect(area.adjusted(0, 0, 0, -1), own.colour("yes_tint"))
        if state & flag.State_HasFocus:
            focus_inside(painter, area.adjusted(-3, -3, 3, 2))


class CellGrid(QTableView):
    """Cells without a frame, under headers that cannot be pressed."""

    def __init__(self, model: QAbstractTableModel, name: str) -> None:
        super().__init__()
        model.setParent(self)
        self.setModel(model)
        self.setAccessibleName(name)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)


class OpeningGrid(CellGrid):
    """A grid that is only read: Enter, the space bar or a double click opens a cell.

    Signals:
        cell_opened(row, column): what the cell is about is wanted.
    """

    cell_opened = Signal(int, int)

    def __init__(self, model: QAbstractTableModel, name: str) -> None:
        super().__init__(model, name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.doubleClicked.connect(self._open)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(240), self.sizeHint().height())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.cell_opened.emit(index.row(), index.column())
