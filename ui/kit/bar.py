"""The message bar: what was done (with undo), what a rule forbids, what is in the way."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.errors import Refusal, Trouble
from ui.kit.button import Plain, Quiet
from ui.kit.icon import Symbol
from ui.kit.label import Text
from ui.theme import look
from ui.words import say, t

UNDO_MS = 10_000


def announce(widget: QWidget, words: str, *, urgent: bool = False) -> None:
    """Let a screen reader say something that no focus change would make it say."""
    # Hundreds of constants come with it, and the first window has nothing to tell.
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # noqa: PLC0415

    event = QAccessibleAnnouncementEvent(widget, words)
    level = QAccessible.AnnouncementPoliteness
    event.setPoliteness(level.Assertive if urgent else level.Polite)
    QAccessible.updateAccessibility(event)


class MessageBar(QFrame):
    """One message at a time. What was done leaves after ten seconds, the rest stays.

    Signals:
        said(words): a message is shown.
    """

    said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._act: Callable[[], None] | None = None
        self._symbol = Symbol("yes", "yes", 20)
        self._words = Text()
        self._button = Plain(fit="small")
        self._button.call_it("bar_action")
        self._button.clicked.connect(self._acted)
        self._close = Quiet(icon="close", fit="small", tip=t("kit.close_message"))
        self._close.clicked.connect(self.clear)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._leave)
        line = QHBoxLayout(self)
        own = look()
        line.setContentsMargins(own.px(12), own.px(6), own.px(8), own.px(6))
        line.setSpacing(own.px(10))
        line.addWidget(self._symbol, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._words, 1)
        line.addWidget(self._button)
        line.addWidget(self._close)
        self.hide()

    def fit_touch(self) -> None:
        """Make its buttons large enough for a finger, on screens that are touched."""
        for button in (self._button, self._close):
            button.setProperty("fit", "touch")

    @property
    def words(self) -> str:
        """What is shown, or nothing."""
        return "" if self.isHidden() else self._words.text()

    def done(self, words: str, undo: Callable[[], None] | None = None) -> None:
        """Tell what was done; with `undo`, offer for ten seconds to take it back."""
        self._show("yes", words, t("kit.undo"), undo)
        self._timer.start(UNDO_MS)

    def notice(self, words: str) -> None:
        """Tell something that stays until it is closed."""
        self._show("ask", words, "", None)

    def refused(self, words: str) -> None:
        """Tell what a rule forbids, and what to do instead."""
        self._show("ask", words, "", None, urgent=True)

    def trouble(self, words: str, retry: Callable[[], None] | None = None) -> None:
        """Tell what is in the way; with `retry`, offer to try again."""
        self._show("no", words, t("kit.retry"), retry, urgent=True)

    def offer(
        self, words: str, verb: str, act: Callable[[], None], *, urgent: bool = False
    ) -> None:
        """Tell something with one thing to do about it; `urgent` for what is in the way."""
        self._show("no" if urgent else "ask", words, verb, act, urgent=urgent)

    def hear_refusal(self, refusal: Refusal) -> None:
        """Show a refusal."""
        self.refused(say(refusal.message))

    def hear_trouble(self, trouble: Trouble, retry: Callable[[], None]) -> None:
        """Show a trouble, with the way to try again unless the deed itself was done."""
        self.trouble(say(trouble.message), None if trouble.done else retry)

    def clear(self) -> None:
        """Take the message away."""
        self._timer.stop()
        self._act = None
        self.hide()

    def act(self) -> None:
        """Do what the button offers, as Ctrl+Z does for what was just done."""
        if self._act is not None:
            self._acted()

    def _show(
        self,
        kind: str,
        words: str,
        verb: str,
        act: Callable[[], None] | None,
        *,
        urgent: bool = False,
    ) -> None:
        self._timer.stop()
        self.setProperty("look", f"message-{kind}")
        self.style().polish(self)
        self._symbol.show_icon({"yes": "yes", "ask": "info", "no": "warning"}[kind], kind)
        self._words.setText(words)
        self._act = act
        self._button.setText(verb)
        self._button.setVisible(act is not None)
        self.show()
        announce(self, words, urgent=urgent)
        self.said.emit(words)

    def _acted(self) -> None:
        act = self._act
        self.clear()
        if act is not None:
            act()

    def _leave(self) -> None:
        if self.underMouse() or self._button.hasFocus():
            self._timer.start(UNDO_MS)
        else:
            self.clear()
