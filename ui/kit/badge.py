"""The verdict as a pill and as a large tile, and counts: word, symbol, shape and colour."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.override import override
from ui.kit.icon import Symbol
from ui.kit.label import Text
from ui.kit.mark import Mark
from ui.kit.paint import PILL_HEIGHT, Edge, focus_inside, paint_pill, panel, pill_width
from ui.theme import Type, look
from ui.words import t


class Badge(Text):
    """Words in a pill. Give it a mark for an answer; without one it is a neutral fact."""

    def __init__(
        self, words: str, mark: Mark = Mark.NONE, parent: QWidget | None = None
    ) -> None:
        super().__init__(words, Type.PILL, wrap=False, parent=parent)
        self._mark = mark
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_answer(self, words: str, mark: Mark) -> None:
        """Show other words and another symbol."""
        self._mark = mark
        self.setText(words)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(pill_width(self.text(), self._mark), look().px(PILL_HEIGHT))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_pill(painter, self.rect(), self.text(), self._mark)
        painter.end()


class VerdictBadge(Badge):
    """A verdict in a line of text or a card: "JA", "NEE", "VRAAG NA"."""


class VerdictTile(QFrame):
    """One answer of the check screen, large enough to read in the wind.

    `provided` are the conditions of a "yes, if", set larger than the reason. A screen reader
    says use, answer, conditions and reason in one go.
    """

    def __init__(
        self, use: str, answer: str, why: str, mark: Mark, *, provided: str = ""
    ) -> None:
        super().__init__()
        self._mark = mark
        self._symbol = Symbol(mark.icon, mark.value, 54)
        self._use = Text(use, Type.TOUCH)
        self._answer = Text(answer, Type.ANSWER, look=mark.value)
        self._answer.setIndent(look().px(2))
        self._provided = Text(provided, Type.TOUCH_STRONG)
        self._provided.setVisible(bool(provided))
        self._why = Text(why, Type.TOUCH)
        self.setProperty("ring_inside", True)  # noqa: FBT003 - Qt takes the value by position
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._lay_out()
        self._tell()

    def show_answer(self, answer: str, why: str, mark: Mark) -> None:
        """Show another answer for the same use."""
        self._mark = mark
        self._symbol.show_icon(mark.icon, mark.value)
        self._answer.setText(answer)
        self._answer.set_look(mark.value)
        self._why.setText(why)
        self._tell()
        self.update()

    @property
    def answer(self) -> str:
        """The answer in words, for tests and robots."""
        return self._answer.text()

    def _tell(self) -> None:
        reasons = (self._provided.text(), self._why.text())
        self.setAccessibleName(
            t(
                "kit.tile_spoken",
                use=self._use.text(),
                answer=self._answer.text(),
                why=", ".join(words for words in reasons if words),
            )
        )

    def _lay_out(self) -> None:
        own = look()
        line = QHBoxLayout(self)
        line.setContentsMargins(own.px(20), own.px(12), own.px(16), own.px(12))
        line.setSpacing(own.px(18))
        line.addWidget(self._symbol, 0, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        for label in (self._use, self._answer, self._provided, self._why):
            words.addWidget(label)
        words.addStretch(1)
        line.addLayout(words, 1)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        own = look()
        painter = QPainter(self)
        ground, edge = own.colour(self._mark.tint), own.colour(self._mark.value)
        width = 3 if own.colours.strong else 2
        panel(painter, self.rect(), ground, Edge(edge, width, self._mark.dashed))
        if self.hasFocus():
            focus_inside(painter, self.rect())
        painter.end()


class Count(Text):
    """A number that means work, on a grey ground; hidden at nought."""

    def __init__(self, count: int = 0, parent: QWidget | None = None) -> None:
        super().__init__("", Type.SMALL_STRONG, wrap=False, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_count(count)

    def set_count(self, count: int) -> None:
        """Show another number."""
        self.setText(str(count) if count else "")
        self.setVisible(bool(count))
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        own = look()
        wide = self.fontMetrics().horizontalAdvance(self.text()) + own.px(16)
        return QSize(max(wide, own.px(24)), own.px(20))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_count(painter, self.rect(), self.text())
        painter.end()


def paint_count(painter: QPainter, area: QRect, words: str) -> None:
    """A number on its grey ground, filling the area."""
    own = look()
    width = own.edge if own.colours.strong else 0
    panel(painter, area, own.colour("tally"), Edge(own.colour("line"), width, radius=10))
    painter.setFont(own.font(Type.SMALL_STRONG))
    painter.setPen(own.colour("text"))
    painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), words)
