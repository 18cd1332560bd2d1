"""The duties beside a case: what is to be done, until when, and what was said about each."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.clock import Clock
from app.dossier.facts import categories
from app.dossier.weighing import Weighing
from app.duties.line import line_now
from app.duties.questions import Notice
from app.duties.radar import DutyState
from app.duties.records import DONE, PLANNED, REASONED, DutyFact
from app.duties.rules import WEIGHED, inspector_line
from app.duties.said import clock_words, line_words
from app.duties.settle import CaseDuties
from app.errors import Message
from app.protocol.values import Protocol
from ui.dossier.said import wording
from ui.kit.button import Plain
from ui.kit.card import Card
from ui.kit.icon import Symbol
from ui.kit.label import Muted, Small, Strong
from ui.kit.mark import Mark
from ui.theme import look
from ui.words import moment, say, t

_SETTLED = {DONE: Mark.YES, REASONED: Mark.NONE}
_OF_CATEGORY = frozenset(("category", "compulsory", "suspicion"))
"""Conditions that a weighing without the category makes untrue, see `app.duties.conditions`."""


class DutiesCard(Card):
    """What is to be done beside a case, open duties on top; nothing that was said is hidden.

    Signals:
        settled(key): the person wants to say something about a duty.
        weighed(): he wants to weigh what the breach may come under.
    """

    settled = Signal(str)
    weighed = Signal()

    def __init__(self) -> None:
        super().__init__(t("duties.title"))
        self._weigh = Plain(t("duties.weigh"), fit="small")
        self._weigh.call_it("weigh")
        self._weigh.clicked.connect(self.weighed)
        self.add_action(self._weigh)
        self._column = QVBoxLayout()
        self._column.setSpacing(look().gap)
        self._rows: list[QWidget] = []
        self.add(self._column)

    def show_duties(self, read: CaseDuties, clock: Clock) -> None:
        """Show the duties of a case."""
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._weigh.setVisible(not read.concerned)
        first = [state for state in read.duties if state.is_open]
        first.sort(key=lambda state: _mark(state, clock) is not Mark.NO)
        others = [state for state in read.duties if not state.is_open]
        self._rows = [self._row(state, read, clock) for state in first]
        self._rows += _until(read)
        self._rows += [self._row(state, read, clock) for state in others]
        if not read.duties:
            self._rows = [Muted(t("duties.none"))]
        self._rows += _weighings(read.weighings, read.file.facts.protocol)
        for row in self._rows:
            self._column.addWidget(row)

    def _row(self, state: DutyState, read: CaseDuties, clock: Clock) -> QWidget:
        row = DutyRow(state, clock, may=not read.concerned)
        row.pressed.connect(self._pressed)
        return row

    def _pressed(self, key: str) -> None:
        if key == WEIGHED:
            self.weighed.emit()
        else:
            self.settled.emit(key)


class DutyRow(QFrame):
    """One duty: what, why, until when, and what was said about it.

    Signals:
        pressed(key): the person wants to say something about it.
    """

    pressed = Signal(str)

    def __init__(self, state: DutyState, clock: Clock, *, may: bool) -> None:
        super().__init__()
        self._key = state.duty.key
        name = wording(state.duty.name)
        self.setAccessibleName(name)
        mark = _mark(state, clock)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(look().px(14))
        if mark.icon:
            symbol = Symbol(mark.icon, mark.value, 20)
            line.addWidget(symbol, 0, Qt.AlignmentFlag.AlignTop)
        else:
            line.addSpacing(look().px(20))
        column = QVBoxLayout()
        column.setSpacing(look().px(2))
        column.addWidget(Strong(name))
        for label in _labels(state, clock):
            column.addWidget(label)
        line.addLayout(column, 1)
        if may and _can_say(state):
            line.addWidget(self._button(state, name), 0, Qt.AlignmentFlag.AlignTop)

    def _button(self, state: DutyState, name: str) -> Plain:
        verb = t("duties.correct" if state.corrects else "duties.record")
        button = Plain(verb, fit="small")
        button.setAccessibleName(f"{verb}: {name}")
        button.call_it(f"duty_{self._key}")
        button.clicked.connect(self._clicked)
        return button

    def _clicked(self) -> None:
        self.pressed.emit(self._key)


def said_words(fact: DutyFact) -> Message:
    """What was said about a duty, in one sentence."""
    values = {"day": fact.day, "by": fact.by, "whom": fact.with_whom, "note": fact.note}
    known = {name: value for name, value in values.items() if value is not None}
    return Message(f"duties.said_{fact.kind}", {**known, "author": fact.author})


def notice_words(notice: Notice) -> str:
    """What was recorded at the publication, and that it was recorded there."""
    values = {"title": notice.title, "how": notice.how, "author": notice.by}
    if notice.told_on is None:
        return t("duties.by_publication_not", **values)
    return t("duties.by_publication", day=notice.told_on, **values)


def _mark(state: DutyState, clock: Clock) -> Mark:
    if not state.is_open:
        return _SETTLED.get(state.status, Mark.NONE) if state.arises else Mark.NONE
    hours = state.hours_left(clock.now())
    late = hours is not None and hours < 0
    waits = state.status == PLANNED or state.first
    pressing = not waits and state.due_on <= clock.today()
    return Mark.NO if late or pressing else Mark.ASK


def _can_say(state: DutyState) -> bool:
    """Whether anything can be said: not of what an entry or a weighing settled by itself."""
    own = state.fact.entries if state.fact else ()
    by_entry = state.entry is not None and state.entry.id not in own
    if by_entry or state.notice is not None:
        return False
    return (state.is_open or bool(state.history)) and state.weighing is None


def _labels(state: DutyState, clock: Clock) -> list[QWidget]:
    found: list[QWidget] = []
    if state.is_open:
        clocked = Small(say(clock_words(state, clock.now(), clock.today())))
        clocked.set_look("no" if _mark(state, clock) is Mark.NO else "ask")
        found.append(clocked)
        found.append(Muted(wording(state.duty.because)))
        if state.duty.call:
            line = inspector_line()
            found.append(Small(say(line_words(line, line_now(line, clock.now())))))
        if state.first:
            names = ", ".join(wording(duty.name) for duty in state.first)
            found.append(Small(t("duties.first", names=names)))
        found.append(Small(_source(state)))
    elif not state.arises:
        found.append(Small(t("duties.lapsed")))
    return found + _said(state)


def _until(read: CaseDuties) -> list[QWidget]:
    """What ends the duties of a category, where such duties are open."""
    asked = any(
        state.is_open and _OF_CATEGORY.intersection(state.duty.when) for state in read.duties
    )
    found = categories(read.file.facts) if asked else ()
    if not found or read.concerned:
        return []
    return [Small(t("duties.until", categories=", ".join(wording(one.name) for one in found)))]


def _source(state: DutyState) -> str:
    sure = "" if state.duty.sure else t("duties.to_check")
    return " · ".join(part for part in (state.duty.article, sure) if part)


def _said(state: DutyState) -> list[QWidget]:
    """Everything that was said, the newest first, and what settled it otherwise."""
    found: list[QWidget] = []
    own = state.fact.entries if state.fact else ()
    entry = state.entry
    if entry is not None and entry.id not in own:
        words = t("duties.by_entry", day=entry.happened_on, author=entry.author)
        found.append(Small(words))
    if state.weighing is not None:
        by, at = state.weighing.author, state.weighing.recorded_at
        found.append(Small(t("duties.by_weighing", day=at, author=by)))
    if state.notice is not None:
        found.append(Small(notice_words(state.notice)))
    for fact in reversed(state.history):
        found.append(Small(say(said_words(fact))))
        if fact.reason:
            found.append(Small(t("duties.corrected_because", reason=fact.reason)))
    return found


def _weighings(found: tuple[Weighing, ...], protocol: Protocol) -> list[QWidget]:
    """What was weighed, the newest first."""
    if not found:
        return []
    rows: list[QWidget] = [Strong(t("duties.weighings"))]
    for weighing in reversed(found):
        keys = set(weighing.categories)
        named = [wording(one.name) for one in protocol.categories if one.key in keys]
        words = t(
            "duties.weighing",
            at=moment(weighing.recorded_at),
            author=weighing.author,
            categories=", ".join(named) or t("dossier.no_category"),
            offence=t(f"duties.verdict_{weighing.offence or 'open'}"),
            breach=t(f"duties.verdict_{weighing.data_breach or 'open'}"),
            reason=weighing.reason,
        )
        rows.append(Small(words))
    return rows
