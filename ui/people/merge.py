"""The side sheet that lets two records of one person become one."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from app.people.questions import Presence
from app.ports import Session
from app.roster.merge import Merged, merge_guardians, merge_pupils
from ui.kit import ask
from ui.kit.button import Danger, Link, Main
from ui.kit.editors import LineEditor
from ui.kit.empty import EmptyState
from ui.kit.form import Form, Radio
from ui.kit.label import Muted, Small, Strong, Text
from ui.kit.sided import SideSheet
from ui.kit.table import Table, runner_ask
from ui.models.columns import Column, Face
from ui.models.rows import Source
from ui.people.merging import OthersSource, Side, guardian_sides, pupil_sides
from ui.people.sources import GuardianSource, PupilFilter, PupilSource
from ui.shell.desk import Desk
from ui.theme import look
from ui.words import t


@dataclass(frozen=True, slots=True)
class Kind:
    """What differs between merging pupils and merging guardians.

    Attributes:
        sides: reads both records; `merge` lets the first go on and gives up the second.
    """

    columns: tuple[Column, ...]
    sides: Callable[[Session, tuple[str, str]], tuple[Side, Side]]
    merge: Callable[[Session, str, str], Merged]


class MergeSheet(SideSheet):
    """Finds the other record, shows both side by side, and merges them after a question.

    Signals:
        done(sides): the record that goes on and the one that was given up, each a `Side`.
    """

    kind = "merge"
    wide = 560

    def __init__(self, desk: Desk, kind: Kind, source: Source, own: tuple[str, str]) -> None:
        """Begin with the record `own`: its id, and what to search for at once."""
        super().__init__(t("people.merge_title"))
        self._desk, self._kind, self._own = desk, kind, own[0]
        self._sides: tuple[Side, Side] | None = None
        self._find = _Finder(desk, kind, OthersSource(source, own[0]))
        self._find.table.opened.connect(self._read)
        self._find.table.chosen.connect(self._offer)
        self._both = _Both()
        self._both.again.clicked.connect(self._look_again)
        self._look = Main(t("people.merge_compare"))
        self._look.call_it("compare")
        self._look.clicked.connect(self._read_chosen)
        self._merge = Danger(t("people.merge_verb"))
        self._merge.call_it("merge")
        self._merge.clicked.connect(self._ask)
        self.set_actions(self._look, self._merge)
        self.add(self._find, self._both)
        self.end()
        self._look_again()
        self._find.search.setText(own[1])

    def _offer(self, other_id: str) -> None:
        self._look.setEnabled(bool(other_id))

    def _read_chosen(self) -> None:
        self._read(self._find.table.chosen_id)

    def _read(self, other_id: str) -> None:
        if other_id:
            work = partial(_compared, kind=self._kind, ids=(self._own, other_id))
            self._desk.ask(work, self._compare, self)

    def _compare(self, sides: tuple[Side, Side]) -> None:
        self._sides = sides
        self.bar.clear()
        self._both.show_sides(sides)
        self._turn(both=True)
        own, other = sides
        apart = bool(own.born and other.born and own.born != other.born)
        self._merge.setEnabled(not apart)
        if apart:
            self.bar.refused(t("roster.born_apart"))
        self._both.keep.focus_on("keep")

    def _look_again(self) -> None:
        self._sides = None
        self.bar.clear()
        self._turn(both=False)
        self._offer(self._find.table.chosen_id)
        self._find.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn(self, *, both: bool) -> None:
        self._find.setVisible(not both)
        self._look.setVisible(not both)
        self._both.setVisible(both)
        self._merge.setVisible(both)

    def _ask(self) -> None:
        keep, give_up = self._in_order()
        ask.confirm(
            self,
            t("people.merge_sure", name=keep.name),
            t("people.merge_sure_words", keep=keep.name, give_up=give_up.name),
            t("people.merge_verb"),
            self._agreed,
            danger=True,
        )

    def _agreed(self) -> None:
        keep, give_up = self._in_order()
        self.wait_for(self._merge)
        work = partial(_merged, kind=self._kind, ids=(keep.id, give_up.id))
        self._desk.ask(work, self._merged, self)

    def _merged(self, merged: Merged) -> None:
        keep, give_up = self._in_order()
        if keep.id == merged.kept:
            self.done.emit((keep, give_up))

    def _in_order(self) -> tuple[Side, Side]:
        """The record that goes on, and the other."""
        own, other = self._sides or (_NOBODY, _NOBODY)
        return (other, own) if self._both.keep.text("keep") == "other" else (own, other)


class _Finder(QWidget):
    """Finds the other record by name."""

    def __init__(self, desk: Desk, kind: Kind, source: Source) -> None:
        super().__init__()
        self.search = LineEditor(t("people.merge_find"))
        self.search.setObjectName("find_other")
        self.search.setAccessibleName(t("people.merge_find"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._typed)
        self.table = Table(
            kind.columns,
            source,
            runner_ask(desk.runner, self),
            name=t("people.merge_find"),
            empty=EmptyState(
                "search", t("people.merge_nobody"), t("people.merge_nobody_words")
            ),
        )
        self.table.setMinimumHeight(look().px(260))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().px(12))
        for part in (Muted(t("people.merge_explain")), self.search, self.table):
            column.addWidget(part)

    def _typed(self, words: str) -> None:
        self.table.search(words)


class _Both(QWidget):
    """Both records side by side, which of them goes on, and what happens then."""

    def __init__(self) -> None:
        super().__init__()
        self.again = Link(t("people.merge_again"), "left")
        self.again.call_it("merge_again")
        options = (("own", t("people.merge_own")), ("other", t("people.merge_other")))
        self.keep = Form(
            (Radio(key="keep", label="people.merge_keep", options=options, required=True),)
        )
        self.keep.set_values({"keep": "own"})
        table = QWidget()
        self._grid = QGridLayout(table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look().gap)
        self._grid.setVerticalSpacing(look().near)
        for place, share in enumerate((2, 3, 3)):
            self._grid.setColumnStretch(place, share)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().gap)
        column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(table)
        column.addWidget(self.keep)
        for what in ("facts", "answers", "other"):
            column.addWidget(Text(t(f"people.merge_then_{what}")))

    def show_sides(self, sides: tuple[Side, Side]) -> None:
        """Show two records."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        own, other = sides
        heads = ("", t("people.merge_own"), t("people.merge_other"))
        self._line(0, [Small(words) for words in heads])
        names = (Strong(own.name), Strong(other.name))
        self._line(1, [Muted(t("people.name")), *names])
        rows = [
            (name, one, two)
            for (name, one), (_, two) in zip(own.facts, other.facts, strict=True)
            if one or two
        ]
        for place, (name, one, two) in enumerate(rows, 2):
            self._line(place, [Muted(name), Text(_breaking(one)), Text(_breaking(two))])

    def _line(self, row: int, parts: Sequence[Text]) -> None:
        for column, part in enumerate(parts):
            # Both records get the same room, however long their words are.
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            part.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            self._grid.addWidget(part, row, column)


