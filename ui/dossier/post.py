"""Filing post: file, person, kind and day, one piece after another."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.dossier.entries import LETTER_IN, NewEntry, file_entry
from app.dossier.records import Entry
from app.errors import Refusal, Refusals, Trouble
from app.override import override
from ui.dossier.entry import kind_options
from ui.dossier.persons import PersonChooser
from ui.dossier.taking import FileTaker
from ui.kit.button import Main
from ui.kit.card import Card
from ui.kit.empty import EmptyState
from ui.kit.flow import Columns
from ui.kit.form import Choice, Day, Form, Line, Notes, Value
from ui.kit.label import Muted
from ui.kit.page import Page
from ui.kit.sided import put_in, typed_in
from ui.kit.viewer import FileView
from ui.shell.desk import Desk
from ui.shell.drafts import Draft
from ui.shell.shield import Shield
from ui.theme import look
from ui.words import say, t

_KEYS = ("kind", "happened_on", "arrived_on", "title", "body")


class PostPage(Page):
    """For whoever opens dossiers; the file is seen while the form is filled in."""

    help_topic = "post"

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("dossier.post"))
        Shield(self, desk.choices)
        self._desk = desk
        self._filed = ""
        self.file = FileTaker(desk)
        self.file.taken.connect(self._show_file)
        self.file.dropped.connect(self._show_file)
        self.person = PersonChooser(desk)
        self.form = Form(
            (
                Choice(key="kind", label="dossier.kind", required=True, options=kind_options()),
                Day(key="happened_on", label="dossier.happened_on", required=True),
                Day(key="arrived_on", label="dossier.arrived_on", help="dossier.arrived_help"),
                Line(key="title", label="dossier.subject", required=True),
                Notes(key="body", label="dossier.body", help="dossier.body_help", lines=4),
            )
        )
        self.form.changed.connect(self._follow)
        self.form.submitted.connect(self._send)
        self._save = Main(t("dossier.post_save"), "inbox")
        self._save.call_it("post_save")
        self._save.clicked.connect(self.form.submit)
        self.form.sent_by(self._save)
        self.set_actions(self._save)
        self.view = FileView()
        self.view.setMinimumHeight(look().px(560))
        self._nothing = EmptyState(
            "letter", t("dossier.post_empty"), t("dossier.post_empty_words")
        )
        self.view.let_out(allowed=False)
        self.person.chosen.connect(self._person_chosen)
        self._lay_out()
        self._begin()

    def arrive(self, what: Mapping[str, str]) -> None:
        """Nothing in particular; a draft is looked for."""
        del what
        self._desk.find_draft("post", self._found_draft, self)

    @override
    def leave(self) -> None:
        values = typed_in(self.form, _KEYS)
        if values.get("title") or values.get("body"):
            self._desk.keep_draft(Draft("post", t("dossier.post"), values, {}))
        self.view.forget()

    @override
    def hear_refusal(self, refusal: Refusal) -> None:
        self._save.setEnabled(True)
        found = refusal.found if isinstance(refusal, Refusals) else (refusal,)
        for each in found:
            if each.field == "subject":
                self.person.tell(say(each.message))
            elif not self.form.take_refusal(each):
                self.bar.hear_refusal(each)

    @override
    def hear_trouble(self, trouble: Trouble, retry: Callable[[], None]) -> None:
        self._save.setEnabled(True)
        super().hear_trouble(trouble, retry)

    def _lay_out(self) -> None:
        file, person = Card(t("dossier.post_file")), Card(t("dossier.post_person"))
        file.add(Muted(t("dossier.post_file_words")), self.file)
        person.add(self.person)
        what = Card(t("dossier.post_what"))
        what.add(self.form)
        shown = Card(t("dossier.post_preview"), fill=True)
        shown.add(self._nothing, self.view)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().gap)
        for card in (file, person, what):
            column.addWidget(card)
        column.addStretch(1)
        self.explain(t("dossier.post_words"))
        self.add(Columns(side, shown, weights=(2, 3), narrow=860))

    def _begin(self) -> None:
        """Empty the form for the next piece; kind and arrival stay as they were."""
        today = self._desk.clock.today()
        kind = self.form.text("kind") or LETTER_IN
        arrived = self.form.editor("arrived_on").value() or today
        self.form.set_values(
            {"kind": kind, "happened_on": None, "arrived_on": arrived, "title": "", "body": ""}
        )
        self.form.clear_errors()
        self.file.drop()
        self.person.forget()
        self._follow("kind")

    def _found_draft(self, draft: Draft | None) -> None:
        if draft is not None:
            put_in(self.form, draft.values)
            self._follow("kind")

    def _follow(self, key: str) -> None:
        if key == "kind":
            letter = self.form.text("kind") == LETTER_IN
            self.form.show_field("arrived_on", shown=letter)

    def _person_chosen(self) -> None:
        if self.person.place is not None:
            self.form.focus_on("happened_on")

    def _show_file(self) -> None:
        found = self.file.file
        self._nothing.setVisible(found is None)
        self.view.setVisible(found is not None)
        if found is None:
            self.view.forget()
        else:
            self.view.show_file(found.name, found.content)
            if not self.form.text("title"):
                self.form.set_values({"title": found.name.rpartition(".")[0] or found.name})

    def _send(self, values: dict[str, Value]) -> None:
        self.bar.clear()
        place = self.person.place
        if place is None:
            self.person.tell(t("dossier.subject_missing"))
            self.person.search.setFocus()
            return
        kind = str(values["kind"])
        entry = NewEntry(
            kind=kind,
            happened_on=_day(values["happened_on"]),
            arrived_on=_day(values["arrived_on"]) if kind == LETTER_IN else None,
            title=str(values["title"]),
            body=str(values["body"]),
            about=place.about,
            file=self.file.file,
        )
        self._filed = place.subject.name
        self._save.setEnabled(False)  # a piece stands in a dossier for good, so only once
        work = partial(
            file_entry, compartment=place.compartment, subject=place.subject, entry=entry
        )
        self._desk.ask(work, self._stored, self)

    def _stored(self, _entry: Entry) -> None:
        self._save.setEnabled(True)
        self._desk.drop_draft(Draft("post", ""))
        self._begin()
        self.file.choose.setFocus()
        self.bar.done(t("dossier.post_done", name=self._filed))


def _day(value: Value) -> date | None:
    return value if isinstance(value, date) else None
