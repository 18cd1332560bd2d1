"""Choosing how a case goes on: each course with what it is for, none above another."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.procedures.procedure import Option
from ui.dossier.said import wording
from ui.kit.bar import announce
from ui.kit.button import Plain
from ui.kit.icon import Symbol
from ui.kit.label import Muted, Strong, Text
from ui.kit.mark import Mark
from ui.kit.sight import bring_into_sight
from ui.theme import Type, look
from ui.words import t


class CoursePicker(QFrame):
    """The courses below one another, each with a button.

    Attributes:
        key: of the one that is chosen, or "".

    Signals:
        chosen(key): the person chose one.
    """

    chosen = Signal(str)

    def __init__(self, options: Sequence[Option]) -> None:
        super().__init__()
        self.key = ""
        self._error = Text("", Type.SMALL, look="no")
        self._error.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().gap)
        column.addWidget(self._error)
        self._rows = [_CourseRow(option) for option in options]
        for row in self._rows:
            row.pressed.connect(self._choose)
            column.addWidget(row)

    @property
    def error(self) -> str:
        """What is said about the choice, or nothing."""
        return self._error.text()

    def take(self, key: str) -> None:
        """Mark one as chosen."""
        self.key = key
        self.tell("")
        for row in self._rows:
            row.mark(chosen=row.key == key)

    def tell(self, words: str) -> None:
        """Say what is wrong with the choice, or nothing."""
        self._error.setText(words)
        self._error.setVisible(bool(words))
        if words:
            announce(self, words, urgent=True)
            bring_into_sight(self._error)

    def check(self) -> bool:
        """Whether one is chosen; says so where none is."""
        self.tell("" if self.key else t("dossier.course_missing"))
        return bool(self.key)

    def _choose(self, key: str) -> None:
        self.take(key)
        self.chosen.emit(key)


class _CourseRow(QFrame):
    """One course: its name, what it is for, and the button that chooses it."""

    pressed = Signal(str)

    def __init__(self, option: Option) -> None:
        super().__init__()
        self.key = option.key
        name = wording(option.name)
        self.setAccessibleName(name)
        self._sign = Symbol(Mark.OPEN.icon, Mark.OPEN.value, 20)
        self._button = Plain(t("dossier.choose_this"), fit="small")
        self._button.setAccessibleName(f"{t('dossier.choose_this')}: {name}")
        self._button.call_it(f"course_{option.key.partition('@')[0]}")
        self._button.clicked.connect(self._clicked)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(look().px(10))
        self._line = line
        line.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(look().px(2))
        words.addWidget(Strong(name))
        words.addWidget(Muted(wording(option.explain)))
        line.addLayout(words, 1)
        line.addWidget(self._button, 0, Qt.AlignmentFlag.AlignTop)

    def mark(self, *, chosen: bool) -> None:
        """Show whether this is the one that was chosen."""
        mark = Mark.YES if chosen else Mark.OPEN
        sign = Symbol(mark.icon, mark.value, 20)
        self._line.replaceWidget(self._sign, sign)
        self._sign.hide()
        self._sign.deleteLater()
        self._sign = sign
        self._button.setText(t("dossier.chosen_course" if chosen else "dossier.choose_this"))
        self._button.updateGeometry()

    def _clicked(self) -> None:
        self.pressed.emit(self.key)
