"""The navigation at the left: places with counts that mean work; only icons when narrow."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.override import override
from ui.frame.items import NavItem
from ui.kit.badge import paint_count
from ui.kit.icon import paint_icon
from ui.kit.label import set_tip
from ui.kit.page import scrolling
from ui.kit.paint import Edge, focus_inside, one_line, panel
from ui.theme import Type, look
from ui.words import t

WIDE, RAIL = 208, 64
_KEYS = 9
_HEIGHT = 36


class NavButton(QAbstractButton):
    """One place; says its count to a screen reader too.

    Signals:
        walked(step): an arrow key wants the place above (-1) or below (1).
    """

    walked = Signal(int)

    def __init__(self, item: NavItem, place: int) -> None:
        super().__init__()
        self.item = item
        self._count, self._rail = 0, False
        self.setCheckable(True)
        self.setText(t(item.text))
        self.setObjectName(f"nav_{item.id}")
        self.setProperty("ring_inside", True)  # noqa: FBT003 - Qt takes the value by position
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if place < _KEYS:
            self.setShortcut(QKeySequence(f"Ctrl+{place + 1}"))
        self.set_count(0)

    def set_count(self, count: int) -> None:
        """Show how much there is to do."""
        self._count = count
        name = t(self.item.text)
        self.setAccessibleName(
            t("kit.count_spoken", name=name, number=count) if count else name
        )
        self._explain()
        self.update()

    def set_rail(self, *, rail: bool) -> None:
        """Show the icon only, or words as well."""
        self._rail = rail
        self._explain()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(look().px(RAIL - 16), look().px(_HEIGHT))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step:
            self.walked.emit(step)
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        own = look()
        painter = QPainter(self)
        tone, shade = ("yes", "yes") if self.isChecked() else ("text", "muted")
        self._ground(painter)
        side = own.px(20)
        left = (self.width() - side) // 2 if self._rail else own.px(12)
        box = QRect(left, (self.height() - side) // 2, side, side)
        paint_icon(painter, box, self.item.icon, own.colour(shade))
        kind = Type.STRONG if self.isChecked() else Type.TEXT
        if not self._rail:
            right = self._paint_count(painter)
            room = QRect(own.px(44), 0, right - own.px(52), self.height())
            one_line(painter, room, self.text(), own.font(kind), own.colour(tone))
        elif self._count:
            dot = QRect(self.width() - own.px(16), own.px(6), own.px(10), own.px(10))
            edge = Edge(own.colour("surface"), 0, radius=5)
            panel(painter, dot, own.colour("yes"), edge)
        if self.hasFocus():
            focus_inside(painter, self.rect())
        painter.end()

    def _ground(self, painter: QPainter) -> None:
        own = look()
        if self.isChecked():
            edge = Edge(own.colour("yes"), own.edge if own.colours.strong else 0, radius=6)
            panel(painter, self.rect(), own.colour("yes_tint"), edge)
        elif self.underMouse():
            edge = Edge(own.colour("line"), own.edge if own.colours.strong else 0, radius=6)
            panel(painter, self.rect(), own.colour("hover"), edge)

    def _paint_count(self, painter: QPainter) -> int:
        own = look()
        if not self._count:
            return self._paint_key(painter)
        words = str(self._count)
        metrics = QFontMetrics(own.font(Type.SMALL_STRONG))
        wide = max(own.px(24), metrics.horizontalAdvance(words) + own.px(16))
        high = own.px(20)
        box = QRect(self.width() - own.px(12) - wide, (self.height() - high) // 2, wide, high)
        paint_count(painter, box, words)
        return box.x()

    def _paint_key(self, painter: QPainter) -> int:
        """The key that leads here from anywhere, at the right; returns where it begins."""
        own, key = look(), self.item.key
        if not key:
            return self.width()
        wide = QFontMetrics(own.font(Type.SMALL)).horizontalAdvance(key) + own.px(4)
        box = QRect(self.width() - own.px(12) - wide, 0, wide, self.height())
        one_line(painter, box, key, own.font(Type.SMALL), own.colour("muted"))
        return box.x()

    def _explain(self) -> None:
        metrics = QFontMetrics(look().font(Type.STRONG))
        cut = metrics.horizontalAdvance(self.text()) > look().px(WIDE - 110)
        key = f" ({self.item.key})" if self.item.key else ""
        set_tip(self, self.accessibleName() + key if self._rail or cut or key else "")


class Navigation(QFrame):
    """The list of places; up and down walk through it.

    Signals:
        gone(id): the person wants to go there.
    """

    gone = Signal(str)

    def __init__(self, items: Sequence[NavItem], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "navigation")
        self.setAccessibleName(t("kit.navigation"))
        self._buttons = {item.id: NavButton(item, place) for place, item in enumerate(items)}
        self._group = QButtonGroup(self)
        content = QWidget()
        column = QVBoxLayout(content)
        own = look()
        column.setContentsMargins(own.near, own.px(12), own.near, own.px(12))
        column.setSpacing(own.px(2))
        for place, button in enumerate(self._buttons.values()):
            self._group.addButton(button)
            button.walked.connect(self._walk)
            if place and button.item.begins:
                column.addWidget(_rule())
            column.addWidget(button)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(content))
        self._group.buttonClicked.connect(self._clicked)
        self.set_rail(rail=False)

    def show_place(self, item_id: str) -> None:
        """Mark a place as the one where the person is."""
        if item_id in self._buttons:
            self._buttons[item_id].setChecked(True)

    def set_count(self, item_id: str, count: int) -> None:
        """Show how much there is to do at a place."""
        if item_id in self._buttons:
            self._buttons[item_id].set_count(count)

    def set_rail(self, *, rail: bool) -> None:
        """Be narrow with icons, or wide with words."""
        self.setFixedWidth(look().px(RAIL if rail else WIDE))
        for button in self._buttons.values():
            button.set_rail(rail=rail)

    def _walk(self, step: int) -> None:
        buttons = list(self._buttons.values())
        here = next(i for i, button in enumerate(buttons) if button.hasFocus())
        there = buttons[(here + step) % len(buttons)]
        there.setFocus(Qt.FocusReason.TabFocusReason)

    def _clicked(self, button: QAbstractButton) -> None:
        if isinstance(button, NavButton):
            self.gone.emit(button.item.id)


def _rule() -> QWidget:
    """A thin line with air, between places that do not belong together."""
    own = look()
    rule = QFrame()
    rule.setProperty("look", "line")
    air = QWidget()
    column = QVBoxLayout(air)
    column.setContentsMargins(own.px(12), own.px(3), own.px(12), own.px(3))
    column.addWidget(rule)
    return air
