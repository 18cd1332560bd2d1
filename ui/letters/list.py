"""All letters that were issued, the newest on top: of cases, and of the consent office."""

from functools import partial

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.letters.listing import LetterRow, letters
from app.override import override
from app.ports import Committed
from app.record import DOSSIERS, Compartment
from ui.kit.button import Plain
from ui.kit.choice import Segments
from ui.kit.empty import EmptyState
from ui.kit.page import Page
from ui.letters.office_list import OfficeLetters
from ui.letters.table import LetterTable
from ui.models.columns import Column, Face, Row
from ui.shell.desk import Desk
from ui.shell.shield import Shield
from ui.words import day, t, words

CASES, OFFICE = "cases", "office"


class LettersPage(Page):
    """What its user can open: letters of cases, letters about consent, or both."""

    help_topic = "letters"

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("letters.letters"), fill=True)
        Shield(self, desk.choices)
        self._desk = desk
        self.cases = CaseLetters(desk)
        self.office = OfficeLetters(desk)
        self._panes = QStackedWidget()
        self._panes.addWidget(self.cases)
        self._panes.addWidget(self.office)
        of_cases = any(desk.opens(compartment) for compartment in DOSSIERS)
        self._open = tuple(
            key
            for key, opened in (
                (CASES, of_cases),
                (OFFICE, desk.opens(Compartment.CONSENT)),
            )
            if opened
        )
        deeds: list[QWidget] = []
        if len(self._open) > 1:
            faces = ((CASES, t("letters.of_cases")), (OFFICE, t("letters.of_office")))
            both = Segments(faces, t("letters.which"))
            both.chosen.connect(self._turn)
            deeds.append(both)
        if desk.user.may("staff_dossier.write"):
            texts = Plain(t("letters.texts"), "edit")
            texts.call_it("letter_texts")
            texts.clicked.connect(self._to_texts)
            deeds.append(texts)
        self.set_actions(*deeds)
        self.add(self._panes)
        self.body.setStretch(0, 1)
        self._turn(self._open[0] if self._open else OFFICE)
        desk.changed.connect(self._changed)

    @override
    def refresh(self) -> None:
        if CASES in self._open:
            self.cases.refresh()
        if OFFICE in self._open:
            self.office.refresh()

    @override
    def leave(self) -> None:
        self.cases.leave()

    def _turn(self, key: str) -> None:
        self._panes.setCurrentWidget(self.cases if key == CASES else self.office)

    def _to_texts(self) -> None:
        self._desk.goto("letter_texts")

    def _changed(self, committed: Committed) -> None:
        if not self.isVisible():
            return
        if committed.compartment in DOSSIERS and committed.records:
            self.cases.refresh()
        if committed.act.startswith("office_letters_"):
            self.office.refresh()


class CaseLetters(LetterTable):
    """For whoever holds a dossier key: the letters in the dossiers he can open."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            t("letters.letters"),
            (
                Column("number", "letters.number", 7, Face.STRONG, order="number", least=11),
                Column("day", "letters.day", 7, least=12),
                Column("addressee", "letters.addressee", 12, order="addressee", least=13),
                Column("kind", "letters.kind", 18, order="kind", least=30),
                Column("case", "letters.case", 6, Face.MUTED, order="case", least=12),
                Column("signer", "letters.signer", 9, Face.MUTED, least=13),
            ),
            EmptyState("letter", t("letters.none"), t("letters.none_why")),
        )
        self.search.setObjectName("letter_search")
        self._seen = False
        self._rows: dict[str, LetterRow] = {}
        self.table.opened.connect(self._open_letter)

    def refresh(self) -> None:
        """Read the list again; the first reading of a visit stands in the journal."""
        self.desk.ask(partial(letters, again=self._seen), self._listed, self)
        self._seen = True

    def leave(self) -> None:
        """The next visit is a reading of its own."""
        self._seen = False

    def _listed(self, rows: tuple[LetterRow, ...]) -> None:
        self._rows = {row.id: row for row in rows}
        self.show_rows(_row(row) for row in rows)

    def _open_letter(self, letter_id: str) -> None:
        row = self._rows[letter_id]
        self.desk.goto("letter", compartment=str(row.compartment), letter_id=letter_id)


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
