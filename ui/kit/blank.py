"""The blank screen: one key hides everything, because somebody may walk in."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.override import override
from ui.kit.icon import Symbol
from ui.kit.label import Heading
from ui.theme import look
from ui.words import t

KEY = Qt.Key.Key_F11


class BlankCover(QWidget):
    """Covers a whole window until its key is pressed again; takes every other key.

    Signals:
        uncovered(): the window shows again.
    """

    uncovered = Signal()

    _window: QWidget | None = None  # what is left once the collector has emptied it

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._before: QWidget | None = None
        self.setProperty("look", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring_inside", True)  # noqa: FBT003 - Qt takes the value by position
        self.setAccessibleName(t("kit.blank"))
        column = QVBoxLayout(self)
        column.setSpacing(look().gap)
        column.addStretch(1)
        column.addWidget(Symbol("anchor", "muted", 64), 0, Qt.AlignmentFlag.AlignHCenter)
        words = Heading(t("kit.blank"))
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(words)
        column.addStretch(1)
        window.installEventFilter(self)
        self.hide()

    def toggle(self) -> None:
        """Cover the window, or show it again."""
        if self.isHidden():
            self.cover()
        else:
            self.uncover()

    def cover(self) -> None:
        """Hide everything at once."""
        self._before = self.window().focusWidget()
        if self._window is not None:
            self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def uncover(self) -> None:
        """Show the window again, the keyboard where it was."""
        self.hide()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.uncovered.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        window = self._window
        if window and event.type() is QEvent.Type.Resize and not self.isHidden():
            self.setGeometry(window.rect())
        return False

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == KEY:
            self.uncover()
        event.accept()

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        return True
