"""What all faces of the check screen share: a column that scrolls, a warning, a foot."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.check.answer import CheckHit
from app.check.records import RowKind
from app.errors import Message
from ui.kit.flow import Flow
from ui.kit.icon import Symbol
from ui.kit.label import Text
from ui.kit.page import scrolling
from ui.theme import Type, look
from ui.words import say, t


class Face(QWidget):
    """One face: parts below one another in a column that scrolls."""

    def __init__(self) -> None:
        super().__init__()
        own = look()
        inside = QWidget()
        inside.setMaximumWidth(own.px(1600))
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(own.px(32), own.px(24), own.px(32), own.px(24))
        self.column.setSpacing(own.gap)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.area = scrolling(inside)
        outer.addWidget(self.area)

    def to_top(self) -> None:
        """Show the beginning again."""
        self.area.verticalScrollBar().setValue(0)


class Warn(QFrame):
    """A calm band over the whole width: why no answer may be trusted now."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "message-ask")
        own = look()
        self._title = Text(t("check.trust_nothing"), Type.TITLE, look="ask")
        self._words = Text("", Type.TOUCH)
        line = QHBoxLayout(self)
        line.setContentsMargins(own.px(20), own.px(14), own.px(20), own.px(14))
        line.setSpacing(own.px(18))
        line.addWidget(Symbol("ask", "ask", 44), 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout()
        column.setSpacing(own.px(2))
        column.addWidget(self._title)
        column.addWidget(self._words)
        line.addLayout(column, 1)
        self.hide()

    def tell(self, trouble: Message | None) -> None:
        """Say why, or go away."""
        self._words.setText(say(trouble) if trouble else "")
        self.setVisible(trouble is not None)


class Foot(QWidget):
    """Freshness at the left, buttons at the right; below one another where it is narrow."""

    def __init__(self, words: QWidget, *buttons: QWidget) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, look().near, 0, 0)
        line.setSpacing(look().gap)
        line.addWidget(words, 3)
        right = Flow(gap=12, right=True)
        for button in buttons:
            right.addWidget(button)
        line.addLayout(right, 2)


def place_of(hit: CheckHit) -> str:
    """Who somebody is besides a name: group and site; of an adult, that it is one."""
    return place_words(hit.kind, hit.group, hit.site)


def place_words(kind: RowKind, *places: str) -> str:
    """Of an adult that it is one, and then whatever else tells two of one name apart."""
    return " · ".join(part for part in (kind_words(kind), *places) if part)


def kind_words(kind: RowKind) -> str:
    """That somebody is an adult, and in which capacity; nothing of a pupil."""
    return t(f"check.kind_{kind}") if kind.adult else ""
