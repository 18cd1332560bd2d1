"""What can follow in a case: the step that comes next, what else can be done, what waits."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.dossier.possible import PossibleStep
from app.dossier.steps import OpenedCase
from app.duties.settle import CaseDuties
from app.duties.steps import beside, names
from ui.dossier.course import main_step
from ui.dossier.said import wording
from ui.kit.button import Link, Main, Plain
from ui.kit.card import Card
from ui.kit.icon import Symbol
from ui.kit.label import Muted, Small, Strong
from ui.kit.mark import Mark
from ui.kit.sight import bring_into_sight
from ui.theme import look
from ui.words import say, t, words

_MOST = 2
"""So many duties are named at a step that closes the case; the sheet shows all."""


class StepsCard(Card):
    """Steps of a case, each with its reason and a button.

    Signals:
        taken(step_id): the person wants to take a step.
    """

    taken = Signal(str)

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self._column = QVBoxLayout()
        self._column.setSpacing(look().gap)
        self._rows: list[QWidget] = []
        self.add(self._column)

    def show_rows(self, *rows: QWidget) -> None:
        """Show these in place of what was shown."""
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = list(rows)
        for row in self._rows:
            self._column.addWidget(row)

    def row(self, found: PossibleStep, open_ones: str, *, main: bool = False) -> QWidget:
        """One step; `open_ones` says what is open when it closes the case."""
        row = StepRow(found, open_ones, main=main)
        row.taken.connect(self.taken)
        return row


class NextCard(StepsCard):
    """The step on the main road, also one that must still wait; or that there is none.

    Signals:
        others_asked(): the person wants to see what else can be done.
    """

    others_asked = Signal()

    def __init__(self) -> None:
        super().__init__(t("dossier.next_step"))
        self._others = Link("", fit="small")
        self._others.call_it("to_others")
        self._others.clicked.connect(self.others_asked)
        self.add_action(self._others)

    def show_step(self, opened: OpenedCase, duties: CaseDuties | None) -> None:
        """Show what comes next in a case."""
        found = [one for one in opened.possible if one.step in main_step(opened)]
        more = [one for one in opened.possible if one.possible and one not in found]
        self._others.setText(t("dossier.what_else_count", count=len(more)))
        self._others.setVisible(bool(more))
        if found:
            self.show_rows(self.row(found[0], open_names(found[0], duties), main=True))
            return
        closed = opened.file.state.closed
        self.show_rows(Muted(t("dossier.case_closed" if closed else "dossier.nothing_next")))


class OthersCard(StepsCard):
    """What else can be done: possible ones first; hidden where there is nothing else."""

    def __init__(self) -> None:
        super().__init__(t("dossier.what_else"))

    def show_steps(self, opened: OpenedCase, duties: CaseDuties | None) -> None:
        """Show what else can follow in a case."""
        others = [one for one in opened.possible if one.step not in main_step(opened)]
        ready = [one for one in others if one.possible]
        waiting = [one for one in others if not one.possible]
        rows = [self.row(one, open_names(one, duties)) for one in ready]
        if waiting:
            rows.append(Strong(t("dossier.later_steps")))
        rows += [self.row(one, open_names(one, duties)) for one in waiting]
        self.setVisible(bool(rows))
        self.show_rows(*rows)

    def focus_first(self) -> None:
        """Give the keyboard to the first that can be done, and scroll to it."""
        buttons = (each for each in self.findChildren(Plain) if each.isEnabled())
        first = next((each for each in buttons if each.isVisibleTo(self)), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)
            bring_into_sight(first)


class StepRow(QFrame):
    """A step that can follow: what, why and by what source, and what is lacking.

    Signals:
        taken(step_id): the person wants to take it.
    """

    taken = Signal(str)

    def __init__(self, possible: PossibleStep, open_ones: str = "", *, main: bool) -> None:
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
        said = [say(lacking) for lacking in possible.lacks]
        if open_ones:
            said.append(open_ones)
        for words_ in said:
            text = Small(words_)
            text.set_look("ask")
            column.addWidget(text)
        line.addLayout(column, 1)
        line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    def _clicked(self) -> None:
        self.taken.emit(self._id)


def open_names(found: PossibleStep, duties: CaseDuties | None) -> str:
    """What is said of the duties that are open when this step closes the case."""
    if duties is None:
        return ""
    open_ones = beside(duties, found.step).all
    said, more = names(open_ones[:_MOST], words().language), len(open_ones) - _MOST
    if more > 0:
        return t("duties.open_more", names=said, count=more)
    return t("duties.open_beside", names=said) if said else ""


def _verb(possible: PossibleStep) -> str:
    """What the button of a step says."""
    if possible.step.letter:
        return "dossier.make_letter"
    return "dossier.choose_this" if possible.step.opens else "dossier.record"


def _shown(source: str) -> str:
    """A source without what its address has in common with all others."""
    return source.removeprefix("https://").removeprefix("http://").removeprefix("www.")
