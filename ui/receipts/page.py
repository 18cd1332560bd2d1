"""The receipt of what one person decided about one pupil: shown, printed, saved."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from app.export import save_to
from app.override import override
from app.ports import Press, Session
from app.receipts.issue import PreparedReceipt, prepare_receipt, register_receipt
from app.receipts.records import IssuedReceipt
from ui.kit import ask
from ui.kit.button import Plain
from ui.kit.card import Card
from ui.kit.label import Muted
from ui.kit.page import Page
from ui.kit.preview import Preview
from ui.shell.desk import Desk
from ui.theme import look
from ui.words import t

_KANTARA, _LINKED = "json", "jsonld"


class ReceiptPage(Page):
    """For the person who decided; it is noted before it leaves on paper or as data."""

    help_topic = "letters"

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("receipts.receipt"))
        self._desk = desk
        self._what: dict[str, str] = {}
        self._wanted = ""
        self.prepared: PreparedReceipt | None = None
        self.preview = Preview()
        self.preview.setMinimumHeight(look().px(620))
        self.preview.print_chosen.connect(self._print)
        self.preview.save_chosen.connect(self._save)
        card = Card(t("receipts.preview"), fill=True)
        card.add(Muted(t("receipts.explain")), self.preview)
        self.add(card)
        self.set_actions(*self._buttons())

    def arrive(self, what: Mapping[str, str]) -> None:
        """Show the receipt of `person_id` about `subject_id`."""
        self._what = dict(what)

    @override
    def refresh(self) -> None:
        if "person_id" in self._what and self.prepared is None:
            work = draw(self._desk.press, self._what["subject_id"], self._what["person_id"])
            self._desk.ask(work, self._drawn, self)

    def _buttons(self) -> tuple[Plain, Plain]:
        kantara = Plain(t("receipts.save_kantara"), "save")
        kantara.call_it("save_kantara")
        kantara.clicked.connect(self._ask_kantara)
        linked = Plain(t("receipts.save_linked"), "save")
        linked.call_it("save_linked")
        linked.clicked.connect(self._ask_linked)
        return kantara, linked

    def _drawn(self, prepared: PreparedReceipt) -> None:
        self.prepared = prepared
        self.set_title(t("receipts.receipt"), t("receipts.of", who=prepared.person))
        name = f"{t('receipts.file_name')}-{prepared.issued.id[-12:]}.pdf"
        self.preview.show_document(prepared.pdf.content, name)

    def _print(self) -> None:
        if self.prepared is not None:
            work = partial(register_receipt, prepared=self.prepared)
            self._desk.ask(work, self._may_print, self)

    def _may_print(self, _kept: IssuedReceipt) -> None:
        self.preview.print_now()

    def _save(self, path: Path) -> None:
        if self.prepared is not None:
            self._write(path, self.prepared.pdf.content)

    def _ask_kantara(self) -> None:
        self._ask_where(_KANTARA)

    def _ask_linked(self) -> None:
        self._ask_where(_LINKED)

    def _ask_where(self, kind: str) -> None:
        if self.prepared is None:
            return
        self._wanted = kind
        name = f"{t('receipts.file_name')}-{self.prepared.issued.id[-12:]}.{kind}"
        title = t("receipts.save_kantara" if kind == _KANTARA else "receipts.save_linked")
        ask.save_file(self, title, name, self._save_data, f"*.{kind}")

    def _save_data(self, path: Path) -> None:
        if self.prepared is not None:
            found = {_KANTARA: self.prepared.kantara, _LINKED: self.prepared.linked}
            self._write(path, found[self._wanted])

    def _write(self, path: Path, content: bytes) -> None:
        if self.prepared is not None:
            self._desk.ask(save(self.prepared, path, content), self._saved, self)

    def _saved(self, _nothing: None) -> None:
        self.bar.done(t("receipts.saved"))


def draw(press: Press, subject_id: str, person_id: str) -> Callable[[Session], PreparedReceipt]:
    """Draw a receipt."""

    def work(session: Session) -> PreparedReceipt:
        return prepare_receipt(session, press, subject_id, person_id)

    return work


def save(prepared: PreparedReceipt, path: Path, content: bytes) -> Callable[[Session], None]:
    """Note that a receipt leaves, then write it where the person chose."""

    def work(session: Session) -> None:
        register_receipt(session, prepared, saved=True)
        save_to(path, content)

    return work
