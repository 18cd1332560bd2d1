"""The rounds that are going on, and beginning another."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.asking.questions import Selection
from app.asking.records import RoundKind
from app.asking.rounds import RoundLine, begin_round
from app.consent.records import Channel
from app.override import override
from app.people.card import Places
from ui.asking.wording import kind_words, round_title
from ui.kit.button import Plain, Quiet
from ui.kit.card import Card
from ui.kit.flow import Columns, Flow
from ui.kit.form import Choice, Radio, Value
from ui.kit.label import Muted, Strong
from ui.shell.desk import Desk
from ui.shell.sheets import FormSheet
from ui.theme import look
from ui.words import day, t, words

_KINDS = (
    *(RoundKind.NEW_PUPIL, RoundKind.OPEN, RoundKind.NEW_WORDING, RoundKind.OF_AGE),
    *(RoundKind.AUTHORITY, RoundKind.RENEWAL, RoundKind.REMINDER, RoundKind.ONE_OFF),
)


class RoundBox(QWidget):
    """One round: its name, how far it has come, and what to do.

    Signals:
        shown(id): show who belongs in it.
        drawn(id): make its forms.
        ended(id): end it.
    """

    shown = Signal(str)
    drawn = Signal(str)
    ended = Signal(str)

    def __init__(self, line: RoundLine, *, writes: bool) -> None:
        super().__init__()
        self._line = line
        said, deeds = QWidget(), QWidget()
        column = QVBoxLayout(said)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().px(3))
        column.addWidget(Strong(round_title(line)))
        since = t("asking.round_since", day=day(line.started_on))
        parts = [since, _counts(line)]
        if line.channel and line.channel.end:
            parts.insert(1, t("asking.round_until", day=day(line.channel.end)))
        column.addWidget(Muted(" · ".join(parts)))
        self._line_of_buttons = Flow(deeds, gap=6)
        self._offer("show", t("asking.show_round"), self._show)
        if writes and line.forms and line.kind is not RoundKind.REMINDER:
            self._offer("forms", t("asking.round_forms", count=line.forms), self._draw)
        if writes:
            self._offer("end", t("asking.end_round"), self._end)
        beside = QVBoxLayout(self)
        beside.setContentsMargins(0, look().px(4), 0, look().px(6))
        beside.addWidget(Columns(said, deeds, weights=(3, 2), narrow=560))

    def _offer(self, name: str, words: str, then: Callable[[], None]) -> None:
        kind = Quiet if name == "end" else Plain
        button = kind(words, fit="small")
        button.call_it(f"round_{name}_{self._line.kind}")
        button.setAccessibleName(f"{words}: {round_title(self._line)}")
        button.clicked.connect(then)
        self._line_of_buttons.addWidget(button)

    def _show(self) -> None:
        self.shown.emit(self._line.id)

    def _draw(self) -> None:
        self.drawn.emit(self._line.id)

    def _end(self) -> None:
        self.ended.emit(self._line.id)


class RoundsCard(Card):
    """All rounds, below one another; everybody stands above them.

    Signals: as those of `RoundBox`; `shown("")` asks for everybody.
    """

    shown = Signal(str)
    drawn = Signal(str)
    ended = Signal(str)

    def __init__(self, *, writes: bool) -> None:
        self.begin = Plain(t("asking.begin_round"), "plus", fit="small")
        self.begin.call_it("begin_round")
        super().__init__(t("asking.rounds"), *((self.begin,) if writes else ()))
        self._writes = writes
        self._rows = QWidget()
        self.add(self._rows)

    def show_rounds(self, rounds: tuple[RoundLine, ...]) -> None:
        """Show other rounds."""
        fresh = QWidget()
        column = QVBoxLayout(fresh)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().near)
        if not rounds:
            column.addWidget(Muted(t("asking.no_rounds")))
        for line in rounds:
            box = RoundBox(line, writes=self._writes)
            box.shown.connect(self.shown)
            box.drawn.connect(self.drawn)
            box.ended.connect(self.ended)
            column.addWidget(box)
        column.addStretch(1)
        self.body.replaceWidget(self._rows, fresh)
        self._rows.hide()
        self._rows.deleteLater()
        self._rows = fresh


class RoundSheet(FormSheet):
    """Begins a round: for which reason, and for which part of the school or one-off use."""

    kind = "round"

    def __init__(self, desk: Desk, places: Places, one_offs: tuple[Channel, ...]) -> None:
        super().__init__(desk, t("asking.begin_round"), t("asking.begin"))
        self._sites = {group.id: group.site_id for group in places.groups}
        self.add(Muted(t("asking.round_explain")))
        parts = [
            (f"group:{g.id}", f"{g.name} · {places.site_name(g.site_id)}")
            for g in places.groups
        ]
        if len(places.sites) > 1:
            parts = [(f"site:{s.id}", s.name) for s in places.sites] + parts
        offered = [k for k in _KINDS if one_offs or k is not RoundKind.ONE_OFF]
        kinds = tuple((kind.value, kind_words(kind)) for kind in offered)
        once = tuple((one.key, one.name(words().language)) for one in one_offs)
        self.lay_out(
            (
                Radio(key="kind", label="asking.round_kind", options=kinds, required=True),
                Choice(
                    key="part",
                    label="asking.round_part",
                    options=(("all", t("asking.everybody")), *parts),
                    required=True,
                ),
                Choice(
                    key="channel", label="asking.round_one_off", options=once, required=True
                ),
            )
        )
        self.form.set_values({"kind": RoundKind.NEW_PUPIL.value, "part": "all"})
        if once:
            self.form.set_values({"channel": once[0][0]})
        self._told = Muted("")
        self.add(self._told)
        self.form.changed.connect(self._tell)
        self._tell("kind")
        self.end()

    @override
    def send(self, values: dict[str, Value]) -> None:
        part, _, id = str(values["part"]).partition(":")
        where = Selection(
            site_id=id if part == "site" else "", group_id=id if part == "group" else ""
        )
        kind = RoundKind(str(values["kind"]))
        if kind is RoundKind.ONE_OFF:
            self.ask(partial(begin_round, kind=kind, channel=str(values["channel"])))
        else:
            self.ask(partial(begin_round, kind=kind, where=where))

    def _tell(self, _key: str) -> None:
        kind = self.form.text("kind")
        once = kind == RoundKind.ONE_OFF
        self.form.show_field("part", shown=not once)
        self.form.show_field("channel", shown=once)
        self._told.setText(t(f"asking.about_{kind}") if kind else "")


def _counts(line: RoundLine) -> str:
    if line.kind is RoundKind.REMINDER:
        return t("asking.counts_reminder", told=line.done, number=line.to_ask)
    return t("asking.counts", number=line.to_ask, waiting=line.waiting, done=line.done)
