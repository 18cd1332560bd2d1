"""In how many publications somebody is, on the page of a pupil."""

from functools import partial

from app.publications.board import find_publications
from app.publications.records import Publication
from ui.kit.button import Plain
from ui.kit.card import Card
from ui.kit.label import Muted
from ui.shell.desk import Desk
from ui.words import day, t

_MOST = 5


class ShownIn(Card):
    """The newest publications with this person in it, and the way to all of them."""

    def __init__(self, desk: Desk) -> None:
        self._open = Plain(t("publications.shown_open"), fit="small")
        self._open.call_it("shown_in")
        super().__init__(t("publications.shown_title"), self._open)
        self._desk, self._subject = desk, ""
        self._words = Muted("")
        self._open.clicked.connect(self._go)
        self.add(self._words)
        self._open.hide()

    def show_subject(self, subject_id: str) -> None:
        """Show another person, or the same one again."""
        self._subject = subject_id
        work = partial(find_publications, subject_id=subject_id)
        self._desk.ask(work, self._show, self)

    def _show(self, found: tuple[Publication, ...]) -> None:
        self._open.setVisible(bool(found))
        if not found:
            self._words.setText(t("publications.shown_in_none"))
            return
        newest = ", ".join(f"{one.title} ({day(one.used_on)})" for one in found[:_MOST])
        said = t("publications.shown_in", count=len(found))
        self._words.setText(f"{said}: {newest}")

    def _go(self) -> None:
        self._desk.goto("publications", subject_id=self._subject)
