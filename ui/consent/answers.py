"""The list of uses to answer: one key for each, and on to the next by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from app.consent.records import Answer
from app.override import override
from ui.kit.bar import announce
from ui.kit.button import Button, Link, Plain
from ui.kit.flow import Flow
from ui.kit.label import Elided, Small, Strong
from ui.kit.sight import bring_into_sight
from ui.theme import look
from ui.words import t

_YES, _NO = Answer.YES.value, Answer.NO.value
_FORGET = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_0)


@dataclass(frozen=True, slots=True)
class Ask:
    """One use to answer.

    Attributes:
        use: `medium:channel`; `group` the heading it stands under.
        name: its words; `before` what the person said earlier, or "".
    """

    use: str
    group: str
    name: str
    before: str = ""


class AnswerList(QWidget):
    """Uses in groups, each with yes and no.

    J or Y says yes, N says no, Backspace takes it back; arrow keys walk. Tab leaves the list.

    Signals:
        changed(): an answer was given or taken back.
        finished(): the last use was answered by key.
    """

    changed = Signal()
    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look().px(2))
        self._rows: list[AnswerRow] = []
        self._parts: list[QWidget] = []
        self._keys = tuple(t("consent.keys_yes").upper()), tuple(t("consent.keys_no").upper())
        all_yes = Link(t("consent.all_yes"))
        all_no = Link(t("consent.all_no"))
        none = Link(t("consent.all_clear"))
        all_yes.call_it("all_yes")
        all_no.call_it("all_no")
        none.call_it("all_clear")
        all_yes.clicked.connect(self._all_yes)
        all_no.clicked.connect(self._all_no)
        none.clicked.connect(self.clear)
        self._last_link = none
        self._head = Flow(gap=16)
        for button in (all_yes, all_no, none):
            self._head.addWidget(button)
        self._column.addWidget(Small(t("consent.keys_hint")))
        self._column.addLayout(self._head)

    def ask(self, asks: Sequence[Ask]) -> None:
        """Show other uses; answers to uses that stay are kept."""
        given = self.answers()
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self._rows, self._parts = [], []
        group = ""
        for each in asks:
            if each.group != group:
                group = each.group
                self._put(Strong(group))
            row = AnswerRow(each)
            row.answered.connect(self._answered)
            self._rows.append(row)
            self._put(row)
        before: QWidget = self._last_link
        for row in self._rows:
            row.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # or Qt would not give it a place
            QWidget.setTabOrder(before, row)
            before = row
        self._rove(0)
        self.give(given)

    def answers(self) -> dict[str, str]:
        """The answers by use; uses without one are left out."""
        return {row.ask.use: row.answer for row in self._rows if row.answer}

    def give(self, answers: Mapping[str, object]) -> None:
        """Show these answers."""
        for row in self._rows:
            if row.ask.use in answers:
                row.give(str(answers[row.ask.use]))

    def clear(self) -> None:
        """Take every answer back."""
        self._all("")

    def row(self, use: str) -> "AnswerRow":
        """The row of a use, for robots."""
        return next(row for row in self._rows if row.ask.use == use)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = next((i for i, row in enumerate(self._rows) if row.hasFocus()), -1)
        key, typed = Qt.Key(event.key()), event.text().upper()
        if here < 0:
            super().keyPressEvent(event)
        elif typed and typed in self._keys[0]:
            self._answer(here, _YES)
        elif typed and typed in self._keys[1]:
            self._answer(here, _NO)
        elif key in _FORGET:
            self._rows[here].give("")
            self.changed.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._walk(here + (1 if key == Qt.Key.Key_Down else -1))
        else:
            super().keyPressEvent(event)

    def _put(self, part: QWidget) -> None:
        self._parts.append(part)
        self._column.addWidget(part)

    def _answer(self, here: int, answer: str) -> None:
        row = self._rows[here]
        row.give(answer)
        announce(self, row.accessibleName())
        self.changed.emit()
        if here + 1 < len(self._rows):
            self._walk(here + 1)
        else:
            self.finished.emit()

    def _walk(self, place: int) -> None:
        if 0 <= place < len(self._rows):
            self._rove(place)
            self._rows[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _rove(self, place: int) -> None:
        for each, row in enumerate(self._rows):
            here = each == place
            row.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus
            )

    def _answered(self) -> None:
        self.changed.emit()

    def _all_yes(self) -> None:
        self._all(_YES)

    def _all_no(self) -> None:
        self._all(_NO)

    def _all(self, answer: str) -> None:
        for row in self._rows:
            row.give(answer)
        self.changed.emit()


class AnswerRow(QFrame):
    """One use with its two buttons; a screen reader says use and answer.

    Signals:
        answered(): the person pressed a button.
    """

    answered = Signal()

    def __init__(self, ask: Ask) -> None:
        super().__init__()
        self.ask = ask
        self.setObjectName(f"answer_{ask.use}")
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self._yes, self._no = self._button(_YES), self._button(_NO)
        line = QHBoxLayout(self)
        own = look()
        line.setContentsMargins(own.px(8), own.px(3), own.px(4), own.px(3))
        line.setSpacing(own.near)
        line.addWidget(Elided(ask.name), 3)
        if ask.before:
            line.addWidget(Elided(ask.before, look="muted"), 2)
        line.addWidget(self._yes)
        line.addWidget(self._no)
        self._tell()

    @property
    def answer(self) -> str:
        """The answer, "yes" or "no"; "" for none yet."""
        if self._yes.isChecked():
            return _YES
        return _NO if self._no.isChecked() else ""

    def give(self, answer: str) -> None:
        """Show an answer."""
        self._yes.setChecked(answer == _YES)
        self._no.setChecked(answer == _NO)
        self._tell()

    def _button(self, answer: str) -> Button:
        button = Plain(t(f"consent.press_{answer}"), fit="small")
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.call_it(f"press_{answer}")
        button.setAccessibleName(t(f"consent.say_{answer}", use=self.ask.name))
        button.clicked.connect(self._pressed)
        self._group.addButton(button)
        return button

    def _pressed(self) -> None:
        pressed = self.sender()
        other = self._no if pressed is self._yes else self._yes
        other.setChecked(False)
        self._tell()
        self.answered.emit()

    def _tell(self) -> None:
        answer = t(f"consent.answer_{self.answer or 'none'}")
        words = t("consent.row_spoken", group=self.ask.group, use=self.ask.name, answer=answer)
        self.setAccessibleName(words)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        bring_into_sight(self)
