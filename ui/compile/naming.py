"""The names that were found: each group and each place with what happens to it, and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.compile.finding import Find, Sight, Through
from app.compile.purposes import reasons
from app.names import fold
from ui.kit.button import Plain, Quiet
from ui.kit.card import Card
from ui.kit.editors import Box, ChoiceEditor, LineEditor
from ui.kit.empty import EmptyState
from ui.kit.flow import Columns, Flow
from ui.kit.label import Elided, Muted, Small, Strong, Text
from ui.theme import Type, look
from ui.words import t, words

_DOUBTS = {
    "lowercase": "compile.doubt_lowercase",
    "shared": "compile.doubt_shared",
    "initials": "compile.doubt_initials",
}
_MOST_PEOPLE = 4
_WORDS = 30


@dataclass(frozen=True, slots=True)
class Heading:
    """How a piece is called beside a find."""

    piece_id: str
    words: str


class NamesStep(QWidget):
    """The third step.

    Signals:
        changed(): something was decided; more_asked(): other names must be looked for;
        look_asked(piece_id): the file of a piece must be shown; mark_asked(piece_id): its
        pages, to mark what goes.
    """

    changed = Signal()
    more_asked = Signal()
    look_asked = Signal(str)
    mark_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.groups: list[NameGroup] = []
        self._sights: dict[str, Box] = {}
        self._shown: dict[str, Sight] = {}
        self._decided: dict[str, str] = {}
        self._seen: set[str] = set()
        self.extra: list[str] = []
        self._left = Strong()
        self._none = EmptyState("yes", t("compile.no_names"), t("compile.no_names_words"))
        self._groups = QVBoxLayout()
        self._groups.setSpacing(look().px(4))
        self._files = QVBoxLayout()
        self._files.setSpacing(look().px(10))
        self._file_card = Card(t("compile.sights_title"))
        self._file_card.add(Muted(t("compile.sights_words")), self._files)
        self._more = LineEditor(t("compile.more_hint"))
        self._more.setObjectName("more_name")
        self._more.setAccessibleName(t("compile.more_title"))
        self._more.returnPressed.connect(self._ask_more)
        self._taken = Muted()
        self._lay_out()

    def show_found(self, through: Through, headings: Sequence[Heading]) -> None:
        """Show what was found; what was decided before stays decided."""
        named = {each.piece_id: each.words for each in headings}
        self._clear()
        grouped: dict[str, list[Find]] = {}
        for find in through.finds:
            grouped.setdefault(fold(find.text), []).append(find)
        for finds in sorted(grouped.values(), key=_order):
            group = NameGroup(finds, named, self._decided)
            group.changed.connect(self._told)
            self.groups.append(group)
            self._groups.addWidget(group)
        self._none.setVisible(not self.groups)
        for sight in through.sights:
            self._add_sight(sight)
        self._file_card.setVisible(bool(through.sights))
        self._tell()

    def decisions(self) -> dict[str, str]:
        """The reason for each place that was decided, by id of the find."""
        found: dict[str, str] = {}
        for group in self.groups:
            found.update(group.decisions())
        return found

    def looked_at(self) -> frozenset[str]:
        """Ids of the pieces whose pictures were looked at."""
        return frozenset(id for id, box in self._sights.items() if box.isChecked())

    def open_places(self) -> int:
        """How many places and files have no decision yet."""
        files = sum(not box.isChecked() for box in self._sights.values())
        return sum(group.open_places() for group in self.groups) + files

    def _lay_out(self) -> None:
        names = Card(t("compile.names_title"))
        names.add(Muted(t("compile.names_words")), self._left, self._groups, self._none)
        more = Card(t("compile.more_title"))
        add = Plain(t("compile.more_add"), "search", fit="small")
        add.call_it("more_add")
        add.clicked.connect(self._ask_more)
        line = QHBoxLayout()
        line.addWidget(self._more, 1)
        line.addWidget(add)
        more.add(Muted(t("compile.more_words")), line, self._taken)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().gap)
        for card in (names, self._file_card, more):
            column.addWidget(card)
        column.addStretch(1)

    def _clear(self) -> None:
        for group in self.groups:
            self._decided.update(group.decisions())
            group.hide()
            group.deleteLater()
        self._seen |= self.looked_at()
        self.groups, self._sights = [], {}
        while self._files.count():
            item = self._files.takeAt(0)
            row = item.widget() if item else None
            if row is not None:
                row.hide()
                row.deleteLater()

    def sight(self, piece_id: str) -> Sight:
        """The file of a piece that has to be looked at."""
        return self._shown[piece_id]

    def _add_sight(self, sight: Sight) -> None:
        piece_id = sight.piece_id
        self._shown[piece_id] = sight
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().px(4))
        column.addWidget(Elided(sight.name))
        column.addWidget(Muted(t(f"compile.sight_{sight.why}")))
        show = Plain(t("compile.look"), "eye", fit="small")
        show.call_it(f"look_{piece_id}")
        show.clicked.connect(self._look)
        box = Box(t("compile.looked"))
        box.setObjectName(f"looked_{piece_id}")
        box.setChecked(piece_id in self._seen)
        box.clicked.connect(self._told)
        flow = Flow(gap=12)
        flow.addWidget(show)
        flow.addWidget(box)
        column.addLayout(flow)
        self._sights[piece_id] = box
        self._files.addWidget(row)

    def _look(self) -> None:
        piece_id = self.sender().objectName().removeprefix("look_")
        marks = bool(self._shown[piece_id].pages)
        (self.mark_asked if marks else self.look_asked).emit(piece_id)

    def _ask_more(self) -> None:
        name = " ".join(self._more.value().split())
        if name and name not in self.extra:
            self.extra.append(name)
            self._more.clear()
            self._taken.setText(t("compile.more_taken", names=", ".join(self.extra)))
            self.more_asked.emit()

    def _told(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        count = self.open_places()
        text = "compile.open_places" if count else "compile.all_decided"
        self._left.setText(t(text, count=count) if count else t(text))
        self._left.setVisible(bool(self.groups or self._sights))


class NameGroup(QWidget):
    """All places where the same words stand.

    Signals:
        changed(): something was decided.
    """

    changed = Signal()

    def __init__(
        self, finds: Sequence[Find], named: dict[str, str], decided: dict[str, str]
    ) -> None:
        super().__init__()
        self._finds = list(finds)
        self._places: dict[str, ChoiceEditor] = {}
        first = self._finds[0]
        before = {decided.get(find.id, "") for find in self._finds}
        same = before.pop() if len(before) == 1 else ""
        self.reason = _reason_editor(t("compile.reason_of", name=first.text))
        self.reason.setObjectName(f"reason_{fold(first.text).replace(' ', '_')}")
        self.reason.set_value(same or _proposed(self._finds))
        self.reason.changed.connect(self._for_all)
        self.agreed = Box(t("compile.agreed"))
        self.agreed.setObjectName(f"agreed_{fold(first.text).replace(' ', '_')}")
        self.agreed.setAccessibleName(t("compile.agreed_of", name=first.text))
        self.agreed.setChecked(bool(same) or all(decided.get(f.id) for f in self._finds))
        self.agreed.clicked.connect(self._told)
        self._each = QWidget()
        self._each.hide()
        self._lay_out(named, decided)

    def decisions(self) -> dict[str, str]:
        """The reason for each place, once it is agreed to."""
        if not self.agreed.isChecked():
            return {}
        found = {find.id: self._places[find.id].value() for find in self._finds}
        return {id: key for id, key in found.items() if key}

    def open_places(self) -> int:
        """How many places have no decision."""
        return len(self._finds) - len(self.decisions())

    def _lay_out(self, named: dict[str, str], decided: dict[str, str]) -> None:
        own = look()
        first = self._finds[0]
        head = Flow(gap=12)
        head.addWidget(Strong(first.text))
        head.addWidget(Small(t("compile.places", count=len(self._finds)), wrap=False))
        line = Flow(gap=12)
        line.addWidget(self.reason)
        line.addWidget(self.agreed)
        each = Quiet(t("compile.each_place"), "down", fit="small")
        each.call_it(f"each_{fold(first.text).replace(' ', '_')}")
        each.clicked.connect(self._toggle)
        line.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, own.px(8), 0, own.px(8))
        column.setSpacing(own.px(4))
        said, deeds = QWidget(), QWidget()
        saying = QVBoxLayout(said)
        saying.setContentsMargins(0, 0, 0, 0)
        saying.setSpacing(own.px(2))
        saying.addLayout(head)
        saying.addWidget(Muted(_people(self._finds)))
        doubts = sorted({find.doubt for find in self._finds if find.doubt})
        for doubt in doubts:
            saying.addWidget(Text(t(_DOUBTS[doubt]), Type.SMALL, look="ask"))
        deeds.setLayout(line)
        column.addWidget(Columns(said, deeds, weights=(2, 3), narrow=820))
        column.addWidget(self._each)
        places = QVBoxLayout(self._each)
        places.setContentsMargins(own.px(24), 0, 0, 0)
        places.setSpacing(own.px(8))
        for find in self._finds:
            places.addWidget(self._place(find, named, decided))

    def _place(self, find: Find, named: dict[str, str], decided: dict[str, str]) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().px(2))
        where = named.get(find.piece_id, "")
        if find.page is not None:
            where = t("compile.where_page", piece=where, page=find.page + 1)
        column.addWidget(Muted(where))
        column.addWidget(Text(f"…{find.before}[{find.text}]{find.after}…"))
        editor = _reason_editor(t("compile.reason_of", name=find.text))
        editor.set_value(decided.get(find.id) or find.proposed)
        editor.changed.connect(self._one)
        self._places[find.id] = editor
        flow = Flow(gap=8)
        flow.addWidget(editor)
        column.addLayout(flow)
        return row

    def _toggle(self) -> None:
        self._each.setVisible(not self._each.isVisible())

    def _for_all(self) -> None:
        key = self.reason.value()
        if key:
            for editor in self._places.values():
                editor.set_value(key)
            self.agreed.setChecked(True)
            self.changed.emit()

    def _one(self) -> None:
        found = {editor.value() for editor in self._places.values()}
        self.reason.set_value(found.pop() if len(found) == 1 else "")
        self.agreed.setChecked(all(editor.value() for editor in self._places.values()))
        self.changed.emit()

    def _told(self) -> None:
        if any(not editor.value() for editor in self._places.values()):
            self.agreed.setChecked(False)
            self._each.show()
        self.changed.emit()


def _order(finds: list[Find]) -> tuple[bool, str]:
    """What needs a thought first, then by name."""
    return not any(not find.proposed for find in finds), fold(finds[0].text)


def _proposed(finds: list[Find]) -> str:
    found = {find.proposed for find in finds}
    return found.pop() if len(found) == 1 else ""


def _people(finds: Sequence[Find]) -> str:
    names: dict[str, str] = {}
    for find in finds:
        for person in find.people:
            names.setdefault(person.name, t(f"compile.kind_{person.kind}"))
    shown = [f"{name} ({kind})" for name, kind in list(names.items())[:_MOST_PEOPLE]]
    more = len(names) - len(shown)
    said = t("compile.can_be", names=", ".join(shown))
    return f"{said} {t('compile.can_be_more', number=more)}" if more else said


def _reason_editor(name: str) -> ChoiceEditor:
    options = []
    for each in reasons():
        text = "compile.goes" if each.removes else "compile.stays"
        options.append((each.key, t(text, reason=each.name.said(words().language))))
    editor = ChoiceEditor(options, empty=True)
    editor.setAccessibleName(name)
    editor.setMinimumContentsLength(_WORDS)
    return editor
