"""What stands beside the next steps of a case: terms, steps taken, signatures, equal cases."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.dossier.case import CaseState, RunningTerm, TakenStep, UndoneStep
from app.dossier.equal import EqualCases
from app.dossier.second import SecondLine
from app.dossier.steps import OpenedCase
from ui.dossier.said import wording
from ui.kit.button import Link, Plain
from ui.kit.card import Card
from ui.kit.flow import Flow
from ui.kit.icon import Symbol
from ui.kit.label import Muted, Small, Strong
from ui.kit.lines import Facts, Lines
from ui.kit.mark import Mark
from ui.shell.asks import answers_of, capital
from ui.theme import look
from ui.words import day, moment, say, t

_MARKS = {"act": Mark.NO, "ask": Mark.ASK, "fine": Mark.OPEN}


class TermsCard(Card):
    """The terms that run, the first to end on top; a soft one can be moved. Hidden for none.

    Signals:
        moved(key): the person wants to move a term.
        sources_asked(): he wants to see where all terms stand.
    """

    moved = Signal(str)
    sources_asked = Signal()

    def __init__(self) -> None:
        super().__init__(t("dossier.terms"))
        sources = Link(t("dossier.terms_sources"), fit="small")
        sources.call_it("terms_sources")
        sources.setAccessibleName(t("dossier.terms_title"))
        sources.clicked.connect(self.sources_asked)
        self.add_action(sources)
        self._column = QVBoxLayout()
        self._column.setSpacing(look().gap)
        self._rows: list[QWidget] = []
        self.add(self._column)

    def show_terms(self, state: CaseState, today: date) -> None:
        """Show the terms of a case."""
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = [self._row(term, today) for term in state.running]
        self.setVisible(bool(self._rows))
        for row in self._rows:
            self._column.addWidget(row)

    def _row(self, term: RunningTerm, today: date) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(look().px(14))
        mark = _MARKS[term.urgency(today)]
        line.addWidget(Symbol(mark.icon, mark.value, 20), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(look().px(2))
        column.addWidget(Strong(t("dossier.term_line", name=_first(term), day=term.due_on)))
        column.addWidget(Small(_about(term, today)))
        if not term.term.fixed:
            column.addWidget(self._button(term), 0, Qt.AlignmentFlag.AlignLeft)
        line.addLayout(column, 1)
        return row

    def _button(self, term: RunningTerm) -> Plain:
        button = Plain(t("dossier.move"), fit="small")
        button.call_it(f"move_{term.term.key}")
        button.setAccessibleName(f"{t('dossier.move')}: {wording(term.term.name)}")
        button.clicked.connect(self._clicked)
        return button

    def _clicked(self) -> None:
        self.moved.emit(self.sender().objectName().removeprefix("move_"))


class TakenCard(Card):
    """The steps that were taken, each with what was answered; a wrong one can be put right.

    Signals:
        corrected(step_id), taken_back(step_id): what the person wants.
    """

    corrected = Signal(str)
    taken_back = Signal(str)

    def __init__(self) -> None:
        super().__init__(t("dossier.steps_taken"))
        self._none = Muted(t("dossier.no_steps"))
        self._column = QVBoxLayout()
        self._column.setSpacing(look().gap)
        self._rows: list[QWidget] = []
        self.add(self._none, self._column)

    def show_steps(self, opened: OpenedCase) -> None:
        """Show the steps of a case, the newest on top."""
        for row in self._rows:
            row.hide()
            row.deleteLater()
        taken = opened.file.state.taken
        self._none.setVisible(not taken and not opened.file.state.undone)
        self._rows = [
            self._row(one, newest=one is taken[-1], may=not opened.concerned)
            for one in reversed(taken)
        ]
        self._rows += [self._undone(one) for one in reversed(opened.file.state.undone)]
        for row in self._rows:
            self._column.addWidget(row)

    def _undone(self, undone: UndoneStep) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().px(4))
        record, back = undone.record, undone.back
        column.addWidget(Strong(wording(undone.step.name)))
        column.addWidget(Muted(f"{day(record.taken_on)} · {record.by}"))
        values = {"day": back.taken_on, "by": back.by, "reason": back.reason}
        column.addWidget(Small(t("dossier.step_taken_back", **values)))
        return row

    def _row(self, taken: TakenStep, *, newest: bool, may: bool) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().px(4))
        column.addWidget(Strong(wording(taken.step.name)))
        column.addWidget(Muted(f"{day(taken.record.taken_on)} · {taken.record.by}"))
        facts = Facts(answers_of(taken))
        column.addWidget(facts)
        for correction in taken.corrections:
            values = {"day": correction.taken_on, "by": correction.by}
            said = t("dossier.step_corrected", reason=correction.reason, **values)
            column.addWidget(Small(said))
        if taken.early:
            early = Small(t("dossier.step_early"))
            early.set_look("no")
            column.addWidget(early)
        if may and not taken.step.letter:
            column.addLayout(self._buttons(taken, newest=newest))
        return row

    def _buttons(self, taken: TakenStep, *, newest: bool) -> Flow:
        line = Flow()
        for wanted, name, verb in (
            (bool(taken.step.asks), "correct", t("dossier.correct_step")),
            (newest, "back", t("dossier.take_back")),
        ):
            if wanted:
                button = Plain(verb, fit="small")
                button.call_it(f"{name}_{taken.record.id}")
                button.setAccessibleName(f"{verb}: {wording(taken.step.name)}")
                button.clicked.connect(self._clicked)
                line.addWidget(button)
        return line

    def _clicked(self) -> None:
        name, _, step_id = self.sender().objectName().partition("_")
        (self.corrected if name == "correct" else self.taken_back).emit(step_id)


class SecondCard(Card):
    """The second signatures of a case: asked, given, or still open.

    Signals:
        asked(step_id), signed(step_id): what the person wants.
    """

    asked = Signal(str)
    signed = Signal(str)

    def __init__(self) -> None:
        super().__init__(t("dossier.seconds"))
        self.lines = Lines(shares=(4, 5))
        self.add(self.lines)

    def show_seconds(self, opened: OpenedCase, user: str) -> None:
        """Show them; `user` is the name of who is signed in."""
        self.lines.clear()
        self.setVisible(bool(opened.seconds))
        for line in opened.seconds:
            parts = () if opened.concerned or line.shown else (self._button(line, user),)
            name = wording(line.step.step.name)
            needed = line.step.step.second == "needed"
            mark = Mark.YES if line.shown else Mark.ASK if needed else Mark.OPEN
            self.lines.add(name, _second_words(line), *parts, mark=mark)

    def _button(self, line: SecondLine, user: str) -> Plain:
        mine = line.step.record.by == user
        button = Plain(t("dossier.ask_second" if mine else "dossier.countersign"), fit="small")
        button.call_it(f"{'ask' if mine else 'sign'}_{line.step.record.id}")
        button.clicked.connect(self._clicked)
        return button

    def _clicked(self) -> None:
        name, _, step_id = self.sender().objectName().partition("_")
        (self.asked if name == "ask" else self.signed).emit(step_id)


class EqualCard(Card):
    """How earlier equal cases ended, without names."""

    def __init__(self) -> None:
        super().__init__(t("dossier.equal_cases"))
        self._note = Muted("")
        self.lines = Lines(shares=(6, 2))
        self.add(self._note, self.lines)

    def show_equal(self, found: EqualCases) -> None:
        """Show how often what happened, once there are enough of them."""
        self.lines.clear()
        few = t("dossier.equal_too_few", number=found.least)
        self._note.setText(t("dossier.equal_note") if found.shown else few)
        for ending in found.endings:
            words = f"{wording(ending.procedure)}: {wording(ending.end)}"
            self.lines.add(words, t("dossier.equal_times", count=ending.cases))


def _first(term: RunningTerm) -> str:
    return capital(wording(term.term.name))


def _about(term: RunningTerm, today: date) -> str:
    """How long it lasts still, what it rests on, and whether it was moved or is unsure."""
    value = term.term
    parts = [say(term.left(today))]
    soft = t("dossier.term_named" if value.fixed else "dossier.term_soft")
    parts.append(value.article if value.hard else soft)
    if term.moved:
        parts.append(t("dossier.term_was_moved", day=term.computed_on, reason=term.moved))
    if not value.sure:
        parts.append(t("dossier.term_unsure"))
    return " · ".join(parts)


def _second_words(line: SecondLine) -> str:
    if line.shown and line.at is not None:
        return t(
            "dossier.second_given", name=line.by, at=moment(line.at), statement=line.statement
        )
    if line.by:
        return t("dossier.second_broken", name=line.by)
    if line.asked:
        return t("dossier.second_asked", names=", ".join(line.asked))
    return t("dossier.second_open")
