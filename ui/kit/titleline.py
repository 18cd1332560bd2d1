"""The line at the top of a page: who or what it is about, and what can be done."""

from typing import NamedTuple

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.override import override
from ui.kit.label import Elided
from ui.theme import Type, look

MOST_ACTIONS = 3


class _Placed(NamedTuple):
    """Where a widget goes."""

    widget: QWidget
    area: QRect


class TitleLine(QWidget):
    """Title, badges and identity at the left, actions at the right; below when it is narrow."""

    def __init__(
        self, title: str = "", identity: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.title = Elided(title, Type.TITLE, parent=self)
        self.identity = Elided(identity, look="muted", parent=self)
        self._badges: list[QWidget] = []
        self._actions: list[QWidget] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_title(self, title: str, identity: str) -> None:
        """Show other words."""
        self.title.setText(title)
        self.identity.setText(identity)
        self.identity.setVisible(bool(identity))
        self.updateGeometry()
        self._place()

    def large(self) -> None:
        """Set the title as large as the check screen wants it."""
        for label, kind in ((self.title, Type.NAME), (self.identity, Type.LARGE)):
            label.setProperty("type", kind.name)
            label.style().polish(label)
        self._place()

    def add_badge(self, badge: QWidget) -> None:
        """Put a badge before the identity."""
        badge.setParent(self)
        badge.show()
        self._badges.append(badge)
        self._place()

    def set_actions(self, *buttons: QWidget) -> None:
        """Replace the actions; the first three are shown."""
        for old in self._actions:
            if old not in buttons:
                old.hide()
                old.deleteLater()
        self._actions = list(buttons[:MOST_ACTIONS])
        for button in self._actions:
            button.setParent(self)
            button.show()
        self.updateGeometry()
        self._place()

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        placed = self._plan(width)
        return max((each.area.bottom() + 1 for each in placed), default=0)

    @override
    def sizeHint(self) -> QSize:
        wide = max(self.width(), look().px(480))
        return QSize(wide, self.heightForWidth(wide))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(160), look().control)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._place()
        return super().event(event)

    def _place(self) -> None:
        before: QWidget | None = None
        for each in self._plan(self.width()):
            each.widget.setGeometry(each.area)
            if before is not None:
                QWidget.setTabOrder(before, each.widget)
            before = each.widget

    def _plan(self, width: int) -> list[_Placed]:
        left = [self.title, *(each for each in self._badges if not each.isHidden())]
        if self.identity.text():
            left.append(self.identity)
        actions = [each for each in self._actions if not each.isHidden()]
        between, around = look().px(14), look().px(12)
        wanted = _together(actions, around)
        needed = _together(left, between)
        room = width - wanted - look().px(24) if wanted else width
        fits = all(each.sizeHint().width() <= room for each in left)
        if needed <= room or fits:
            high = max([look().control, *(each.sizeHint().height() for each in actions)])
            placed = _lines(left, QRect(0, 0, room, high), between, right=False)
            return placed + _lines(actions, QRect(0, 0, width, high), around, right=True)
        high = look().control
        placed = _lines(left, QRect(0, 0, width, high), between, right=False)
        top = max(each.area.bottom() for each in placed) + 1 + around
        return placed + _lines(actions, QRect(0, top, width, high), around, right=True)


def _together(widgets: list[QWidget], gap: int) -> int:
    return sum(each.sizeHint().width() + gap for each in widgets) - (gap if widgets else 0)


# The area of the lines says where they start, how wide they are, and how high the first one is.


def _lines(widgets: list[QWidget], area: QRect, gap: int, *, right: bool) -> list[_Placed]:
    placed: list[_Placed] = []
    line: list[_Placed] = []
    top, left, least = area.y(), 0, area.height()
    for widget in widgets:
        size = widget.sizeHint()
        if size.width() > area.width():
            high = widget.high(area.width()) if isinstance(widget, Elided) else size.height()
            size = QSize(area.width(), high)
        if line and left + size.width() > area.width():
            top = _finish(line, placed, least, area.right() if right else -1)
            line, left, least = [], 0, 0
        line.append(_Placed(widget, QRect(area.x() + left, top, size.width(), size.height())))
        left += size.width() + gap
    if line:
        _finish(line, placed, least, area.right() if right else -1)
    return placed


def _finish(line: list[_Placed], placed: list[_Placed], least: int, right: int) -> int:
    """Centre a line in its height and end it at `right` (-1: leave it); where it ends."""
    high = max(least, *(each.area.height() for each in line))
    shift = right - line[-1].area.right() if right >= 0 else 0
    for widget, box in line:
        drop = (high - box.height()) // 2
        placed.append(_Placed(widget, box.translated(shift, drop)))
    return line[0].area.y() + high + look().px(2)
