"""Who may use social media during lessons: today, later, and in the past."""

from collections.abc import Mapping
from functools import partial

from app.leave.board import LeaveBoard, LeaveLine, leave_board
from app.leave.give import ground, may_give, undo_end, undo_leave
from app.leave.records import Leave, LeaveEnd
from app.override import override
from app.ports import Session
from app.protocol.shelf import current_protocol
from app.protocol.values import Protocol
from ui.kit.button import Main
from ui.kit.card import Card
from ui.kit.empty import EmptyState
from ui.kit.label import Muted
from ui.kit.sided import SideSheet
from ui.leave.rows import LeaveRows, rule_words
from ui.leave.sheets import EndSheet, GiveSheet
from ui.shell.desk import Desk
from ui.shell.desked import DeskedPage
from ui.words import t


class LeavePage(DeskedPage):
    """All leave, what holds today first; directors give and withdraw it."""

    page_id = "leave"
    help_topic = "staff"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("leave.title"))
        self._board: LeaveBoard | None = None
        self._gives = may_give(desk.user)
        self.explain(t("leave.explain"))
        if self._gives:
            give = Main(t("leave.give"), "plus")
            give.call_it("give_leave")
            give.clicked.connect(self._give)
            self.set_actions(give)
        self.rows = LeaveRows()
        self.rows.withdraw_asked.connect(self._withdraw)
        self.empty = EmptyState("calendar", t("leave.none"), t("leave.none_why"))
        self._rule = Muted("")
        card = Card(t("leave.all"))
        card.add(self.rows, self.empty, self._rule)
        self.add(card)

    @override
    def read(self) -> None:
        self.desk.ask(_read, self._show, self)

    @override
    def make_sheet(self, kind: str, values: Mapping[str, object]) -> SideSheet | None:
        if self._board is None or not self._gives:
            return None
        if kind == GiveSheet.kind:
            self._give()
            return self.sheet
        wanted = values.get("leave_id")
        for line in self._board.lines:
            if kind == EndSheet.kind and line.leave.id == wanted:
                self._withdraw(line)
                return self.sheet
        return None

    def _show(self, found: tuple[LeaveBoard, tuple[Protocol, str]]) -> None:
        first = self._board is None
        self._board, (protocol, article) = found
        self.rows.show_lines(self._board.lines, named=True, gives=self._gives)
        self.rows.setVisible(bool(self._board.lines))
        self.empty.setVisible(not self._board.lines)
        self._rule.setText(rule_words(protocol, article, self.desk.language))
        self._rule.setVisible(bool(article))
        if first:
            self.look_for_draft()

    def _give(self) -> None:
        if self._board is not None:
            self.show_sheet(GiveSheet(self.desk, self._board.people), self._given)

    def _withdraw(self, line: LeaveLine) -> None:
        self.show_sheet(EndSheet(self.desk, line), self._ended)

    def _given(self, leave: Leave) -> None:
        self.offer_undo(t("leave.given"), partial(undo_leave, leave=leave))

    def _ended(self, end: LeaveEnd) -> None:
        self.offer_undo(t("leave.withdrawn"), partial(undo_end, end=end))


def _read(session: Session) -> tuple[LeaveBoard, tuple[Protocol, str]]:
    protocol = current_protocol(session)
    rule = ground(protocol)
    return leave_board(session), (protocol, rule.id if rule else "")
