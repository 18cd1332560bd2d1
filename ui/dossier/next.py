"""What can follow in a case: the steps that can be taken, and what the others wait for."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.dossier.possible import PossibleStep
from app.dossier.steps import OpenedCase
from ui.dossier.course import main_step
from ui.dossier.said import wording
from ui.kit.button import Main, Plain
from ui.kit.card import Card
from ui.kit.icon import Symbol
from ui.kit.label import Muted, Small, Strong
from ui.kit.mark import Mark
from ui.theme import look
from ui.words import say, t


class NextCard(Card):
    """The steps that leave the present state: possible ones first, each with its reason.

    Signals:
        taken(step_id): the person wants to take a step.
    """

    taken = Signal(str)

    def __init__(self) -> None:
        super().__init__(t("dossier.what_now"))
        self._column = QVBoxLayout()
        self._column.setSpacing(look().gap)
        self._rows: list[QWidget] = []
        self.add(self._column)

    def show_steps(self, opened: OpenedCase) -> None:
        """Show what can follow in a case."""
        for row in self._rows:
            row.hide()
            row.deleteLater()
        ready = [found for found in opened.possible if found.possible]
        waiting = [found for found in opened.possible if not found.possible]
        self._rows = [Muted(t("dossier.case_closed"))] if opened.file.state.closed else []
        first = main_step(opened)
        self._rows += [self._row(found, main=found.step in first) for found in ready]
        if ready and waiting:
            self._rows.append(Strong(t("dossier.later_steps")))
        self._rows += [self._row(found, main=False) for found in waiting]
        for row in self._rows:
            self._column.addWidget(row)

    def _row(self, found: PossibleStep, *, main: bool) -> QWidget:
        row = StepRow(found, main=main)
        row.taken.connect(self.taken)
        return row


class StepRow(QFrame):
    """A step that can follow: what, why and by what source, and what is lacking.

    Signals:
        taken(step_id): the person wants to take it.
    """

    taken = Signal(str)

    def __init__(self, possible: PossibleStep, *, main: bool) -> None:
        super().__init__()
        step = possible.step
        name = wording(step.name)
        self._id = step.id
        self.setAccessibleName(name)
        mark = Mark.ASK if possible.possible else Mark.OPEN
        verb = t(_verb(possible))
        button = Main(verb) if main else Plain(verb)
        button.setAccessibleName(f"{verb}: {name}")
        button.call_it(f"step_{step.id}")
        button.setEnabled(possible.possible)
        button.clicked.connect(self._clicked)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(look().px(14))
        line.addWidget(Symbol(mark.icon, mark.value, 20), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(look().px(2))
        column.addWidget(Strong(name))
        column.addWidget(Muted(wording(step.because)))
        if step.source.startswith("http"):
            column.addWidget(Small(t("dossier.step_source", source=_shown(step.source))))
        for lacking in possible.lacks:
            text = Small(say(lacking))
            text.set_look("ask")
            column.addWidget(text)
        line.addLayout(column, 1)
        line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    def _clicked(self) -> None:
        self.taken.emit(self._id)


def _verb(possible: PossibleStep) -> str:
    """What the button of a step says."""
    if possible.step.letter:
        return "dossier.make_letter"
    return "dossier.choose_this" if possible.step.opens else "dossier.record"


def _shown(source: str) -> str:
    """A source without what its address has in common with all others."""
    return source.removeprefix("https://").removeprefix("http://").removeprefix("www.")
