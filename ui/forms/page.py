"""Making consent forms: for whom, in which language; the very pages that are printed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.consent.one_off import one_offs
from app.consent.records import Channel
from app.export import save_to
from app.forms.fill import Print
from app.forms.issue import PreparedForms, prepare_as, register_issue
from app.forms.listing import (
    FormGroup,
    FormList,
    IssuedLine,
    form_groups,
    group_of_pupil,
    issued_forms,
    pupils_in_group,
    takers_for_adult,
    takers_for_group,
    takers_for_pupil,
)
from app.jobs import Progress
from app.override import override
from app.people.questions import PupilLine
from app.ports import Committed, Press, Session
from app.record import Compartment
from ui.forms.wording import (
    SCHOOL_FORM,
    form_choices,
    language_choices,
    language_name,
    one_off_of,
)
from ui.kit.button import Main, Plain
from ui.kit.card import Card
from ui.kit.choice import Segments
from ui.kit.empty import EmptyState
from ui.kit.flow import Columns
from ui.kit.form import Check, Choice, Form, Radio
from ui.kit.label import Small
from ui.kit.page import Page, scrolling
from ui.kit.preview import Preview
from ui.kit.table import MemorySource, Table
from ui.models.columns import Column, Face, Row
from ui.shell.desk import Desk
from ui.theme import look
from ui.words import day, t

MAKE, ISSUED = "make", "issued"
_OWN = "own"
"""In place of a language: everybody's own."""


class FormsPage(Page):
    """Makes forms and lists those that were issued."""

    help_topic = "forms"

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("forms.title"), fill=True)
        self._desk = desk
        self._wanted = ""
        self.maker = Maker(desk)
        self.issued = IssuedPane(desk)
        self._panes = QStackedWidget()
        self._panes.addWidget(self.maker)
        self._panes.addWidget(self.issued)
        faces = ((MAKE, t("forms.make")), (ISSUED, t("forms.issued")))
        self.faces = Segments(faces, t("forms.which"))
        self.faces.chosen.connect(self._turn)
        versions = Plain(t("forms.versions"))
        versions.call_it("form_versions")
        versions.clicked.connect(self._go_to_versions)
        once = Plain(t("forms.one_offs"))
        once.call_it("one_offs")
        once.clicked.connect(self._go_to_one_offs)
        self.set_actions(self.faces, once, versions)
        self.add(self._panes)
        self.body.setStretch(0, 1)
        desk.changed.connect(self._changed)

    def arrive(self, what: Mapping[str, str]) -> None:
        """Make forms for the pupil, adult or group asked for, or list what was issued."""
        if what.keys() & {"pupil_id", "group_id", "staff_id"}:
            self.faces.take(MAKE)
            self._turn(MAKE)
        if "staff_id" in what:
            self.maker.arrive_for(what["staff_id"])
            return
        one_off = what.get("one_off", "")
        self.maker.arrive(what.get("group_id", ""), what.get("pupil_id", ""), one_off)

    @override
    def refresh(self) -> None:
        self.maker.refresh()
        self.issued.refresh()

    @override
    def leave(self) -> None:
        self.maker.forget()

    def _go_to_one_offs(self) -> None:
        self._desk.goto("one_offs")

    def _go_to_versions(self) -> None:
        self._desk.goto("versions")

    def _turn(self, key: str) -> None:
        self._panes.setCurrentWidget(self.maker if key == MAKE else self.issued)

    def _changed(self, committed: Committed) -> None:
        if committed.compartment is Compartment.CONSENT and committed.act.startswith("forms_"):
            self.issued.refresh()


