"""Layouts that give way: a line that wraps, and columns that stack when it gets narrow."""

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QLayout,
    QLayoutItem,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.override import override
from ui.theme import look


class Flow(QLayout):
    """Widgets side by side that go to the next line when there is no room."""

    def __init__(
        self, parent: QWidget | None = None, *, gap: int | None = None, right: bool = False
    ) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self._right = right
        self.setContentsMargins(QMargins())

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    @override
    def sizeHint(self) -> QSize:
        shown = self._shown()
        wide = sum(item.sizeHint().width() for item in shown)
        high = max((item.sizeHint().height() for item in shown), default=0)
        return QSize(wide + self._space() * max(0, len(shown) - 1), high)

    @override
    def minimumSize(self) -> QSize:
        least = QSize()
        for item in self._shown():
            least = least.expandedTo(item.minimumSize())
        return least

    def _space(self) -> int:
        return look().near if self._gap is None else look().px(self._gap)

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        room = 0
        for item in self._shown():
            size = item.sizeHint()
            if size.width() > width:
                size.setWidth(max(width, item.minimumSize().width()))
                if item.hasHeightForWidth():
                    size.setHeight(item.heightForWidth(size.width()))
            if not lines or size.width() > room:
                lines.append([])
                room = width
            lines[-1].append((item, size))
            room -= size.width() + self._space()
        return lines

    def _place(self, rect: QRect, *, move: bool) -> int:
        top = rect.y()
        for line in self._lines(rect.width()):
            high = max(size.height() for _, size in line)
            used = sum(size.width() for _, size in line) + self._space() * (len(line) - 1)
            left = rect.x() + (rect.width() - used if self._right else 0)
            for item, size in line:
                if move:
                    drop = (high - size.height()) // 2
                    item.setGeometry(QRect(QPoint(left, top + drop), size))
                left += size.width() + self._space()
            top += high + self._space()
        return max(0, top - rect.y() - self._space())


class Stack(QWidget):
    """Widgets below one another at the top of their room.

    The space between them is that between cards, or `gap`.
    """

    def __init__(
        self, *widgets: QWidget, gap: int | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(QMargins())
        column.setSpacing(look().gap if gap is None else look().px(gap))
        for widget in widgets:
            column.addWidget(widget)
        column.addStretch(1)


class Columns(QWidget):
    """Widgets side by side, wider ones by weight; below one another when it gets narrow.

    Four or more go two by two before they go one by one. The one that is `tall` takes the room
    that is left when they stand below one another.
    """

    def __init__(
        self,
        *widgets: QWidget,
        weights: tuple[int, ...] = (),
        narrow: int = 640,
        tall: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._parts = widgets
        self._tall = tall
        self._weights = [*weights, *(1 for _ in widgets[len(weights) :])]
        self._narrow = narrow
        self._across = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(QMargins())
        self._grid.setSpacing(look().gap)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._arrange(len(widgets))

    @override
    def minimumSizeHint(self) -> QSize:
        least = [part.minimumSizeHint().width() for part in self._parts]
        return QSize(max(least, default=0), self._grid.minimumSize().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        count, room = len(self._parts), event.size().width() / look().px(self._narrow)
        if room >= 1:
            self._arrange(count)
        else:
            self._arrange(_PAIR if count > _PAIR + 1 and room >= 1 / _PAIR else 1)

    def _arrange(self, across: int) -> None:
        if across == self._across:
            return
        self._across = across
        for place, part in enumerate(self._parts):
            self._grid.addWidget(part, place // max(1, across), place % max(1, across))
            self._grid.setRowStretch(place, int(across == 1 and part is self._tall))
        for place, weight in enumerate(self._weights):
            shown = weight if across == len(self._parts) else int(place < across)
            self._grid.setColumnStretch(place, shown)
        self.updateGeometry()


_PAIR = 2
