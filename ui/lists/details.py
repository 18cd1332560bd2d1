"""One list beside the table: what changed, who has it, and what can be done about it."""

from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.lists.keeping import kept_until
from app.lists.lines import Change, Kind
from app.lists.listing import ListState
from app.lists.offer import ListOffer
from app.lists.records import Ending, ListEnd, PrintedList
from app.retention.records import FileDestroyed
from ui.kit.button import Main, Plain
from ui.kit.card import Card
from ui.kit.empty import EmptyState
from ui.kit.flow import Flow
from ui.kit.label import Heading, Muted
from ui.kit.lines import Facts, Lines
from ui.kit.mark import Mark
from ui.kit.page import scrolling
from ui.theme import look
from ui.words import day, moment, t, words

_MOST = 20
CERTIFICATE, DESTROY = "certificate", "destroy"
_MARKS = {
    Kind.FORBIDS: Mark.NO,
    Kind.ALLOWS: Mark.ASK,
    Kind.JOINED: Mark.ASK,
    Kind.LEFT: Mark.ASK,
    Kind.ENDED: Mark.ASK,
}


class PaperState(NamedTuple):
    """How it stands with the stored paper of a list.

    Attributes:
        gone: that it was destroyed, or None; over: it can be destroyed.
    """

    gone: FileDestroyed | None = None
    over: bool = False


_KEPT = PaperState()


