"""Buttons by weight: one main action on a screen, the rest plain, quiet or a link."""

from typing import Literal

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from app.override import override
from ui.kit.icon import icon as make_icon
from ui.kit.label import set_tip
from ui.theme import look

Fit = Literal["normal", "small", "touch"]
_BESIDE = 3
"""Between an icon and its words, beside the little that Qt leaves at every text size."""


class Button(QPushButton):
    """A button in one of the house's weights. `words` may hold a mnemonic ("&Save").

    An icon alone needs a `tip`, which is also what a screen reader says.
    """

    weight = ""
    _icon = ""
    tone = "text"

    def __init__(
        self,
        words: str = "",
        icon: str = "",
        *,
        fit: Fit = "normal",
        tip: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(words, parent)
        self._icon = icon
        self._worn: object = None
        self.setProperty("look", self.weight)
        self.setProperty("fit", fit)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if icon and not words:
            self.setProperty("shape", "icon")
        if tip:
            set_tip(self, tip)
            if not words:
                self.setAccessibleName(tip)
        self._tint()

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        self._icon = icon
        self._tint()

    def call_it(self, name: str) -> None:
        """Name the button for tests and robots; nobody sees or hears it."""
        self.setObjectName(name)

    @override
    def sizeHint(self) -> QSize:
        """Room for the words with the weight that they get when it is checked."""
        hint = super().sizeHint()
        if self.isCheckable() and self.text():
            words = self.text().replace("&&", "&")
            strong = QFontMetrics(self._strong()).horizontalAdvance(words)
            plain = self.fontMetrics().horizontalAdvance(words)
            hint.setWidth(hint.width() + max(0, strong - plain))
        return hint

    def _strong(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        return font

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._tint()

    def _tint(self) -> None:
        if not self._icon:
            return
        size = 20 if self.property("fit") != "touch" else 24
        beside = _BESIDE if self.text() else 0
        side, room = look().px(size), look().px(beside)
        worn = (self._icon, side, room, look().colours)
        if worn == self._worn:
            return
        self._worn = worn
        self.setIconSize(QSize(side + room, side))
        self.setIcon(make_icon(self._icon, self.tone, size, beside))


class Main(Button):
    """The one thing to do here: filled."""

    weight = "main"
    tone = "on_yes"


class Plain(Button):
    """Another thing to do here."""

    weight = "plain"


class Quiet(Button):
    """Something small: no edge until the mouse is there."""

    weight = "quiet"


class Danger(Button):
    """Something that erases or leaves the building."""

    weight = "danger"
    tone = "no"


class Link(Button):
    """Goes somewhere; reads as part of a text."""

    weight = "link"
    tone = "yes"


class BarButton(Button):
    """A button on the dark title bar."""

    weight = "bar"
    tone = "bar_text"

    def __init__(
        self,
        words: str = "",
        icon: str = "",
        *,
        tip: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(words, icon, tip=tip, parent=parent)
        self.setProperty("ring_colour", "bar_text")


def leave_arrows(event: QKeyEvent) -> bool:
    """Hand an arrow key on to the group that a button stands in; says whether it was one."""
    if event.key() in _ARROWS:
        event.ignore()
        return True
    return False


_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


def plain_words(words: str) -> str:
    """Words from the register for a button: an ampersand stays an ampersand."""
    return words.replace("&", "&&")
