"""Figures as a table: words and numbers, with a small bar."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.figures.counts import Count
from ui.figures.bars import Bar
from ui.kit.label import Muted, Strong, Text
from ui.theme import look
from ui.words import t, words

_HEADS = ("pupils", "answered", "yes", "no", "waiting")
_BAR = len(_HEADS) + 1
_LARGE = 150
"""In per cent: from this size of text on a bar stands below its numbers, for want of room."""


class CountTable(QWidget):
    """One row for each use or group."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look().px(16))
        self._grid.setVerticalSpacing(look().near)
        self._grid.setColumnStretch(0, 3)
        self._below = look().px(100) >= _LARGE
        if not self._below:
            self._grid.setColumnStretch(_BAR, 2)

    def show_counts(self, first: str, rows: Iterable[tuple[str, Count]]) -> None:
        """Show other counts; `first` is what the first column names."""
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        right = Qt.AlignmentFlag.AlignRight
        self._grid.addWidget(Strong(first), 0, 0)
        for place, head in enumerate(_HEADS, 1):
            self._grid.addWidget(Strong(t(f"figures.head_{head}")), 0, place, right)
        for place, (name, count) in enumerate(rows):
            self._add(2 * place + 1, name, count)

    def _add(self, row: int, name: str, count: Count) -> None:
        right = Qt.AlignmentFlag.AlignRight
        self._grid.addWidget(Text(name), row, 0)
        numbers = (count.total, count.answered, *count.parts)
        for place, number in enumerate(numbers, 1):
            label = Text(words().number(number), wrap=False)
            head = t(f"figures.head_{_HEADS[place - 1]}")
            label.setAccessibleName(f"{name}: {head} {number}")
            self._grid.addWidget(label, row, place, right)
        if self._below:
            self._grid.addWidget(_bar(count), row + 1, 0, 1, _BAR)
        else:
            self._grid.addWidget(_bar(count), row, _BAR, Qt.AlignmentFlag.AlignVCenter)


def _bar(count: Count) -> QWidget:
    return Bar(count) if count.total else Muted("")
