"""The last step of an import: what would be done, for a person to accept."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal

from app.roster.plan import Lines as PlanLines
from app.roster.proposal import Change, Choice, Decided, Line, Proposal
from app.roster.roster import Dropped, Fault
from ui.kit.button import Quiet
from ui.kit.card import Card
from ui.kit.choice import Segments
from ui.kit.editors import LineEditor
from ui.kit.empty import EmptyState
from ui.kit.flow import Columns, Flow, Stack
from ui.kit.label import Muted, Text
from ui.kit.lines import Facts, Lines
from ui.kit.sided import SideSheet
from ui.kit.stat import Stat
from ui.kit.table import Table, runner_ask
from ui.roster.doubts import DoubtsCard
from ui.roster.jobs import Proposed
from ui.roster.lines import COLUMNS, LinesSource
from ui.roster.wording import (
    about_words,
    change_words,
    fault_words,
    field_words,
    value_words,
    where_words,
)
from ui.shell.desk import Desk
from ui.theme import look
from ui.words import say, t, words

_ALL = "all"
_MOST_FAULTS = 100
_ALWAYS = (Change.NEW, Change.CHANGED, Change.UNCHANGED)
_COUNTED = (Change.NEW, Change.CHANGED, Change.LEFT, Change.RETURNED, Change.UNCHANGED)


class LinesCard(Card):
    """Every line, by kind and name, and what was decided about it.

    Signals:
        line_opened(line): a `Line` to be looked at.
    """

    line_opened = Signal(object)

    def __init__(self, desk: Desk, proposal: Proposal) -> None:
        super().__init__(t("roster.lines"))
        self._runner = desk.runner
        self.source = LinesSource()
        self.source.show(proposal)
        asks = runner_ask(desk.runner, self)
        empty = EmptyState("check", t("roster.no_lines"))
        self.table = Table(COLUMNS, self.source, asks, name=t("roster.lines"), empty=empty)
        self.table.setMinimumHeight(look().px(360))
        self.table.opened.connect(self._open)
        there = {change for _, change, _ in proposal.counts} - {Change.UNCHANGED}
        kinds = [(_ALL, t("roster.all_changes"))]
        kinds += [(each.value, change_words(each)) for each in Change if each in there]
        self.kinds = Segments(tuple(kinds), t("roster.which_lines"))
        self.kinds.chosen.connect(self._filter)
        self.search = LineEditor(t("roster.search"))
        self.search.setObjectName("line_search")
        self.search.setAccessibleName(t("roster.search"))
        self.search.textChanged.connect(self.table.search)
        line = Flow(gap=8)
        line.addWidget(self.kinds)
        line.addWidget(self.search)
        take = Quiet(t("roster.take_all"), "yes", fit="small")
        take.call_it("take_all")
        take.clicked.connect(self._take_all)
        leave = Quiet(t("roster.leave_all"), "minus", fit="small")
        leave.call_it("leave_all")
        leave.clicked.connect(self._leave_all)
        line.addWidget(take)
        line.addWidget(leave)
        self.add(Muted(t("roster.lines_words")), line, self.table)
        self.table.reload()

    def decide(self, keys: Sequence[str], decided: Decided | None) -> None:
        """Note what was decided about lines, or that nothing was."""
        if decided is None:
            for key in keys:
                self.source.decided.pop(key, None)
        else:
            self.source.decided.update(dict.fromkeys(keys, decided))
        self._show_decided()

    def _filter(self, key: str) -> None:
        self.source.change = None if key == _ALL else Change(key)
        self.table.reload()

    def _take_all(self) -> None:
        self._decide_shown(Choice.ACCEPT)

    def _leave_all(self) -> None:
        self._decide_shown(Choice.SKIP)

    def _decide_shown(self, choice: Choice) -> None:
        job = partial(self.source.decide, self.table.model.ids, choice)
        self._runner.run(job, self._show_decided, self)

    def _show_decided(self, _done: None = None) -> None:
        self.table.forget(self.table.model.ids)

    def _open(self, id: str) -> None:
        self.line_opened.emit(self.source.line(id))


class ReviewPane(Stack):
    """Counts, doubts, every line, and what was not taken over.

    Signals:
        line_opened(line): a `Line` to be looked at.
        chosen(count): so many doubtful lines still wait.
    """

    line_opened = Signal(object)
    chosen = Signal(int)

    def __init__(self, desk: Desk, proposed: Proposed) -> None:
        self._proposal = proposed.proposal
        self._settled: set[str] = set()
        self.doubts = DoubtsCard()
        self.lines = LinesCard(desk, proposed.proposal)
        dropped, faults = _dropped(self._proposal.dropped), _faults(self._proposal.faults)
        parts = (_stats(self._proposal), self.doubts, self.lines, Columns(dropped, faults))
        super().__init__(*_warned(self._proposal), *parts)
        self.doubts.decided.connect(self._decide)
        self.lines.line_opened.connect(self.line_opened)
        if isinstance(self._proposal.lines, PlanLines):
            self.doubts.show_alike(self._proposal.lines.alike)
        self.doubts.show_lines(self._proposal.lines, self._proposal.doubts)

    @property
    def decided(self) -> dict[str, Decided]:
        """What was decided, by key of the line."""
        return self.lines.source.decided

    @property
    def waiting(self) -> int:
        """How many doubtful lines nobody decided about."""
        return self._proposal.doubts - len(self._settled)

    def decide(self, line: Line, choice: Choice) -> None:
        """Take one line over, or leave it as it is."""
        self.lines.decide((line.key,), Decided(choice))

    def _decide(self, keys: Sequence[str], decided: object) -> None:
        """Take what was decided about doubtful lines, None for nothing yet."""
        if isinstance(decided, Decided):
            self.lines.decide(keys, decided)
            self._settled.update(keys)
        else:
            self.lines.decide(keys, None)
            self._settled.difference_update(keys)
        self.chosen.emit(self.waiting)


class LineSheet(SideSheet):
    """One line in full: every field, before and after."""

    kind = "line"

    def __init__(self, line: Line) -> None:
        super().__init__(line.name)
        self.line = line
        self.add(Muted(f"{about_words(line)} · {change_words(line.change)}"))
        facts = [(t("roster.column_where"), where_words(line.where))]
        for each in line.fields:
            new = value_words(each, each.new)
            old = value_words(each, each.old)
            turned = t("roster.turns", old=old, new=new) if each.old else new
            facts.append((field_words(each.field), turned))
        self.add(Facts(facts))
        self.end()


def _warned(proposal: Proposal) -> tuple[Card, ...]:
    """What has to be known before anything else, or nothing."""
    if proposal.warning is None:
        return ()
    card = Card(t("roster.beware"))
    card.setObjectName("warning")
    card.add(Text(say(proposal.warning), look="ask"))
    return (card,)


def _stats(proposal: Proposal) -> Columns:
    """How much there is of everything; of people only."""
    counts = dict.fromkeys(_COUNTED, 0)
    for about, change, count in proposal.counts:
        if change in counts and about.is_person:
            counts[change] += count
    shown = words().number
    stats = [
        Stat(shown(counts[each]), t(f"roster.stat_{each}"))
        for each in _COUNTED
        if counts[each] or each in _ALWAYS
    ]
    if proposal.doubts:
        stats.append(Stat(shown(proposal.doubts), t("roster.stat_doubtful")))
    return Columns(*stats)


def _dropped(dropped: Sequence[Dropped]) -> Card:
    """What may not be held and was not read."""
    card = Card(t("roster.dropped"))
    if not dropped:
        card.add(Muted(t("roster.dropped_nothing")))
        return card
    rows = Lines(shares=(3, 5))
    for each in dropped:
        rows.add(t("roster.dropped_line", name=each.name, count=each.count), t(each.reason))
    card.add(Muted(t("roster.dropped_words")), rows)
    return card


def _faults(faults: Sequence[Fault]) -> Card:
    """What was not understood, with its place."""
    card = Card(t("roster.faults"))
    if not faults:
        card.add(Muted(t("roster.faults_nothing")))
        return card
    rows = Lines(shares=(3, 5))
    for each in faults[:_MOST_FAULTS]:
        rows.add(where_words(each.where), fault_words(each))
    card.add(rows)
    more = len(faults) - _MOST_FAULTS
    if more > 0:
        card.add(Text(t("roster.more_faults", count=more)))
    return card