class Details(Card):
    """The list that is chosen.

    Signals:
        deed(what, list): look, new, returned, destroyed, certificate or destroy.
    """

    deed = Signal(str, object)

    def __init__(self) -> None:
        super().__init__(t("lists.one"), fill=True)
        self._printed: PrintedList | None = None
        self._paper = _KEPT
        self.state = Heading("")
        self.why = Muted("")
        self.changes = Lines(shares=(1, 0))
        self._more = Muted("")
        self.facts = Facts()
        self._nothing = EmptyState("list", t("lists.choose"), t("lists.choose_why"))
        self._content = QWidget()
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().gap)
        for part in (self.state, self.why, self.changes, self._more, self.facts):
            column.addWidget(part)
        column.addStretch(1)
        self._area = scrolling(self._content)
        self._buttons = QWidget()
        self._back = Main(t("lists.returned"))
        self._gone = Plain(t("lists.destroyed"))
        self._new = Plain(t("lists.print_anew"), "print")
        self._look = Plain(t("lists.look"), "eye")
        self._destroy = Plain(t("lists.destroy"))
        self._certificate = Plain(t("lists.certificate"))
        self._lay_buttons()
        self.add(self._nothing, self._area, self._buttons)
        self.body.setStretch(1, 1)
        self.show_nothing()

    def show_nothing(self) -> None:
        """No list is chosen."""
        self._printed = None
        self._show(there=False)

    def show_state(self, state: ListState, offer: ListOffer | None) -> None:
        """A list that is out there, with what changed."""
        self._printed, self._paper = state.list, _KEPT
        self.state.setText(state_words(state))
        self.why.setText(_since(state))
        self.changes.clear()
        for change in state.changes[:_MOST]:
            self.changes.add(change_words(change, state, offer), mark=_MARKS[change.kind])
        more = len(state.changes) - _MOST
        self._more.setText(t("lists.more_changes", count=more) if more > 0 else "")
        self._facts(state.list, None, offer)
        self._show(there=True)
        self._end_buttons(shown=True)

    def show_past(
        self,
        printed: PrintedList,
        end: ListEnd | None,
        offer: ListOffer | None,
        paper: PaperState = _KEPT,
    ) -> None:
        """A list of the register, with how it ended and what became of its stored paper."""
        self._printed, self._paper = printed, paper
        self.state.setText(t(f"lists.end_{end.how}") if end else t("lists.still_out"))
        self.why.setText("")
        self.changes.clear()
        self._more.setText("")
        self._facts(printed, end, offer)
        self._show(there=True)
        self._end_buttons(shown=end is None)

    def _facts(
        self, printed: PrintedList, end: ListEnd | None, offer: ListOffer | None
    ) -> None:
        ended = ""
        if end is not None:
            ended = t("lists.ended_by", who=end.noted_by, at=moment(end.recorded_at))
        made = t("lists.made_by", who=printed.printed_by, at=moment(printed.printed_at))
        self.facts.show_facts(
            (
                (t("lists.number"), printed.number),
                (t("lists.groups"), printed.title),
                (t("lists.uses"), ", ".join(use_names(printed, offer))),
                (t("lists.holder"), printed.holder),
                (t("lists.printed"), made),
                (t("lists.source"), t(_SOURCES[printed.from_check])),
                (t("lists.until"), day(printed.valid_until)),
                (t("lists.children"), str(len(printed.lines))),
                self._stored(printed),
                (t("lists.ended"), ended),
            )
        )

    def _stored(self, printed: PrintedList) -> tuple[str, str]:
        """Until when the stored print-out is kept, or that it was destroyed."""
        gone = self._paper.gone
        if gone is not None:
            at = moment(gone.recorded_at)
            words = t("lists.paper_gone_by", who=gone.destroyed_by, at=at)
            return t("lists.paper_stored"), words
        return t("lists.kept_until"), day(kept_until(printed)) if printed.blob else ""

    def _show(self, *, there: bool) -> None:
        self._nothing.setVisible(not there)
        self._area.setVisible(there)
        self._buttons.setVisible(there)
        self._more.setVisible(bool(self._more.text()))
        self.why.setVisible(bool(self.why.text()))
        self.changes.setVisible(bool(self.changes.count()))

    def _end_buttons(self, *, shown: bool) -> None:
        self._back.setVisible(shown)
        self._gone.setVisible(shown)
        kept = self._printed is not None and bool(self._printed.blob)
        self._look.setVisible(kept and self._paper.gone is None)
        self._destroy.setVisible(kept and self._paper.over)
        self._certificate.setVisible(self._paper.gone is not None)

    def _lay_buttons(self) -> None:
        line = Flow(self._buttons, gap=8)
        deeds = (
            (self._look, "look"),
            (self._new, "new"),
            (self._destroy, DESTROY),
            (self._certificate, CERTIFICATE),
            (self._gone, Ending.DESTROYED.value),
            (self._back, Ending.RETURNED.value),
        )
        for button, what in deeds:
            button.call_it(f"list_{what}")
            button.clicked.connect(self._told)
            line.addWidget(button)

    def _told(self) -> None:
        sender = self.sender()
        if self._printed is not None and sender is not None:
            self.deed.emit(sender.objectName().removeprefix("list_"), self._printed)


_SOURCES = {True: "lists.from_check", False: "lists.from_consent"}


def mark_of(state: ListState) -> Mark:
    """The mark of a list: no when it allows too much, a question when it is stale otherwise."""
    if state.forbids:
        return Mark.NO
    return Mark.ASK if state.stale else Mark.YES


def state_words(state: ListState) -> str:
    """How a list stands, in a few words."""
    if state.forbids:
        return t("lists.forbids")
    if not state.stale:
        return t("lists.current")
    only_ended = all(change.kind is Kind.ENDED for change in state.changes)
    return t("lists.over" if only_ended else "lists.stale")


def change_words(change: Change, state: ListState, offer: ListOffer | None) -> str:
    """One change in a sentence, with the name of the child."""
    name = state.names.get(change.pupil_id, "")
    use = offer.use_name(change.use, words().language) if offer and change.use else change.use
    until = state.list.valid_until
    return t(f"lists.change_{change.kind}", name=name, use=use, day=day(until))


def use_names(printed: PrintedList, offer: ListOffer | None) -> list[str]:
    """The uses of a list in words."""
    if offer is None:
        return list(printed.uses)
    return [offer.use_name(use, words().language) for use in printed.uses]


def _since(state: ListState) -> str:
    if state.since is None:
        return ""
    return t("lists.since", day=day(state.since), holder=state.list.holder)
