"""Publications: what must be taken down first, and every publication that was recorded."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtWidgets import QStackedWidget

from app.letters.requests import written
from app.override import override
from app.protocol.edit import may_edit
from app.publications.board import PublicationView, publication_view
from app.publications.offer import Offer, publication_offer, takedown_letter
from app.publications.record import (
    PublicationDraft,
    correct_publication,
    draft_of,
    take_back_publication,
)
from app.publications.records import (
    BreachAnswer,
    Publication,
    PublicationStep,
    StepKind,
)
from app.publications.steps import take_back_answer, take_back_steps, undo_notice
from app.publications.tasks import PublicationTasks, look_for_tasks
from app.publications.told import became_of
from ui.kit.button import Main
from ui.kit.card import Card
from ui.kit.choice import Segments
from ui.kit.empty import EmptyState
from ui.kit.flow import Columns
from ui.kit.sided import SideSheet
from ui.kit.table import MemorySource, Table, runner_ask
from ui.kit.typed import LineEditor
from ui.models.columns import Column, Face, Row
from ui.publications.details import BREACH, CORRECT, LETTER, NOTICE, TAKE_BACK, Details
from ui.publications.proof import ProofSheet, read_proof
from ui.publications.sheet import PublicationSheet
from ui.publications.sources import PublicationSource
from ui.publications.steps import BreachSheet, NoticeSheet, StepSheet
from ui.publications.wording import task_words
from ui.shell.desk import Desk
from ui.shell.desked import DeskedPage
from ui.theme import look
from ui.words import day, t

TASKS, ALL = "tasks", "all"


class PublicationsPage(DeskedPage):
    """What must be taken down, one publication beside it, and the register of them all."""

    page_id = "publications"
    help_topic = "publications"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("publications.title"), fill=True)
        self._offer: Offer | None = None
        self._tasks: dict[str, PublicationTasks] = {}
        self._former: PublicationDraft | None = None
        self._wanted = self._chosen_id = ""
        self._draft_wanted = False
        writes = desk.user.may("consent.write")
        self.faces = Segments(
            ((TASKS, t("publications.to_do")), (ALL, t("publications.all"))),
            t("publications.which"),
        )
        self.faces.chosen.connect(self._turn)
        new = Main(t("publications.new"), "plus")
        new.call_it("publication_new")
        new.clicked.connect(self._new)
        self.set_actions(*((self.faces, new) if writes else (self.faces,)))
        self._source = MemorySource()
        self._all = PublicationSource(desk.session)
        self.tables = {TASKS: self._task_table(), ALL: self._all_table()}
        self.search = LineEditor(t("publications.find"))
        self.search.setObjectName("find_publication")
        self.search.setAccessibleName(t("publications.find"))
        self.search.textChanged.connect(self._find)
        self._stack = QStackedWidget()
        for table in self.tables.values():
            self._stack.addWidget(table)
        self.details = Details(desk.clock, writes=writes, directs=may_edit(desk.user))
        self.details.deed.connect(self._do)
        self.details.person_asked.connect(self._open_person)
        self.details.proof_asked.connect(self._ask_proof)
        self._lay_out()

    def _lay_out(self) -> None:
        lists = Card(t("publications.title"), fill=True)
        lists.add(self.search, self._stack)
        lists.body.setStretch(2, 1)
        columns = Columns(lists, self.details, weights=(6, 7), narrow=900)
        policy = columns.sizePolicy()
        policy.setVerticalPolicy(policy.Policy.Expanding)
        columns.setSizePolicy(policy)
        lists.setMinimumHeight(look().px(240))
        self.details.setMinimumHeight(look().px(360))
        self.add(columns)
        self.body.setStretch(0, 1)
        self._turn(self.faces.key)

    def arrive(self, what: Mapping[str, str]) -> None:
        """Show what is to be done, one publication, or those with one person in it."""
        self._wanted = what.get("publication_id", "")
        self._all.subject_id = what.get("subject_id", "")
        every = bool(self._wanted or self._all.subject_id)
        self.faces.take(ALL if every else TASKS)
        self._turn(self.faces.key)
        self._draft_wanted = True

    @override
    def read(self) -> None:
        self.desk.ask(publication_offer, self._take_offer, self)
        words = t("publications.looking")
        self.desk.ask_sliced(look_for_tasks, self._show_tasks, self, words)
        shown = self._wanted or self._chosen_id
        if shown:
            self._show(shown)

    @override
    def make_sheet(self, kind: str, values: Mapping[str, object]) -> SideSheet | None:
        view, about = self.details.view, str(values.get("publication_id", ""))
        same = view is not None and view.publication.publication_id == about
        if kind == PublicationSheet.kind and self._offer and (same or not about):
            self._open(PublicationSheet(self.desk, self._offer, view if same else None))
        elif same and view is not None and kind in {*StepKind, BREACH, NOTICE}:
            self._do(kind, view)
        else:
            return None
        return self.sheet

    def _take_offer(self, found: Offer) -> None:
        self._offer = found
        self._all.channels = found.channels
        self.tables[ALL].reload()
        if self._draft_wanted:
            self._draft_wanted = False
            self.look_for_draft()

    def _show_tasks(self, found: tuple[PublicationTasks, ...]) -> None:
        self._tasks = {each.publication.publication_id: each for each in found}
        self._source.replace(map(self._task_row, found))
        self.tables[TASKS].reload()
        self.desk.count("publications", len(found))
        if found and self.faces.key == TASKS and not (self._wanted or self._chosen_id):
            self.tables[TASKS].choose(found[0].publication.publication_id)

    def _turn(self, key: str) -> None:
        self._stack.setCurrentWidget(self.tables[key])
        self.search.setVisible(key == ALL)

    def _find(self, words: str) -> None:
        self.tables[ALL].search(words)

    def _choose(self, publication_id: str) -> None:
        # A list that is read again, perhaps the one behind, turns nobody to its own row.
        restored = any(table.restores for table in self.tables.values())
        if publication_id and publication_id != self._chosen_id and not restored:
            self._show(publication_id)

    def _mark(self, _count: int) -> None:
        self.tables[self.faces.key].choose(self._chosen_id)

    def _show(self, publication_id: str) -> None:
        self._wanted, self._chosen_id = "", publication_id
        work = partial(publication_view, publication_id=publication_id)
        self.desk.ask(work, self._show_view, self)

    def _show_view(self, view: PublicationView | None) -> None:
        if view is None:
            self._chosen_id = ""
            self.details.show_nothing()
        elif view.publication.publication_id == self._chosen_id:
            self.details.show_view(view)
            self.tables[self.faces.key].choose(self._chosen_id)
            if view.question is not None and view.question.answer is not None:
                self.desk.ask(partial(became_of, view=view), self.details.show_became, self)

    # -- what can be done ---------------------------------------------------------------------

    def _open(self, sheet: PublicationSheet) -> None:
        self.show_sheet(sheet, self._recorded)

    def _new(self) -> None:
        if self._offer is not None:
            self._open(PublicationSheet(self.desk, self._offer))

    def _do(self, what: str, view: PublicationView) -> None:
        about = view.publication.publication_id
        if what == CORRECT and self._offer is not None:
            self._open(PublicationSheet(self.desk, self._offer, view))
        elif what == LETTER:
            request = takedown_letter(view.publication, self.desk.clock.today())
            self.desk.goto("office_letter", requests=written((request,)))
        elif what == BREACH:
            self.show_sheet(BreachSheet(self.desk, view), self._answered)
        elif what == NOTICE:
            self.show_sheet(NoticeSheet(self.desk, view), self._noticed)
        elif what == TAKE_BACK:
            work = partial(take_back_publication, publication_id=about)
            self._former = self._as_it_was(view)
            self.desk.ask(work, self._taken, self)
        elif what in set(StepKind):
            self.show_sheet(StepSheet(self.desk, view, StepKind(what)), self._stepped)

    @staticmethod
    def _as_it_was(view: PublicationView) -> PublicationDraft:
        ids = tuple(person.fact.subject_id for person in view.people)
        return draft_of(view.publication, ids)

    def _recorded(self, publication: Publication) -> None:
        self._chosen_id = publication.publication_id
        if publication.replaces:
            self.bar.done(t("publications.corrected"))
        else:
            undo = partial(take_back_publication, publication_id=publication.publication_id)
            self.offer_undo(t("publications.recorded"), undo)
        self.read()

    def _taken(self, publication: Publication) -> None:
        if self._former is not None:
            about, draft = publication.publication_id, self._former
            undo = partial(correct_publication, publication_id=about, draft=draft)
            self.offer_undo(t("publications.taken_back"), undo)

    def _stepped(self, steps: tuple[PublicationStep, ...]) -> None:
        many = len({step.publication_id for step in steps})
        said = (
            t("publications.noted_many", number=many) if many > 1 else t("publications.noted")
        )
        self.offer_undo(said, partial(take_back_steps, steps=steps))

    def _answered(self, answer: BreachAnswer) -> None:
        text = "publications.noted_breach" if answer.breach else "publications.noted"
        self.offer_undo(t(text), partial(take_back_answer, answer=answer))

    def _noticed(self, answer: BreachAnswer) -> None:
        self.offer_undo(t("publications.noted"), partial(undo_notice, answer=answer))

    def _open_person(self, person_id: str) -> None:
        self.desk.goto("pupil", pupil_id=person_id)

    def _ask_proof(self, step: PublicationStep) -> None:
        self.desk.ask(partial(read_proof, step), self._show_proof, self)

    def _show_proof(self, found: tuple[PublicationStep, bytes]) -> None:
        self.open_sheet(ProofSheet(self.desk, *found))

    # -- rows ---------------------------------------------------------------------------------

    def _task_table(self) -> Table:
        columns = (
            Column("state", "publications.state", 12, Face.MARKED, least=10),
            Column("title", "publications.title_of", 14, Face.STRONG),
            Column("due", "publications.due_column", 8, least=9),
        )
        empty = EmptyState("yes", t("publications.nothing"), t("publications.nothing_why"))
        name = t("publications.to_do")
        return self._wired(Table(columns, self._source, name=name, empty=empty), TASKS)

    def _all_table(self) -> Table:
        columns = (
            Column("title", "publications.title_of", 14, Face.STRONG),
            Column("use", "publications.use", 10, Face.MUTED),
            Column("used_on", "publications.used_on", 7, least=10),
        )
        empty = EmptyState("picture", t("publications.none"), t("publications.none_why"))
        table = Table(
            columns,
            self._all,
            runner_ask(self.desk.runner, self),
            name=t("publications.all"),
            empty=empty,
        )
        return self._wired(table, ALL)

    def _wired(self, table: Table, key: str) -> Table:
        table.chosen.connect(self._choose)
        table.opened.connect(self._choose)
        table.counted.connect(self._mark)
        table.view.setObjectName(f"publications_{key}")
        return table

    def _task_row(self, found: PublicationTasks) -> Row:
        said, mark = task_words(found)
        one = found.publication
        cells = {
            "state": said,
            "title": one.title,
            "due": day(found.due) if found.due else "",
        }
        return Row(one.publication_id, cells, {"state": mark})
