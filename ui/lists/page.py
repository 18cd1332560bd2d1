"""The lists that are out there: which must not be used any more, by what, and who has them."""

from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.letters.requests import OfficeRequest, written
from app.lists.keeping import (
    certificate,
    destroy_papers,
    is_kept_too_long,
    papers_gone,
    papers_over,
)
from app.lists.listing import (
    ListBoard,
    ListState,
    all_lists,
    end_list,
    look_at_lists,
    undo_end,
)
from app.lists.numbers import read_number
from app.lists.offer import ListOffer, office_offer
from app.lists.records import Ending, ListEnd, PrintedList
from app.override import override
from app.ports import Session
from app.retention.records import FileDestroyed
from ui.kit import ask
from ui.kit.button import Main, Plain
from ui.kit.card import Card
from ui.kit.choice import Segments
from ui.kit.empty import EmptyState
from ui.kit.flow import Columns, Flow
from ui.kit.label import Muted
from ui.kit.mark import Mark
from ui.kit.table import MemorySource, Table
from ui.lists.details import (
    CERTIFICATE,
    DESTROY,
    Details,
    PaperState,
    mark_of,
    state_words,
)
from ui.models.columns import Column, Face, Row
from ui.shell.desk import Desk
from ui.shell.desked import DeskedPage
from ui.theme import look
from ui.words import day, t

OUT, ALL = "out", "all"
_NAMES = {OUT: "lists.out", ALL: "lists.all"}


class _Register(NamedTuple):
    """Every list with its end, what was destroyed, and of what the time of keeping is over."""

    lists: tuple[tuple[PrintedList, ListEnd | None], ...]
    gone: dict[str, FileDestroyed]
    over: tuple[PrintedList, ...]


