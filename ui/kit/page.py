"""The page: a title line with who or what it is about, at most three actions, then cards."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.errors import Refusal, Trouble
from ui.kit.bar import MessageBar
from ui.kit.button import Link, plain_words
from ui.kit.form import Form
from ui.kit.label import Muted
from ui.kit.titleline import TitleLine
from ui.theme import look

WIDEST = 1280


class Page(QWidget):
    """What the frame shows at one time. Put cards in with `add`.

    Refusals of jobs that the page asked for are shown at the field they concern, otherwise in
    its message bar (`bar`). With `fill` the last card takes the room, as a list wants, and the
    page scrolls only where that is too little for it, as with large letters. `help_topic` names
    the help page that F1 opens.

    Signals:
        back_asked(): the person wants to go back to where this page was opened.
    """

    help_topic = ""
    back_asked = Signal()

    def __init__(
        self,
        title: str = "",
        identity: str = "",
        *,
        fill: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("look", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("ring_inside", True)  # noqa: FBT003 - Qt takes the value by position
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.head = TitleLine(title, identity)
        self._back = Link("", "left")
        self._back.call_it("page_back")
        self._back.clicked.connect(self.back_asked)
        self._back.hide()
        self.bar = MessageBar()
        self.body = QVBoxLayout()
        self._content = _Content()
        self._area: QScrollArea | None = None
        self._arrange(fill=fill)
        self.set_title(title, identity)

    def set_title(self, title: str, identity: str = "") -> None:
        """Say what the page is about: a name, and what tells it from another."""
        self.head.show_title(title, identity)
        self.setAccessibleName(title)
        self.setWindowTitle(title)

    def set_actions(self, *buttons: QWidget) -> None:
        """Put at most three buttons at the right of the title; the main one last."""
        self.head.set_actions(*buttons)

    def offer_back(self, words: str) -> None:
        """Offer, above the title, to go back to where the person came from."""
        self._back.setText(plain_words(words))
        self._back.show()

    def add_badge(self, badge: QWidget) -> None:
        """Put a badge between the title and the identity."""
        self.head.add_badge(badge)

    def add(self, *parts: QWidget | QLayout) -> None:
        """Put cards below one another on the page."""
        for part in parts:
            if isinstance(part, QWidget):
                self.body.addWidget(part)
            else:
                self.body.addLayout(part)

    def explain(self, words: str) -> None:
        """Put a line of quiet words above the cards."""
        self.body.insertWidget(0, Muted(words))

    def hear_refusal(self, refusal: Refusal) -> None:
        """Show a refusal at its field, or in the bar."""
        if not any(form.take_refusal(refusal) for form in self.findChildren(Form)):
            self.bar.hear_refusal(refusal)

    def hear_trouble(self, trouble: Trouble, retry: Callable[[], None]) -> None:
        """Show a trouble in the bar, with the way to try again."""
        self.bar.hear_trouble(trouble, retry)

    def leave(self) -> None:
        """Called when the person goes to another page; keep drafts here."""

    def refresh(self) -> None:
        """Called when the page is shown again or its data may have changed."""

    def _arrange(self, *, fill: bool) -> None:
        own = look()
        inner = QVBoxLayout(self._content)
        inner.setContentsMargins(own.margin, own.px(20), own.margin, own.margin)
        inner.setSpacing(own.gap)
        top = QVBoxLayout()
        top.setSpacing(own.px(4))
        top.addWidget(self._back)
        top.addWidget(self.head)
        inner.addLayout(top)
        inner.addWidget(self.bar)
        self.body.setSpacing(own.gap)
        inner.addLayout(self.body, 1 if fill else 0)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        if not fill:
            inner.addStretch(1)
        self._area = scrolling(self._content)
        outer.addWidget(self._area)
        self.bar.said.connect(self._show_top)

    def _show_top(self, _words: str) -> None:
        """What is said stands at the top: somebody who scrolled down would not see it."""
        if self._area is not None:
            self._area.ensureVisible(0, 0)


class _Content(QWidget):
    """The page's own column: never wider than is pleasant to read."""

    def __init__(self) -> None:
        super().__init__()
        self.setMaximumWidth(look().px(WIDEST))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)


def scrolling(content: QWidget) -> QScrollArea:
    """A frameless area that scrolls its content up and down."""
    area = QScrollArea()
    area.setProperty("look", "page")
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    # Its own, for asking Qt for the one it has makes PySide look at every kind of widget.
    ground = QWidget()
    area.setViewport(ground)
    area.setWidget(content)
    ground.setAutoFillBackground(False)
    content.setAutoFillBackground(False)
    return area
