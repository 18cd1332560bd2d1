"""The fields of a form: each shows a value, gives it back and says when it changed."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QSizePolicy,
    QStyledItemDelegate,
    QVBoxLayout,
    QWidget,
)

from app.errors import Refusal
from app.override import override
from ui.kit.button import plain_words
from ui.kit.days import read_day, typed_day
from ui.kit.icon import paint_icon
from ui.kit.typed import LineEditor, SecretEditor
from ui.theme import look
from ui.words import day as shown_day
from ui.words import t

__all__ = [
    "Box",
    "CheckEditor",
    "ChoiceEditor",
    "DayEditor",
    "Dot",
    "LineEditor",
    "NotesEditor",
    "Options",
    "RadioEditor",
    "SecretEditor",
    "SeveralEditor",
]

Options = Sequence[tuple[str, str]]


class DayEditor(QLineEdit):
    """A day: typed as 3-4-2026, shown as 3 apr 2026."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(t("kit.day_hint"))
        self.setMaxLength(30)
        self.textEdited.connect(self._edited)

    def value(self) -> date | None:
        """The day, or None when the field is empty.

        Raises:
            Refusal: what was typed is not a day.
        """
        return read_day(self.text())

    def set_value(self, value: object) -> None:
        """Show a day."""
        self.setText(shown_day(value) if isinstance(value, date) else "")

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self._rewrite(typed=True)
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._rewrite(typed=False)

    def _rewrite(self, *, typed: bool) -> None:
        try:
            day = read_day(self.text())
        except Refusal:
            return
        if day is not None:
            self.setText(typed_day(day) if typed else shown_day(day))

    def _edited(self, _words: str) -> None:
        self.changed.emit()


class ChoiceEditor(QComboBox):
    """One of a list. The wheel only turns it when it has the keyboard."""

    changed = Signal()

    def __init__(self, options: Options = (), *, empty: bool = False) -> None:
        super().__init__()
        self._empty = empty
        self.setItemDelegate(QStyledItemDelegate(self))
        self.setPlaceholderText(t("kit.choose"))
        self.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.setMinimumContentsLength(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_options(options)
        self.activated.connect(self._activated)

    def set_options(self, options: Options) -> None:
        """Offer other choices, each a value and its words; keeps the value where it can."""
        kept = self.value()
        self.clear()
        if self._empty:
            self.addItem(t("kit.no_choice"), "")
        for value, words in options:
            self.addItem(words, value)
        self.set_value(kept)

    def value(self) -> str:
        """The value that is chosen, "" for none."""
        return str(self.currentData() or "")

    def set_value(self, value: object) -> None:
        """Choose a value."""
        self.setCurrentIndex(self.findData(value) if value else -1)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        own = look()
        side = own.px(16)
        box = QRect(self.width() - side - own.px(10), 0, side, self.height())
        painter = QPainter(self)
        paint_icon(painter, box, "down", own.colour("muted"))
        painter.end()

    def _activated(self, _place: int) -> None:
        self.changed.emit()


class Box(QCheckBox):
    """A box to tick, with words beside it."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.isChecked():
            _draw_inside(self, "check")


class Dot(QRadioButton):
    """One of a few, with words beside it."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.isChecked():
            _draw_inside(self, "")


class CheckEditor(Box):
    """Yes or not."""

    changed = Signal()

    def __init__(self, words: str) -> None:
        super().__init__(plain_words(words))
        self.clicked.connect(self._told)

    def value(self) -> bool:
        """Whether it is ticked."""
        return self.isChecked()

    def set_value(self, value: object) -> None:
        """Tick it or not."""
        self.setChecked(bool(value))

    def _told(self, _on: bool) -> None:  # noqa: FBT001 - Qt's own signature
        self.changed.emit()


class RadioEditor(QWidget):
    """One of a few, all in sight."""

    changed = Signal()

    def __init__(self, options: Options) -> None:
        super().__init__()
        self._dots: dict[str, Dot] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().px(4))
        for value, words in options:
            dot = Dot(plain_words(words))
            dot.clicked.connect(self._told)
            column.addWidget(dot)
            self._dots[value] = dot
        if self._dots:
            self.setFocusProxy(next(iter(self._dots.values())))

    def value(self) -> str:
        """The value that is chosen, "" for none."""
        return next((value for value, dot in self._dots.items() if dot.isChecked()), "")

    def set_value(self, value: object) -> None:
        """Choose a value."""
        for own, dot in self._dots.items():
            dot.setAutoExclusive(False)
            dot.setChecked(own == value)
            dot.setAutoExclusive(True)

    def _told(self, _on: bool) -> None:  # noqa: FBT001 - Qt's own signature
        self.changed.emit()


class SeveralEditor(QWidget):
    """As many of a few as apply."""

    changed = Signal()

    def __init__(self, options: Options) -> None:
        super().__init__()
        self._boxes: dict[str, Box] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().px(4))
        for value, words in options:
            box = Box(plain_words(words))
            box.clicked.connect(self._told)
            column.addWidget(box)
            self._boxes[value] = box
        if self._boxes:
            self.setFocusProxy(next(iter(self._boxes.values())))

    def value(self) -> tuple[str, ...]:
        """The values that are ticked."""
        return tuple(value for value, box in self._boxes.items() if box.isChecked())

    def set_value(self, value: object) -> None:
        """Tick these values."""
        wanted = value if isinstance(value, (tuple, list, set, frozenset)) else ()
        for own, box in self._boxes.items():
            box.setChecked(own in wanted)

    def _told(self, _on: bool) -> None:  # noqa: FBT001 - Qt's own signature
        self.changed.emit()


class NotesEditor(QPlainTextEdit):
    """Several lines of plain text; Tab goes on to the next field."""

    changed = Signal()

    def __init__(self, hint: str = "", lines: int = 4) -> None:
        super().__init__()
        self._lines = lines
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self.changed)

    def value(self) -> str:
        """What was typed."""
        return self.toPlainText().strip()

    def set_value(self, value: object) -> None:
        """Show a value."""
        self.setPlainText("" if value is None else str(value))

    @override
    def sizeHint(self) -> QSize:
        high = self.fontMetrics().lineSpacing() * self._lines + look().px(20)
        return QSize(super().sizeHint().width(), high)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)


def _draw_inside(box: Box | Dot, name: str) -> None:
    # Hundreds of constants come with it, and the first window needs none of them.
    from PySide6.QtWidgets import QStyle, QStyleOptionButton  # noqa: PLC0415

    kinds = QStyle.SubElement
    part = kinds.SE_CheckBoxIndicator if name else kinds.SE_RadioButtonIndicator
    option = QStyleOptionButton()
    box.initStyleOption(option)
    area = box.style().subElementRect(part, option, box)
    painter = QPainter(box)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = look().colour("on_yes")
    if name:
        paint_icon(painter, area.adjusted(1, 1, -1, -1), name, colour)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        inset = area.width() // 3
        painter.drawEllipse(area.adjusted(inset, inset, -inset, -inset))
    painter.end()
