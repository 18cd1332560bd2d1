"""Segments: a few choices side by side, one of them taken (Foto · Film · Geluid)."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from app.override import override
from ui.kit.button import Fit, Plain, leave_arrows, plain_words
from ui.theme import look


class _Segment(Plain):
    """One choice; arrow keys are for the whole."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not leave_arrows(event):
            super().keyPressEvent(event)


class Segments(QWidget):
    """Two to five choices as buttons; the arrow keys walk through them.

    Signals:
        chosen(key): the person took another one.
    """

    chosen = Signal(str)

    def __init__(
        self,
        choices: Sequence[tuple[str, str]],
        name: str,
        *,
        fit: Fit = "small",
        parent: QWidget | None = None,
    ) -> None:
        """Offer `choices`, each a key and its words; `name` is for screen readers."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._keys = [key for key, _ in choices]
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(look().px(4 if fit != "touch" else 8))
        for number, (key, words) in enumerate(choices):
            button = _Segment(plain_words(words), fit=fit)
            button.setCheckable(True)
            button.call_it(f"choice_{key}")
            self._group.addButton(button, number)
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        if choices:
            self._group.button(0).setChecked(True)
        self._group.idClicked.connect(self._clicked)

    @property
    def key(self) -> str:
        """The key of the choice that is taken."""
        return self._keys[self._group.checkedId()]

    def take(self, key: str) -> None:
        """Take a choice without telling anybody."""
        self._group.button(self._keys.index(key)).setChecked(True)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if not step:
            super().keyPressEvent(event)
            return
        number = (self._group.checkedId() + step) % len(self._keys)
        button = self._group.button(number)
        button.setFocus(Qt.FocusReason.TabFocusReason)
        button.click()

    def _clicked(self, number: int) -> None:
        self.chosen.emit(self._keys[number])
