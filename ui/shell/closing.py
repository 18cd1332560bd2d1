"""What is open beside a case that is about to be closed, each with the way to settle it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.clock import Clock
from app.duties.radar import DutyState
from app.duties.said import clock_words
from app.duties.steps import WHY, Beside
from ui.kit.button import Plain
from ui.kit.form import Field, Notes
from ui.kit.label import Small, Strong
from ui.kit.lines import Lines
from ui.kit.mark import Mark
from ui.theme import look
from ui.words import say, t, words


class OpenDuties(QWidget):
    """What must be settled before the case can be closed, and what may stay open.

    Signals:
        settle_asked(key): the person wants to say something about a duty.
    """

    settle_asked = Signal(str)

    def __init__(self, found: Beside, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look().near)
        self._add("duties.open_first", "duties.open_first_words", found.first, Mark.NO)
        self._add("duties.open_later", "duties.open_later_words", found.later, Mark.ASK)

    def _add(self, title: str, why: str, found: Sequence[DutyState], mark: Mark) -> None:
        if not found:
            return
        lines = Lines(shares=(1, 0))
        for state in found:
            name, key = state.duty.name.said(words().language), state.duty.key
            go = Plain(t("duties.record"), fit="small")
            go.call_it(f"open_{key}")
            go.setAccessibleName(f"{go.text()}: {name}")
            go.clicked.connect(self._clicked)
            left = say(clock_words(state, self._clock.now(), self._clock.today()))
            lines.add(f"{name}\n{left}", "", go, mark=mark)
        for part in (Strong(t(title)), Small(t(why)), lines):
            self._column.addWidget(part)

    def _clicked(self) -> None:
        self.settle_asked.emit(self.sender().objectName().removeprefix("open_"))


def why_open(found: Beside) -> tuple[Field, ...]:
    """The field for the reason, where a case is closed with something open; else nothing."""
    if found.first or not found.later:
        return ()
    return (Notes(key=WHY, label="duties.why_open_label", required=True, lines=3),)
