"""The questions of a paper, answered with one key each; the next one comes by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.override import override
from ui.kit.bar import announce
from ui.kit.button import Button, Plain
from ui.kit.label import Elided, Small, Strong
from ui.kit.sight import bring_into_sight
from ui.theme import look
from ui.words import t

YES, NO, UNCLEAR = "yes", "no", "unclear"
_ANSWERS = (YES, NO, UNCLEAR)
_ONWARD = (Qt.Key.Key_Space, Qt.Key.Key_Down)
_BACK = (Qt.Key.Key_Backspace, Qt.Key.Key_Up)


@dataclass(frozen=True, slots=True)
class Item:
    """One question of a paper: its use, the heading above it, its words, what was said."""

    use: str
    section: str
    name: str
    before: str = ""


class KeyedAnswers(QWidget):
    """Questions in the order of the paper; the keyboard is at one of them.

    J or Y says yes, N no, X that the paper is unclear, O that nothing was crossed; each goes on
    to the next question. Space and arrow down go on, backspace and arrow up go back. What is
    typed before the questions are there is kept and taken once they are.

    Signals:
        changed(): an answer was given or taken back.
        finished(): the last question was passed.
        returned(): the person goes back from the first question.
        entered(): Enter was pressed.
        key_typed(str): any other letter or digit.
    """

    changed = Signal()
    finished = Signal()
    returned = Signal()
    entered = Signal()
    key_typed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("keyed_answers")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(t("consent.answers"))
        self._column = QVBoxLayout(self)
        side = look().px(6)
        self._column.setContentsMargins(side, side, side, side)
        self._column.setSpacing(look().px(2))
        self._parts: list[QWidget] = []
        self._rows: list[KeyedRow] = []
        self._here = 0
        self._early: list[tuple[Qt.Key, str]] = []
        self._waits = False
        self._keys = {
            YES: _letters(t("consent.keys_yes")),
            NO: _letters(t("consent.keys_no")),
            UNCLEAR: _letters(t("consent.keys_unclear")),
            "": _letters(t("consent.keys_open")),
        }

    def wait(self) -> None:
        """Keep what is typed until the questions are there."""
        if not self._waits:
            self._waits, self._early = True, []

    def stop_waiting(self) -> None:
        """Forget what was typed ahead: the questions do not come."""
        self._waits, self._early = False, []

    def ask(self, items: Sequence[Item]) -> None:
        """Show other questions, and take what was typed meanwhile."""
        self.clear()
        section = ""
        for number, item in enumerate(items, 1):
            if item.section != section:
                section = item.section
                self._put(Strong(section))
            row = KeyedRow(number, item, len(items))
            row.answered.connect(self._pressed)
            self._rows.append(row)
            self._put(row)
        self._go(0)
        early = self._early
        self.stop_waiting()
        for key, typed in early:
            self._take(key, typed)

    def clear(self) -> None:
        """Show no questions."""
        for part in self._parts:
            self._column.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts, self._rows, self._here = [], [], 0

    def answers(self) -> dict[str, str]:
        """The answers by use: yes, no or unclear; uses without one are left out."""
        return {row.item.use: row.answer for row in self._rows if row.answer}

    def give(self, answers: Mapping[str, object]) -> None:
        """Show these answers."""
        for row in self._rows:
            row.give(str(answers.get(row.item.use, "")))

    @property
    def here(self) -> int:
        """The place of the question that the keyboard is at, from 0."""
        return self._here

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        key, typed = Qt.Key(event.key()), event.text().upper()
        if plain and self._waits and (typed or key in (*_ONWARD, *_BACK)):
            self._early.append((key, typed))
        elif not (plain and self._take(key, typed)):
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_here()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_here()

    def _take(self, key: Qt.Key, typed: str) -> bool:
        """Do what a key says; False when it says nothing here."""
        answer = next((a for a, keys in self._keys.items() if typed and typed in keys), None)
        if answer is not None and self._rows:
            self._answer(answer)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif key in _ONWARD:
            self._onward()
        elif key in _BACK:
            self._back()
        elif typed.strip().isalnum():
            self.key_typed.emit(typed)
        else:
            return False
        return True

    def _put(self, part: QWidget) -> None:
        self._parts.append(part)
        self._column.addWidget(part)

    def _answer(self, answer: str) -> None:
        self._rows[self._here].give(answer)
        self.changed.emit()
        self._onward()

    def _onward(self) -> None:
        if self._here + 1 < len(self._rows):
            self._go(self._here + 1)
        elif self._rows:
            self.finished.emit()

    def _back(self) -> None:
        if self._here > 0:
            self._go(self._here - 1)
        else:
            self.returned.emit()

    def _go(self, place: int) -> None:
        self._here = place
        self._show_here()
        if self._rows:
            row = self._rows[place]
            bring_into_sight(row)
            announce(self, row.spoken())

    def _show_here(self) -> None:
        for place, row in enumerate(self._rows):
            row.show_here(here=place == self._here and self.hasFocus())

    def _pressed(self, number: int) -> None:
        self._go(number - 1)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()


class KeyedRow(QFrame):
    """One question with the answers as buttons, for whoever uses mouse or touch.

    Signals:
        answered(int): a button was pressed in the row with this number.
    """

    answered = Signal(int)

    def __init__(self, number: int, item: Item, of: int) -> None:
        super().__init__()
        self.item, self._number, self._of = item, number, of
        self.setObjectName(f"keyed_{item.use}")
        self._buttons = {answer: self._button(answer) for answer in _ANSWERS}
        line = QHBoxLayout(self)
        own = look()
        line.setContentsMargins(own.px(8), own.px(3), own.px(4), own.px(3))
        line.setSpacing(own.near)
        place = Small(str(number), wrap=False)
        place.setMinimumWidth(own.px(20))
        line.addWidget(place)
        line.addWidget(Elided(item.name), 3)
        if item.before:
            line.addWidget(Elided(item.before, look="muted"), 3)
        for button in self._buttons.values():
            line.addWidget(button)
        self.give("")

    @property
    def answer(self) -> str:
        """yes, no or unclear; "" for none."""
        return next((a for a, button in self._buttons.items() if button.isChecked()), "")

    def give(self, answer: str) -> None:
        """Show an answer."""
        for each, button in self._buttons.items():
            button.setChecked(each == answer)
        self.setAccessibleName(self.spoken())

    def spoken(self) -> str:
        """The whole line, for a screen reader."""
        return t(
            "consent.keyed_spoken",
            number=self._number,
            of=self._of,
            use=self.item.name,
            answer=t(f"consent.answer_{self.answer or 'none'}"),
        )

    def show_here(self, *, here: bool) -> None:
        """Show whether the keyboard is at this question."""
        wanted = "keyed-here" if here else "keyed"
        if self.property("look") != wanted:
            self.setProperty("look", wanted)
            self.style().polish(self)

    def _button(self, answer: str) -> Button:
        button = Plain(t(f"consent.press_{answer}"), fit="small")
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.call_it(f"press_{answer}")
        button.setAccessibleName(t(f"consent.say_{answer}", use=self.item.name))
        button.clicked.connect(self._pressed)
        return button

    def _pressed(self) -> None:
        pressed = self.sender()
        for button in self._buttons.values():
            if button is not pressed:
                button.setChecked(False)
        self.setAccessibleName(self.spoken())
        self.answered.emit(self._number)


def _letters(keys: str) -> tuple[str, ...]:
    """The keys that are no digits; digits tick conditions."""
    return tuple(key for key in keys.upper() if not key.isdigit())
