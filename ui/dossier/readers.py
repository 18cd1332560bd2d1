"""Who read a dossier: the whole list as it is printed and saved."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from app.dossier.readers import draw_readers
from app.journal.leaving import Leaving
from app.override import override
from app.paper import Pdf
from app.ports import Press, Session
from app.record import Compartment
from ui.kit.card import Card
from ui.kit.label import Muted
from ui.kit.page import Page
from ui.kit.preview import Preview
from ui.shell.desk import Desk
from ui.shell.shield import Shield
from ui.theme import look
from ui.words import t


class ReadersPage(Page):
    """For whoever holds the key of the compartment; printing and saving are journaled."""

    help_topic = "dossiers"

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("dossier.readers"))
        Shield(self, desk.choices)
        self._desk = desk
        self._what: dict[str, str] = {}
        self._bytes = b""
        self.preview = Preview()
        self.preview.setMinimumHeight(look().px(620))
        self.preview.print_chosen.connect(self._print)
        self.preview.save_chosen.connect(self._save)
        card = Card(fill=True)
        card.add(Muted(t("dossier.readers_words")), self.preview)
        self.add(card)

    def arrive(self, what: Mapping[str, str]) -> None:
        """Show who read one dossier: `compartment` and `dossier_id`."""
        self._what = dict(what)

    @override
    def refresh(self) -> None:
        if "dossier_id" in self._what:
            work = partial(
                _draw,
                press=self._desk.press,
                what=self._what,
                language=self._desk.language,
            )
            self._desk.ask(work, self._drawn, self)

    @override
    def leave(self) -> None:
        self.preview.forget()
        self._bytes = b""

    def _drawn(self, pdf: Pdf) -> None:
        self._bytes = pdf.content
        self.preview.show_document(pdf.content, f"{t('dossier.readers_file')}.pdf")

    def _leaving(self, act: str) -> Leaving:
        return Leaving(act, self._what["dossier_id"], Compartment(self._what["compartment"]))

    def _print(self) -> None:
        self._desk.let_out(self._leaving("readers_printed"), self.preview.print_now, self)

    def _save(self, path: Path) -> None:
        leaving = self._leaving("readers_saved")
        self._desk.save_document(path, self._bytes, leaving, self._saved, self)

    def _saved(self, _nothing: None) -> None:
        self.bar.done(t("dossier.readers_saved"))


def _draw(session: Session, press: Press, what: Mapping[str, str], language: str) -> Pdf:
    place = Compartment(what["compartment"])
    return draw_readers(session, press, place, what["dossier_id"], language)