class Maker(QWidget):
    """Chooses for whom, draws, shows, and notes what was printed or saved."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._list: FormList | None = None
        self._prepared: PreparedForms | None = None
        self._wanted: tuple[str, str] = ("", "")
        self._which = ""
        self._offered = False
        self.form = Form(_fields(), columns=2)
        self.form.set_values({"language": _OWN})
        self.form.changed.connect(self._chosen)
        self.draw = Main(t("forms.show"))
        self.draw.call_it("forms_show")
        self.draw.clicked.connect(self._draw)
        self._count = Small("")
        self._source = MemorySource()
        self.takers = Table(
            (
                Column("pupil", "forms.about", 10, Face.STRONG),
                Column("guardian", "forms.taker", 12),
            ),
            self._source,
            name=t("forms.takers"),
            empty=EmptyState("person", t("forms.choose_first")),
        )
        self.takers.compact()
        self.preview = Preview()
        self._empty = EmptyState("form", t("forms.nothing_shown"), t("forms.nothing_shown_why"))
        self._paper = QStackedWidget()
        self._lay_out()
        self.preview.print_chosen.connect(self._print)
        self.preview.save_chosen.connect(self._save)
        self._show_list(None)

    def arrive(self, group_id: str, pupil_id: str, one_off: str = "") -> None:
        """Choose a group or pupil and show the forms at once, perhaps of a one-off use."""
        self._wanted = (group_id, pupil_id)
        self._which = one_off
        if pupil_id and not group_id:
            self._desk.ask(partial(group_of_pupil, pupil_id=pupil_id), self._placed, self)
        elif group_id and self._offered:
            self._choose(group_id)

    def arrive_for(self, staff_id: str) -> None:
        """Show the form of an adult at once, apart from groups and pupils."""
        self._wanted = ("", "")
        self.form.set_values({"group_id": "", "pupil_id": ""})
        work = partial(takers_for_adult, staff_id=staff_id)
        self._desk.ask(work, self._list_and_draw, self)

    def refresh(self) -> None:
        """Read the groups and the one-off uses again."""
        self._desk.ask(form_groups, self._offer_groups, self)
        self._desk.ask(_one_offs, self._offer_forms, self)

    def forget(self) -> None:
        """Take names and paper out of sight."""
        self._prepared = None
        self.preview.forget()
        self._paper.setCurrentWidget(self._empty)

    # -- for whom -----------------------------------------------------------------------------

    def _offer_groups(self, groups: tuple[FormGroup, ...]) -> None:
        options = [(group.id, f"{group.name} · {group.site}") for group in groups]
        _options(self.form, "group_id", options)
        waits = bool(self._wanted[0]) and not self._offered
        self._offered = True
        if self._wanted[0]:
            self.form.set_values({"group_id": self._wanted[0]})
        if waits and not self._wanted[1]:
            self._choose(self._wanted[0])

    def _offer_forms(self, one_offs: tuple[Channel, ...]) -> None:
        options = form_choices(one_offs)
        kept = self._which or self.form.text("which")
        _options(self.form, "which", options)
        self.form.set_values({"which": kept if kept in dict(options) else SCHOOL_FORM})
        self.form.show_field("which", shown=len(options) > 1)

    def _placed(self, group_id: str) -> None:
        self._wanted = (group_id, self._wanted[1])
        self._choose(group_id)

    def _choose(self, group_id: str) -> None:
        self.form.set_values({"group_id": group_id})
        self._desk.ask(partial(pupils_in_group, group_id=group_id), self._offer_pupils, self)

    def _offer_pupils(self, pupils: tuple[PupilLine, ...]) -> None:
        _options(self.form, "pupil_id", [(pupil.id, pupil.name) for pupil in pupils])
        pupil_id, self._wanted = self._wanted[1], ("", "")
        self.form.set_values({"pupil_id": pupil_id})
        self._list_takers(draw=bool(pupil_id))

    def _chosen(self, key: str) -> None:
        self.forget()
        if key == "group_id":
            self._wanted = ("", "")
            self._choose(self.form.text("group_id"))
        elif key == "pupil_id":
            self._list_takers(draw=False)

    def _list_takers(self, *, draw: bool) -> None:
        pupil_id, group_id = self.form.text("pupil_id"), self.form.text("group_id")
        if pupil_id:
            work = partial(takers_for_pupil, pupil_id=pupil_id)
            self._desk.ask(work, self._list_and_draw if draw else self._show_list, self)
        elif group_id:
            self._desk.ask(partial(takers_for_group, group_id=group_id), self._show_list, self)
        else:
            self._show_list(None)

    def _list_and_draw(self, found: FormList) -> None:
        self._show_list(found)
        self._draw()

    def _show_list(self, found: FormList | None) -> None:
        self._list = found
        takers = found.takers if found else ()
        self._source.replace(
            Row(
                f"{taker.request.pupil_id}:{taker.request.guardian_id}",
                {
                    "pupil": taker.pupil,
                    "guardian": t(
                        "forms.guardian",
                        name=taker.guardian,
                        relation=t(f"people.relation_{taker.relation}"),
                    ),
                },
            )
            for taker in takers
        )
        self.takers.reload()
        self.draw.setEnabled(bool(takers))
        self._count.setText(_count_words(found))

    # -- the paper ----------------------------------------------------------------------------

    def _draw(self) -> None:
        if self._list is None or not self._list.takers:
            return
        large = bool(self.form.editor("large").value())
        chosen = self.form.text("language")
        language = "" if chosen == _OWN else chosen
        which = one_off_of(self.form.text("which"))
        examples = bool(self.form.editor("examples").value())
        how = Print(language, large, which, examples)
        work = _Drawing(self._desk.press, self._list, how)
        self._desk.ask_long(work, self._drawn, self, t("forms.drawing"))

    def _drawn(self, prepared: PreparedForms) -> None:
        self._prepared = prepared
        name = f"{t('forms.file_name')}-{prepared.issued[0].number}.pdf"
        self.preview.show_document(prepared.pdf.content, name)
        self._paper.setCurrentWidget(self.preview)
        page = self._page()
        if prepared.differs and page is not None:
            page.bar.notice(t("forms.draft_waits", number=prepared.version.number))

    def _print(self) -> None:
        if self._prepared is not None:
            work = partial(register_issue, prepared=self._prepared)
            self._desk.ask(work, self._may_print, self)

    def _may_print(self, _nothing: None) -> None:
        self.preview.print_now()
        self._registered(None)

    def _save(self, path: Path) -> None:
        if self._prepared is not None:
            self._desk.ask(partial(_save, self._prepared, path), self._registered, self)

    def _registered(self, _nothing: None) -> None:
        count = len(self._prepared.issued) if self._prepared else 0
        page = self._page()
        if page is not None:
            page.bar.done(t("forms.noted", count=count))

    def _page(self) -> Page | None:
        """The page around this part."""
        page = self.parent()
        while page is not None and not isinstance(page, Page):
            page = page.parent()
        return page

    def _lay_out(self) -> None:
        choice = Card(t("forms.for_whom"), fill=True)
        choice.add(self.form, self._count, self.takers, self.draw)
        choice.body.setStretch(2, 1)
        paper = Card(t("forms.paper"), fill=True)
        self._paper.addWidget(self._empty)
        self._paper.addWidget(self.preview)
        paper.add(self._paper)
        columns = Columns(choice, paper, weights=(2, 3), narrow=820)
        policy = columns.sizePolicy()
        policy.setVerticalPolicy(policy.Policy.Expanding)
        columns.setSizePolicy(policy)
        self.takers.setMinimumHeight(look().px(200))
        _fill(self, scrolling(columns))


class IssuedPane(QWidget):
    """The forms that were issued, newest first; Enter opens the pupil or adult."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._lines: dict[str, IssuedLine] = {}
        self._source = MemorySource()
        self.table = Table(
            (
                Column("number", "forms.number", 6, Face.NUMBER, order="number"),
                Column("day", "forms.day", 7),
                Column("pupil", "forms.about", 14, Face.STRONG, order="pupil"),
                Column("guardian", "forms.taker", 14, order="guardian"),
                Column("version", "forms.version", 5, Face.MUTED),
                Column("language", "forms.language", 6, Face.MUTED),
            ),
            self._source,
            name=t("forms.issued"),
            empty=EmptyState("form", t("forms.none_issued"), t("forms.none_issued_why")),
        )
        self.table.opened.connect(self._open)
        card = Card(t("forms.issued"), fill=True)
        card.add(self.table)
        _fill(self, card)

    def refresh(self) -> None:
        """Read the list again."""
        self._desk.ask(issued_forms, self._show, self)

    def _show(self, forms: tuple[IssuedLine, ...]) -> None:
        self._lines = {form.id: form for form in forms}
        self._source.replace(
            Row(
                form.id,
                {
                    "number": form.number,
                    "day": day(form.issued_on),
                    "pupil": form.pupil,
                    "guardian": form.guardian,
                    "version": str(form.version),
                    "language": language_name(form.language),
                },
            )
            for form in forms
        )
        self.table.reload()

    def _open(self, form_id: str) -> None:
        form = self._lines[form_id]
        if form.adult:
            self._desk.goto("staff", staff_id=form.pupil_id)
        else:
            self._desk.goto("pupil", pupil_id=form.pupil_id)


