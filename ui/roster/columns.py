"""The second step for a list: what stands in which column, with the first rows as read."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.errors import Message
from app.ports import Session
from app.roster.readers.lists import Understood, UnderstoodRow
from app.roster.readers.mapping import (
    CHILDREN,
    GUARDIAN_FIELDS,
    MOST_GUARDIANS,
    PUPIL_FIELDS,
    Mapping,
    Shape,
    problems,
    target_label,
)
from app.roster.roster import RosterGuardian, RosterPupil
from app.roster.source.cells import DateOrder
from app.roster.source.layout import Cell
from app.roster.source.tables import Table
from ui.kit.badge import Badge
from ui.kit.card import Card
from ui.kit.editors import CheckEditor, ChoiceEditor, LineEditor
from ui.kit.flow import Columns, Flow, Stack
from ui.kit.label import Elided, Muted, Strong
from ui.kit.lines import Lines
from ui.roster.jobs import ListLook, understood
from ui.roster.wording import fault_words, relation_words, where_words
from ui.shell.desk import Desk
from ui.theme import look
from ui.words import day, say, t

_UNREAD = "-"
_EXAMPLES = 3


class ColumnsPane(Stack):
    """Every column with examples and what it is; beside it how the first rows are read.

    Signals:
        sheet_chosen(name): another sheet of the workbook is to be looked into.
        settled(ready): whether the list can be read as it is set now.
    """

    sheet_chosen = Signal(str)
    settled = Signal(bool)

    def __init__(self, desk: Desk, found: ListLook) -> None:
        self._desk, self._found = desk, found
        start = found.known or found.guess.mapping(_name_of(found))
        self.name = LineEditor()
        self.name.setObjectName("source_name")
        self.name.setAccessibleName(t("roster.source_name"))
        self.name.setText(start.name)
        self.whole = CheckEditor(t("roster.whole"))
        self.whole.setObjectName("source_whole")
        self.whole.set_value(start.whole)
        self.order = ChoiceEditor(
            tuple((each.value, t(f"roster.order_{each}")) for each in DateOrder)
        )
        self.order.setObjectName("date_order")
        self.order.setAccessibleName(t("roster.date_order"))
        self.order.set_value(start.order.value)
        self.shape = ChoiceEditor(
            tuple((each.value, t(f"roster.shape_{each}")) for each in Shape)
        )
        self.shape.setObjectName("list_shape")
        self.shape.setAccessibleName(t("roster.shape"))
        self.shape.set_value(start.shape.value)
        self._start = start
        self.targets: dict[str, ChoiceEditor] = {}
        self.rows = Lines(shares=(5, 4))
        self.notes = Lines(shares=(1, 0))
        self._none = Muted(t("roster.no_rows_yet"))
        columns = Card(t("roster.columns"))
        columns.add(Muted(t("roster.columns_words")), self._table(start))
        shown = Card(t("roster.read_as"))
        shown.add(self._none, self.rows, self.notes)
        super().__init__(self._about(), Columns(columns, shown, weights=(6, 5), narrow=900))
        for editor in (self.name, self.whole, self.order, self.shape):
            editor.changed.connect(self.look_again)
        self.look_again()

    def mapping(self) -> Mapping:
        """How the list is understood as set now."""
        chosen = tuple(
            (header, target)
            for header, editor in self.targets.items()
            if (target := editor.value()) != _UNREAD
        )
        return replace(
            self._start,
            name=self.name.text().strip() or _name_of(self._found),
            columns=chosen,
            shape=Shape(self.shape.value()),
            order=DateOrder(self.order.value()),
            whole=self.whole.value(),
            layout=replace(self._start.layout, sheet=self._found.table.layout.sheet),
        )

    def look_again(self) -> None:
        """Read the first rows as set now."""
        mapping = self.mapping()
        wrong = problems(mapping, self._found.table.headers)
        self.settled.emit(not wrong)
        if wrong:
            self.rows.clear()
            self._show_notes(wrong)
            self._none.setVisible(True)
            return
        job = partial(_understood, table=self._found.table, mapping=mapping)
        self._desk.ask(job, self._show, self)

    def is_settled(self) -> bool:
        """Whether the list can be read as it is set now."""
        return not problems(self.mapping(), self._found.table.headers)

    def _about(self) -> QWidget:
        """What the list is called, and how it is written."""
        line = Flow(gap=12)
        line.addWidget(_labelled(t("roster.source_name"), self.name))
        line.addWidget(_labelled(t("roster.shape"), self.shape))
        line.addWidget(_labelled(t("roster.date_order"), self.order))
        sheets = self._found.table.sheets
        if len(sheets) > 1:
            sheet = ChoiceEditor(tuple((name, name) for name in sheets))
            sheet.setAccessibleName(t("roster.sheet"))
            sheet.set_value(self._found.table.layout.sheet)
            sheet.changed.connect(partial(self._other_sheet, sheet))
            line.addWidget(_labelled(t("roster.sheet"), sheet))
        card = Card(t("roster.the_list", file=self._found.table.file))
        card.add(line, self.whole)
        return card

    def _other_sheet(self, editor: ChoiceEditor) -> None:
        self.sheet_chosen.emit(editor.value())

    def _table(self, start: Mapping) -> QWidget:
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look().gap)
        grid.setVerticalSpacing(look().px(6))
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 4)
        options = _options()
        known = self._found.known is not None
        for row, guessed in enumerate(self._found.guess.columns):
            examples = "" if guessed.dropped else _examples(self._found, row)
            head = Stack(Strong(guessed.header), Elided(examples, look="muted"), gap=0)
            grid.addWidget(head, row, 0)
            if guessed.dropped:
                grid.addWidget(
                    Muted(t("roster.never_read", why=t(guessed.dropped))), row, 1, 1, 2
                )
                continue
            editor = ChoiceEditor(options)
            editor.setObjectName(f"target_{row}")
            editor.setAccessibleName(t("roster.target_of", header=guessed.header))
            editor.set_value(start.target_of(guessed.header) or _UNREAD)
            editor.changed.connect(self.look_again)
            self.targets[guessed.header] = editor
            grid.addWidget(editor, row, 1, Qt.AlignmentFlag.AlignVCenter)
            if not known and not guessed.sure and guessed.target:
                grid.addWidget(Badge(t("roster.unsure")), row, 2)
        return table

    def _show(self, found: Understood) -> None:
        self.rows.clear()
        self._none.setVisible(not found.rows)
        for row in found.rows:
            self.rows.add(_pupils_words(row), _guardians_words(row))
        at = [(fault_words(fault), where_words(fault.where)) for fault in found.faults]
        self.notes.clear()
        for words, where in at:
            self.notes.add(t("roster.fault_at", where=where, words=words))
        for note in self._found.guess.notes if self._found.known is None else ():
            self.notes.add(say(note))

    def _show_notes(self, messages: tuple[Message, ...]) -> None:
        self.notes.clear()
        for message in messages:
            self.notes.add(say(message))


def _understood(_session: Session, table: Table, mapping: Mapping) -> Understood:
    return understood(table, mapping)


def _labelled(words: str, editor: QWidget) -> QWidget:
    editor.setMinimumWidth(look().px(290))
    return Stack(Muted(words), editor, gap=4)


def _name_of(found: ListLook) -> str:
    return found.table.file.rpartition("/")[2].rpartition(".")[0] or found.table.file


def _options() -> tuple[tuple[str, str], ...]:
    targets = [f"pupil.{name}" for name in PUPIL_FIELDS]
    targets.append(CHILDREN)
    for place in range(1, MOST_GUARDIANS + 1):
        targets += [f"guardian{place}.{name}" for name in GUARDIAN_FIELDS]
    known = tuple((target, say(target_label(target))) for target in targets)
    return ((_UNREAD, t("roster.not_read")), *known)


def _examples(found: ListLook, place: int) -> str:
    cells = [_cell(row.cells[place]) for row in found.first]
    return " · ".join(list(dict.fromkeys(each for each in cells if each))[:_EXAMPLES])


def _cell(cell: Cell) -> str:
    return cell if isinstance(cell, str) else day(cell)


def _pupils_words(row: UnderstoodRow) -> str:
    said = [_pupil_words(pupil) for pupil in row.pupils]
    places = [part for part in (row.group, row.site) if part]
    return " · ".join([*said, *places])


def _pupil_words(pupil: RosterPupil) -> str:
    name = " ".join(p for p in (pupil.first_name, pupil.prefix, pupil.surname) if p)
    parts = (name, day(pupil.birth_date) if pupil.birth_date else "", pupil.number)
    return ", ".join(part for part in parts if part)


def _guardians_words(row: UnderstoodRow) -> str:
    kinds = {tie.guardian_key: tie.kind for tie in row.relations}
    return "; ".join(_guardian_words(each, kinds.get(each.key, "")) for each in row.guardians)


def _guardian_words(guardian: RosterGuardian, kind: str) -> str:
    given = guardian.first_name or guardian.initials
    name = " ".join(p for p in (given, guardian.prefix, guardian.surname) if p)
    parts = (guardian.institution or name, relation_words(kind) if kind else "", guardian.email)
    return ", ".join(part for part in parts if part)
