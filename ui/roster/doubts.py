"""The lines of a proposal that a person has to decide about, alone or alike ones at once."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.roster.proposal import Alike, Change, Choice, Decided, Line
from ui.kit.button import Plain
from ui.kit.card import Card
from ui.kit.editors import ChoiceEditor
from ui.kit.flow import Flow, Stack
from ui.kit.label import Muted, Strong, Text
from ui.roster.wording import (
    about_words,
    change_words,
    changes_words,
    named,
    where_words,
)
from ui.theme import look
from ui.words import say, t, words

_WAIT, _NEW, _TAKE, _LEAVE, _SAME = "wait", "new", "take", "leave", "same:"
_AT_ONCE = 20


class DoubtsCard(Card):
    """Each doubtful line with its reason and who may be meant.

    Signals:
        decided(keys, decision): a `Decided`, or None when the person wants to think it over.
    """

    decided = Signal(object, object)

    def __init__(self) -> None:
        super().__init__(t("roster.doubts"))
        self.setObjectName("doubts")
        self._waiting: Sequence[Line] = ()
        self._left = range(0)
        self._more = Plain("", "down", fit="small", tip=t("roster.doubts"))
        self._more.call_it("more_doubts")
        self._more.clicked.connect(self._show_some)
        self.add(Muted(t("roster.doubts_words")))
        self._together = QVBoxLayout()
        self._together.setSpacing(look().px(14))
        self._body = QVBoxLayout()
        self._body.setSpacing(look().px(14))
        self.add(self._together, self._body, self._more)
        self.choices: dict[str, ChoiceEditor] = {}
        self._chosen_together: dict[str, str] = {}

    def show_alike(self, groups: Sequence[Alike]) -> None:
        """Offer one choice for all lines of a kind; each is still shown with its fields."""
        for number, group in enumerate(groups):
            line = group.first
            what = f"{about_words(line)} · {change_words(line.change)}"
            said = Stack(
                Strong(t("roster.alike", what=what, count=len(group.keys))),
                Text(say(line.doubt) if line.doubt else ""),
                gap=2,
            )
            row = Flow(gap=8)
            both = ((_TAKE, t("roster.take_alike")), (_LEAVE, t("roster.leave_alike")))
            for choice, label in both:
                button = Plain(label, fit="small")
                button.call_it(f"{choice}_alike_{number}")
                button.clicked.connect(partial(self._choose_together, group.keys, choice))
                row.addWidget(button)
            self._together.addWidget(said)
            self._together.addLayout(row)

    def _choose_together(self, keys: tuple[str, ...], choice: str) -> None:
        self._chosen_together.update(dict.fromkeys(keys, choice))
        self.decided.emit(keys, _decision(choice))
        for key in keys:
            if key in self.choices:
                self.choices[key].set_value(choice)

    def show_lines(self, lines: Sequence[Line], count: int) -> None:
        """Ask about so many of these lines, from the first, some at a time."""
        self._waiting, self._left = lines, range(count)
        self.setVisible(bool(count))
        self._show_some()

    def _show_some(self) -> None:
        some, self._left = self._left[:_AT_ONCE], self._left[_AT_ONCE:]
        for place in some:
            self._ask(self._waiting[place])
        self._more.setVisible(bool(self._left))
        number = words().number(len(self._left))
        self._more.setText(t("roster.more_doubts", number=number))

    def _ask(self, line: Line) -> None:
        name = named(line)
        what = f"{about_words(line)} · {where_words(line.where)}"
        editor = ChoiceEditor(_options(line))
        editor.setObjectName(f"doubt_{line.key}")
        editor.setAccessibleName(t("roster.decide_about", name=name))
        editor.setMinimumWidth(look().px(300))
        editor.set_value(self._chosen_together.get(line.key, _WAIT))
        editor.changed.connect(partial(self._chosen, line, editor))
        self.choices[line.key] = editor
        said = Stack(
            Strong(name),
            Muted(what),
            Text(say(line.doubt) if line.doubt else ""),
            Muted(changes_words(line)),
            gap=2,
        )
        row = QHBoxLayout()
        row.setSpacing(look().gap)
        row.addWidget(said, 1)
        row.addWidget(editor)
        self._body.addLayout(row)

    def _chosen(self, line: Line, editor: ChoiceEditor) -> None:
        self.decided.emit((line.key,), _decision(editor.value()))


def _options(line: Line) -> tuple[tuple[str, str], ...]:
    """What can be decided: who is meant, somebody new, or nothing."""
    found = [(_WAIT, t("roster.decide_later"))]
    for candidate in line.candidates:
        who = named(candidate)
        found.append((f"{_SAME}{candidate.id}", t("roster.is_same", who=who)))
    if line.change is Change.LEFT or not line.candidates:
        found.append((_TAKE, t("roster.take")))
    else:
        found.append((_NEW, t("roster.is_new")))
    return (*found, (_LEAVE, t("roster.leave")))


def _decision(value: str) -> Decided | None:
    if value.startswith(_SAME):
        return Decided(Choice.SAME, value.removeprefix(_SAME))
    found = {_NEW: Choice.NEW, _TAKE: Choice.ACCEPT, _LEAVE: Choice.SKIP}.get(value)
    return None if found is None else Decided(found)
