"""The journal: whether it holds, what stands in it, and a report for whoever looks into it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout

from app.jobs import Progress
from app.journal.leaving import Leaving
from app.journal.questions import JournalLine, JournalLines
from app.journal.verify import Verified, verify_all, written
from app.override import override
from app.ports import Session
from app.record import Compartment
from app.search.called import called
from ui.kit import ask
from ui.kit.button import Link, Main, Plain
from ui.kit.card import Card
from ui.kit.choice import Segments
from ui.kit.empty import EmptyState
from ui.kit.lines import Lines
from ui.kit.mark import Mark
from ui.kit.page import Page
from ui.kit.table import MemorySource, Table
from ui.models.columns import Column, Face, Row
from ui.shell.desk import Desk
from ui.theme import look
from ui.words import moment, say, t, words

_PAGE = 200
_ID = re.compile("[0-9a-f]{32}")
_ENOUGH = 8
"""So much of an id tells it from the others on a page."""
_COLUMNS = (
    Column("number", "journal.number", width=6, face=Face.NUMBER, order="number"),
    Column("at", "journal.at", width=14),
    Column("who", "journal.who", width=14),
    Column("act", "journal.act", width=20, face=Face.STRONG),
    Column("subject", "journal.subject", width=22, face=Face.MUTED),
)


@dataclass(frozen=True, slots=True)
class Entries:
    """A piece of a journal with the names of who wrote it and of what it is about."""

    lines: Sequence[JournalLine]
    names: dict[str, str]
    things: dict[str, str]


class JournalPage(Page):
    """Verify now, entries per compartment, and the report."""

    help_topic = "walls"

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("shell.journal"))
        self._desk = desk
        self._found: Sequence[Verified] = ()
        self._rows: list[Row] = []
        self._last = 0
        # The check list keeps its history as signed publications, not as entries.
        parts = [p for p in Compartment if desk.opens(p) and p is not Compartment.CHECK]
        names = [(part.value, t(f"journal.compartment_{part}")) for part in parts]
        self.parts = Segments(names, t("journal.which"))
        self.parts.chosen.connect(self._choose)
        verify = Main(t("journal.verify_now"))
        verify.call_it("verify_now")
        verify.clicked.connect(self.verify)
        self.export = Plain(t("journal.save_report"), "save")
        self.export.call_it("save_report")
        self.export.clicked.connect(self._ask_where)
        self.export.setEnabled(False)
        self.set_actions(self.export, verify)
        self.outcome = Lines()
        outcome = Card(t("journal.outcome"))
        outcome.add(self.outcome)
        self._source = MemorySource()
        empty = EmptyState("journal", t("journal.empty"))
        self.table = Table(_COLUMNS, self._source, name=t("journal.entries"), empty=empty)
        self._older = Link(t("journal.older"))
        self._older.call_it("older_entries")
        self._older.clicked.connect(self._read_older)
        self.table.setMinimumHeight(look().px(420))
        choose = QHBoxLayout()
        choose.addWidget(self.parts)
        choose.addStretch(1)
        entries = Card(t("journal.entries"))
        entries.add(choose, self.table, self._older)
        self.add(outcome, entries)
        self._tell()

    @override
    def refresh(self) -> None:
        self._choose(self.parts.key)

    def verify(self) -> None:
        """Verify every journal that this user can open."""
        self._desk.ask_long(_verify, self._verified, self, t("journal.verifying"))

    def _verified(self, found: Sequence[Verified]) -> None:
        self._found = found
        self.export.setEnabled(True)
        self._tell()
        wrong = [each for each in found if not each.in_order]
        if wrong:
            self.bar.trouble(t("shell.journal_banner"))
        else:
            self.bar.done(t("journal.all_in_order"))

    def _tell(self) -> None:
        self.outcome.clear()
        if not self._found:
            self.outcome.add(t("journal.not_yet"), mark=Mark.OPEN)
        for each in self._found:
            name = t(f"journal.compartment_{each.compartment}")
            mark = Mark.YES if each.in_order else Mark.NO
            says = t("journal.in_order") if each.in_order else t("journal.not_in_order")
            stamp = each.head.stamp if each.head.number else t("journal.no_entries")
            self.outcome.add(f"{name}: {says}", stamp, mark=mark)
            for finding in each.findings:
                self.outcome.add(say(finding), mark=Mark.ASK)

    def _choose(self, key: str) -> None:
        self._rows, self._last = [], 0
        self._read(Compartment(key))

    def _read_older(self) -> None:
        self._read(Compartment(self.parts.key))

    def _read(self, part: Compartment) -> None:
        self._desk.ask(partial(_read, part, self._last), self._arrived, self)

    def _arrived(self, entries: Entries) -> None:
        self._rows += [_row(line, entries) for line in entries.lines]
        self._last = entries.lines[-1].number if entries.lines else 0
        self._older.setVisible(len(entries.lines) == _PAGE)
        self._source.replace(self._rows)
        self.table.reload()

    def _ask_where(self) -> None:
        ask.save_file(self, t("journal.save_report"), t("shell.journal_file"), self._save)

    def _save(self, path: Path) -> None:
        content = written(self._found, self._desk.words)
        leaving = Leaving("journal_saved")
        self._desk.save_document(path, content, leaving, self._saved, self)

    def _saved(self, _nothing: None) -> None:
        self.bar.done(t("shell.journal_saved"))


def _row(line: JournalLine, entries: Entries) -> Row:
    return Row(
        str(line.number),
        cells={
            "number": words().number(line.number),
            "at": moment(line.at),
            "who": entries.names.get(line.user, line.user[:_ENOUGH]),
            "act": _act(line.act),
            "subject": _about(line.subject, entries),
        },
    )


def _about(subject: str, entries: Entries) -> str:
    """What an entry is about: by its name while it has one, users by theirs."""
    if subject in entries.things:
        return entries.things[subject]
    for user, name in entries.names.items():
        subject = subject.replace(user, name)
    return _ID.sub(lambda found: found[0][:_ENOUGH], subject)


def _act(act: str) -> str:
    """What was done, in words; the plain name of an act that has none yet."""
    known = f"journal.act_{act}"
    return t(known) if words().has(known) else act.replace("_", " ")


def _read(part: Compartment, before: int, session: Session) -> Entries:
    with session.look(part) as reader:
        lines = reader.ask(JournalLines(before=before, limit=_PAGE))
    about = frozenset(line.subject for line in lines)
    things = called(session, part, about, words().language)
    return Entries(lines, {user.id: user.name for user in session.users()}, things)


def _verify(session: Session, progress: Progress) -> Sequence[Verified]:
    return verify_all(session, progress)
