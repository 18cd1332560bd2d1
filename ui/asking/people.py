"""The list of who has to be asked and who waits, with its filters and what can be noted."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from app.asking.listing import AskingFilter, AskingLine, Stand, asking_lines
from app.asking.needs import Cause
from app.asking.questions import Selection
from app.asking.records import Way
from app.asking.rules import rules
from app.asking.unread import Unread, unread_of
from app.consent.records import Channel
from app.people.card import Places
from app.ports import Session
from app.record import Compartment
from ui.asking.sources import AskingSource
from ui.asking.wording import told, unread_words
from ui.kit.button import Plain, Quiet
from ui.kit.card import Card
from ui.kit.choice import Segments
from ui.kit.editors import ChoiceEditor, LineEditor
from ui.kit.empty import EmptyState
from ui.kit.flow import Flow
from ui.kit.label import Muted, Small
from ui.kit.table import Table, runner_ask
from ui.models.columns import Column, Face
from ui.shell.desk import Desk
from ui.theme import look
from ui.words import t, words

ALL = "all"
_NOTED = (Way.PHONE, Way.IN_PERSON, Way.MESSAGE)


class PeoplePane(Card):
    """The list; Enter opens the pupil, one press notes that the chosen one was asked.

    Signals:
        opened(id): a line was opened.
        noted(id, how): the person was asked in this way (`Way`).
        kept_back(form): a form that was printed was never handed out.
        turned(): another filter was chosen.
    """

    opened = Signal(str)
    noted = Signal(str, str)
    kept_back = Signal(str)
    turned = Signal()

    def __init__(self, desk: Desk, *, writes: bool) -> None:
        super().__init__(t("asking.everybody_title"), fill=True)
        self._desk = desk
        self._source = AskingSource(desk.session)
        self._places = Places((), ())
        self._empty = QStackedWidget()
        self._empty.addWidget(
            EmptyState("yes", t("asking.nobody_open"), t("asking.nobody_open_words"))
        )
        self._empty.addWidget(EmptyState("filter", t("asking.nobody_filtered")))
        ask = runner_ask(desk.runner, self)
        self.table = Table(
            _COLUMNS, self._source, ask, name=t("asking.title"), empty=self._empty
        )
        self.table.setMinimumHeight(look().px(260))
        self.table.opened.connect(self.opened)
        self.table.chosen.connect(self._chosen)
        self.table.counted.connect(self._counted)
        self._make_filters()
        self._buttons = Flow(gap=8)
        self._detail = Muted("")
        self._detail.setObjectName("chosen_detail")
        self._notes: dict[Way, Plain] = {}
        if writes:
            self._buttons.addWidget(Small(t("asking.choose_somebody")))
            for way in _NOTED:
                self._add_note(way)
        self._form_id, self._writes = "", writes
        self._kept_back = Quiet("", fit="small")
        self._kept_back.call_it("not_handed_out")
        self._kept_back.clicked.connect(self._keep_back)
        self._buttons.addWidget(self._kept_back)
        self.add(self._filters, self.table, self._detail, self._buttons)
        self._chosen("")

    @property
    def filter(self) -> AskingFilter:
        """What is listed, the words of the search field included."""
        return replace(self._source.filter, search=self._search.text())

    def offer(self, found: Places) -> None:
        """Offer these sites and groups."""
        self._places = found
        every = ((ALL, t("asking.all_sites")),)
        self._site.set_options((*every, *((site.id, site.name) for site in found.sites)))
        self._site.setVisible(len(found.sites) > 1)
        self._offer_groups()

    def show_stand(self, stand: Stand) -> None:
        """Show all, who was not asked yet, or who waits."""
        self._stand.take(stand.value)
        self._stand_in_round.take(stand.value)
        self._apply(replace(self._source.filter, stand=stand))

    def show_round(self, round_id: str, name: str) -> None:
        """Show who belongs in a round, or everybody for ""."""
        self.set_title(name or t("asking.everybody_title"))
        self._everybody.setVisible(bool(round_id))
        stand = self._source.filter.stand
        if not round_id and stand is Stand.DONE:
            stand = Stand.ALL
        self._apply(replace(self._source.filter, round_id=round_id, stand=stand))
        self._stand_in_round.take(stand.value)
        if stand is not Stand.DONE:
            self._stand.take(stand.value)
        self._stand.setVisible(not round_id)
        self._stand_in_round.setVisible(bool(round_id))

    def reload(self) -> None:
        """Read the list again."""
        self.table.reload()

    def _make_filters(self) -> None:
        self._search = LineEditor(t("asking.search"))
        self._search.setObjectName("list_search")
        self._search.setAccessibleName(t("asking.search"))
        self._search.setClearButtonEnabled(True)
        self._search.setMinimumWidth(look().px(180))
        self._search.textChanged.connect(self._find)
        self._stand = _stands(Stand.ALL, Stand.TO_ASK, Stand.WAITING)
        self._stand_in_round = _stands(Stand.ALL, Stand.TO_ASK, Stand.WAITING, Stand.DONE)
        for choice in (self._stand, self._stand_in_round):
            choice.chosen.connect(self._turn)
        self._site = _choice("asking.site", "filter_site", self._choose_site)
        self._group = _choice("asking.group", "filter_group", self._choose_group)
        self._cause = _choice("asking.cause", "filter_cause", self._choose_cause)
        causes = ((cause.value, t(f"asking.cause_{cause}")) for cause in Cause)
        self._cause.set_options(((ALL, t("asking.all_causes")), *causes))
        self._cause.set_value(ALL)
        self._longer = _choice("asking.longer", "filter_longer", self._choose_longer)
        days = ((str(n), t("asking.longer_than", number=n)) for n in rules().waiting)
        self._longer.set_options(((ALL, t("asking.any_time")), *days))
        self._longer.set_value(ALL)
        self._everybody = Plain(t("asking.show_everybody"), fit="small")
        self._everybody.call_it("show_everybody")
        self._everybody.clicked.connect(self._show_everybody)
        self._count = Muted("")
        self._count.setObjectName("list_count")
        self._count.setWordWrap(False)
        self._filters = Flow(gap=8)
        for part in (
            *(self._search, self._stand, self._stand_in_round, self._site, self._group),
            *(self._cause, self._longer, self._count, self._everybody),
        ):
            self._filters.addWidget(part)
        self._stand_in_round.hide()
        self._everybody.hide()

    def _add_note(self, way: Way) -> None:
        button = NoteButton(way)
        button.asked.connect(self._note)
        self._notes[way] = button
        self._buttons.addWidget(button)

    def _offer_groups(self) -> None:
        where = self._source.filter.where
        groups = self._places.groups_of(where.site_id)
        every = ((ALL, t("asking.all_groups")),)
        self._group.set_options((*every, *((group.id, group.name) for group in groups)))
        self._group.set_value(where.group_id or ALL)
        self._site.set_value(where.site_id or ALL)

    def _turn(self, key: str) -> None:
        self._apply(replace(self._source.filter, stand=Stand(key)))

    def _choose_site(self) -> None:
        self._apply(replace(self._source.filter, where=Selection(site_id=_value(self._site))))
        self._offer_groups()

    def _choose_group(self) -> None:
        where = replace(self._source.filter.where, group_id=_value(self._group))
        self._apply(replace(self._source.filter, where=where))

    def _choose_cause(self) -> None:
        self._apply(replace(self._source.filter, cause=_value(self._cause)))

    def _choose_longer(self) -> None:
        self._apply(replace(self._source.filter, longer_than=int(_value(self._longer) or 0)))

    def _apply(self, wanted: AskingFilter) -> None:
        self._source.filter = wanted
        plain = self._source.filter == AskingFilter()
        self._empty.setCurrentIndex(0 if plain else 1)
        self.table.reload()
        self.turned.emit()

    def _show_everybody(self) -> None:
        self.show_round("", "")

    def _find(self, typed: str) -> None:
        self.table.search(typed)

    def _counted(self, count: int) -> None:
        self._count.setText(t("asking.count", count=count, number=words().number(count)))

    def _chosen(self, row_id: str) -> None:
        for button in self._notes.values():
            button.setEnabled(bool(row_id))
        self._show_form("", "")
        if not row_id:
            self._detail.setText(t("asking.nobody_chosen"))
            return
        round_id = self._source.filter.round_id
        self._desk.ask(partial(_details, id=row_id, round_id=round_id), self._tell, self)

    def _tell(self, found: tuple[AskingLine, tuple[Unread, ...], tuple[Channel, ...]]) -> None:
        line, unread, channels = found
        if line.id == self.table.chosen_id:
            words_ = " · ".join((told(line), *unread_words(unread, channels)))
            self._detail.setText(t("asking.detail", name=line.name, told=words_))
            self._show_form(line.form_id, line.form_number)

    def _show_form(self, id: str, number: str) -> None:
        """Offer to say that the form was never handed out, where there is one."""
        self._form_id = id
        self._kept_back.setText(t("asking.not_handed_out", number=number))
        self._kept_back.setVisible(bool(id) and self._writes)

    def _keep_back(self) -> None:
        if self._form_id:
            self.kept_back.emit(self._form_id)

    def _note(self, way: str) -> None:
        if self.table.chosen_id:
            self.noted.emit(self.table.chosen_id, way)


class NoteButton(Plain):
    """Notes that the chosen person was asked.

    Signals:
        asked(how): it was pressed.
    """

    asked = Signal(str)

    def __init__(self, way: Way) -> None:
        super().__init__(t(f"asking.note_{way}"), fit="small")
        self._way = way
        self.call_it(f"note_{way}")
        self.clicked.connect(self._told)

    def _told(self) -> None:
        self.asked.emit(self._way.value)


def _details(
    session: Session, id: str, round_id: str
) -> tuple[AskingLine, tuple[Unread, ...], tuple[Channel, ...]]:
    (line,) = asking_lines(session, (id,), round_id)
    if Cause.UNCLEAR not in line.causes:
        return line, (), ()
    with session.look(Compartment.CONSENT) as reader:
        channels = reader.all(Channel)
    return line, unread_of(session, line.subject_id, line.decider_id), channels


def _stands(*stands: Stand) -> Segments:
    options = [(stand.value, t(f"asking.stand_{stand}")) for stand in stands]
    return Segments(options, t("asking.stand"))


def _choice(name: str, object_name: str, then: Callable[[], None]) -> ChoiceEditor:
    editor = ChoiceEditor()
    editor.setObjectName(object_name)
    editor.setAccessibleName(t(name))
    editor.setMinimumContentsLength(14)
    editor.changed.connect(then)
    return editor


def _value(editor: ChoiceEditor) -> str:
    found = editor.value()
    return "" if found == ALL else found


_COLUMNS = (
    Column("pupil", "asking.column_pupil", 12, Face.STRONG, order="name", least=20),
    Column("group", "asking.column_group", 6, Face.MUTED, order="group", least=7),
    Column("decider", "asking.column_decider", 16, least=26),
    Column("cause", "asking.column_cause", 12, least=22),
    Column("asked", "asking.column_asked", 8, order="waiting", least=13),
    Column("phone", "asking.column_phone", 8, Face.MUTED, least=13),
)
