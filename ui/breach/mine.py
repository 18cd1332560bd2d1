"""My reports: what I wrote, when it was sent, and whether it was received; nothing more."""

from functools import partial

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.breach.report import MyReport, Withdrawn, my_reports, withdraw_report
from app.override import override
from ui.breach.said import actor_words, note_words, report_facts
from ui.kit import ask
from ui.kit.button import Main, Plain
from ui.kit.card import Card
from ui.kit.empty import EmptyState
from ui.kit.flow import Columns
from ui.kit.label import Muted, Strong
from ui.kit.lines import Facts, Lines
from ui.kit.mark import Mark
from ui.kit.page import Page, scrolling
from ui.kit.table import MemorySource, Table
from ui.models.columns import Column, Face, Row
from ui.shell.desk import Desk
from ui.theme import look
from ui.words import moment, t


class MyReportsPage(Page):
    """The reports of the person who is signed in."""

    help_topic = "breaches"

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("breach.mine"), fill=True)
        self._desk = desk
        self._reports: dict[str, MyReport] = {}
        self._source = MemorySource()
        self.table = Table(
            (
                Column("sent", "breach.sent_on", 9, least=17),
                Column("about", "breach.about", 11, Face.STRONG, least=12),
                Column("state", "breach.state", 15, Face.MARKED, least=18),
            ),
            self._source,
            name=t("breach.mine"),
            empty=EmptyState("report", t("breach.none_mine"), t("breach.none_mine_why")),
        )
        self.table.chosen.connect(self._show)
        self.facts, self._files = Facts(), Lines()
        self._state = Strong()
        new = Main(t("breach.new"), "plus")
        new.call_it("report_new")
        new.clicked.connect(self._new)
        self._take_back = Plain(t("breach.withdraw"), "undo")
        self._take_back.call_it("report_withdraw")
        self._take_back.clicked.connect(self._ask_withdraw)
        self._take_back.setEnabled(False)
        self.set_actions(self._take_back, new)
        listed = Card(t("breach.sent_reports"), fill=True)
        listed.add(Muted(t("breach.only_received")), self.table)
        self._detail = Card(t("breach.what_i_wrote"), fill=True)
        written = QWidget()
        column = QVBoxLayout(written)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (self._state, self.facts, self._files):
            column.addWidget(part)
        column.addStretch(1)
        self._faces = QStackedWidget()
        self._faces.addWidget(EmptyState("list", t("breach.choose_report")))
        self._faces.addWidget(scrolling(written))
        self._detail.add(self._faces)
        columns = Columns(listed, self._detail, weights=(4, 3), narrow=760)
        policy = columns.sizePolicy()
        policy.setVerticalPolicy(policy.Policy.Expanding)
        columns.setSizePolicy(policy)
        self.table.setMinimumHeight(look().px(220))
        self._faces.setMinimumHeight(look().px(280))
        self.add(scrolling(columns))

    @override
    def refresh(self) -> None:
        self._desk.ask(my_reports, self._listed, self)

    def _listed(self, found: tuple[MyReport, ...]) -> None:
        self._reports = {report.id: report for report in found}
        self._source.replace(_row(report) for report in found)
        self.table.reload()

    def _show(self, report_id: str) -> None:
        report = self._reports.get(report_id)
        open_ = report is not None and report.report is not None and report.withdrawn is None
        self._take_back.setEnabled(open_)
        self._faces.setCurrentIndex(1 if report else 0)
        if report is None:
            return
        self._state.setText(state_words(report))
        self._files.clear()
        if report.report is None:
            self.facts.show_facts([(t("breach.sent_on"), moment(report.sent_at))])
            return
        sent = (t("breach.sent_on"), moment(report.sent_at))
        written = report_facts(report.report, report.protocol)
        self.facts.show_facts([sent, *_withdrawn(report), *written])
        for note in report.report.evidence:
            self._files.add(note.name, note_words(note))

    def _ask_withdraw(self) -> None:
        title, label = t("breach.withdraw"), t("breach.withdraw_why")
        ask.type_text(self, title, label, t("breach.withdraw_verb"), self._withdraw, lines=3)

    def _withdraw(self, reason: str) -> None:
        work = partial(withdraw_report, report_id=self.table.chosen_id, reason=reason)
        self._desk.ask(work, self._withdrawn, self)

    def _withdrawn(self, _note: Withdrawn) -> None:
        self.bar.done(t("breach.withdrawn"))
        self.refresh()

    def _new(self) -> None:
        self._desk.goto("breach")


def state_words(report: MyReport) -> str:
    """Whether a report was received or withdrawn, and when."""
    if report.withdrawn is not None:
        return t("breach.withdrawn_on", moment=report.withdrawn.at)
    if report.received_at is None:
        return t("breach.not_received")
    return t("breach.received", moment=report.received_at)


def _withdrawn(report: MyReport) -> list[tuple[str, str]]:
    note = report.withdrawn
    if note is None:
        return []
    received = t("breach.received", moment=report.received_at) if report.received_at else ""
    said = "\n".join(part for part in (note.reason, received) if part)
    return [(t("breach.withdrawal"), said or moment(note.at))]


def _row(report: MyReport) -> Row:
    about = report.report
    words = ""
    if about is not None:
        words = actor_words(about.actor_kind, about.actor_name, report.protocol)
    return Row(
        report.id,
        {"sent": moment(report.sent_at), "about": words, "state": state_words(report)},
        {"state": Mark.YES if report.received_at else Mark.OPEN},
    )
