"""How far the asking has come: per use and group, in time, and without names for the board."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import resources
from app.figures.collect import Figures, collect, is_current
from app.figures.counts import NOTHING, Count
from app.figures.send import PreparedFigures, group_name, prepare_figures, use_name
from app.figures.trend import TrendPoint, trend
from app.override import override
from ui.figures.bars import TrendLine
from ui.figures.table import CountTable
from ui.kit import ask
from ui.kit.button import Plain
from ui.kit.card import Card
from ui.kit.choice import Segments
from ui.kit.editors import ChoiceEditor
from ui.kit.empty import EmptyState
from ui.kit.flow import Columns, Flow
from ui.kit.label import Muted, Text
from ui.kit.lines import Facts
from ui.kit.preview import Preview
from ui.shell.desk import Desk
from ui.shell.desked import DeskedPage
from ui.theme import look
from ui.words import day, t, words

NOW, TREND, BOARD = "now", "trend", "without_names"
_KINDS = (NOW, TREND, BOARD)


class FiguresPage(DeskedPage):
    """Counted in one pass when first looked at, and again only after something was written."""

    page_id = "figures"
    help_topic = "figures"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("figures.title"))
        self.figures: Figures | None = None
        self.points: tuple[TrendPoint, ...] = ()
        self.prepared: PreparedFigures | None = None
        self._counting = False
        self.kinds = Segments([(k, t(f"figures.show_{k}")) for k in _KINDS], t("figures.which"))
        self.kinds.chosen.connect(self._turn)
        call = Plain(t("figures.call"), "clock")
        call.call_it("who_to_call")
        call.clicked.connect(self._call)
        self.set_actions(call)
        self.use = ChoiceEditor(())
        self.use.setObjectName("figures_use")
        self.use.setMinimumContentsLength(28)
        self.use.setAccessibleName(t("figures.use"))
        self.use.currentIndexChanged.connect(self._use_chosen)
        self.school = CountTable()
        self.groups = CountTable()
        self.line = TrendLine()
        self.months = Facts()
        self._said = Muted("")
        self._empty = EmptyState("tiles", t("figures.none"), t("figures.none_why"))
        self.preview = Preview()
        self.preview.setMinimumHeight(look().px(560))
        self.preview.print_chosen.connect(self._print)
        self.preview.save_chosen.connect(self._save)
        self._uses = Flow(gap=12)
        self._uses.addWidget(self.kinds)
        self._uses.addWidget(self.use)
        self._lay_out()

    def arrive(self, what: Mapping[str, str]) -> None:
        """Show the figures of today, or `kind`: now, trend or without_names."""
        if what.get("kind") in _KINDS:
            self.kinds.take(what["kind"])
            self._turn(what["kind"])

    @override
    def read(self) -> None:
        if self.figures is None:
            self._count()
        else:
            self.desk.ask(partial(is_current, figures=self.figures), self._checked, self)

    def _lay_out(self) -> None:
        self._school = Card(t("figures.school"))
        self._school.add(Muted(t("figures.explain")), self.school, self._empty)
        self._groups = Card(t("figures.group"))
        self._groups.add(self.groups)
        self._trend = Card(t("figures.trend"))
        self._trend.add(self._said, Columns(self.line, self.months, weights=(3, 2)))
        csv = Plain(t("figures.save_csv"), "save", fit="small")
        csv.call_it("save_csv")
        csv.clicked.connect(self._ask_where)
        self._board = Card(t("figures.for_board"), csv)
        least = int(resources.figure_rules()["least"]) - 1
        self.left_before = Text("", look="ask")
        self.left_before.hide()
        words_ = Muted(t("figures.for_board_words", number=least))
        self._board.add(words_, self.left_before, self.preview)
        self.add(self._uses, self._school, self._groups, self._trend, self._board)
        self._turn(NOW)

    # -- counting -------------------------------------------------------------------------

    def _count(self) -> None:
        if not self._counting:
            self._counting = True
            task = self.desk.ask_sliced(collect, self._show, self, t("figures.counting"))
            task.finished.connect(self._counted)

    def _counted(self) -> None:
        self._counting = False

    def _checked(self, current: bool) -> None:  # noqa: FBT001 - the answer of a question
        if not current:
            self._count()

    def _show(self, figures: Figures) -> None:
        self.figures, self.points, self.prepared = figures, (), None
        chosen = self.use.currentData()
        options = [(use.key, use_name(use, words())) for use in figures.uses]
        self.use.set_options(options)
        keys = [key for key, _ in options]
        self.use.setCurrentIndex(keys.index(chosen) if chosen in keys else 0)
        rows = [(use_name(use, words()), figures.whole(use.key)) for use in figures.uses]
        self.school.show_counts(t("figures.use"), rows)
        filled = any(count.total for _, count in rows)
        self.school.setVisible(filled)
        self._empty.setVisible(not filled)
        self._turn(self.kinds.key)

    # -- what is shown --------------------------------------------------------------------

    def _turn(self, kind: str) -> None:
        self._school.setVisible(kind == NOW)
        self._groups.setVisible(kind == NOW)
        self._trend.setVisible(kind == TREND)
        self._board.setVisible(kind == BOARD)
        self.use.setVisible(kind != BOARD)
        if self.figures is None:
            return
        if kind == TREND and not self.points:
            self.desk.ask_sliced(trend, self._show_points, self, t("figures.looking_back"))
        if kind == BOARD and self.prepared is None:
            work = partial(
                prepare_figures,
                press=self.desk.press,
                figures=self.figures,
                language=self.desk.language,
            )
            self.desk.ask(work, self._drawn, self)
        self._use_chosen()

    def _use_chosen(self, _place: int = 0) -> None:
        figures, key = self.figures, self.use.currentData()
        if figures is None or not key:
            return
        said = words()
        rows = [(group_name(g, said), figures.of(g.id, key)) for g in figures.groups]
        self.groups.show_counts(t("figures.group"), [row for row in rows if row[1].total])
        self._show_months(self.points, str(key))

    def _show_points(self, points: tuple[TrendPoint, ...]) -> None:
        self.points = points
        self._use_chosen()

    def _show_months(self, points: Sequence[TrendPoint], key: str) -> None:
        counts = [point.counts.get(key, NOTHING) for point in points]
        shares = [count.yes / count.total if count.total else None for count in counts]
        known = [round(share * 100) for share in shares if share is not None] or [0]
        name = self.use.currentText()
        nothing = bool(points) and not any(count.total for count in counts)
        text = t("figures.no_past") if nothing else t("figures.trend_words", use=name)
        self._said.setText(text)
        self.line.show_shares(
            shares, t("figures.trend_sight", use=name, first=known[0], last=known[-1])
        )
        self.months.show_facts(
            (day(point.day), _said(count)) for point, count in zip(points, counts, strict=True)
        )

    # -- leaving --------------------------------------------------------------------------

    def _drawn(self, prepared: PreparedFigures) -> None:
        self.prepared = prepared
        before = prepared.left_before
        self.left_before.setText(t("figures.left_before", day=day(before)) if before else "")
        self.left_before.setVisible(before is not None)
        self.preview.show_document(prepared.pdf.content, f"{prepared.name}.pdf")

    def _print(self) -> None:
        if self.prepared is not None:
            self.desk.let_out(self.prepared.leaving(saved=False), self._may_print, self)

    def _may_print(self, _nothing: None) -> None:
        self.preview.print_now()

    def _save(self, path: Path) -> None:
        if self.prepared is not None:
            leaving = self.prepared.leaving(saved=True)
            content = self.prepared.pdf.content
            self.desk.save_document(path, content, leaving, self._saved, self)

    def _ask_where(self) -> None:
        if self.prepared is not None:
            name = f"{self.prepared.name}.csv"
            ask.save_file(self, t("figures.save_csv"), name, self._save_table, "*.csv")

    def _save_table(self, path: Path) -> None:
        if self.prepared is not None:
            leaving = self.prepared.leaving(saved=True, kind="csv")
            self.desk.save_document(path, self.prepared.csv, leaving, self._saved, self)

    def _saved(self, _nothing: None) -> None:
        self.bar.done(t("figures.saved"))

    def _call(self) -> None:
        self.desk.goto("asking")


def _said(count: Count) -> str:
    if not count.total:
        return "–"
    share = t("figures.percent", number=round(count.yes * 100 / count.total))
    numbers = {
        "yes": words().number(count.yes),
        "no": words().number(count.no),
        "waiting": words().number(count.waiting),
    }
    return f"{share} · {t('figures.bar', **numbers)}"
