"""The common form of everything at the door: one narrow column with a title and a card."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from app.errors import Refusal, Trouble
from ui.kit.bar import MessageBar
from ui.kit.button import Link, Main
from ui.kit.card import Card
from ui.kit.flow import Flow
from ui.kit.form import Form
from ui.kit.label import Muted, Title
from ui.kit.page import scrolling
from ui.theme import look
from ui.words import t

WIDE = 460


class Gate(QWidget):
    """A page at the door. `card` takes what is asked; `offer` puts links below it.

    Signals:
        left(): Esc was pressed or the way back was taken.
    """

    left = Signal()

    def __init__(
        self,
        title: str,
        words: str,
        verb: str,
        *,
        wide: int = WIDE,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.title = Title(title)
        self.words = Muted(words)
        self.bar = MessageBar()
        self.card = Card()
        self.go = Main(verb)
        self.go.call_it("gate_go")
        self.go.clicked.connect(self.submit)
        self._verb = verb
        self._links = Flow(gap=20)
        self._back = Link(t("kit.back"), "left")
        self._back.call_it("gate_back")
        self._back.clicked.connect(self.left)
        self._back.hide()
        self._lay_out(wide)
        self.setProperty("look", "ground")

    def submit(self) -> None:
        """Called when Enter or the main button is pressed."""

    def begin(self) -> None:
        """Called when the page is shown; gives the first empty field the keyboard."""

    def add_below(self, *parts: QWidget | QLayout) -> None:
        """Put things below the card."""
        for part in parts:
            if isinstance(part, QWidget):
                self._below.addWidget(part)
            else:
                self._below.addLayout(part)

    def offer(self, *links: QWidget) -> None:
        """Put links below the card."""
        for link in links:
            self._links.addWidget(link)

    def offer_back(self) -> None:
        """Show the way back, above the title."""
        self._back.show()

    def set_busy(self, words: str = "") -> None:
        """Say what is going on and take no more presses; "" when it is over."""
        self.go.setEnabled(not words)
        self.go.setText(words or self._verb)

    def hear_refusal(self, refusal: Refusal) -> None:
        """Show a refusal at its field, or above the card."""
        self.set_busy()
        if not any(form.take_refusal(refusal) for form in self.findChildren(Form)):
            self.bar.hear_refusal(refusal)

    def hear_trouble(self, trouble: Trouble, retry: Callable[[], None]) -> None:
        """Show a trouble, with the way to try again."""
        self.set_busy()
        self.bar.hear_trouble(trouble, retry)

    def _lay_out(self, wide: int) -> None:
        own = look()
        content = self._column_within()
        content.setMaximumWidth(own.px(wide))
        column = QVBoxLayout(content)
        column.setContentsMargins(own.gap, own.px(32), own.gap, own.margin)
        column.setSpacing(own.near)
        back = QHBoxLayout()
        back.addWidget(self._back)
        back.addStretch(1)
        column.addLayout(back)
        column.addWidget(self.title)
        column.addWidget(self.words)
        column.addSpacing(own.near)
        column.addWidget(self.bar)
        column.addWidget(self.card)
        column.addSpacing(own.px(4))
        column.addLayout(self._links)
        self._below = QVBoxLayout()
        self._below.setSpacing(own.near)
        column.addLayout(self._below)
        column.addStretch(1)
        self.words.setVisible(bool(self.words.text()))

    def _column_within(self) -> QWidget:
        """The column in the middle, empty: filled where it stands, it is dressed only once."""
        content, centre = QWidget(), QWidget()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(centre))
        line = QHBoxLayout(centre)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(content, 1)
        return content
