"""The empty state: what belongs here, and the one thing to do about it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.kit.icon import Symbol
from ui.kit.label import Middle
from ui.theme import Type, look


class EmptyState(QWidget):
    """Says what belongs here; one primary button and a link at most."""

    def __init__(
        self,
        icon: str,
        title: str,
        words: str = "",
        button: QWidget | None = None,
        link: QWidget | None = None,
    ) -> None:
        super().__init__()
        self._title = Middle(title, Type.HEADING)
        self._words = Middle(words, look="muted")
        column = QVBoxLayout(self)
        side = look().margin
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(look().near)
        column.addStretch(2)
        column.addWidget(Symbol(icon, "muted", 40), 0, Qt.AlignmentFlag.AlignHCenter)
        for label in (self._title, self._words):
            column.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
        for part in (button, link):
            if part is not None:
                column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self._title.setVisible(bool(title))
        self._words.setVisible(bool(words))

    def set_words(self, words: str) -> None:
        """Say something else."""
        self._words.setText(words)
        self._words.setVisible(bool(words))