class ListsPage(DeskedPage):
    """What is out there, stale ones first, with what changed; and the register of all lists."""

    page_id = "lists"
    help_topic = "lists"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("lists.title"), fill=True)
        self._offer: ListOffer | None = None
        self._states: dict[str, ListState] = {}
        self._all: dict[str, tuple[PrintedList, ListEnd | None]] = {}
        self._gone: dict[str, FileDestroyed] = {}
        self._over: tuple[str, ...] = ()
        self._going: tuple[str, ...] = ()
        self.faces = Segments(((OUT, t("lists.out")), (ALL, t("lists.all"))), t("lists.which"))
        self.faces.chosen.connect(self._turn)
        make = Main(t("lists.print"), "print")
        make.call_it("lists_make")
        make.clicked.connect(self._make)
        self.set_actions(self.faces, make)
        self._sources = {OUT: MemorySource(), ALL: MemorySource()}
        self.tables = {key: self._table(key) for key in (OUT, ALL)}
        self._writes = desk.user.may("consent.write")
        self._over_words = Muted("")
        self._over_line = QWidget()
        destroy = Plain(t("lists.destroy_all"), fit="small")
        destroy.call_it("lists_destroy")
        destroy.clicked.connect(self._destroy_all)
        line = Flow(self._over_line, gap=12)
        line.addWidget(self._over_words)
        line.addWidget(destroy)
        self._stack = QStackedWidget()
        for table in self.tables.values():
            self._stack.addWidget(table)
        self.details = Details()
        self.details.deed.connect(self._do)
        lists = Card(t("lists.title"), fill=True)
        lists.add(self._over_line, self._stack)
        lists.body.setStretch(1, 1)
        columns = Columns(lists, self.details, weights=(2, 1), narrow=900)
        policy = columns.sizePolicy()
        policy.setVerticalPolicy(policy.Policy.Expanding)
        columns.setSizePolicy(policy)
        lists.setMinimumHeight(look().px(240))
        self.details.setMinimumHeight(look().px(320))
        self.add(columns)
        self.body.setStretch(0, 1)

    def arrive(self, what: Mapping[str, str]) -> None:
        """Show what is out there, or the list with a number that somebody reads out."""
        number = read_number(what.get("number", ""))
        self.faces.take(ALL if number else OUT)
        self._turn(self.faces.key)
        if number:
            self.tables[ALL].search(number)

    @override
    def read(self) -> None:
        self.desk.ask(office_offer, self._take_offer, self)
        words = t("lists.looking")
        self.desk.ask_sliced(look_at_lists, self._show_board, self, words)
        self.desk.ask(_register, self._show_all, self)

    def _take_offer(self, found: ListOffer) -> None:
        self._offer = found

    def _show_board(self, found: ListBoard) -> None:
        states = (*found.stale, *found.current)
        self._states = {state.list.id: state for state in states}
        self._sources[OUT].replace(map(self._row, states))
        self.tables[OUT].reload()
        self.desk.count("lists", len(found.stale))
        if found.stale and not self.tables[OUT].chosen_id:
            self.tables[OUT].choose(found.stale[0].list.id)
        self._show_chosen()

    def _show_all(self, found: _Register) -> None:
        self._gone, self._over = found.gone, tuple(one.id for one in found.over)
        self._all = {each.id: (each, end) for each, end in found.lists}
        self._sources[ALL].replace(self._past_row(each, end) for each, end in found.lists)
        self.tables[ALL].reload()
        self._turn(self.faces.key)

    def _turn(self, key: str) -> None:
        self._stack.setCurrentWidget(self.tables[key])
        self._over_words.setText(t("lists.papers_over", count=len(self._over)))
        self._over_line.setVisible(key == ALL and bool(self._over) and self._writes)
        self._show_chosen()

    def _show_chosen(self, _list_id: str = "") -> None:
        """Show what is chosen in the table that can be seen, not in the one behind."""
        list_id = self.tables[self.faces.key].chosen_id
        state = self._states.get(list_id)
        if state is not None:
            self.details.show_state(state, self._offer)
        elif list_id in self._all:
            over = self._writes and list_id in self._over
            paper = PaperState(self._gone.get(list_id), over=over)
            self.details.show_past(*self._all[list_id], self._offer, paper)
        else:
            self.details.show_nothing()

    # -- what can be done ---------------------------------------------------------------------

    def _make(self) -> None:
        self.desk.goto("list")

    def _do(self, what: str, printed: PrintedList) -> None:
        if what == "look":
            self.desk.goto("list", list_id=printed.id)
        elif what == "new":
            self.desk.goto(
                "list",
                groups=",".join(printed.groups),
                guests=",".join(printed.guests),
                uses=",".join(printed.uses),
                holder=printed.holder,
            )
        elif what == CERTIFICATE:
            wanted = partial(certificate, list_id=printed.id)
            self.desk.ask(wanted, self._show_certificate, self)
        elif what == DESTROY:
            self._ask_destroy((printed.id,))
        else:
            work = partial(end_list, list_id=printed.id, how=Ending(what))
            self.desk.ask(work, self._ended, self)

    def _destroy_all(self) -> None:
        self._ask_destroy(self._over)

    def _ask_destroy(self, ids: tuple[str, ...]) -> None:
        self._going = ids
        words = t("lists.destroy_words", count=len(ids))
        verb = t("lists.destroy_verb")
        ask.confirm(self, t("lists.destroy_title"), words, verb, self._destroy, danger=True)

    def _destroy(self) -> None:
        self.desk.ask(partial(destroy_papers, ids=self._going), self._destroyed, self)

    def _destroyed(self, request: OfficeRequest) -> None:
        self.desk.tell(t("lists.papers_destroyed", count=len(self._going)))
        self._show_certificate(request)

    def _show_certificate(self, request: OfficeRequest) -> None:
        self.desk.goto("office_letter", requests=written((request,)))

    def _ended(self, end: ListEnd) -> None:
        self.offer_undo(t(f"lists.did_{end.how}"), partial(undo_end, end=end))

    # -- rows ---------------------------------------------------------------------------------

    def _table(self, key: str) -> Table:
        columns = (
            Column("state", "lists.state", 20, Face.MARKED, least=20),
            Column("groups", "lists.groups", 8, Face.STRONG),
            Column("holder", "lists.holder", 9),
            Column("until", "lists.until", 9, least=10),
            Column("number", "lists.number", 12, Face.MUTED, order="number", least=13),
        )
        empty = EmptyState("list", t("lists.none"), t("lists.none_why"))
        table = Table(columns, self._sources[key], name=t(_NAMES[key]), empty=empty)
        table.chosen.connect(self._show_chosen)
        table.opened.connect(self._show_chosen)
        table.view.setObjectName(f"lists_{key}")
        return table

    def _row(self, state: ListState) -> Row:
        said = state_words(state)
        return Row(state.list.id, self._cells(state.list, said), {"state": mark_of(state)})

    def _past_row(self, printed: PrintedList, end: ListEnd | None) -> Row:
        said = t(f"lists.end_{end.how}") if end else t("lists.still_out")
        mark = Mark.OPEN
        if printed.id in self._gone:
            said = t("lists.paper_gone")
        elif is_kept_too_long(printed, self.desk.clock.today()):
            said, mark = t("lists.kept_too_long"), Mark.ASK
        return Row(printed.id, self._cells(printed, said), {"state": mark})

    def _cells(self, printed: PrintedList, said: str) -> dict[str, str]:
        return {
            "state": said,
            "groups": printed.title,
            "holder": printed.holder,
            "until": day(printed.valid_until),
            "number": printed.number,
        }


def _register(session: Session) -> _Register:
    return _Register(all_lists(session), papers_gone(session), papers_over(session))
