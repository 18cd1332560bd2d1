"""How a page about a letter is laid out, and when it draws the letter again."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.kit.card import Card
from ui.kit.flow import Columns
from ui.kit.preview import Preview
from ui.theme import look
from ui.words import t

_TYPING_MS = 500


def pause(owner: QObject, then: Callable[[], None]) -> QTimer:
    """Calls `then` once somebody who types has paused; `start` begins the pause anew."""
    typing = QTimer(owner)
    typing.setSingleShot(True)
    typing.setInterval(_TYPING_MS)
    typing.timeout.connect(then)
    return typing


def tall_preview() -> Preview:
    """A preview in which most of a page can be seen."""
    preview = Preview()
    preview.setMinimumHeight(look().px(620))
    return preview


def beside(preview: Preview, *cards: Card) -> Columns:
    """Cards on top of each other, and the letter beside them."""
    paper = Card(t("letters.preview"), fill=True)
    paper.add(preview)
    side = QWidget()
    column = QVBoxLayout(side)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(look().gap)
    for card in cards:
        column.addWidget(card)
    column.addStretch(1)
    return Columns(side, paper, weights=(2, 3), narrow=860)
