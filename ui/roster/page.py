"""Bringing people in from a file: choose it, say what its columns are, look, accept."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.errors import BoordboekError, Refusal, Trouble
from app.override import override
from app.people.card import Places, places
from app.ports import Session
from app.record import Compartment
from app.roster.proposal import Choice, Line
from app.roster.read import Found
from app.roster.records import RosterImport
from ui.kit import ask
from ui.kit.button import Main, Plain
from ui.roster.choose import ChoosePane
from ui.roster.columns import ColumnsPane
from ui.roster.jobs import (
    ListLook,
    Proposed,
    forget,
    look,
    look_into,
    propose_again,
    read_and_propose,
    take_back,
    take_over,
)
from ui.roster.review import LineSheet, ReviewPane
from ui.roster.site import SiteSheet
from ui.roster.wording import import_words, kind_words
from ui.shell.desk import Desk
from ui.shell.desked import DeskedPage
from ui.words import t

if TYPE_CHECKING:
    from app.roster.readers.mapping import Mapping as Columns


class RosterPage(DeskedPage):
    """People come in from other systems; nothing is written before somebody accepts."""

    page_id = "roster"
    help_topic = "roster"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("roster.title"))
        self._found: Found | None = None
        self._columns: Columns | None = None
        self._list: ListLook | None = None
        self._proposed: Proposed | None = None
        self._done: RosterImport | None = None
        self.choose = ChoosePane(desk)
        self.choose.paths_chosen.connect(self.open_paths)
        self.choose.undo_asked.connect(self._undo_asked)
        self.columns: ColumnsPane | None = None
        self.review: ReviewPane | None = None
        self._panes = QStackedWidget()
        self._panes.addWidget(self.choose)
        self.add(self._panes)
        self._go = Main()
        self._go.call_it("go_on")
        self._go.clicked.connect(self._go_on_pressed)
        self._stop = Plain(t("roster.other_file"))
        self._stop.call_it("other_file")
        self._stop.clicked.connect(self.start_over)
        self.set_actions(self._stop, self._go)
        self._show(self.choose)

    def arrive(self, what: Mapping[str, str]) -> None:
        """Begin; with `path` at once with that file."""
        if what.get("path"):
            self.open_paths((Path(what["path"]),))

    @override
    def read(self) -> None:
        if self._panes.currentWidget() is self.choose:
            self.choose.read()

    def open_paths(self, paths: tuple[Path, ...]) -> None:
        """Look at what was chosen."""
        self.bar.clear()
        self.desk.ask(partial(look, paths=paths), self._looked, self)

    def start_over(self) -> None:
        """Back to the choice of a file; nothing was written."""
        self.shut_sheet()
        self._found = self._list = self._columns = self.review = None
        self._show(self.choose)
        self._forget()
        self.choose.read()

    def _forget(self) -> None:
        """Let go of a proposal off the screen; there may be very much of it."""
        proposed, self._proposed = self._proposed, None
        if proposed is not None:
            self.desk.ask(partial(forget, proposed=proposed), self._forgotten, self)

    def _forgotten(self, _nothing: None) -> None:
        """Nothing follows."""

    # -- what was found -----------------------------------------------------------------------

    def _looked(self, found: Found | ListLook) -> None:
        if isinstance(found, Found):
            self._found, self._columns, self._list = found, None, None
            self._propose()
            return
        self._list, self._found = found, found.found
        self.columns = ColumnsPane(self.desk, found)
        self.columns.settled.connect(self._go.setEnabled)
        self.columns.sheet_chosen.connect(self._other_sheet)
        self._show(self.columns)
        self._go.setEnabled(self.columns.is_settled())

    def _other_sheet(self, name: str) -> None:
        if self._found is not None:
            job = partial(look_into, found=self._found, sheet=name)
            self.desk.ask(job, self._looked, self)

    def _go_on_pressed(self) -> None:
        if self._panes.currentWidget() is self.columns and self.columns is not None:
            self._columns = self.columns.mapping()
            self._propose()
        elif self.review is not None:
            self._accept()

    def _propose(self, site_id: str = "") -> None:
        if self._found is None:
            return
        job = partial(
            read_and_propose, found=self._found, mapping=self._columns, site_id=site_id
        )
        words = t("roster.reading")
        self.desk.ask_long(job, self._proposal_made, self, words, failed=self._not_proposed)

    def _not_proposed(self, error: BoordboekError) -> None:
        if isinstance(error, Refusal) and error.message.id == "roster.site_needed":
            self.desk.ask(_places, self._ask_site, self)
        else:
            self._say(error, self._propose)

    def _ask_site(self, found: Places) -> None:
        sheet = SiteSheet(tuple((site.id, site.name) for site in found.sites))
        self.show_sheet(sheet, self._site_chosen)

    def _site_chosen(self, site_id: object) -> None:
        self._propose(str(site_id))

    # -- the proposal -------------------------------------------------------------------------

    def _proposal_made(self, proposed: Proposed) -> None:
        self._forget()
        self._proposed = proposed
        self._list = self.columns = None  # they hold the whole file
        self.review = ReviewPane(self.desk, proposed)
        self.review.line_opened.connect(self._open_line)
        self.review.chosen.connect(self._count_waiting)
        self._show(self.review)
        self._go.setEnabled(not proposed.proposal.is_empty)
        self._count_waiting(self.review.waiting)
        if proposed.proposal.is_empty:
            self.bar.notice(t("roster.nothing_to_do"))

    def _count_waiting(self, waiting: int) -> None:
        if waiting:
            self.bar.notice(t("roster.waiting", count=waiting))
        else:
            self.bar.clear()

    def _open_line(self, line: Line) -> None:
        sheet = LineSheet(line)
        if line.doubt is None:
            take, leave = Main(t("roster.take")), Plain(t("roster.leave"))
            leave.call_it("leave_line")
            take.call_it("take_line")
            take.clicked.connect(partial(self._decide, line, Choice.ACCEPT))
            leave.clicked.connect(partial(self._decide, line, Choice.SKIP))
            sheet.set_actions(leave, take)
        self.open_sheet(sheet)

    def _decide(self, line: Line, choice: Choice) -> None:
        if self.review is not None:
            self.review.decide(line, choice)
        self.shut_sheet()

    def _accept(self) -> None:
        if self._proposed is None or self.review is None:
            return
        job = partial(take_over, proposed=self._proposed, decided=self.review.decided)
        words = t("roster.taking_over")
        self.desk.ask_long(job, self._accepted, self, words, failed=self._not_accepted)

    def _not_accepted(self, error: BoordboekError) -> None:
        if isinstance(error, Refusal) and error.message.id == "roster.stale":
            self.bar.hear_refusal(error)
            if self._proposed is not None:
                job = partial(propose_again, before=self._proposed)
                self.desk.ask_long(job, self._proposal_made, self, t("roster.reading"))
        else:
            if isinstance(error, Trouble) and error.done:
                self.start_over()
            self._say(error, self._accept)

    def _say(self, error: BoordboekError, retry: Callable[[], None]) -> None:
        if isinstance(error, Refusal):
            self.bar.hear_refusal(error)
        elif isinstance(error, Trouble):
            self.bar.hear_trouble(error, retry)

    def _accepted(self, done: RosterImport) -> None:
        self._done = done
        self.start_over()
        self.bar.done(t("roster.accepted", counts=import_words(done)), self._undo_last)

    # -- undoing ------------------------------------------------------------------------------

    def _undo_last(self) -> None:
        if self._done is not None:
            self._undo_import(self._done)

    def _undo_asked(self, done: RosterImport) -> None:
        ask.confirm(
            self,
            t("roster.undo_title"),
            t("roster.undo_words", counts=import_words(done)),
            t("roster.undo"),
            partial(self._undo_import, done),
            danger=True,
        )

    def _undo_import(self, done: RosterImport) -> None:
        job = partial(take_back, import_id=done.id)
        self.desk.ask_long(job, self._undone, self, t("roster.undoing"))

    def _undone(self, _done: RosterImport) -> None:
        self.bar.done(t("roster.undone"))
        self.choose.read()

    # -- which step ---------------------------------------------------------------------------

    def _show(self, pane: QWidget) -> None:
        if self._panes.indexOf(pane) < 0:
            self._panes.addWidget(pane)
        old = self._panes.currentWidget()
        self._panes.setCurrentWidget(pane)
        if old is not None and old is not pane and old is not self.choose:
            self._panes.removeWidget(old)
            old.deleteLater()
        begun = pane is not self.choose
        self._stop.setVisible(begun)
        self._go.setVisible(begun)
        self.set_title(t("roster.title"), self._identity() if begun else "")
        self._go.setText(t("roster.propose") if pane is self.columns else t("roster.accept"))
        first = self._go if begun else self.choose.file
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _identity(self) -> str:
        """What is being read: "EDEXML · export.xml"."""
        if self._found is None:
            return ""
        return " · ".join((kind_words(self._found.kind), ", ".join(self._found.files)))


def _places(session: Session) -> Places:
    with session.look(Compartment.CONSENT) as reader:
        return places(reader, session.clock.today())
