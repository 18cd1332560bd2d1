"""Leave in rows: to whom, what for, how it stands, and what can be done about it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.leave.board import LeaveLine
from app.leave.standing import Stand
from app.protocol.values import Protocol
from ui.kit.badge import Badge
from ui.kit.button import Plain
from ui.kit.lines import Lines
from ui.kit.mark import Mark
from ui.words import day, t

_MARKS = {Stand.HOLDS: Mark.YES, Stand.AHEAD: Mark.OPEN}
_OPEN = (Stand.HOLDS, Stand.AHEAD)


class LeaveRows(QWidget):
    """All leave, one row each.

    Signals:
        withdraw_asked(line): it is to end, a `LeaveLine`.
    """

    withdraw_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.lines = Lines(shares=(2, 5))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.lines)

    def show_lines(self, lines: Sequence[LeaveLine], *, named: bool, gives: bool) -> None:
        """Show other leave; `named` says to whom, `gives` offers to withdraw."""
        self.lines.clear()
        for line in lines:
            mark = _MARKS.get(line.stand, Mark.NONE)
            parts: list[QWidget] = [Badge(t(f"leave.stand_{line.stand}"), mark)]
            if gives and line.stand in _OPEN and line.end is None:
                parts.append(_WithdrawButton(line, self))
            first = line.name if named else line.leave.purpose
            self.lines.add(first, detail(line), *parts)


class _WithdrawButton(Plain):
    """Asks to end the leave of its row."""

    def __init__(self, line: LeaveLine, rows: LeaveRows) -> None:
        super().__init__(t("leave.withdraw"), fit="small")
        self._line, self._rows = line, rows
        self.call_it("withdraw_leave")
        self.clicked.connect(self._ask)

    def _ask(self) -> None:
        self._rows.withdraw_asked.emit(self._line)


def detail(line: LeaveLine) -> str:
    """What for, from when until when, by whom, and how it ended."""
    leave, end = line.leave, line.end
    values = {
        "purpose": leave.purpose,
        "period": t("leave.period", start=day(leave.start), end=day(leave.end)),
        "who": leave.given_by,
    }
    if leave.channels:
        said = t("leave.detail_on", channels=", ".join(leave.channels), **values)
    else:
        said = t("leave.detail", **values)
    if end is None or end.mistake:
        return said
    text = "leave.ended_why" if end.reason else "leave.ended"
    ended = t(text, day=day(end.ends_from), who=end.ended_by, reason=end.reason)
    return f"{said} · {ended}"


def rule_words(protocol: Protocol, article_id: str, language: str) -> str:
    """The rule on which leave rests, and whether its text was at hand."""
    rule = protocol.article(article_id)
    read = rule is not None and rule.complete
    name = protocol.name.said(language)
    text = "leave.rule" if read else "leave.rule_unread"
    return t(text, protocol=name, article=article_id)
