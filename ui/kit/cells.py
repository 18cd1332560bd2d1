"""How a cell of a table is painted; the same for every list and for the consent grid."""

from typing import TypeAlias

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from app.override import override
from ui.kit.label import tip_words
from ui.kit.mark import Mark
from ui.kit.paint import one_line, paint_marked, paint_pill, pill_width
from ui.models.columns import Face
from ui.models.rows import FACE_ROLE, MARK_ROLE
from ui.theme import Type, look

Index: TypeAlias = QModelIndex | QPersistentModelIndex
_TYPES = {Face.STRONG: Type.STRONG}
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
SIDE = 8


class CellPainter(QStyledItemDelegate):
    """Paints words, marks and pills; the chosen row is tinted and has a bar.

    With `wraps` quiet words take as many lines as the row is high.
    """

    wraps = False

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        own = look()
        painter.save()
        area = _rect(option)
        state = _state(option)
        self.ground(painter, area, state, index)
        inner = area.adjusted(own.px(SIDE), 0, -own.px(SIDE), -1)
        if self.wraps and index.data(FACE_ROLE) is Face.MUTED:
            painter.setFont(own.font())
            painter.setPen(own.colour("muted"))
            painter.drawText(inner, _LEFT | int(Qt.TextFlag.TextWordWrap), index.data())
        else:
            _words(painter, inner, index)
        painter.restore()

    def ground(
        self, painter: QPainter, area: QRect, state: QStyle.StateFlag, index: Index
    ) -> None:
        """Paint what lies under the words: the line below, and the chosen row."""
        own = look()
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(area, own.colour("yes_tint"))
        painter.setPen(QPen(own.colour("line"), own.edge))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        if chosen and index.column() == 0:
            stripe = QRect(area.x(), area.y(), own.px(3), area.height())
            painter.fillRect(stripe, own.colour("yes"))
        if chosen and own.colours.strong:
            _outline(painter, area)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        own = look()
        words = str(index.data() or "")
        face, mark = index.data(FACE_ROLE), index.data(MARK_ROLE) or Mark.NONE
        return QSize(_wanted(words, face, mark) + 2 * own.px(SIDE), own.row)

    @override
    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        if event.type() is not QEvent.Type.ToolTip or not index.isValid():
            return False
        wide = self.sizeHint(option, index).width()
        fits = wide <= view.visualRect(_plain(index)).width()
        words = "" if fits else tip_words(str(index.data() or ""))
        QToolTip.showText(event.globalPos(), words, view)
        return True


def _plain(index: Index) -> QModelIndex:
    model: QAbstractItemModel = index.model()
    return model.index(index.row(), index.column())


def _words(painter: QPainter, area: QRect, index: Index) -> None:
    own = look()
    words = index.data()
    if not words:
        return
    face = index.data(FACE_ROLE)
    if face in (Face.MARKED, Face.PILL):
        draw = paint_pill if face is Face.PILL else paint_marked
        draw(painter, area, words, index.data(MARK_ROLE) or Mark.NONE)
        return
    colour = own.colour("muted" if face is Face.MUTED else "text")
    align = _RIGHT if face is Face.NUMBER else _LEFT
    one_line(painter, area, words, own.font(_TYPES.get(face, Type.TEXT)), colour, align)


def _wanted(words: str, face: Face | None, mark: Mark) -> int:
    own = look()
    if face is Face.PILL:
        return pill_width(words, mark)
    font = own.font(_TYPES.get(face, Type.TEXT) if face is not None else Type.TEXT)
    symbol = own.px(26) if face is Face.MARKED and mark.icon else 0
    return QFontMetrics(font).horizontalAdvance(words) + symbol


def _outline(painter: QPainter, area: QRect) -> None:
    painter.setPen(QPen(look().colour("yes"), 2))
    painter.drawLine(area.topLeft(), area.topRight())
    painter.drawLine(area.bottomLeft(), area.bottomRight())


def _rect(option: QStyleOptionViewItem) -> QRect:
    found: QRect = getattr(option, "rect")  # noqa: B009 - the stubs leave these two out
    return found


def _state(option: QStyleOptionViewItem) -> QStyle.StateFlag:
    found: QStyle.StateFlag = getattr(option, "state")  # noqa: B009 - as above
    return found
