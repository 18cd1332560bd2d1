"""The guardians of a pupil with their authority: one line each, two where it is narrow."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QMenu, QWidget

from app.override import override
from app.people.card import Tie
from ui.kit.button import Link, Quiet, plain_words
from ui.kit.flow import Flow
from ui.kit.icon import Symbol
from ui.kit.label import Elided, Text, set_tip
from ui.people.wording import (
    authority_mark,
    authority_words,
    relation_words,
    seen_words,
    whereabouts,
)
from ui.theme import look
from ui.words import t

_NARROW = 560


class FamilyRows(QWidget):
    """Who may decide for a pupil.

    Signals:
        guardian_asked(id): somebody's own page is wanted.
        authority_asked(id): somebody's authority is to be noted.
        relation_asked(id): the relation is to be changed.
    """

    guardian_asked = Signal(str)
    authority_asked = Signal(str)
    relation_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look().gap)
        self._grid.setVerticalSpacing(0)
        self._rows: list[_Row] = []
        self._narrow: bool | None = None

    def show_ties(self, ties: Sequence[Tie], *, editable: bool) -> None:
        """Show other guardians; without `editable` nothing but their page can be opened."""
        for row in self._rows:
            row.drop()
        self._rows = [_Row(self, tie, editable=editable) for tie in ties]
        self._narrow = None
        self._arrange()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        narrow = self.width() < look().px(_NARROW)
        if narrow is self._narrow:
            return
        self._narrow = narrow
        for place, row in enumerate(self._rows):
            row.place(self._grid, place * 3, narrow=narrow)
        for column, share in enumerate((5, 3, 5, 5, 5)):
            self._grid.setColumnStretch(column, 0 if narrow and column else share)


class _Row:
    """The widgets of one guardian."""

    def __init__(self, owner: FamilyRows, tie: Tie, *, editable: bool) -> None:
        self._owner, self._id = owner, tie.guardian.id
        self._name = Link(plain_words(tie.name))
        self._name.call_it("open_guardian")
        self._name.clicked.connect(self._open)
        self._relation = Text(relation_words(tie.relation.kind), wrap=False)
        self._known = self._authority(tie, editable=editable)
        self._seen = Text(seen_words(tie), look="muted", wrap=False)
        self._place = Elided(whereabouts(tie.guardian), look="muted")
        self._more = Quiet(icon="more", fit="small", tip=t("people.more", name=tie.name))
        self._more.call_it("guardian_more")
        self._more.clicked.connect(self._offer)
        self._editable = editable
        self._below = QWidget()
        self._flow = Flow(self._below, gap=12)
        self._rule = QFrame()
        self._rule.setProperty("look", "line")

    def place(self, grid: QGridLayout, row: int, *, narrow: bool) -> None:
        """Stand on one line, or on two."""
        middle = Qt.AlignmentFlag.AlignVCenter
        parts = (self._relation, self._known, self._seen, self._place)
        grid.addWidget(self._name, row, 0, middle | Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(self._more, row, 5, middle | Qt.AlignmentFlag.AlignRight)
        grid.setRowMinimumHeight(row, look().row)
        while self._flow.takeAt(0) is not None:
            pass
        for column, part in enumerate(parts, 1):
            grid.removeWidget(part)
            if narrow:
                self._flow.addWidget(part)
            else:
                grid.addWidget(part, row, column, middle)
            part.show()
        grid.addWidget(self._below, row + 1, 0, 1, 6)
        self._below.setVisible(narrow)
        grid.setRowMinimumHeight(row + 1, look().px(30) if narrow else 0)
        grid.addWidget(self._rule, row + 2, 0, 1, 6)
        self._more.setVisible(self._editable)

    def drop(self) -> None:
        """Take everything away."""
        parts = (self._name, self._relation, self._known, self._seen, self._place)
        for part in (*parts, self._more, self._below, self._rule):
            part.hide()
            part.deleteLater()

    def _authority(self, tie: Tie, *, editable: bool) -> QWidget:
        """What is known in plain words; what is open as a question that can be pressed."""
        words, mark = authority_words(tie), authority_mark(tie)
        if not mark.icon:
            return Text(words, wrap=False)
        pair = QWidget()
        line = QHBoxLayout(pair)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(look().px(6))
        line.addWidget(Symbol(mark.icon, mark.value, 18))
        if not editable:
            line.addWidget(Text(words, wrap=False), 1)
            return pair
        link = Link(plain_words(words))
        link.call_it("authority")
        link.setAccessibleName(t("people.authority_spoken", name=tie.name, known=words))
        set_tip(link, t("people.authority_tip"))
        link.clicked.connect(self._ask_authority)
        line.addWidget(link)
        line.addStretch(1)
        return pair

    def _offer(self) -> None:
        """Offer what can be done with this guardian."""
        menu = QMenu(self._more)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name, text, then in (
            ("do_authority", t("people.do_authority"), self._ask_authority),
            ("do_relation", t("people.do_relation"), self._ask_relation),
            ("do_open", t("people.do_open"), self._open),
        ):
            action = menu.addAction(text)
            action.setObjectName(name)
            action.triggered.connect(then)
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def _open(self) -> None:
        self._owner.guardian_asked.emit(self._id)

    def _ask_authority(self) -> None:
        self._owner.authority_asked.emit(self._id)

    def _ask_relation(self) -> None:
        self._owner.relation_asked.emit(self._id)
