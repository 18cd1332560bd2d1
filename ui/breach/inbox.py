"""The inbox: that a sealed report waits; open it, read it, put it in its dossier."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.dossier.inbox import (
    FiledReport,
    InboxLine,
    OpenedReport,
    file_report,
    file_withdrawal,
    open_report,
    waiting,
)
from app.dossier.post import WITHDRAWAL
from app.dossier.records import Entry
from app.errors import BoordboekError, Refusal
from app.journal.leaving import Leaving
from app.override import override
from app.ports import Committed
from app.record import DOSSIERS, Compartment
from ui.breach.filing import FilingForm
from ui.breach.said import report_facts, size_words, warning_words
from ui.kit import ask
from ui.kit.badge import Badge
from ui.kit.button import Main, Plain
from ui.kit.card import Card
from ui.kit.empty import EmptyState
from ui.kit.flow import Columns, Stack
from ui.kit.label import Muted, Text
from ui.kit.lines import Facts, Lines
from ui.kit.mark import Mark
from ui.kit.page import Page
from ui.kit.table import MemorySource, Table
from ui.kit.viewer import FileView
from ui.models.columns import Column, Face, Row
from ui.shell.desk import Desk
from ui.shell.drafts import Draft
from ui.shell.shield import Shield
from ui.theme import look
from ui.words import moment, t, words

DOSSIER_NAMES = {
    Compartment.PUPIL_DOSSIER: "breach.pupil_dossier",
    Compartment.STAFF_DOSSIER: "breach.staff_dossier",
}


class InboxPage(Page):
    """For whoever holds a dossier key: what waits, and one report at a time."""

    help_topic = "dossiers"

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("breach.inbox"))
        Shield(self, desk.choices)
        self._desk = desk
        self._lines: dict[str, InboxLine] = {}
        self.reading: Reading | None = None
        self._wanted = ""
        self._source = MemorySource()
        self.table = Table(
            (
                Column("dossier", "breach.for_dossier", 12, Face.STRONG),
                Column("kind", "breach.post_kind", 14),
                Column("arrived", "breach.arrived_on", 11, least=18),
            ),
            self._source,
            name=t("breach.inbox"),
            empty=EmptyState("inbox", t("breach.inbox_empty"), t("breach.inbox_empty_why")),
        )
        self.table.setMinimumHeight(look().px(300))
        self.table.opened.connect(self._open)
        self.table.chosen.connect(self._chosen)
        self._list = Card(t("breach.sealed"), fill=True)
        self._list.add(Muted(t("breach.sealed_words")), self.table)
        self.add(self._list)
        self._offer_opening()
        desk.changed.connect(self._changed)

    def arrive(self, what: Mapping[str, str]) -> None:
        """Open one report again: `report_id`."""
        self._wanted = what.get("report_id", "")

    @override
    def refresh(self) -> None:
        self._desk.ask(waiting, self._listed, self)

    @override
    def leave(self) -> None:
        self._keep()
        self._close()

    def _keep(self) -> None:
        """Keep how the report was going to be filed."""
        values = self.reading.form.typed() if self.reading is not None else {}
        if values and self.reading is not None:
            what = {"report_id": self.reading.report_id}
            self._desk.keep_draft(Draft("inbox", t("breach.filing_draft"), values, what))

    def _found_draft(self, draft: Draft | None) -> None:
        if draft is not None and self.reading is not None:
            self.reading.form.put(draft.values)

    def _listed(self, lines: tuple[InboxLine, ...]) -> None:
        self._lines = {line.id: line for line in lines}
        self._source.replace(_row(line) for line in lines)
        self.table.reload()
        if lines:
            self.table.choose(lines[0].id)
        wanted, self._wanted = self._wanted, ""
        self._open(wanted)
        self._desk.count("inbox", len(lines))

    def _chosen(self, line_id: str) -> None:
        # A list that comes late finds a report on the page, and no button that opens.
        if self.reading is None:
            self._opener.setEnabled(bool(line_id))

    def _open_chosen(self) -> None:
        self._open(self.table.chosen_id)

    def _open(self, line_id: str) -> None:
        line = self._lines.get(line_id)
        if line is not None and line.kind == WITHDRAWAL:
            note = partial(file_withdrawal, compartment=line.compartment, id=line.id)
            self._desk.ask(note, self._put_with, self)
        elif line is not None:
            work = partial(open_report, compartment=line.compartment, id=line.id)
            self._desk.ask(work, self._opened, self)

    def _put_with(self, _entries: tuple[Entry, ...]) -> None:
        self.bar.done(t("breach.note_filed"))
        self.refresh()

    def _opened(self, report: OpenedReport) -> None:
        self._close()
        self._list.hide()
        self.reading = Reading(self._desk, report)
        self.reading.filed.connect(self._filed)
        self.add(self.reading)
        back = Plain(t("breach.back_to_inbox"), "left")
        back.call_it("inbox_back")
        back.clicked.connect(self._to_list)
        put = Main(t("breach.file"), "folder")
        put.call_it("inbox_file")
        put.clicked.connect(self.reading.ask_file)
        self.set_actions(back, put)
        title = t("breach.report_of", author=report.author.name)
        self.set_title(title, moment(report.at))
        self.setFocus()  # what was pressed is no longer there
        self._desk.find_draft("inbox", self._found_draft, self, report_id=report.id)

    def _offer_opening(self) -> None:
        self._opener = Main(t("breach.open"), "lock")
        self._opener.call_it("inbox_open")
        self._opener.clicked.connect(self._open_chosen)
        self._chosen(self.table.chosen_id)
        self.set_actions(self._opener)

    def _to_list(self) -> None:
        self._keep()
        self._close()
        self.refresh()

    def _close(self) -> None:
        if self.reading is not None:
            self.reading.forget()
            self.body.removeWidget(self.reading)
            self.reading.hide()
            self.reading.deleteLater()
            self.reading = None
        self._offer_opening()
        self._list.show()
        self.set_title(t("breach.inbox"))

    def _filed(self, compartment: str, dossier_id: str, name: str) -> None:
        if self.reading is not None:
            what = {"report_id": self.reading.report_id}
            self._desk.drop_draft(Draft("inbox", "", {}, what))
            self._lines.pop(self.reading.report_id, None)
            self._desk.count("inbox", len(self._lines))
        self._desk.tell(t("breach.filed", name=name))
        self._close()
        self._desk.goto("dossier", compartment=compartment, dossier_id=dossier_id)

    def _changed(self, committed: Committed) -> None:
        if committed.compartment in DOSSIERS and self.reading is None and self.isVisible():
            self.refresh()


class Reading(QWidget):
    """One report, opened: what it says at the left, where it goes at the right.

    Signals:
        filed(compartment, dossier_id, name): it stands in a dossier now.
    """

    filed = Signal(str, str, str)

    def __init__(self, desk: Desk, report: OpenedReport) -> None:
        super().__init__()
        self._desk, self._report = desk, report
        said = Card(t("breach.what_was_reported"))
        said.add_action(Badge(t(DOSSIER_NAMES[report.compartment])))
        for words_ in _notices(report):
            said.add(Text(words_, look="ask"))
        facts = Facts(report_facts(report.report, report.protocol))
        said.add(facts)
        self.form = FilingForm(desk, report)
        place = Card(t("breach.where_to"))
        place.add(Muted(t("breach.where_to_words")), self.form)
        self._files = Evidence(desk, report)
        self._files.setVisible(bool(report.files or report.missing))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Columns(Stack(said, self._files), place, narrow=820))

    @property
    def report_id(self) -> str:
        """Which report it is."""
        return self._report.id

    def forget(self) -> None:
        """Take files out of memory."""
        self._files.forget()

    def ask_file(self) -> None:
        """Ask once more before the report stands in a dossier for good."""
        filing = self.form.filing()
        names = ", ".join(subject.name for subject in filing.subjects)
        if not names:
            self._send()
            return
        dossier = t(DOSSIER_NAMES[self._report.compartment])
        explained = t("breach.file_words", dossier=dossier, names=names)
        ask.confirm(self, t("breach.file"), explained, t("breach.file"), self._send)

    def _send(self) -> None:
        work = partial(
            file_report,
            compartment=self._report.compartment,
            id=self._report.id,
            filing=self.form.filing(),
        )
        self._desk.ask(work, self._done, self, failed=self._refused)

    def _done(self, filed: FiledReport) -> None:
        names = ", ".join(dossier.subject_name for dossier in filed.dossiers)
        compartment = str(self._report.compartment)
        self.filed.emit(compartment, filed.dossiers[0].id, names)

    def _refused(self, problem: BoordboekError) -> None:
        page = _page_of(self)
        if isinstance(problem, Refusal):
            left = self.form.take_refusals(problem)
            page.bar.refused(left or t("breach.look_again_filing"))
        else:
            page.bar.trouble(words().of(problem.message), self._send)


class Evidence(Card):
    """The files of a report: which arrived whole, and a look at each."""

    def __init__(self, desk: Desk, report: OpenedReport) -> None:
        super().__init__(t("breach.card_files"))
        self._desk, self._report = desk, report
        lines = Lines(shares=(2, 3))
        for place, file in enumerate(report.files):
            show = Plain(t("breach.look"), "eye", fit="small")
            show.call_it(f"look_{place}")
            show.clicked.connect(self._look)
            state = t("breach.file_whole" if file.intact else "breach.file_other")
            arrived = file.arrived_at
            parts = (
                file.obtained,
                t("breach.arrived", moment=arrived) if arrived else "",
                *(size_words(len(file.content)), state),
                *warning_words(file.warnings),
            )
            detail = " · ".join(part for part in parts if part)
            mark = Mark.YES if file.intact and not file.warnings else Mark.ASK
            lines.add(file.name, detail, show, mark=mark)
        for name in report.missing:
            lines.add(name, t("breach.file_missing"), mark=Mark.NO)
        self._view = FileView()
        self._view.setMinimumHeight(look().px(480))
        self._view.save_chosen.connect(self._save)
        self._view.hide()
        self.add(lines, self._view)

    def forget(self) -> None:
        """Take the file that is shown out of memory."""
        self._view.forget()

    def _look(self) -> None:
        file = self._report.files[int(self.sender().objectName().removeprefix("look_"))]
        self._view.show()
        self._view.show_file(file.name, file.content)

    def _save(self, path: Path) -> None:
        leaving = Leaving("evidence_saved", self._report.id, self._report.compartment)
        self._desk.save_document(path, self._view.content, leaving, self._saved, self)

    def _saved(self, _nothing: None) -> None:
        _page_of(self).bar.done(t("breach.file_saved"))


def _page_of(widget: QWidget) -> Page:
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, Page):
        parent = parent.parentWidget()
    if parent is None:
        raise LookupError("no page around a part of it")
    return parent


def _notices(report: OpenedReport) -> list[str]:
    """What to know before anything else: withdrawn, about oneself, past somebody."""
    found = []
    if report.withdrawn is not None:
        at, why = report.withdrawn.at, report.withdrawn.reason
        found.append(t("breach.is_withdrawn", moment=at, reason=why))
    if report.report.own:
        found.append(t("breach.about_author", author=report.author.name))
    if report.boxed:
        found.append(t("breach.came_past", name=report.report.actor_name))
    if report.protocol is None:
        found.append(t("breach.version_unknown"))
    return found


def _kind_words(line: InboxLine) -> str:
    if line.kind == WITHDRAWAL:
        return t("breach.post_withdrawal")
    if line.withdrawn:
        return t("breach.post_withdrawn")
    return t("breach.post_boxed" if line.boxed else "breach.post_report")


def _row(line: InboxLine) -> Row:
    return Row(
        line.id,
        {
            "dossier": t(DOSSIER_NAMES[line.compartment]),
            "kind": _kind_words(line),
            "arrived": moment(line.at) if line.at else t("breach.arrived_unknown"),
        },
    )
