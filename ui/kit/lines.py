"""Short lists inside cards: what it is, what to know about it, and what to do."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QWidget

from app.override import override
from ui.kit.icon import Symbol
from ui.kit.label import Muted, Text
from ui.kit.mark import Mark
from ui.theme import look

_MOST_FOR_NAMES = 0.45
"""So much of the width the names of facts may take beside the facts."""


class Lines(QWidget):
    """Rows with a symbol, words, quieter words and small buttons, divided by lines."""

    def __init__(self, *, shares: tuple[int, int] = (3, 3)) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(0)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, shares[0])
        self._grid.setColumnStretch(2, shares[1])
        self._count = 0

    def add(self, words: str, muted: str = "", *parts: QWidget, mark: Mark = Mark.NONE) -> None:
        """Add a row; `parts` are small buttons or badges at its right."""
        row = self._count * 2
        if mark.icon:
            symbol = Symbol(mark.icon, mark.value, 18)
            self._grid.addWidget(symbol, row, 0, Qt.AlignmentFlag.AlignVCenter)
            self._grid.setColumnMinimumWidth(0, look().px(26))
        for place, label in ((1, Text(words)), (2, Muted(muted))):
            label.setContentsMargins(0, look().px(6), look().px(12), look().px(6))
            self._grid.addWidget(label, row, place, Qt.AlignmentFlag.AlignVCenter)
        if parts:
            line = QHBoxLayout()
            line.setSpacing(look().near)
            for part in parts:
                line.addWidget(part)
            self._grid.addLayout(line, row, 3, Qt.AlignmentFlag.AlignRight)
        self._grid.setRowMinimumHeight(row, look().row)
        rule = QFrame()
        rule.setProperty("look", "line")
        self._grid.addWidget(rule, row + 1, 0, 1, 4)
        self._count += 1

    def clear(self) -> None:
        """Take all rows away."""
        _empty(self._grid)
        for row in range(self._count * 2):
            self._grid.setRowMinimumHeight(row, 0)
        self._count = 0

    def count(self) -> int:
        """How many rows there are."""
        return self._count


class Facts(QWidget):
    """Names of facts at the left, the facts at the right; a fact can be copied.

    Where the names would take the room, each fact stands below its name.
    """

    def __init__(self, facts: Iterable[tuple[str, str]] = ()) -> None:
        super().__init__()
        self._rows: list[tuple[Muted, Text]] = []
        self._widest, self._below = 0, False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look().gap)
        self._grid.setVerticalSpacing(look().near)
        self._grid.setColumnStretch(1, 1)
        self.show_facts(facts)

    def show_facts(self, facts: Iterable[tuple[str, str]]) -> None:
        """Show other facts; those without words are left out."""
        _empty(self._grid)
        self._rows = []
        for name, words in ((n, w) for n, w in facts if w):
            fact = Text(words, selectable=True)
            fact.setAccessibleName(f"{name}: {words}")
            self._rows.append((Muted(name), fact))
        names = (label for label, _ in self._rows)
        wide = [label.fontMetrics().horizontalAdvance(label.text()) for label in names]
        self._widest = max(wide, default=0)
        self._below = self._widest > self.width() * _MOST_FOR_NAMES
        self._arrange()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        below = self._widest > event.size().width() * _MOST_FOR_NAMES
        if below != self._below:
            self._below = below
            self._arrange()

    def _arrange(self) -> None:
        top = Qt.AlignmentFlag.AlignTop
        self._grid.setVerticalSpacing(look().px(2) if self._below else look().near)
        for row, (name, fact) in enumerate(self._rows):
            if self._below:
                fact.setContentsMargins(0, 0, 0, look().px(6))
                self._grid.addWidget(name, row * 2, 0, 1, 2, top)
                self._grid.addWidget(fact, row * 2 + 1, 0, 1, 2, top)
            else:
                fact.setContentsMargins(0, 0, 0, 0)
                self._grid.addWidget(name, row, 0, top)
                self._grid.addWidget(fact, row, 1, top)


def _empty(grid: QGridLayout) -> None:
    while (item := grid.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        while inner is not None and (part := inner.takeAt(0)) is not None:
            child = part.widget()
            if child is not None:
                child.hide()
                child.deleteLater()
