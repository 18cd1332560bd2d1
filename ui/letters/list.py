"""All letters that were issued, the newest on top."""

from functools import partial

from typing_extensions import override

from app.letters.listing import LetterRow, letters
from app.ports import Committed
from app.record import DOSSIERS
from ui.kit.card import Card
from ui.kit.editors import LineEditor
from ui.kit.empty import EmptyState
from ui.kit.label import Muted
from ui.kit.page import Page
from ui.kit.table import MemorySource, Table
from ui.models.columns import Column, Face, Row
from ui.shell.desk import Desk
from ui.shell.shield import Shield
from ui.theme import look
from ui.words import day, t, words


class LettersPage(Page):
    """For whoever holds a dossier key: the letters in the dossiers he can open."""

    help_topic = "dossiers"

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("letters.letters"), fill=True)
        Shield(self, desk.choices)
        self._desk = desk
        self._seen = False
        self._rows: dict[str, LetterRow] = {}
        self.search = LineEditor(t("letters.search"))
        self.search.setObjectName("letter_search")
        self.search.setAccessibleName(t("letters.search"))
        self.search.setMaximumWidth(look().px(420))
        self.search.changed.connect(self._search)
        self._source = MemorySource()
        self.table = Table(
            (
                Column("number", "letters.number", 7, Face.STRONG, order="number"),
                Column("day", "letters.day", 7),
                Column("addressee", "letters.addressee", 12, order="addressee"),
                Column("kind", "letters.kind", 16, order="kind"),
                Column("case", "letters.case", 6, Face.MUTED, order="case"),
                Column("signer", "letters.signer", 9, Face.MUTED),
            ),
            self._source,
            name=t("letters.letters"),
            empty=EmptyState("letter", t("letters.none"), t("letters.none_why")),
        )
        self.table.opened.connect(self._open)
        card = Card("", fill=True)
        card.add(self.search, Muted(t("letters.never_change")), self.table)
        self.add(card)
        desk.changed.connect(self._changed)

    @override
    def refresh(self) -> None:
        self._desk.ask(partial(letters, again=self._seen), self._listed, self)
        self._seen = True

    @override
    def leave(self) -> None:
        self._seen = False

    def _search(self) -> None:
        self.table.search(self.search.value())

    def _listed(self, rows: tuple[LetterRow, ...]) -> None:
        self._rows = {row.id: row for row in rows}
        self._source.replace(_row(row) for row in rows)
        self.table.reload()

    def _open(self, letter_id: str) -> None:
        row = self._rows[letter_id]
        self._desk.goto("letter", compartment=str(row.compartment), letter_id=letter_id)

    def _changed(self, committed: Committed) -> None:
        if committed.compartment in DOSSIERS and committed.records and self.isVisible():
            self.refresh()


def _row(row: LetterRow) -> Row:
    kind = row.name.said(words().language)
    if row.replaced:
        kind = t("letters.replaced", kind=kind)
    return Row(
        row.id,
        {
            "number": row.number,
            "day": day(row.issued_on),
            "addressee": row.addressee,
            "kind": kind,
            "case": row.case_number,
            "signer": row.signer,
        },
    )
