"""A large number that means something, and where it leads."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.override import override
from ui.kit.label import Text
from ui.theme import Type, look


class Stat(QPushButton):
    """A card with a number and what it counts; pressing it goes there."""

    def __init__(self, number: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "stat")
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._number = Text(number, Type.FIGURE, wrap=False)
        self._words = Text(words, look="muted")
        column = QVBoxLayout(self)
        side = look().padding
        column.setContentsMargins(side, look().px(12), side, look().px(14))
        column.setSpacing(0)
        for label in (self._number, self._words):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(label)
        self.show_number(number, words)

    def show_number(self, number: str, words: str) -> None:
        """Show another number."""
        self._number.setText(number)
        self._words.setText(words)
        self.setAccessibleName(f"{number} {words}")

    @override
    def sizeHint(self) -> QSize:
        layout = self.layout()
        hint = layout.totalSizeHint() if layout is not None else QSize()
        high = layout.totalHeightForWidth(max(self.width(), 1)) if layout is not None else 0
        return QSize(look().px(200), max(hint.height(), high, look().px(88)))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(120), self.sizeHint().height())
