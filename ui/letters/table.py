"""A list of letters that were issued, with a field to search in it."""

from collections.abc import Iterable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.kit.card import Card
from ui.kit.editors import LineEditor
from ui.kit.empty import EmptyState
from ui.kit.label import Muted
from ui.kit.table import MemorySource, Table
from ui.models.columns import Column, Row
from ui.shell.desk import Desk
from ui.theme import look
from ui.words import t


class LetterTable(QWidget):
    """The letters of one kind, the newest on top; `table.opened` tells which one is wanted."""

    def __init__(
        self, desk: Desk, name: str, columns: tuple[Column, ...], empty: EmptyState
    ) -> None:
        super().__init__()
        self.desk = desk
        self.search = LineEditor(t("letters.search"))
        self.search.setAccessibleName(t("letters.search"))
        self.search.setMaximumWidth(look().px(420))
        self.search.changed.connect(self._search)
        self._source = MemorySource()
        self.table = Table(columns, self._source, name=name, empty=empty)
        card = Card("", fill=True)
        card.add(self.search, Muted(t("letters.never_change")), self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)

    def show_rows(self, rows: Iterable[Row]) -> None:
        """Show these letters."""
        self._source.replace(rows)
        self.table.reload()

    def _search(self) -> None:
        self.table.search(self.search.value())