def _breaking(words: str) -> str:
    """Words that may go on the next line inside an address without spaces."""
    return re.sub(r"([@._-])", "\\1\u200b", words) or "–"


def _compared(session: Session, kind: Kind, ids: tuple[str, str]) -> tuple[Side, Side]:
    return kind.sides(session, ids)


def _merged(session: Session, kind: Kind, ids: tuple[str, str]) -> Merged:
    return kind.merge(session, *ids)


def merge_pupil(desk: Desk, pupil_id: str, words: str) -> MergeSheet:
    """The sheet that merges a pupil with another record; `words` are searched at once."""
    source = PupilSource(desk.session, desk.clock.today())
    source.filter = PupilFilter(presence=Presence.ALL)
    columns = (
        Column("name", "people.name", 12, Face.STRONG, least=14),
        Column("birth", "people.born", 8, least=10),
        Column("group", "people.group", 8, Face.MUTED, least=8),
    )
    kind = Kind(columns, pupil_sides, merge_pupils)
    return MergeSheet(desk, kind, source, (pupil_id, words))


def merge_guardian(desk: Desk, guardian_id: str, words: str) -> MergeSheet:
    """The sheet that merges a guardian with another record."""
    columns = (
        Column("name", "people.name", 12, Face.STRONG, least=14),
        Column("children", "people.children", 14, Face.MUTED, least=14),
    )
    kind = Kind(columns, guardian_sides, merge_guardians)
    return MergeSheet(desk, kind, GuardianSource(desk.session), (guardian_id, words))


_NOBODY = Side("", "", ())
