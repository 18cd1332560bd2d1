"""Words on the screen. Always plain text: a name with angle brackets stays a name."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.override import override
from ui.theme import Type


def set_tip(widget: QWidget, words: str) -> None:
    """Explain a widget when the mouse rests on it, as plain words that wrap."""
    widget.setToolTip(tip_words(words))


def tip_words(words: str) -> str:
    """Plain words in the form that a tip needs so that nothing in them becomes markup."""
    return f"<p>{words.translate(_HARMLESS)}</p>" if words else ""


_HARMLESS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_MEASURE = 80


class Text(QLabel):
    """Words that wrap. Selectable when `selectable`, so that a number can be copied."""

    def __init__(
        self,
        words: str = "",
        kind: Type = Type.TEXT,
        *,
        look: str = "",
        wrap: bool = True,
        selectable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(words)
        self.setWordWrap(wrap)
        policy = self.sizePolicy()
        grows = QSizePolicy.Policy.Preferred if wrap else QSizePolicy.Policy.Maximum
        policy.setVerticalPolicy(grows)
        self.setSizePolicy(policy)
        self.setProperty("type", kind.name)
        self.setProperty("look", look)
        if selectable:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )

    @override
    def sizeHint(self) -> QSize:
        if not self.wordWrap():
            return super().sizeHint()
        wide = self.measure()
        return QSize(wide, super().heightForWidth(wide))

    def measure(self) -> int:
        """The width that wrapping words like to have, in pixels: no line beyond reading."""
        margins = self.contentsMargins()
        sides = margins.left() + margins.right()
        longest = max(map(self.fontMetrics().horizontalAdvance, self.text().split("\n")))
        return min(longest + sides + 2, self.fontMetrics().averageCharWidth() * _MEASURE)

    def set_look(self, look: str) -> None:
        """Change the colour: "", "muted", "yes", "no" or "ask"."""
        if self.property("look") != look:
            self.setProperty("look", look)
            self.style().polish(self)


class Title(Text):
    """The large words at the top of a page."""

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, Type.TITLE, parent=parent)


class Heading(Text):
    """The title of a card."""

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, Type.HEADING, parent=parent)


class Strong(Text):
    """Words with weight inside a text."""

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, Type.STRONG, parent=parent)


class Muted(Text):
    """Words that explain or add."""

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, Type.TEXT, look="muted", parent=parent)


class Middle(Text):
    """Words in the middle of what they stand in, never wider than their measure."""

    def __init__(self, words: str = "", kind: Type = Type.TEXT, *, look: str = "") -> None:
        super().__init__(words, kind, look=look)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)

    @override
    def heightForWidth(self, width: int, /) -> int:
        # A layout asks for its own width, and then gives a centred label only the measure.
        return super().heightForWidth(min(width, self.measure()))


class Small(Text):
    """Labels, hints and the status line."""

    def __init__(
        self, words: str = "", *, wrap: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(words, Type.SMALL, look="muted", wrap=wrap, parent=parent)


class Elided(Text):
    """Words that end in an ellipsis when there is no room; the whole words are the tip.

    One line; two where it is given the height that `high` says.
    """

    def __init__(
        self,
        words: str = "",
        kind: Type = Type.TEXT,
        *,
        look: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(words, kind, look=look, wrap=False, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def high(self, width: int) -> int:
        """The height for a width: of one line, or of two where one cannot hold the words."""
        hint = self.sizeHint()
        extra = self.fontMetrics().lineSpacing() if hint.width() > width else 0
        return hint.height() + extra

    @override
    def minimumSizeHint(self) -> QSize:
        least = self.fontMetrics().averageCharWidth() * 4
        return QSize(min(least, self.sizeHint().width()), super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        set_tip(self, "" if self._fits() else self.text())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._fits():
            super().paintEvent(event)
            return
        # Hundreds of constants come with it, and the first window needs none of them.
        from PySide6.QtWidgets import QStyle, QStyleOption  # noqa: PLC0415

        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        room = self.contentsRect()
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, int(self.alignment()), "\n".join(self._lines(room.size())))
        painter.end()

    def _lines(self, room: QSize) -> list[str]:
        """The words on one line, or on two where there is height for them."""
        metrics, words, first = self.fontMetrics(), self.text().split(), ""
        if room.height() >= 2 * metrics.lineSpacing():
            while words and metrics.horizontalAdvance(f"{first} {words[0]}") <= room.width():
                first = f"{first} {words.pop(0)}".strip()
        rest = metrics.elidedText(" ".join(words), Qt.TextElideMode.ElideRight, room.width())
        return [line for line in (first, rest) if line]

    def _fits(self) -> bool:
        return self.fontMetrics().horizontalAdvance(self.text()) <= self.contentsRect().width()
