"""Who says what in a group, to be typed: a row for each decider, a column for each use."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent

from app.consent.groupwise import GroupAnswers, GroupRow, RowAnswers
from app.consent.records import Answer
from app.override import override
from ui.consent.wording import answer_words, condition_words, relation_name, use_words
from ui.kit.bar import announce
from ui.kit.cellgrid import CellGrid, RingPainter
from ui.kit.mark import Mark
from ui.kit.sight import bring_into_sight
from ui.models.columns import Face
from ui.models.rows import FACE_ROLE, MARK_ROLE
from ui.theme import look
from ui.words import t

Index: TypeAlias = QModelIndex | QPersistentModelIndex
Cells = dict[str, dict[str, str]]
_MARKS = {Answer.YES.value: Mark.YES, Answer.NO.value: Mark.NO}
_FORGET = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
_ROWS_SEEN = 8
_TOP = QModelIndex()
_LEAST = 128


class GroupModel(QAbstractTableModel):
    """What was said, and above it what was typed; a screen reader hears who, what and which."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.found: GroupAnswers | None = None
        self.rows: Sequence[GroupRow] = ()
        self._titles: list[str] = []
        self._typed: Cells = {}
        self._conditions: dict[str, tuple[str, ...]] = {}

    def show_group(self, found: GroupAnswers) -> None:
        """Show a group; what was typed for rows that stay is kept."""
        self.beginResetModel()
        self.found, self.rows = found, found.rows
        self._titles = [use_words(use, found.channels) for use in found.uses]
        keys = {key_of(row) for row in found.rows}
        self._typed = {key: some for key, some in self._typed.items() if key in keys}
        self._conditions = {k: some for k, some in self._conditions.items() if k in keys}
        self.endResetModel()

    def forget(self, pupils: frozenset[str] | None = None) -> None:
        """Forget what was typed, for all or for some pupils."""
        self.beginResetModel()
        gone = {key_of(row) for row in self.rows if pupils is None or row.pupil_id in pupils}
        self._typed = {key: some for key, some in self._typed.items() if key not in gone}
        self._conditions = {k: some for k, some in self._conditions.items() if k not in gone}
        self.endResetModel()

    def give(self, row: int, column: int, answer: str) -> bool:
        """Type an answer, "" for none; False where there is nothing to answer."""
        if self.found is None or not 0 <= column < len(self.found.uses):
            return False
        cells = self._typed.setdefault(key_of(self.rows[row]), {})
        use = self.found.uses[column]
        if answer:
            cells[use] = answer
        else:
            cells.pop(use, None)
        self._tell(row)
        return True

    def turn(self, row: int, key: str) -> None:
        """Tick a condition for every yes of a row, or take its tick away."""
        who = key_of(self.rows[row])
        had = self._conditions.get(who, ())
        without = tuple(one for one in had if one != key)
        self._conditions[who] = without if key in had else (*had, key)
        self._tell(row)

    def typed(self) -> Cells:
        """What was typed, by row (`pupil:decider`) and use."""
        return {key: dict(some) for key, some in self._typed.items() if some}

    def conditions(self) -> dict[str, list[str]]:
        """The conditions by row."""
        return {key: list(some) for key, some in self._conditions.items() if some}

    def put(self, typed: Mapping[str, object], conditions: Mapping[str, object]) -> None:
        """Show what a draft holds."""
        self.beginResetModel()
        for key, some in typed.items():
            if isinstance(some, dict):
                self._typed[key] = {str(use): str(said) for use, said in some.items()}
        for key, ticked in conditions.items():
            if isinstance(ticked, list):
                self._conditions[key] = tuple(str(one) for one in ticked)
        self.endResetModel()

    def answers(self) -> tuple[RowAnswers, ...]:
        """What is to be recorded."""
        return tuple(
            RowAnswers(
                row.pupil_id,
                row.decider.id,
                tuple((u, Answer(said)) for u, said in self._typed[key_of(row)].items()),
                self._conditions.get(key_of(row), ()),
            )
            for row in self.rows
            if self._typed.get(key_of(row))
        )

    @override
    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.rows)

    @override
    def columnCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() or not self._titles else len(self._titles) + 1

    @override
    def data(self, index: Index, role: int = 0) -> Any:
        words, mark, face = self._cell(index.row(), index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(index.row(), index.column())
        if role == MARK_ROLE:
            return mark
        return face if role == FACE_ROLE else None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if orientation is Qt.Orientation.Vertical:
            row = self.rows[section]
            return t(
                "consent.group_row",
                pupil=row.pupil,
                relation=relation_name(row.decider.relation).lower(),
            )
        last = section == len(self._titles)
        return t("consent.conditions") if last else self._titles[section]

    def spoken(self, row: int, column: int) -> str:
        """A cell with its row and column in words."""
        words, _, _ = self._cell(row, column)
        return t(
            "consent.group_cell",
            who=str(self.headerData(row, Qt.Orientation.Vertical)),
            use=str(self.headerData(column, Qt.Orientation.Horizontal)),
            answer=words or t("consent.answer_none"),
        )

    def _cell(self, row: int, column: int) -> tuple[str, Mark, Face]:
        line = self.rows[row]
        if self.found is None or column == len(self._titles):
            ticked = self._conditions.get(key_of(line), ())
            return condition_words(ticked), Mark.NONE, Face.MUTED
        said = self._typed.get(key_of(line), {}).get(self.found.uses[column], "")
        if said:
            return t(f"consent.answer_{said}"), _MARKS[said], Face.PILL
        voice = line.before[column]
        unclear = self.found.uses[column] in line.unclear
        if voice is None:
            words = t("consent.answer_unclear") if unclear else ""
            return words, Mark.ASK if unclear else Mark.NONE, Face.MARKED
        words, mark = answer_words(voice, line.decider)
        if unclear:
            words = t("consent.answer_then_unclear", answer=words)
        return words, mark, Face.MARKED

    def _tell(self, row: int) -> None:
        self.dataChanged.emit(self.index(row, 0), self.index(row, self.columnCount() - 1))


class GroupGrid(CellGrid):
    """The grid: arrows walk, J or Y and N answer and go on, Backspace or O takes back.

    What was said before is shown and only replaced where something is typed. Digits tick
    conditions for the whole row.

    Signals:
        changed(): something was typed.
        finished(): Ctrl+Enter was pressed.
    """

    changed = Signal()
    finished = Signal()

    def __init__(self, conditions: Sequence[str]) -> None:
        self.table = GroupModel()
        super().__init__(self.table, t("consent.enter_group"))
        self._conditions = conditions
        self._keys = {
            Answer.YES.value: t("consent.keys_yes").upper(),
            Answer.NO.value: t("consent.keys_no").upper(),
            "": t("consent.keys_open").upper(),
        }
        self.setObjectName("group_grid")
        self.setItemDelegate(_TypingPainter(self))
        self.verticalHeader().setDefaultSectionSize(look().row)
        self.verticalHeader().setMaximumWidth(look().px(300))
        for header in (self.verticalHeader(), self.horizontalHeader()):
            header.setHighlightSections(True)
        self.verticalHeader().setSectionsClickable(False)
        self.setMinimumHeight(look().row * _ROWS_SEEN)

    def show_group(self, found: GroupAnswers) -> None:
        """Show a group; the keyboard stays at its cell."""
        here = self.currentIndex()
        row, column = max(here.row(), 0), max(here.column(), 0)
        self.table.show_group(found)
        for place in range(self.table.columnCount()):
            wide = max(
                self.horizontalHeader().sectionSizeHint(place), self.sizeHintForColumn(place)
            )
            self.setColumnWidth(place, max(wide, look().px(_LEAST)))
        self.setCurrentIndex(self.table.index(row, column))

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        bring_into_sight(self)

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            announce(self, self.table.spoken(current.row(), current.column()))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text().upper()
        answer = next((a for a, keys in self._keys.items() if _is_in(typed, keys)), None)
        here = self.currentIndex()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finished.emit()
        elif control or not here.isValid():
            super().keyPressEvent(event)
        elif answer is not None:
            self._answer(here, answer, step=bool(answer))
        elif event.key() in _FORGET:
            self._answer(here, "", step=False)
        elif typed.isdecimal() and 1 <= int(typed) <= len(self._conditions):
            self.table.turn(here.row(), self._conditions[int(typed) - 1])
            self.changed.emit()
        else:
            super().keyPressEvent(event)

    def _answer(self, here: QModelIndex, answer: str, *, step: bool) -> None:
        if self.table.give(here.row(), here.column(), answer):
            self.changed.emit()
            if step:
                self._onward(here.row(), here.column())

    def _onward(self, row: int, column: int) -> None:
        """To the next use, and after the last one to the first of the next row."""
        uses = self.table.columnCount() - 1
        if column + 1 < uses:
            self.setCurrentIndex(self.table.index(row, column + 1))
        elif row + 1 < self.table.rowCount():
            self.setCurrentIndex(self.table.index(row + 1, 0))


class _TypingPainter(RingPainter):
    """Shows where the keyboard will go on while it is elsewhere."""

    only_active = False


def key_of(row: GroupRow) -> str:
    """The name of a row."""
    return f"{row.pupil_id}:{row.decider.id}"


def _is_in(typed: str, keys: str) -> bool:
    return len(typed) == 1 and typed in keys and not typed.isdigit()
