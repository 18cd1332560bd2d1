"""Turns the pages of the groups of a large school."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.kit.button import Plain
from ui.kit.label import Muted
from ui.theme import look
from ui.words import t, words

AT_ONCE = 24
"""So many groups stand on a page."""


class Pages(QWidget):
    """Which groups are shown, and buttons for the others; unseen when there is one page.

    Signals:
        turned(first): the place of the first group that is to be shown.
    """

    turned = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.first, self._count = 0, 0
        self._where = Muted()
        self._back = Plain(t("people.year_page_before"), "left", fit="small")
        self._back.call_it("page_before")
        self._back.clicked.connect(self._turn_back)
        self._on = Plain(t("people.year_page_next"), "right", fit="small")
        self._on.call_it("page_next")
        self._on.clicked.connect(self._turn_on)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(look().px(12))
        line.addWidget(self._where, 1)
        line.addWidget(self._back)
        line.addWidget(self._on)
        self.hide()

    def begin(self, count: int) -> None:
        """There are so many groups; the first page is shown."""
        self._count = count
        self.setVisible(count > AT_ONCE)
        self._show(0)

    def turn_to(self, place: int) -> None:
        """Turn to the page on which the group with this place stands."""
        self._show(place // AT_ONCE * AT_ONCE)
        self.turned.emit(self.first)

    def _turn_back(self) -> None:
        self.turn_to(max(self.first - AT_ONCE, 0))

    def _turn_on(self) -> None:
        self.turn_to(self.first + AT_ONCE)

    def _show(self, first: int) -> None:
        self.first = first
        last = min(first + AT_ONCE, self._count)
        number = words().number
        self._where.setText(
            t(
                "people.year_page",
                start=number(first + 1),
                end=number(last),
                all=number(self._count),
            )
        )
        self._back.setEnabled(first > 0)
        self._on.setEnabled(last < self._count)
