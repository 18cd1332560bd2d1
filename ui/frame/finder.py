"""The global search: one field for pupils, guardians, actions and help."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.override import override
from ui.kit.icon import paint_icon
from ui.kit.label import Muted
from ui.kit.paint import Edge, one_line, panel
from ui.theme import Type, look
from ui.words import t

Index: TypeAlias = QModelIndex | QPersistentModelIndex
GROUPS = {
    "pupils": "kit.search_pupils",
    "guardians": "kit.search_guardians",
    "actions": "kit.search_actions",
    "help": "kit.search_help",
}
_ICONS = {"pupils": "person", "guardians": "group", "actions": "forward", "help": "help"}
_HIT_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_TYPING_MS = 60
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found.

    Attributes:
        group: "pupils", "guardians", "actions" or "help".
        key: id of the thing, or name of the action or help page.
        title: its words.
        detail: what tells it from another.
    """

    group: str
    key: str
    title: str
    detail: str = ""


Found: TypeAlias = Callable[[Sequence[Hit]], None]
Find: TypeAlias = Callable[[str, Found], None]


class SearchField(QLineEdit):
    """The field in the title bar.

    Signals:
        moved(step): up (-1) or down (1) in the results.
        left(): Esc was pressed.
    """

    moved = Signal(int)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("global_search")
        self.setProperty("look", "bar")
        self.setPlaceholderText(t("kit.search_hint"))
        self.setAccessibleName(t("kit.search_name"))
        self.setMaxLength(100)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step:
            self.moved.emit(step)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.text() or self.hasFocus():
            return
        own, metrics = look(), self.fontMetrics()
        hints = (self.placeholderText(), t("kit.search_keys"))
        if sum(map(metrics.horizontalAdvance, hints)) + own.px(40) > self.width():
            return
        painter = QPainter(self)
        room = self.rect().adjusted(0, 0, -own.px(12), 0)
        painter.setPen(own.colour("muted"))
        painter.drawText(room, _RIGHT, t("kit.search_keys"))
        painter.end()


class _Hits(QAbstractListModel):
    """Hits with a header above each group."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[Hit | str] = []

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """Show other hits, grouped."""
        self.beginResetModel()
        self._lines = []
        for group, title in GROUPS.items():
            found = [hit for hit in hits if hit.group == group]
            if found:
                self._lines += [t(title), *found]
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._lines)

    @override
    def data(self, index: Index, role: int = 0) -> Any:
        line = self._lines[index.row()]
        if role == _HIT_ROLE:
            return line if isinstance(line, Hit) else None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if isinstance(line, str):
                return line
            return ", ".join(words for words in (line.title, line.detail) if words)
        return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self._lines[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _HitPainter(QStyledItemDelegate):
    """Draws a header or a hit."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        own = look()
        area: QRect = getattr(option, "rect")  # noqa: B009 - the stubs leave it out
        state: QStyle.StateFlag = getattr(option, "state")  # noqa: B009 - as above
        hit = index.data(_HIT_ROLE)
        painter.save()
        if hit is None:
            room = area.adjusted(own.px(12), own.px(6), 0, 0)
            font, tone = own.font(Type.SMALL_STRONG), own.colour("muted")
            one_line(painter, room, index.data(), font, tone)
        else:
            chosen = bool(state & QStyle.StateFlag.State_Selected)
            _paint_hit(painter, area, hit, chosen=chosen)
        painter.restore()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(look().px(200), look().px(40 if index.data(_HIT_ROLE) else 30))


