"""The side sheet: editing beside the page, instead of in a window over it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from app.override import override
from ui.kit.button import Quiet
from ui.kit.flow import Flow
from ui.kit.label import Heading
from ui.theme import look
from ui.words import t


class Sheet(QFrame):
    """A panel at the right of a page, closed at first; Esc closes it.

    Signals:
        closed(): the person closed it.
    """

    closed = Signal()

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "sheet")
        own = look()
        self._title = Heading(title)
        self._close = Quiet(icon="close", fit="small", tip=t("kit.close"))
        self._close.clicked.connect(self.shut)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._close)
        self.body = QVBoxLayout()
        self.body.setSpacing(own.px(12))
        self._actions = Flow(gap=8, right=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(own.margin, own.px(20), own.margin, own.margin)
        column.setSpacing(own.gap)
        column.addLayout(head)
        column.addLayout(self.body)
        column.addLayout(self._actions)
        column.addStretch(1)
        self.hide()

    def set_title(self, words: str) -> None:
        """Say what is being edited."""
        self._title.setText(words)
        self.setAccessibleName(words)

    def add(self, *parts: QWidget | QLayout) -> None:
        """Put things below one another in the sheet."""
        for part in parts:
            if isinstance(part, QWidget):
                self.body.addWidget(part)
            else:
                self.body.addLayout(part)

    def set_actions(self, *buttons: QWidget) -> None:
        """Put buttons below; the main one last."""
        for button in buttons:
            self._actions.addWidget(button)

    def open(self) -> None:
        """Show it, and give its first field the keyboard."""
        self.show()
        first = self.nextInFocusChain()
        while first is not None and first is not self and self.isAncestorOf(first):
            takes = first.focusPolicy() & Qt.FocusPolicy.TabFocus and first.isVisibleTo(self)
            if first is not self._close and takes:
                first.setFocus(Qt.FocusReason.TabFocusReason)
                return
            first = first.nextInFocusChain()

    def shut(self) -> None:
        """Close it."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.shut()
        else:
            super().keyPressEvent(event)
