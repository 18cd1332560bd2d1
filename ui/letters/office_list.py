"""The letters of the consent office, the newest on top."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.letters.listing import OfficeRow, office_letters
from ui.kit.card import Card
from ui.kit.editors import LineEditor
from ui.kit.empty import EmptyState
from ui.kit.label import Muted
from ui.kit.table import MemorySource, Table
from ui.models.columns import Column, Face, Row
from ui.shell.desk import Desk
from ui.theme import look
from ui.words import day, t, words


class OfficeLetters(QWidget):
    """The letters about consent that left last; Enter opens one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.search = LineEditor(t("letters.search"))
        self.search.setObjectName("office_letter_search")
        self.search.setAccessibleName(t("letters.search"))
        self.search.setMaximumWidth(look().px(420))
        self.search.changed.connect(self._search)
        self._source = MemorySource()
        self.table = Table(
            (
                Column("number", "letters.number", 7, Face.STRONG, order="number", least=11),
                Column("day", "letters.day", 7, least=12),
                Column("addressee", "letters.addressee", 11, order="addressee", least=13),
                Column("kind", "letters.kind", 20, order="kind", least=34),
                Column("about", "letters.about", 11, order="about", least=13),
                Column("signer", "letters.signer", 9, Face.MUTED, least=13),
            ),
            self._source,
            name=t("letters.of_office"),
            empty=EmptyState("letter", t("letters.none"), t("letters.none_why_office")),
        )
        self.table.opened.connect(self._open)
        card = Card("", fill=True)
        card.add(self.search, Muted(t("letters.never_change")), self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)

    def refresh(self) -> None:
        """Read the list again."""
        self._desk.ask(office_letters, self._listed, self)

    def _search(self) -> None:
        self.table.search(self.search.value())

    def _listed(self, rows: tuple[OfficeRow, ...]) -> None:
        self._source.replace(_row(row) for row in rows)
        self.table.reload()

    def _open(self, letter_id: str) -> None:
        self._desk.goto("office_letter", letter_id=letter_id)


def _row(row: OfficeRow) -> Row:
    return Row(
        row.id,
        {
            "number": row.number,
            "day": day(row.issued_on),
            "addressee": row.addressee,
            "kind": row.name.said(words().language),
            "about": row.about,
            "signer": row.signer,
        },
    )