def _fields() -> tuple[Choice | Radio | Check, ...]:
    languages = ((_OWN, t("forms.own_language")), *language_choices())
    return (
        Choice(key="which", label="forms.which_form", required=True, wide=True),
        Choice(key="group_id", label="forms.group", wide=True),
        Choice(key="pupil_id", label="forms.pupil", help="forms.pupil_help", wide=True),
        Choice(key="language", label="forms.language", required=True, options=languages),
        Check(key="large", label="forms.large"),
        Check(key="examples", label="forms.examples", help="forms.examples_help"),
    )


def _options(form: Form, key: str, options: Sequence[tuple[str, str]]) -> None:
    editor = form.editor(key)
    offer = getattr(editor, "set_options", None)
    if offer is not None:
        offer(options)


def _count_words(found: FormList | None) -> str:
    if found is None:
        return ""
    words = t("forms.count", count=len(found.takers))
    if found.nobody:
        words += " " + t("forms.nobody_for", names=", ".join(found.nobody))
    return words


def _fill(owner: QWidget, content: QWidget) -> None:
    column = QVBoxLayout(owner)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(look().gap)
    column.addWidget(content)


def _one_offs(session: Session) -> tuple[Channel, ...]:
    with session.look(Compartment.CONSENT) as reader:
        return one_offs(reader, session.clock.today())


def _save(prepared: PreparedForms, path: Path, session: Session) -> None:
    register_issue(session, prepared, saved=True)
    save_to(path, prepared.pdf.content)


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What is to be drawn, to be called on the storage thread."""

    press: Press
    wanted: FormList
    how: Print

    def __call__(self, session: Session, progress: Progress) -> PreparedForms:
        requests = self.wanted.requests
        return prepare_as(session, self.press, requests, self.how, progress)
