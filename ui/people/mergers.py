"""Which records were merged into the one that is looked at, and taking that back."""

from functools import partial

from PySide6.QtCore import Signal

from app.roster.questions import Merger
from app.roster.unmerge import mergers, undo_merger
from ui.kit import ask
from ui.kit.button import Quiet
from ui.kit.card import Card
from ui.kit.lines import Lines
from ui.shell.desk import Desk
from ui.words import moment, t


class MergersCard(Card):
    """Every merger into one record, with a button while it can be taken apart.

    Signals:
        taken_apart(name): the record of that name lives by itself again.
    """

    taken_apart = Signal(str)

    def __init__(self, desk: Desk, *, writes: bool) -> None:
        super().__init__(t("people.mergers"))
        self._desk, self._writes, self._kept = desk, writes, ""
        self._lines = Lines(shares=(3, 5))
        self.add(self._lines)
        self.hide()

    def show_record(self, kept: str) -> None:
        """Read what was merged into a record and show it; nothing when nothing was."""
        self._kept = kept
        self._desk.ask(partial(mergers, kept=kept), self._show, self)

    def _show(self, found: tuple[Merger, ...]) -> None:
        if any(each.kept != self._kept for each in found):
            return
        self._lines.clear()
        for each in found:
            at = moment(each.at)
            if each.built:
                said = t("people.merger_built", moment=at, name=each.built[0].name)
                self._lines.add(each.name, said)
            else:
                said = t("people.merger_line", moment=at)
                self._lines.add(each.name, said, *self._buttons(each))
        self.setVisible(bool(found))

    def _buttons(self, merger: Merger) -> tuple[Quiet, ...]:
        if not self._writes:
            return ()
        button = Quiet(t("people.merger_undo"), "undo", fit="small")
        button.call_it("undo_merger")
        button.setAccessibleName(t("people.merger_undo_named", name=merger.name))
        button.clicked.connect(partial(self._ask, merger))
        return (button,)

    def _ask(self, merger: Merger) -> None:
        ask.confirm(
            self,
            t("people.merger_undo_title", name=merger.name),
            t("people.merger_undo_words", name=merger.name),
            t("people.merger_undo"),
            partial(self._undo, merger.given_up),
        )

    def _undo(self, given_up: str) -> None:
        self._desk.ask(partial(undo_merger, given_up=given_up), self._undone, self)

    def _undone(self, merger: Merger) -> None:
        self.taken_apart.emit(merger.name)
