"""A time line: what happened, what is to be done now, what may come."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.kit.icon import Symbol
from ui.kit.label import Muted, Strong
from ui.kit.mark import Mark
from ui.theme import look
from ui.words import t


class When(Enum):
    """Where a step stands."""

    DONE = "done"
    NOW = "now"
    LATER = "later"

    @property
    def mark(self) -> Mark:
        """Its symbol."""
        return {When.DONE: Mark.YES, When.NOW: Mark.ASK, When.LATER: Mark.OPEN}[self]


_SPOKEN = {
    When.DONE: "kit.timeline_done",
    When.NOW: "kit.timeline_now",
    When.LATER: "kit.timeline_later",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what, and when or by whom."""

    words: str
    detail: str = ""
    when: When = When.DONE


class Timeline(QWidget):
    """Steps below one another, oldest first."""

    def __init__(self, steps: Sequence[Step] = ()) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look().px(12))
        self._rows: list[QWidget] = []
        self.show_steps(steps)

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Show other steps."""
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = [_row(step) for step in steps]
        for row in self._rows:
            self._column.addWidget(row)


def _row(step: Step) -> QWidget:
    row = QWidget()
    row.setAccessibleName(t(_SPOKEN[step.when], step=step.words))
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(look().px(14))
    symbol = Symbol(step.when.mark.icon, step.when.mark.value, 20)
    line.addWidget(symbol, 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(Strong(step.words))
    if step.detail:
        words.addWidget(Muted(step.detail))
    line.addLayout(words, 1)
    return row
