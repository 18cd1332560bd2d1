"""The forms of a round, or of whom the list shows: drawn, looked at, printed or saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QStackedWidget

from app.asking.forms import Sorting, prepare_asking, reminder_requests, round_requests
from app.asking.handed import note_not_handed_out, take_back_not_handed_out
from app.asking.listing import filter_of
from app.asking.records import NotHandedOut
from app.export import save_to
from app.forms.issue import PreparedForms, register_issue
from app.jobs import Progress
from app.override import override
from app.ports import Press, Session
from ui.kit.card import Card
from ui.kit.choice import Segments
from ui.kit.empty import EmptyState
from ui.kit.flow import Flow
from ui.kit.label import Muted
from ui.kit.page import Page
from ui.kit.preview import Preview
from ui.shell.desk import Desk
from ui.words import t


class AskingFormsPage(Page):
    """One file for the printer, sorted by household or by group.

    A form exists for the register only once it is printed or saved; that is also the asking.
    """

    help_topic = "asking"

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("asking.forms_title"), fill=True)
        self._desk = desk
        self._what: dict[str, str] = {}
        self._prepared: PreparedForms | None = None
        self._left: tuple[str, ...] = ()
        self._facts: tuple[NotHandedOut, ...] = ()
        orders = [(each.value, t(f"asking.sort_{each}")) for each in Sorting]
        self.sorting = Segments(orders, t("asking.sort"))
        self.sorting.chosen.connect(self._sort)
        self._told = Muted(t("asking.forms_drawing"))
        self.preview = Preview()
        self.preview.print_chosen.connect(self._print)
        self.preview.save_chosen.connect(self._save)
        waiting = EmptyState("form", t("asking.forms_none"), t("asking.forms_none_words"))
        self._paper = QStackedWidget()
        self._paper.addWidget(waiting)
        self._paper.addWidget(self.preview)
        line = Flow(gap=12)
        line.addWidget(self.sorting)
        line.addWidget(self._told)
        card = Card(fill=True)
        card.add(line, self._paper)
        self.add(card)

    def arrive(self, what: Mapping[str, str]) -> None:
        """Draw the forms of a round (`round_id`), or of whom a filter shows (`filter`)."""
        self._what = dict(what)
        self._draw()

    @override
    def leave(self) -> None:
        self._prepared = None
        self.preview.forget()
        self._paper.setCurrentIndex(0)

    def _sort(self, _key: str) -> None:
        self.preview.forget()
        self._paper.setCurrentIndex(0)
        self._draw()

    def _draw(self) -> None:
        work = _Drawing(
            self._desk.press,
            self._what.get("round_id", ""),
            self._what.get("filter", ""),
            Sorting(self.sorting.key),
        )
        self._desk.ask_long(work, self._drawn, self, t("asking.forms_drawing"))

    def _drawn(self, prepared: PreparedForms) -> None:
        self._prepared = prepared
        first, last = prepared.issued[0].number, prepared.issued[-1].number
        homes = len({form.guardian_id for form in prepared.issued})
        count = len(prepared.issued)
        self._told.setText(t("asking.forms_count", count=count, people=homes))
        self.preview.show_document(
            prepared.pdf.content, f"{t('asking.file_name')}-{first}-{last}.pdf"
        )
        self._paper.setCurrentIndex(1)

    def _print(self) -> None:
        if self._prepared is not None:
            work = partial(register_issue, prepared=self._prepared)
            self._desk.ask(work, self._may_print, self)

    def _may_print(self, _nothing: None) -> None:
        self.preview.print_now()
        self._noted(None)

    def _save(self, path: Path) -> None:
        if self._prepared is not None:
            self._desk.ask(_Saving(self._prepared, path), self._noted, self)

    def _noted(self, _nothing: None) -> None:
        issued = self._prepared.issued if self._prepared else ()
        self._left = tuple(form.id for form in issued)
        words = t("asking.forms_noted", count=len(issued))
        self.bar.done(words, self._keep_back)

    def _keep_back(self) -> None:
        work = partial(note_not_handed_out, form_ids=self._left)
        self._desk.ask(work, self._kept_back, self)

    def _kept_back(self, facts: tuple[NotHandedOut, ...]) -> None:
        self._facts = facts
        self.bar.done(t("asking.kept_back", count=len(facts)), self._hand_out)

    def _hand_out(self) -> None:
        work = partial(take_back_not_handed_out, facts=self._facts)
        self._desk.ask(work, self._handed_out, self)

    def _handed_out(self, _nothing: None) -> None:
        self.bar.done(t("shell.taken_back"))


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What is to be drawn, to be called on the storage thread."""

    press: Press
    round_id: str
    filter: str
    sorting: Sorting

    def __call__(self, session: Session, progress: Progress) -> PreparedForms:
        if self.round_id:
            requests = round_requests(session, self.round_id, self.sorting)
        else:
            requests = reminder_requests(session, filter_of(self.filter), self.sorting)
        return prepare_asking(session, self.press, requests, progress)


@dataclass(frozen=True, slots=True)
class _Saving:
    """The forms noted first and then written, to be called on the storage thread."""

    prepared: PreparedForms
    path: Path

    def __call__(self, session: Session) -> None:
        register_issue(session, self.prepared, saved=True)
        save_to(self.path, self.prepared.pdf.content)
