"""The letters of the consent office, the newest on top."""

from app.letters.listing import OfficeRow, office_letters
from ui.kit.empty import EmptyState
from ui.letters.table import LetterTable
from ui.models.columns import Column, Face, Row
from ui.shell.desk import Desk
from ui.words import day, t, words


class OfficeLetters(LetterTable):
    """The letters about consent that left last."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            t("letters.of_office"),
            (
                Column("number", "letters.number", 7, Face.STRONG, order="number", least=11),
                Column("day", "letters.day", 7, least=12),
                Column("addressee", "letters.addressee", 11, order="addressee", least=13),
                Column("kind", "letters.kind", 20, order="kind", least=34),
                Column("about", "letters.about", 11, order="about", least=13),
                Column("signer", "letters.signer", 9, Face.MUTED, least=13),
            ),
            EmptyState("letter", t("letters.none"), t("letters.none_why_office")),
        )
        self.search.setObjectName("office_letter_search")
        self.table.opened.connect(self._open_letter)

    def refresh(self) -> None:
        """Read the list again."""
        self.desk.ask(office_letters, self._listed, self)

    def _listed(self, rows: tuple[OfficeRow, ...]) -> None:
        self.show_rows(_row(row) for row in rows)

    def _open_letter(self, letter_id: str) -> None:
        self.desk.goto("office_letter", letter_id=letter_id)


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
