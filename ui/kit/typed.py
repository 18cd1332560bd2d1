"""The fields that words are typed into: a line, and a pass phrase.

They stand by themselves because the lock screen asks for nothing else: it is there before the
other fields of `ui.kit.editors` are read.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ui.kit.button import Quiet
from ui.theme import look
from ui.words import t


class LineEditor(QLineEdit):
    """One line of text, without spaces at its ends."""

    changed = Signal()

    def __init__(self, hint: str = "", longest: int = 200) -> None:
        super().__init__()
        self.setPlaceholderText(hint)
        self.setMaxLength(longest)
        self.textEdited.connect(self._edited)

    def value(self) -> str:
        """What was typed."""
        return self.text().strip()

    def set_value(self, value: object) -> None:
        """Show a value."""
        self.setText("" if value is None else str(value))
        self.setCursorPosition(0)

    def _edited(self, _words: str) -> None:
        self.changed.emit()


class SecretEditor(QWidget):
    """A pass phrase, with an eye to look at it; spaces at the ends are kept."""

    changed = Signal()

    def __init__(self, hint: str = "") -> None:
        super().__init__()
        self._line = QLineEdit()
        self._line.setObjectName("secret")
        self._line.setPlaceholderText(hint)
        self._line.setMaxLength(1024)
        self._line.setEchoMode(QLineEdit.EchoMode.Password)
        self._line.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self._line.textEdited.connect(self._edited)
        self._eye = Quiet(icon="eye", tip=t("kit.show_secret"))
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self._looked)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(look().px(4))
        line.addWidget(self._line, 1)
        line.addWidget(self._eye)
        self.setFocusProxy(self._line)

    @property
    def line(self) -> QLineEdit:
        """The field itself, for labels and tests."""
        return self._line

    def value(self) -> str:
        """What was typed, exactly."""
        return self._line.text()

    def set_value(self, value: object) -> None:
        """Show a value, as dots."""
        self._line.setText("" if value is None else str(value))
        self._eye.setChecked(False)

    def _looked(self, shown: bool) -> None:  # noqa: FBT001 - Qt's own signature
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self._line.setEchoMode(mode)
        self._eye.set_icon("eye-off" if shown else "eye")

    def _edited(self, _words: str) -> None:
        self.changed.emit()
