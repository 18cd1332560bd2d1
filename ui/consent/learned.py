"""Looking back: which answers are others now, and what was learned since."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.consent.hindsight import Learned
from app.consent.records import Channel
from ui.consent.wording import use_words
from ui.kit.flow import Flow
from ui.kit.icon import Symbol
from ui.kit.label import Muted, Strong, Text
from ui.theme import look
from ui.words import say, t

_MOST = 12


class LearnedSince(QWidget):
    """Below what was known at a moment; hidden where no moment is looked at."""

    def __init__(self) -> None:
        super().__init__()
        own = look()
        self._rows = QWidget(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, own.near, 0, 0)
        self._column.setSpacing(own.near)
        head = Flow(gap=12)
        head.addWidget(Symbol("clock", "muted", 18))
        head.addWidget(Strong(t("consent.learned_title")))
        self._column.addLayout(head)
        self._column.addWidget(self._rows)

    def show_learned(self, found: Sequence[Learned], channels: tuple[Channel, ...]) -> None:
        """Show a line for each use whose answer is another one now."""
        fresh = QWidget(self)
        column = QVBoxLayout(fresh)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().px(4))
        for one in found[:_MOST]:
            column.addWidget(Text(learned_words(one, channels), selectable=True))
        if len(found) > _MOST:
            column.addWidget(Muted(t("consent.differ_more", count=len(found) - _MOST)))
        if not found:
            column.addWidget(Muted(t("consent.learned_nothing")))
        self._column.replaceWidget(self._rows, fresh)
        self._rows.hide()
        self._rows.deleteLater()
        self._rows = fresh


def learned_words(one: Learned, channels: tuple[Channel, ...]) -> str:
    """One use, the answer then and now, and what was learned, in one line."""
    return t(
        "consent.learned_line",
        use=use_words(one.use, channels),
        then=t(f"consent.outcome_{one.then.outcome}"),
        now=t(f"consent.outcome_{one.now.outcome}"),
        why=" ".join(map(say, one.why)),
    )
