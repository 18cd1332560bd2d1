"""Forms from declarations: labels, required marks, errors at the field, Enter submits.

A field loads its editor when it is made: the lock screen needs two of them.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypeAlias, TypedDict

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.errors import Message, Refusal, Refusals
from app.override import override
from ui.kit.bar import announce
from ui.kit.label import Small, Text
from ui.kit.sight import bring_into_sight
from ui.kit.typed import LineEditor, SecretEditor
from ui.theme import Type, look
from ui.words import say, t

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Unpack

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from ui.kit.editors import (
        CheckEditor,
        ChoiceEditor,
        DayEditor,
        NotesEditor,
        Options,
        RadioEditor,
        SeveralEditor,
    )

    Editor: TypeAlias = (
        LineEditor
        | DayEditor
        | ChoiceEditor
        | RadioEditor
        | SeveralEditor
        | CheckEditor
        | NotesEditor
        | SecretEditor
    )
_NARROW = 240
Value: TypeAlias = str | date | bool | tuple[str, ...] | None


class Declared(TypedDict, total=False):
    """What every field may declare.

    Attributes:
        required: whether it must be filled in.
        help: text id of a line below it; "" for none.
        wide: whether it takes the whole width of a form with several columns.
        said: the label in words, where data hold it.
    """

    required: bool
    help: str
    wide: bool
    said: str


# No data classes: Python writes and compiles their methods while the first window waits.


class Field:
    """One thing to fill in.

    Args:
        key: name of the value, and of the field in a refusal.
        label: text id of its label.
        declared: see `Declared`.
    """

    def __init__(self, *, key: str, label: str, **declared: Unpack[Declared]) -> None:
        self.key, self.label = key, label
        self.required = declared.get("required", False)
        self.help, self.said = declared.get("help", ""), declared.get("said", "")
        self.wide = declared.get("wide", False)

    @property
    def words(self) -> str:
        """The label in words."""
        return self.said or t(self.label)

    def make(self) -> Editor:
        """The editor for this field."""
        raise NotImplementedError


class Line(Field):
    """One line of text; `hint` is a text id for an example, `longest` counts characters."""

    def __init__(
        self,
        *,
        key: str,
        label: str,
        hint: str = "",
        longest: int = 200,
        **declared: Unpack[Declared],
    ) -> None:
        super().__init__(key=key, label=label, **declared)
        self.hint, self.longest = hint, longest

    @override
    def make(self) -> LineEditor:
        return LineEditor(t(self.hint) if self.hint else "", self.longest)


class Day(Field):
    """A day."""

    @override
    def make(self) -> DayEditor:
        from ui.kit.editors import DayEditor  # noqa: PLC0415 - the first window has no such fields

        return DayEditor()


class _Offering(Field):
    """What is chosen from `options`: values with their words."""

    def __init__(
        self, *, key: str, label: str, options: Options = (), **declared: Unpack[Declared]
    ) -> None:
        super().__init__(key=key, label=label, **declared)
        self.options = options


class Choice(_Offering):
    """One of a list."""

    @override
    def make(self) -> ChoiceEditor:
        from ui.kit.editors import ChoiceEditor  # noqa: PLC0415 - the first window has no such fields

        return ChoiceEditor(self.options, empty=not self.required)


class Radio(_Offering):
    """One of two to five, all in sight."""

    @override
    def make(self) -> RadioEditor:
        from ui.kit.editors import RadioEditor  # noqa: PLC0415 - the first window has no such fields

        return RadioEditor(self.options)


class Several(_Offering):
    """As many as apply."""

    @override
    def make(self) -> SeveralEditor:
        from ui.kit.editors import SeveralEditor  # noqa: PLC0415 - the first window has no such fields

        return SeveralEditor(self.options)


class Check(Field):
    """Yes or not; the label stands beside the box."""

    @override
    def make(self) -> CheckEditor:
        from ui.kit.editors import CheckEditor  # noqa: PLC0415 - the first window has no such fields

        return CheckEditor(self.words)


class Notes(Field):
    """Several lines of plain text; `hint` is a text id for an example, `lines` the height."""

    def __init__(
        self,
        *,
        key: str,
        label: str,
        hint: str = "",
        lines: int = 4,
        **declared: Unpack[Declared],
    ) -> None:
        super().__init__(key=key, label=label, **declared)
        self.hint, self.lines = hint, lines

    @override
    def make(self) -> NotesEditor:
        from ui.kit.editors import NotesEditor  # noqa: PLC0415 - the first window has no such fields

        return NotesEditor(t(self.hint) if self.hint else "", self.lines)


class Secret(Field):
    """A pass phrase."""

    @override
    def make(self) -> SecretEditor:
        return SecretEditor()


class Form(QWidget):
    """Fields below one another, or in columns that stack when it gets narrow.

    Signals:
        submitted(values): Enter was pressed or `submit` called, and everything is right.
        changed(key): the person changed a field.
    """

    submitted = Signal(object)
    changed = Signal(str)

    def __init__(
        self, fields: Sequence[Field], *, columns: int = 1, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._cells = {field.key: _Cell(field) for field in fields}
        self._wanted, self._columns = columns, 0
        self._button: QWidget | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look().gap)
        self._grid.setVerticalSpacing(look().px(12))
        for cell in self._cells.values():
            cell.changed.connect(self.changed)
        self._arrange(columns)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all fields, in their order."""
        return tuple(self._cells)

    def values(self) -> dict[str, Value]:
        """Every value by key.

        Raises:
            Refusals: a field cannot be read or is required and empty.
        """
        found: dict[str, Value] = {}
        wrong: list[Refusal] = []
        for key, cell in self._cells.items():
            try:
                found[key] = cell.read()
            except Refusal as refusal:
                wrong.append(refusal)
        if wrong:
            raise Refusals(tuple(wrong))
        return found

    def set_values(self, values: Mapping[str, object]) -> None:
        """Show values; keys that the form does not know are left alone."""
        for key, value in values.items():
            if key in self._cells:
                self._cells[key].editor.set_value(value)
        self.clear_errors()

    def text(self, key: str) -> str:
        """The value of a text, choice or secret field; "" when empty."""
        value = self._cells[key].editor.value()
        return value if isinstance(value, str) else ""

    def editor(self, key: str) -> Editor:
        """The widget of a field, to change its choices or to disable it."""
        return self._cells[key].editor

    def show_field(self, key: str, *, shown: bool) -> None:
        """Show a field or take it away; one that is away is never required."""
        self._cells[key].setVisible(shown)
        self._cells[key].away = not shown

    def put_above(self, key: str, part: QWidget) -> None:
        """Put something to read above a field, within its place in the form."""
        self._cells[key].put_above(part)

    def check(self) -> dict[str, Value] | None:
        """The values, or None after saying at each wrong field what to do."""
        self.clear_errors()
        try:
            return self.values()
        except Refusals as refusals:
            self.take_refusal(refusals)
            return None

    def sent_by(self, button: QWidget) -> None:
        """Have Enter send it as this button does: not while that one cannot be pressed."""
        self._button = button

    def submit(self) -> None:
        """Check, and when everything is right tell so."""
        if self._button is not None and not self._button.isEnabled():
            return
        values = self.check()
        if values is not None:
            self.submitted.emit(values)

    def take_refusal(self, refusal: Refusal) -> bool:
        """Show a refusal at its fields; says whether every one of them is here."""
        found = refusal.found if isinstance(refusal, Refusals) else (refusal,)
        if not all(each.field in self._cells for each in found):
            return False
        for each in found:
            self._cells[str(each.field)].show_error(say(each.message))
        first = next(key for key in self._cells if any(key == each.field for each in found))
        self.focus_on(first)
        announce(self, self.error(first), urgent=True)
        return True

    def error(self, key: str) -> str:
        """What is said under a field, or nothing."""
        return self._cells[key].error

    def clear_errors(self) -> None:
        """Take all errors away."""
        for cell in self._cells.values():
            cell.show_error("")

    def focus_on(self, key: str) -> None:
        """Give a field the keyboard, and scroll to it."""
        self._cells[key].editor.setFocus(Qt.FocusReason.TabFocusReason)
        bring_into_sight(self._cells[key])

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(200), super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fits = max(1, event.size().width() // look().px(_NARROW))
        self._arrange(min(self._wanted, fits))

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        place = 0
        for cell in self._cells.values():
            if cell.field.wide and place % columns:
                place += columns - place % columns
            span = columns if cell.field.wide else 1
            self._grid.addWidget(cell, place // columns, place % columns, 1, span)
            place += span
        for column in range(self._wanted):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        else:
            super().keyPressEvent(event)


class _Cell(QWidget):
    """One field with its label, help and error."""

    changed = Signal(str)

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field
        self.away = False
        self.editor = field.make()
        self.editor.setObjectName(f"field_{field.key}")
        self._error = Text("", Type.SMALL, look="no")
        self._error.hide()
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().px(4))
        if not isinstance(field, Check):
            column.addWidget(self._label())
        column.addWidget(self.editor)
        if field.help:
            hint = Small(t(field.help))
            column.addWidget(hint)
            self._target().setAccessibleDescription(t(field.help))
        column.addWidget(self._error)
        column.addStretch(1)
        self.editor.changed.connect(self._forgive)

    @property
    def error(self) -> str:
        """What is said under the field."""
        return self._error.text()

    def put_above(self, part: QWidget) -> None:
        """Put something to read above the label."""
        self._column.insertWidget(0, part)

    def read(self) -> Value:
        """The value.

        Raises:
            Refusal: it cannot be read, or is required and empty.
        """
        key = self.field.key
        try:
            value: Value = self.editor.value()
        except Refusal as refusal:
            raise _at(key, refusal.message) from None
        if self.field.required and not self.away and value in ("", None, (), False):
            raise _at(key, Message("kit.required", {"label": self.field.words}))
        return value

    def show_error(self, words: str) -> None:
        """Say what is wrong and what to do, or nothing."""
        if words == self._error.text():
            return
        self._error.setText(words)
        self._error.setVisible(bool(words))
        target = self._target()
        target.setProperty("wrong", "true" if words else "false")
        target.style().polish(target)
        hint = t(self.field.help) if self.field.help else ""
        target.setAccessibleDescription(words or hint)

    def _label(self) -> Text:
        words = self.field.words
        label = Text(words + (" *" if self.field.required else ""), Type.SMALL_STRONG)
        label.setBuddy(self._target())
        self._target().setAccessibleName(
            t("kit.required_name", label=words) if self.field.required else words
        )
        return label

    def _target(self) -> QWidget:
        return self.editor.line if isinstance(self.editor, SecretEditor) else self.editor

    def _forgive(self) -> None:
        self.show_error("")
        self.changed.emit(self.field.key)


def _at(key: str, message: Message) -> Refusal:
    return Refusal(message.id, field=key, **message.values)
