"""What comes next in every case, on the start page: numbers and days, no names."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.clock import Clock
from app.data import Wording
from app.dossier.possible import PossibleStep
from app.duties.said import clock_words, line_words
from app.today.director import DirectorStart, DutyLine, NextInCase
from ui.kit.badge import Badge
from ui.kit.button import Link, Plain
from ui.kit.card import Card
from ui.kit.label import Muted, Strong
from ui.kit.lines import Lines
from ui.kit.mark import Mark
from ui.theme import look
from ui.words import say, t, words

_MARKS = {"act": Mark.NO, "ask": Mark.ASK, "fine": Mark.OPEN}
_MOST_CASES, _MOST_DUTIES = 8, 4


class GoButton(Plain):
    """Leads to a case and what is to be done in it, or to another page.

    Signals:
        asked(page, what): it was pressed.
    """

    asked = Signal(str, dict)

    def __init__(self, text: str, name: str, what: dict[str, str], page: str = "case") -> None:
        super().__init__(text, fit="small")
        self._page, self._what = page, what
        self.call_it(name)
        self.clicked.connect(self._told)

    def _told(self) -> None:
        self.asked.emit(self._page, self._what)


class MoreLink(Link):
    """Leads to the page of a case, or to the list of all.

    Signals:
        asked(page, what): it was pressed.
    """

    asked = Signal(str, dict)

    def __init__(self, text: str, name: str, what: dict[str, str], page: str = "case") -> None:
        super().__init__(text, fit="small")
        self._page, self._what = page, what
        self.call_it(name)
        self.clicked.connect(self._told)

    def _told(self) -> None:
        self.asked.emit(self._page, self._what)


class CaseBlock(QFrame):
    """One case: its next step, the term that ends first, and the duties that are open.

    Signals:
        asked(page, what): as of the card.
    """

    asked = Signal(str, dict)

    def __init__(self, case: NextInCase, clock: Clock) -> None:
        super().__init__()
        self.setAccessibleName(t("today.case", number=case.number))
        self._place = {"compartment": str(case.compartment), "case_id": case.case_id}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().px(2))
        head = QHBoxLayout()
        head.setSpacing(look().near)
        head.addWidget(Strong(t("today.case", number=case.number)))
        head.addWidget(Badge(_said(case.state)))
        head.addStretch(1)
        column.addLayout(head)
        self._lines = Lines(shares=(4, 3))
        column.addWidget(self._lines)
        shown = _shown(case.duties)
        for duty in shown:
            self._add_duty(duty, case, clock)
        self._add_step(case, clock)
        left = len(case.duties) - len(shown)
        if left > 0:
            more = MoreLink(
                t("today.more_duties", count=left), f"more_{case.number}", self._place
            )
            more.asked.connect(self.asked)
            column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def _add_duty(self, duty: DutyLine, case: NextInCase, clock: Clock) -> None:
        key = duty.state.duty.key
        go = self._go(t("today.do_duty"), f"duty_{case.number}_{key}", duty=key)
        name = _said(duty.state.duty.name)
        go.setAccessibleName(f"{go.text()}: {name}")
        clocked = say(clock_words(duty.state, clock.now(), clock.today()))
        because = " · ".join(part for part in (clocked, duty.state.duty.article) if part)
        self._lines.add(name, because, go, mark=_MARKS[duty.weight])

    def _add_step(self, case: NextInCase, clock: Clock) -> None:
        term = case.term
        until = ""
        if term is not None:
            left = term.left(clock.today())
            until = t("today.term", name=_said(term.term.name), day=term.due_on, left=left)
        found = case.next
        if found is None:
            go = self._go(t("today.do_case"), f"case_{case.number}")
            words_said = t("today.waits" if term is not None else "today.closed")
        else:
            go = self._way_to(found, case.number)
            words_said = t("today.next", name=_said(found.step.name))
            until = until or " ".join(say(lacking) for lacking in found.lacks)
        go.setAccessibleName(f"{go.text()}: {words_said}")
        mark = _MARKS[_term_weight(case, clock)]
        self._lines.add(words_said, until, go, mark=mark)

    def _way_to(self, found: PossibleStep, number: str) -> GoButton:
        """To the step itself, or to the case while it has to wait."""
        if not found.possible:
            return self._go(t("today.do_case"), f"wait_{number}")
        return self._go(t("today.do_step"), f"step_{number}", step=found.step.id)

    def _go(self, text: str, name: str, **more: str) -> GoButton:
        go = GoButton(text, name, {**self._place, **more})
        go.asked.connect(self.asked)
        return go


class CasesCard(Card):
    """Cases with what comes next, the most urgent on top; each line leads to where it is done.

    Signals:
        asked(page, what): a page to go to, with what it is to show.
        agenda_asked(): the person wants the calendar file.
    """

    asked = Signal(str, dict)
    agenda_asked = Signal()

    def __init__(self) -> None:
        super().__init__(t("today.cases"))
        self._agenda = Plain(t("today.agenda"), fit="small")
        self._agenda.call_it("agenda")
        self._agenda.clicked.connect(self.agenda_asked)
        self.add_action(self._agenda)
        self._line = Muted("")
        self._column = QVBoxLayout()
        self._column.setSpacing(look().gap)
        self._parts: list[QWidget] = []
        self.add(self._line, self._column)

    def show_start(self, start: DirectorStart, clock: Clock) -> None:
        """Show what comes next; the card hides itself while there is nothing."""
        for part in self._parts:
            part.hide()
            part.deleteLater()
        calls = any(each.state.duty.call for case in start.cases for each in case.duties)
        self._line.setText(say(line_words(start.line, start.line_now)))
        self._line.setVisible(calls)
        self._agenda.setVisible(bool(start.cases))
        self._parts = [self._block(case, clock) for case in start.cases[:_MOST_CASES]]
        if start.asked or start.stale or start.agreement:
            self._parts.append(self._others(start, clock))
        self.setVisible(bool(self._parts))
        left = len(start.cases) - _MOST_CASES
        if left > 0:
            self._parts.append(self._more(left))
        for part in self._parts:
            self._column.addWidget(part)

    def _block(self, case: NextInCase, clock: Clock) -> QWidget:
        block = CaseBlock(case, clock)
        block.asked.connect(self.asked)
        return block

    def _others(self, start: DirectorStart, clock: Clock) -> QWidget:
        lines = Lines(shares=(4, 3))
        for one in start.asked:
            go = GoButton(
                t("today.do_sign"),
                f"sign_{one.number}",
                {"compartment": str(one.compartment), "case_id": one.case_id},
            )
            go.asked.connect(self.asked)
            said = t("today.asked_by", name=one.asked_by, day=one.at)
            lines.add(t("today.sign", number=one.number), said, go, mark=Mark.ASK)
        if start.stale:
            names = ", ".join(_said(term.name) for term in start.stale[:3])
            go = GoButton(t("today.do_stale"), "stale_terms", {"show": "to_check"}, "terms")
            go.asked.connect(self.asked)
            lines.add(t("today.stale", count=len(start.stale)), names, go, mark=Mark.ASK)
        if start.agreement is not None:
            ends = start.agreement.ends
            over = ends < clock.today()
            go = GoButton(t("today.do_agreement"), "agreement", {}, "terms")
            go.asked.connect(self.asked)
            said = t("today.agreement_over" if over else "today.agreement_ends", day=ends)
            mark = Mark.NO if over else Mark.ASK
            lines.add(said, _said(start.agreement.name), go, mark=mark)
        return lines

    def _more(self, count: int) -> QWidget:
        go = MoreLink(t("today.more_cases", count=count), "more_cases", {}, "cases")
        go.asked.connect(self.asked)
        return go


def _shown(duties: tuple[DutyLine, ...]) -> tuple[DutyLine, ...]:
    """The most urgent, and every one whose time is counted in hours."""
    return tuple(
        duty
        for place, duty in enumerate(duties)
        if place < _MOST_DUTIES or duty.state.until is not None
    )


def _term_weight(case: NextInCase, clock: Clock) -> str:
    return case.term.urgency(clock.today()) if case.term is not None else "ask"


def _said(found: Wording) -> str:
    return found.said(words().language)
