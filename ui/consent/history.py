"""The history of one pupil: every fact, newest first, with who recorded it and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from operator import itemgetter

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.consent.history import Entry, history
from app.consent.objections import take_back_objection
from app.consent.records import Channel, Objection
from app.letters.listing import OfficeRow, office_letters
from app.letters.outcomes import confirmation
from app.letters.requests import OfficeRequest, written
from app.names import full_name
from app.override import override
from app.people.records import Pupil, StaffMember
from app.ports import Session
from app.receipts.listing import HandedOut, handed_out
from app.record import Compartment
from ui.consent.entries import EntryRow, LetterRow, ReceiptRow, Row
from ui.consent.proof import ProofSheet
from ui.kit.button import Plain
from ui.kit.card import Card
from ui.kit.empty import EmptyState
from ui.shell.desk import Desk
from ui.shell.desked import DeskedPage
from ui.words import t


@dataclass(frozen=True, slots=True)
class Past:
    """Everything that the page shows."""

    name: str = ""
    entries: tuple[Entry, ...] = ()
    channels: tuple[Channel, ...] = ()
    letters: tuple[OfficeRow, ...] = ()
    receipts: tuple[HandedOut, ...] = ()


class HistoryPage(DeskedPage):
    """All that was ever recorded about one pupil's consent."""

    page_id = "history"
    help_topic = "consent"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("consent.history"))
        self._pupil_id = ""
        pupil = Plain(t("consent.back_to_pupil"))
        pupil.call_it("back_to_pupil")
        pupil.clicked.connect(self._go_back)
        self.set_actions(pupil)
        self._card = Card()
        self._rows = QWidget()
        self._empty = EmptyState("journal", t("consent.history_empty"))
        self._card.add(self._rows, self._empty)
        self.explain(t("consent.history_explain"))
        self.add(self._card)

    @override
    def what(self) -> dict[str, str]:
        return {"pupil_id": self._pupil_id}

    def arrive(self, what: Mapping[str, str]) -> None:
        """Show the history of the pupil with `pupil_id`."""
        pupil_id = what.get("pupil_id", self._pupil_id)
        if pupil_id != self._pupil_id:
            self.shut_sheet()
            self._pupil_id = pupil_id
            self._show_past(Past())

    @override
    def read(self) -> None:
        if self._pupil_id:
            self.desk.ask(partial(_read, pupil_id=self._pupil_id), self._show, self)

    def _show(self, found: Past) -> None:
        self.set_title(t("consent.history"), found.name)
        self._show_past(found)

    def _show_past(self, past: Past) -> None:
        fresh = QWidget()
        column = QVBoxLayout(fresh)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        rows = [(entry.at, self._entry(entry, past.channels)) for entry in past.entries]
        rows += [(letter.recorded_at, self._letter(letter)) for letter in past.letters]
        rows += [(receipt.recorded_at, ReceiptRow(receipt)) for receipt in past.receipts]
        for _, row in sorted(rows, key=itemgetter(0), reverse=True):
            column.addWidget(row)
        self._card.body.replaceWidget(self._rows, fresh)
        self._rows.hide()
        self._rows.deleteLater()
        self._rows = fresh
        self._empty.setVisible(not rows)

    def _entry(self, entry: Entry, channels: tuple[Channel, ...]) -> Row:
        row = EntryRow(entry, channels, writes=self.desk.user.may("consent.write"))
        row.proof_asked.connect(self._ask_proof)
        row.taking_back_asked.connect(self._take_back_objection)
        row.confirmation_asked.connect(self._confirm)
        row.wording_asked.connect(self._show_wording)
        return row

    def _show_wording(self, decision_id: str) -> None:
        self.desk.goto("wording", decision_id=decision_id)

    def _letter(self, letter: OfficeRow) -> Row:
        row = LetterRow(letter)
        row.opened.connect(self._open_letter)
        return row

    def _open_letter(self, letter_id: str) -> None:
        self.desk.goto("office_letter", letter_id=letter_id)

    def _take_back_objection(self, objection: Objection) -> None:
        work = partial(take_back_objection, objection=objection)
        self.desk.ask(work, self._objection_gone, self)

    def _objection_gone(self, _fact: Objection) -> None:
        self.bar.done(t("consent.objection_gone"))

    def _confirm(self, decisions: tuple[str, ...]) -> None:
        self.desk.ask(partial(confirmation, decisions=decisions), self._show_letter, self)

    def _show_letter(self, request: OfficeRequest) -> None:
        self.desk.goto("office_letter", requests=written((request,)))

    def _ask_proof(self, blob: str, name: str) -> None:
        self._proof_name, self._blob = name, blob
        self.desk.ask(partial(_proof, blob=blob), self._show_proof, self)

    def _show_proof(self, content: bytes) -> None:
        self.open_sheet(ProofSheet(self.desk, content, self._proof_name, self._blob))

    def _go_back(self) -> None:
        self.desk.goto("pupil", pupil_id=self._pupil_id)


def _read(session: Session, pupil_id: str) -> Past:
    letters, receipts = office_letters(session, pupil_id), handed_out(session, pupil_id)
    with session.look(Compartment.CONSENT) as reader:
        pupil = reader.find(StaffMember, pupil_id) or reader.get(Pupil, pupil_id)
        name = full_name(pupil.first_name, pupil.prefix, pupil.surname)
        entries = history(session, reader, pupil_id)
        return Past(name, entries, reader.all(Channel), letters, receipts)


def _proof(session: Session, blob: str) -> bytes:
    session.note(Compartment.CONSENT, "proof_read", blob)
    with session.look(Compartment.CONSENT) as reader:
        return reader.blob(blob)
