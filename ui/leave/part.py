"""The card on the page of a member of staff that says which leave was given."""

from collections.abc import Mapping
from functools import partial

from app.leave.board import LeaveLine, leave_of
from app.leave.give import may_give, undo_end, undo_leave
from app.leave.records import Leave, LeaveEnd
from ui.kit.button import Plain
from ui.kit.card import Card
from ui.kit.label import Muted
from ui.kit.sided import SideSheet
from ui.leave.rows import LeaveRows
from ui.leave.sheets import EndSheet, GiveSheet
from ui.shell.desk import Desk
from ui.shell.desked import DeskedPage
from ui.words import t


class LeaveCard(Card):
    """Leave of one person, what holds today first."""

    def __init__(self, desk: Desk, page: DeskedPage) -> None:
        self._give = Plain(t("leave.give"), fit="small")
        self._give.call_it("give_leave")
        super().__init__(t("leave.title"), self._give)
        self._desk, self._page = desk, page
        self._gives = may_give(desk.user)
        self._give.setHidden(not self._gives)
        self._give.clicked.connect(self._open_give)
        self._staff_id = ""
        self.rows = LeaveRows()
        self.rows.withdraw_asked.connect(self._withdraw)
        self._none = Muted(t("leave.none_here"))
        self.add(self.rows, self._none)

    def show_subject(self, staff_id: str) -> None:
        """Show another person, or the same one again."""
        self._staff_id = staff_id
        self._desk.ask(partial(leave_of, staff_id=staff_id), self._show, self)

    def sheet_for(self, kind: str, values: Mapping[str, object]) -> SideSheet | None:
        """A sheet of this card by its kind, to go on with a draft."""
        del values
        if kind != GiveSheet.kind or not self._gives:
            return None
        self._open_give()
        return self._page.sheet

    def _show(self, lines: tuple[LeaveLine, ...]) -> None:
        if any(line.leave.staff_id != self._staff_id for line in lines):
            return
        self.rows.show_lines(lines, named=False, gives=self._gives)
        self.rows.setVisible(bool(lines))
        self._none.setVisible(not lines)

    def _open_give(self) -> None:
        if self._staff_id:
            self._page.show_sheet(GiveSheet(self._desk, (), self._staff_id), self._given)

    def _withdraw(self, line: LeaveLine) -> None:
        self._page.show_sheet(EndSheet(self._desk, line), self._ended)

    def _given(self, leave: Leave) -> None:
        self._page.offer_undo(t("leave.given"), partial(undo_leave, leave=leave))

    def _ended(self, end: LeaveEnd) -> None:
        self._page.offer_undo(t("leave.withdrawn"), partial(undo_end, end=end))
