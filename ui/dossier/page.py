"""One dossier: its cases, everything in it as a time line, and who read it."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from itertools import groupby
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.clock import school_day
from app.dossier.dossiers import (
    Attachment,
    CaseLine,
    OpenedDossier,
    attachment,
    open_dossier,
)
from app.dossier.entries import ADDABLE
from app.dossier.items import TimelineItem
from app.dossier.readers import READS, SEEN, ReaderLine, readers
from app.journal.leaving import Leaving
from app.override import override
from app.ports import Committed, Session
from app.record import Compartment
from ui.dossier.entry import EntrySheet
from ui.dossier.letter import LetterSheet
from ui.dossier.said import NAMES, due_words, wording
from ui.dossier.trail import Trail
from ui.kit.badge import Badge
from ui.kit.button import Main, Plain, Quiet
from ui.kit.card import Card
from ui.kit.flow import Columns
from ui.kit.label import Muted
from ui.kit.lines import Lines
from ui.kit.mark import Mark
from ui.kit.sided import SideSheet
from ui.kit.viewer import FileView
from ui.shell.desk import Desk
from ui.shell.desked import DeskedPage
from ui.shell.shield import Shield
from ui.theme import look
from ui.words import moment, t

Shown = tuple[OpenedDossier, tuple[ReaderLine, ...]]

_READERS, _SHOWN = 60, 8
"""So many readings are looked at, and so many lines of them shown."""


class DossierPage(DeskedPage):
    """For whoever holds the key of the compartment; every reading is kept in the journal."""

    page_id = "dossier"
    help_topic = "dossiers"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("dossier.dossier"))
        Shield(self, desk.choices)
        self._compartment = Compartment.PUPIL_DOSSIER
        self._dossier_id = ""
        self._entry_id = ""
        self._opened: OpenedDossier | None = None
        self._badge = Badge("")
        self.add_badge(self._badge)
        self._cases = Lines(shares=(3, 4))
        self._readers = Lines(shares=(2, 3))
        self.trail = Trail()
        self.trail.file_asked.connect(self._look)
        self.trail.letter_asked.connect(self._letter)
        self.trail.correct_asked.connect(self._correct)
        self.view = FileView()
        self.view.setMinimumHeight(look().px(560))
        self.view.save_chosen.connect(self._save)
        shut = Plain(t("dossier.close_file"), "close", fit="small")
        shut.call_it("close_file")
        shut.clicked.connect(self._shut_file)
        self._file = Card(t("dossier.file"), shut)
        self._file.add(self.view)
        self._file.hide()
        self._lay_out()

    @override
    def what(self) -> dict[str, str]:
        return {"compartment": str(self._compartment), "dossier_id": self._dossier_id}

    def arrive(self, what: Mapping[str, str]) -> None:
        """Show one dossier: `compartment` and `dossier_id`."""
        if "dossier_id" in what:
            self._compartment = Compartment(what["compartment"])
            self._dossier_id = what["dossier_id"]
            self._shut_file()
            self.look_for_draft()

    @override
    def read(self) -> None:
        if self._dossier_id:
            work = partial(_open, self._compartment, self._dossier_id)
            self.desk.ask(work, self._show, self)

    @override
    def leave(self) -> None:
        super().leave()
        self._shut_file()

    @override
    def make_sheet(self, kind: str, values: Mapping[str, object]) -> SideSheet | None:
        del values
        if kind != EntrySheet.kind or not self._dossier_id:
            return None
        return self._entry_sheet(None)

    @override
    def _heard(self, committed: Committed) -> None:
        mine = committed.compartment is self._compartment
        if mine and committed.act not in SEEN and self.isVisible():
            self.read()

    def _lay_out(self) -> None:
        add = Main(t("dossier.add_entry"), "plus")
        add.call_it("entry_add")
        add.clicked.connect(self._add)
        copy = Plain(t("dossier.compile"), "copy")
        copy.call_it("dossier_compile")
        copy.clicked.connect(self._compile)
        every = Quiet(t("dossier.all_readers"), "list", fit="small")
        every.call_it("all_readers")
        every.clicked.connect(self._all_readers)
        letter = Plain(t("dossier.letter"), "letter")
        letter.call_it("dossier_letter")
        letter.clicked.connect(self._which_letter)
        self.set_actions(copy, letter, add)
        cases, readers = Card(t("dossier.cases")), Card(t("dossier.who_read"))
        cases.add(self._cases)
        readers.add(Muted(t("dossier.who_read_words")), self._readers, every)
        trail = Card(t("dossier.trail"))
        trail.add(self.trail)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().gap)
        column.addWidget(cases)
        column.addWidget(readers)
        column.addStretch(1)
        self.add(self._file, Columns(trail, side, weights=(3, 2), narrow=820))

    def _show(self, shown: Shown) -> None:
        opened, lines = shown
        self._opened = opened
        self.set_title(
            opened.dossier.subject_name, t("dossier.since", day=opened.dossier.opened_on)
        )
        self._badge.setText(t(NAMES[self._compartment]))
        self._badge.updateGeometry()
        self._cases.clear()
        for case in opened.cases:
            self._show_case(case)
        if not opened.cases:
            self._cases.add(t("dossier.no_cases"))
        self.trail.show_items(opened.timeline, ADDABLE)
        self._readers.clear()
        for user, said in read_lines(lines)[:_SHOWN]:
            self._readers.add(user, said)

    def _show_case(self, case: CaseLine) -> None:
        go = Plain(t("dossier.open"), fit="small")
        go.call_it(f"case_{case.id}")
        go.clicked.connect(self._open_case)
        due = due_words(case.due_on, self.desk.clock.today(), theirs=case.theirs)
        state = " · ".join(part for part in (wording(case.state), due) if part)
        mark = Mark.YES if case.closed else Mark.ASK
        self._cases.add(t("dossier.case", number=case.number), state, go, mark=mark)

    def _open_case(self) -> None:
        case_id = self.sender().objectName().removeprefix("case_")
        self.desk.goto("case", compartment=str(self._compartment), case_id=case_id)

    def _compile(self) -> None:
        self.desk.goto("compile", **self.what())

    def _which_letter(self) -> None:
        self.show_sheet(LetterSheet(self._compartment), self._write)

    def _write(self, template: str) -> None:
        self.desk.goto("letter", **self.what(), template=template)

    def _all_readers(self) -> None:
        self.desk.goto("readers", **self.what())

    # -- adding -------------------------------------------------------------------------------

    def _add(self) -> None:
        self._entry_sheet(None)

    def _correct(self, entry_id: str) -> None:
        items = self._opened.timeline if self._opened else ()
        self._entry_sheet(next((item for item in items if item.id == entry_id), None))

    def _entry_sheet(self, replaces: TimelineItem | None) -> EntrySheet:
        cases = self._opened.cases if self._opened else ()
        subject = self._opened.dossier.subject_id if self._opened else ""
        place = (self._compartment, self._dossier_id, subject)
        sheet = EntrySheet(self.desk, place, cases, replaces)
        self.show_sheet(sheet, self._added)
        return sheet

    def _added(self, _entry: object) -> None:
        self.bar.done(t("dossier.entry_added"))

    # -- files --------------------------------------------------------------------------------

    def _look(self, entry_id: str) -> None:
        self._entry_id = entry_id
        work = partial(attachment, compartment=self._compartment, entry_id=entry_id)
        self.desk.ask(work, self._show_file, self)

    def _show_file(self, found: Attachment) -> None:
        self._file.show()
        self.view.show_file(found.name, found.content)
        self.view.setFocus()

    def _shut_file(self) -> None:
        self.view.forget()
        self._file.hide()

    def _save(self, path: Path) -> None:
        leaving = Leaving("attachment_saved", self._entry_id, self._compartment)
        self.desk.save_document(path, self.view.content, leaving, self._saved, self)

    def _saved(self, _nothing: None) -> None:
        self.bar.done(t("dossier.file_saved"))

    def _letter(self, letter_id: str) -> None:
        self.desk.goto("letter", compartment=str(self._compartment), letter_id=letter_id)


def read_lines(lines: Sequence[ReaderLine]) -> list[tuple[str, str]]:
    """Who read what, newest first; the same again and again on a day is one line."""
    found = []
    for (user, act, what, _), times in groupby(lines, _same):
        every = list(times)
        parts = [" ".join(part for part in (t(READS[act]), what) if part)]
        parts.append(moment(every[0].at))
        if len(every) > 1:
            parts.append(t("dossier.read_times", count=len(every)))
        found.append((user, " · ".join(parts)))
    return found


def _same(line: ReaderLine) -> tuple[str, str, str, date]:
    return line.user, line.act, line.what, school_day(line.at)


def _open(compartment: Compartment, dossier_id: str, session: Session) -> Shown:
    opened = open_dossier(session, compartment, dossier_id)
    return opened, readers(session, compartment, dossier_id, _READERS)
