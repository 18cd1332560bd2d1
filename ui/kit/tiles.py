"""Large tiles for fingers: groups, names, and a bar of first letters. No keyboard needed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from app.override import override
from ui.kit.button import Plain, leave_arrows
from ui.kit.flow import Flow
from ui.kit.icon import paint_icon
from ui.kit.label import set_tip
from ui.kit.mark import Mark
from ui.kit.paint import Edge, focus_inside, one_line, panel
from ui.theme import Type, look
from ui.words import t

_LOUD = (Mark.NO, Mark.ASK)
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile: a title, what it says below, and perhaps a mark.

    Tiles with NO and ASK are loud; `taken` shows that the person picked it.
    """

    key: str
    title: str
    detail: str = ""
    mark: Mark = Mark.NONE
    taken: bool = False


class TileGrid(QWidget):
    """Tiles in as many columns as fit, or in a fixed number. Arrow keys walk over them.

    Signals:
        chosen(key): a tile was pressed.
    """

    chosen = Signal(str)

    def __init__(
        self, *, columns: int = 0, widest: int = 440, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._columns, self._widest = columns, widest
        self._buttons: list[TileButton] = []
        self._count = 0
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_tiles(self, tiles: Sequence[Tile]) -> None:
        """Show other tiles in place of those that are there."""
        while len(self._buttons) < len(tiles):
            button = TileButton(self)
            button.clicked.connect(self._clicked)
            self._buttons.append(button)
        self._count = len(tiles)
        for place, button in enumerate(self._buttons):
            if place < self._count:
                button.show_tile(tiles[place])
            button.setVisible(place < self._count)
        self._rove(0)
        self._place()
        self.updateGeometry()

    @property
    def count(self) -> int:
        """How many tiles are shown."""
        return self._count

    def focus_first(self) -> None:
        """Give the first tile the keyboard."""
        if self._count:
            self._rove(0)
            self._buttons[0].setFocus(Qt.FocusReason.TabFocusReason)

    def button(self, key: str) -> "TileButton":
        """The button of a tile."""
        return next(each for each in self._buttons[: self._count] if each.tile.key == key)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        lines = -(-self._count // self._across(width))
        return max(0, lines * (look().px(88) + look().px(12)) - look().px(12))

    @override
    def sizeHint(self) -> QSize:
        wide = max(self.width(), look().px(self._widest))
        return QSize(wide, self.heightForWidth(wide))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(160), look().px(88))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        across, down = _STEPS.get(Qt.Key(event.key()), (0, 0))
        here = next((i for i, each in enumerate(self._buttons) if each.hasFocus()), -1)
        place = here + across + down * self._across(self.width())
        if here < 0 or (across, down) == (0, 0):
            super().keyPressEvent(event)
        elif 0 <= place < self._count:
            self._rove(place)
            self._buttons[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _rove(self, place: int) -> None:
        """Tab stops at one tile only; the arrow keys do the rest."""
        for each, button in enumerate(self._buttons):
            here = each == place
            policy = Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)

    def _across(self, width: int) -> int:
        if self._columns:
            return self._columns
        gap = look().px(12)
        return max(1, -(-(width + gap) // (look().px(self._widest) + gap)))

    def _place(self) -> None:
        gap, high = look().px(12), look().px(88)
        across = self._across(self.width())
        wide = (self.width() - gap * (across - 1)) // across
        for place, button in enumerate(self._buttons[: self._count]):
            line, column = divmod(place, across)
            button.setGeometry(QRect(column * (wide + gap), line * (high + gap), wide, high))

    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, TileButton):
            self._rove(self._buttons.index(button))
            self.chosen.emit(button.tile.key)


class TileButton(QAbstractButton):
    """One tile, drawn by itself; a screen reader says title and detail."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tile = Tile("", "")
        self.setProperty("ring_inside", True)  # noqa: FBT003 - Qt takes the value by position
        self.setMouseTracking(True)

    def show_tile(self, tile: Tile) -> None:
        """Show another tile."""
        self.tile = tile
        spoken = ", ".join(words for words in (tile.title, tile.detail) if words)
        self.setAccessibleName(spoken)
        self.setObjectName(f"tile_{tile.key}")
        set_tip(self, tile.title if self._too_long() else "")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(look().px(240), look().px(88))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        set_tip(self, self.tile.title if self._too_long() else "")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not leave_arrows(event):
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._draw_ground(painter)
        self._draw_words(painter)
        if self.hasFocus():
            focus_inside(painter, self.rect())
        painter.end()

    def _draw_ground(self, painter: QPainter) -> None:
        own, tile = look(), self.tile
        loud = tile.mark in _LOUD
        ground = own.colour("surface")
        edge = Edge(own.colour("line"), own.edge)
        if loud:
            ground = own.colour(tile.mark.tint)
            edge = Edge(own.colour(tile.mark.value), 2, tile.mark.dashed)
        elif tile.taken:
            ground, edge = own.colour("yes_tint"), Edge(own.colour("yes"), 2)
        if self.isDown():
            ground = own.colour("line")
        elif self.underMouse() and not loud and not tile.taken:
            ground = own.colour("hover")
        panel(painter, self.rect(), ground, edge)

    def _draw_words(self, painter: QPainter) -> None:
        own, tile = look(), self.tile
        inner = self._words_area()
        if tile.mark.icon:
            side = own.px(30)
            box = QRect(own.px(18), 0, side, self.height())
            paint_icon(painter, box, tile.mark.icon, own.colour(tile.mark.value))
        big, small = own.px(26), own.px(20)
        top = (self.height() - big - (small if tile.detail else 0)) // 2
        name = QRect(inner.x(), top, inner.width(), big)
        one_line(painter, name, tile.title, own.font(Type.TOUCH_STRONG), own.colour("text"))
        if tile.detail:
            below = QRect(inner.x(), top + big, inner.width(), small)
            tone = own.colour("text" if tile.mark in _LOUD else "muted")
            one_line(painter, below, tile.detail, own.font(), tone)

    def _words_area(self) -> QRect:
        own = look()
        left = own.px(60) if self.tile.mark.icon else own.px(20)
        return self.rect().adjusted(left, 0, -own.px(16), 0)

    def _too_long(self) -> bool:
        font = look().font(Type.TOUCH_STRONG)
        self.setFont(font)
        wide = self.fontMetrics().horizontalAdvance(self.tile.title)
        return wide > self._words_area().width()


class LetterBar(QWidget):
    """First letters to press; those without names are faint.

    Signals:
        letter_chosen(letter): "" for all.
    """

    letter_chosen = Signal(str)

    def __init__(self, letters: str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ") -> None:
        super().__init__()
        self.setAccessibleName(t("kit.letters"))
        self._letters = ["", *letters]
        self._group = QButtonGroup(self)
        flow = Flow(self, gap=4)
        for place, letter in enumerate(self._letters):
            button = Plain(letter or t("kit.all_letters"), fit="touch")
            button.setCheckable(True)
            if letter:
                button.setProperty("shape", "letter")
            button.call_it(f"letter_{letter or 'all'}")
            self._group.addButton(button, place)
            flow.addWidget(button)
        self._group.button(0).setChecked(True)
        self._group.idClicked.connect(self._clicked)

    def offer(self, letters: Iterable[str]) -> None:
        """Let only these letters be pressed."""
        present = set(letters)
        for place, letter in enumerate(self._letters):
            self._group.button(place).setEnabled(not letter or letter in present)

    def take(self, letter: str) -> None:
        """Show that a letter is taken ("" for all), without telling anybody."""
        if letter in self._letters:
            self._group.button(self._letters.index(letter)).setChecked(True)

    def _clicked(self, place: int) -> None:
        self.letter_chosen.emit(self._letters[place])
