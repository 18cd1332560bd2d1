"""Making a list: a group in one press, the very paper beside it, printed with the next."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget

from app.errors import BoordboekError, Refusal, Trouble
from app.export import save_to
from app.jobs import Progress
from app.journal.leaving import Leaving
from app.lists.make import (
    ListRequest,
    PreparedList,
    prepare_checked_list,
    prepare_list,
    register_list,
    reprint_list,
)
from app.lists.offer import ListOffer, office_offer, teacher_offer
from app.override import override
from app.paper import Pdf
from app.ports import Press, Session
from app.record import Compartment
from app.text import LANGUAGES
from ui.kit.card import Card
from ui.kit.choice import Segments
from ui.kit.empty import EmptyState
from ui.kit.flow import Columns
from ui.kit.form import Form, Line
from ui.kit.label import Heading
from ui.kit.page import Page, scrolling
from ui.kit.preview import Preview
from ui.kit.table import MemorySource, Table
from ui.lists.uses import Uses, at_left
from ui.models.columns import Column, Face, Row
from ui.shell.desk import Desk
from ui.theme import look
from ui.words import day, t

CHECK = "check"
"""Where a list comes from that a teacher makes."""
_MEMORY = "lists"
_TYPING_MS = 500
_LANGUAGE_NAMES = {"nl": "lists.dutch", "en": "lists.english"}


class MakeListPage(Page):
    """Draws a list at once and again after every choice; notes it when it leaves."""

    help_topic = "lists"

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("lists.make"), fill=True)
        self._desk = desk
        self._offer: ListOffer | None = None
        self._prepared: PreparedList | None = None
        self._again: tuple[str, Pdf] | None = None
        self._groups: tuple[str, ...] = ()
        self._guests: tuple[str, ...] = ()
        self._fixed = False
        self._list_id = ""
        self._checked = not desk.opens(Compartment.CONSENT)
        self._drawing = 0
        self._make_parts()
        self._lay_out()
        self._wire()

    def arrive(self, what: Mapping[str, str]) -> None:
        """Make a list of what was asked for, or show one that left before."""
        self._list_id = what.get("list_id", "")
        self._checked = self._checked or what.get("source") == CHECK
        self._groups = tuple(what["groups"].split(",")) if "groups" in what else ()
        self._guests = tuple(filter(None, what.get("guests", "").split(",")))
        self._fixed = bool(what.get("source")) or bool(self._guests)
        uses = tuple(filter(None, what.get("uses", "").split(",")))
        if uses:
            self._desk.memory[_MEMORY] = uses
        if "holder" in what:
            self.form.set_values({"holder": what["holder"]})

    @override
    def refresh(self) -> None:
        self._choice.setVisible(not self._list_id)
        if self._list_id:
            work = partial(reprint_list, list_id=self._list_id)
            self._desk.ask(work, self._show_again, self, failed=self._not_drawn)
        else:
            offer = teacher_offer if self._checked else office_offer
            self._desk.ask(offer, self._show_offer, self)

    @override
    def leave(self) -> None:
        self._forget()

    # -- what it is made of -------------------------------------------------------------------

    def _show_offer(self, found: ListOffer) -> None:
        self._offer = found
        self.uses.offer(found.channels, found.most_uses)
        remembered = self._desk.memory.get(_MEMORY)
        if not self.uses.taken:
            known = {channel.key for channel in found.channels}
            uses = remembered if isinstance(remembered, tuple) else ()
            kept = [use for use in uses if use.partition(":")[2] in known]
            first = [f"{self.uses.media.key}:{each.key}" for each in found.channels[:1]]
            self.uses.take(kept or first)
        self._source.replace(
            Row(each.id, {"group": each.name, "site": each.site}) for each in found.groups
        )
        self.groups.reload()
        self.groups.setVisible(not self._fixed)
        self._of_groups.setVisible(not self._fixed)
        if self._groups or self._guests:
            self._draw()

    def _group_chosen(self, group_id: str) -> None:
        if group_id and (group_id,) != self._groups:
            self._groups, self._guests = (group_id,), ()
            self._draw()

    def _other_uses(self) -> None:
        self._desk.memory[_MEMORY] = self.uses.taken
        self._draw()

    def _other_language(self, _key: str) -> None:
        self._draw()

    def _typed(self, _key: str) -> None:
        self._forget()
        self._typing.start()

    # -- the paper ----------------------------------------------------------------------------

    def _draw(self) -> None:
        self._forget()
        self._drawing += 1
        if not (self._groups or self._guests) or not self.uses.taken:
            return
        request = ListRequest(
            groups=self._groups,
            uses=self.uses.taken,
            guests=self._guests,
            holder=self.form.text("holder"),
            language=self.language.key,
        )
        prepare = prepare_checked_list if self._checked else prepare_list
        work = _Drawing(self._desk.press, request, prepare, self._drawing)
        self._desk.ask_long(work, self._drawn, self, t("lists.drawing"), failed=self._not_drawn)

    def _drawn(self, answer: tuple[int, PreparedList]) -> None:
        number, prepared = answer
        if number != self._drawing:
            return
        self.bar.clear()
        self._prepared = prepared
        record = prepared.record
        self.set_title(t("lists.list_of", groups=record.title), self._identity(prepared))
        self._show_paper(prepared.pdf, record.number)

    def _identity(self, prepared: PreparedList) -> str:
        record = prepared.record
        return t("lists.identity", number=record.number, day=day(record.valid_until))

    def _not_drawn(self, problem: BoordboekError) -> None:
        if isinstance(problem, Trouble):
            self.hear_trouble(problem, self.refresh)
        elif isinstance(problem, Refusal):
            self.hear_refusal(problem)

    def _show_again(self, pdf: Pdf) -> None:
        self._again = (self._list_id, pdf)
        self.set_title(t("lists.as_it_left"))
        self._show_paper(pdf, self._list_id[-6:])

    def _show_paper(self, pdf: Pdf, number: str) -> None:
        self.preview.show_document(pdf.content, f"{t('lists.file_name')}-{number}.pdf")
        self._paper.setCurrentWidget(self.preview)

    def _forget(self) -> None:
        self._typing.stop()
        self._prepared = self._again = None
        self.preview.forget()
        self._paper.setCurrentWidget(self._empty)

    # -- leaving ------------------------------------------------------------------------------

    def _print(self) -> None:
        if self._again is not None:
            leaving = Leaving("list_printed", self._again[0])
            self._desk.let_out(leaving, self._may_print, self)
        elif self._prepared is not None:
            work = partial(register_list, prepared=self._prepared)
            self._desk.ask(work, self._may_print, self)

    def _may_print(self, _nothing: None) -> None:
        self.preview.print_now()
        self._noted(None)

    def _save(self, path: Path) -> None:
        if self._again is not None:
            list_id, pdf = self._again
            leaving = Leaving("list_saved", list_id)
            self._desk.save_document(path, pdf.content, leaving, self._noted, self)
        elif self._prepared is not None:
            self._desk.ask(partial(_save, self._prepared, path), self._noted, self)

    def _noted(self, _nothing: None) -> None:
        own = self._desk.user.may("consent.write")
        self.bar.done(t("lists.noted" if own else "lists.noted_sealed"))

    # -- parts --------------------------------------------------------------------------------

    def _make_parts(self) -> None:
        self._source = MemorySource()
        columns = (
            Column("group", "lists.group", 10, Face.STRONG),
            Column("site", "lists.site", 10, Face.MUTED),
        )
        empty = EmptyState("group", t("lists.no_groups"))
        self.groups = Table(columns, self._source, name=t("lists.of_group"), empty=empty)
        self._of_groups = Heading(t("lists.of_group"))
        self.uses = Uses()
        languages = [(key, t(_LANGUAGE_NAMES[key])) for key in LANGUAGES]
        self.language = Segments(languages, t("lists.language"))
        self.language.take(self._desk.language)
        self.form = Form(
            (Line(key="holder", label="lists.holder", help="lists.holder_help"),), columns=1
        )
        self.preview = Preview()
        self._empty = EmptyState("print", t("lists.nothing_shown"), t("lists.nothing_why"))
        self._paper = QStackedWidget()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)

    def _lay_out(self) -> None:
        self._choice = Card(t("lists.for_what"), fill=True)
        self._choice.add(
            self._of_groups, self.groups, Heading(t("lists.uses")), self.uses, self.form,
            at_left(self.language),
        )  # fmt: skip
        self._choice.body.setStretch(1, 1)
        paper = Card(t("lists.paper"), fill=True)
        self._paper.addWidget(self._empty)
        self._paper.addWidget(self.preview)
        paper.add(self._paper)
        columns = Columns(self._choice, paper, weights=(2, 3), narrow=820)
        policy = columns.sizePolicy()
        policy.setVerticalPolicy(policy.Policy.Expanding)
        columns.setSizePolicy(policy)
        self.groups.setMinimumHeight(look().px(160))
        self.preview.setMinimumHeight(look().px(300))
        self.add(scrolling(columns))
        self.body.setStretch(0, 1)

    def _wire(self) -> None:
        self.groups.chosen.connect(self._group_chosen)
        self.uses.changed.connect(self._other_uses)
        self.language.chosen.connect(self._other_language)
        self.form.changed.connect(self._typed)
        self._typing.timeout.connect(self._draw)
        self.preview.print_chosen.connect(self._print)
        self.preview.save_chosen.connect(self._save)


def _save(prepared: PreparedList, path: Path, session: Session) -> None:
    register_list(session, prepared, saved=True)
    save_to(path, prepared.pdf.content)


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What is to be drawn, to be called on the storage thread."""

    press: Press
    request: ListRequest
    prepare: Callable[[Session, Press, ListRequest, Progress], PreparedList]
    number: int

    def __call__(self, session: Session, progress: Progress) -> tuple[int, PreparedList]:
        return self.number, self.prepare(session, self.press, self.request, progress)