class Finder(QFrame):
    """The list under the search field; shows what a callback found.

    Signals:
        hit_chosen(hit): the person wants to go there.
    """

    hit_chosen = Signal(object)

    def __init__(self, field: SearchField, find: Find, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("look", "popup")
        self._field, self._find, self._number = field, find, 0
        self._model = _Hits(self)
        self._list = QListView()
        self._list.setModel(self._model)
        self._list.setItemDelegate(_HitPainter(self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setAccessibleName(t("kit.search_results"))
        self._list.setMouseTracking(True)
        self._nothing = Muted(t("kit.search_nothing"))
        column = QVBoxLayout(self)
        side = look().px(6)
        column.setContentsMargins(side, side, side, side)
        column.addWidget(self._list)
        column.addWidget(self._nothing)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self._ask)
        field.textEdited.connect(self._typed)
        field.moved.connect(self._move)
        field.returnPressed.connect(self._take)
        field.left.connect(self.close_list)
        self._list.clicked.connect(self._clicked)
        field.installEventFilter(self)
        self.hide()

    def close_list(self) -> None:
        """Forget what was typed and hide the results."""
        self._number += 1
        self._typing.stop()
        self._field.clear()
        self.hide()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusOut and not self.underMouse():
            self.hide()
        return False

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """Show results under the field."""
        self._model.show_hits(hits)
        self._list.setVisible(bool(hits))
        self._nothing.setVisible(not hits)
        self._place()
        self._move(1)

    def _typed(self, _words: str) -> None:
        self._typing.start()

    def _ask(self) -> None:
        words = self._field.text().strip()
        self._number += 1
        if words:
            self._find(words, _Answer(self, self._number).take)
        else:
            self.hide()

    def take_answer(self, number: int, hits: Sequence[Hit]) -> None:
        """Show an answer, unless the person typed on since."""
        if number == self._number:
            self.show_hits(hits)

    def _place(self) -> None:
        own, window = look(), self.parentWidget()
        if window is None:
            return
        corner = self._field.mapTo(window, QPoint(0, self._field.height() + own.px(4)))
        rows = range(self._model.rowCount())
        high = sum(self._list.sizeHintForRow(row) for row in rows) + own.px(20)
        least = own.px(56) if not rows else 0
        wide = max(self._field.width(), own.px(360))
        room = window.height() - corner.y() - own.px(16)
        wide = min(wide, window.width() - corner.x() - own.px(16))
        self.setGeometry(QRect(corner, QSize(wide, min(max(high, least), room))))
        self.show()
        self.raise_()

    def _move(self, step: int) -> None:
        count = self._model.rowCount()
        row = self._list.currentIndex().row() if self._list.currentIndex().isValid() else -1
        for _ in range(count):
            row = (row + step) % count
            index = self._model.index(row, 0)
            if index.data(_HIT_ROLE) is not None:
                self._list.setCurrentIndex(index)
                return

    def _take(self) -> None:
        if not self.isHidden():
            self._clicked(self._list.currentIndex())

    def _clicked(self, index: QModelIndex) -> None:
        hit = index.data(_HIT_ROLE) if index.isValid() else None
        if hit is not None:
            self.close_list()
            self.hit_chosen.emit(hit)


class _Answer:
    """Brings an answer to the question that it belongs to."""

    def __init__(self, finder: Finder, number: int) -> None:
        self._finder, self._number = finder, number

    def take(self, hits: Sequence[Hit]) -> None:
        """Hand the hits over."""
        self._finder.take_answer(self._number, hits)


def _paint_hit(painter: QPainter, area: QRect, hit: Hit, *, chosen: bool) -> None:
    own = look()
    if chosen:
        width = own.edge if own.colours.strong else 0
        panel(painter, area, own.colour("yes_tint"), Edge(own.colour("yes"), width, radius=6))
    side = own.px(18)
    box = QRect(area.x() + own.px(12), area.y(), side, area.height())
    paint_icon(painter, box, _ICONS.get(hit.group, "right"), own.colour("muted"))
    left = area.x() + own.px(42)
    font = own.font(Type.STRONG)
    painter.setFont(font)
    wide = painter.fontMetrics().horizontalAdvance(hit.title) + 2
    room = QRect(left, area.y(), area.right() - left - own.px(8), area.height())
    title = QRect(room.topLeft(), QSize(min(wide, room.width()), room.height()))
    one_line(painter, title, hit.title, font, own.colour("yes" if chosen else "text"))
    rest = room.adjusted(title.width() + own.px(12), 0, 0, 0)
    if rest.width() > own.px(40):
        one_line(painter, rest, hit.detail, own.font(), own.colour("muted"))
