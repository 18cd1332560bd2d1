"""How a page about a letter is laid out, and when it draws the letter again."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.override import override
from ui.kit.card import Card
from ui.kit.choice import Segments
from ui.kit.flow import Stack
from ui.kit.page import scrolling
from ui.kit.preview import Preview
from ui.theme import look
from ui.words import t

FIELDS, PAPER = "fields", "paper"
_TYPING_MS = 500
_BOTH_FIT = 860
_LOW = 420


def pause(owner: QObject, then: Callable[[], None]) -> QTimer:
    """Calls `then` once somebody who types has paused; `start` begins the pause anew."""
    typing = QTimer(owner)
    typing.setSingleShot(True)
    typing.setInterval(_TYPING_MS)
    typing.timeout.connect(then)
    return typing


class Beside(QWidget):
    """Cards at the left that scroll, and the letter beside them, which stays in sight.

    Where both do not fit, one of them is shown, and two buttons turn from one to the other.
    """

    def __init__(self, preview: Preview, *cards: QWidget) -> None:
        super().__init__()
        self.preview = preview
        preview.setMinimumHeight(look().px(_LOW))
        self.paper = Card(t("letters.preview"), fill=True)
        self.paper.add(preview)
        self._cards = Stack(*cards)
        self._area = scrolling(self._cards)
        faces = ((FIELDS, t("letters.face_fields")), (PAPER, t("letters.face_paper")))
        self.faces = Segments(faces, t("letters.faces"))
        self.faces.chosen.connect(self._turned)
        self._both, self._covered = True, False
        self._over: QWidget | None = None
        self._line = QHBoxLayout()
        self._line.setSpacing(look().gap)
        self._line.addWidget(self._area, 1)
        self._line.addWidget(self.paper, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.faces, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._line, 1)
        self.faces.hide()

    def put_over(self, card: QWidget) -> None:
        """Hold something that can be shown in place of the letter."""
        self._over = card
        self._line.addWidget(card, 1)

    def show_over(self, *, shown: bool) -> None:
        """Show it in place of the letter, or the letter again."""
        self._covered = shown
        self.turn(PAPER if shown else self.faces.key)

    def turn(self, key: str) -> None:
        """Show the cards, or the letter, where both do not fit."""
        self.faces.take(key)
        self._share()

    def read_first(self, *, paper: bool) -> None:
        """Give the letter more room than the cards, or as much."""
        self._line.setStretch(0, 2 if paper else 1)
        self._line.setStretch(1, 3 if paper else 1)
        self.turn(PAPER if paper else FIELDS)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        both = event.size().width() >= look().px(_BOTH_FIT)
        if both != self._both:
            self._both = both
            self._share()

    def _turned(self, _key: str) -> None:
        self._share()

    def _share(self) -> None:
        """Cards scroll by themselves beside the letter; alone the page scrolls them."""
        key = self.faces.key
        self.faces.setVisible(not self._both)
        beside = self._both or key == PAPER
        self.paper.setVisible(beside and not self._covered)
        if self._over is not None:
            self._over.setVisible(beside and self._covered)
        self._area.setVisible(self._both)
        held = self._area.widget() is self._cards
        if self._both and not held:
            self._line.removeWidget(self._cards)
            self._area.setWidget(self._cards)
        elif not self._both and held:
            self._area.takeWidget()
            self._line.insertWidget(0, self._cards, 1)
        self._cards.setVisible(self._both or key == FIELDS)
