"""What becomes of one group in a new school year: its name, and who does not go with it."""

from collections.abc import Callable, Iterator, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.people.people import LONGEST_NAME
from app.people.year import GroupMove
from ui.kit.bar import announce
from ui.kit.button import Plain
from ui.kit.editors import CheckEditor, ChoiceEditor, LineEditor, Options
from ui.kit.flow import Columns
from ui.kit.form import Choice, Form
from ui.kit.icon import Symbol
from ui.kit.label import Strong, Text
from ui.kit.sight import bring_into_sight
from ui.theme import Type, look
from ui.words import t, words

WITH, LEAVE = "with", "leave"


class GroupRow(QWidget):
    """One group: its name now and next year, and its pupils when they are unfolded.

    A pupil who does not go with the group has a key: where he goes instead.

    Signals:
        changed(): the person changed something.
        renamed(): the groups to which somebody can go are others now.
    """

    changed = Signal()
    renamed = Signal()

    def __init__(self, move: GroupMove, options: Callable[["GroupRow"], Options]) -> None:
        """Show a group; `options` says where its pupils can go instead."""
        super().__init__()
        self.group = move
        self.apart: dict[str, str] = {}
        self._options = options
        self.pupils: Form | None = None
        self.name = LineEditor(t("people.year_name_hint"), LONGEST_NAME)
        self.name.setObjectName(f"to_{move.group_id}")
        self.leaves = CheckEditor(t("people.year_leaves"))
        self.leaves.setObjectName(f"leaves_{move.group_id}")
        self.unfold = Plain(fit="small")
        self.unfold.call_it(f"pupils_{move.group_id}")
        self._error = Text("", Type.SMALL, look="no")
        self._column = QVBoxLayout(self)
        self._lay_out()
        self.take(move.to, leaves=not move.to)
        self.name.changed.connect(self._typed)
        self.name.editingFinished.connect(self.renamed)
        self.leaves.changed.connect(self._left)
        self.unfold.clicked.connect(self._turn)

    @property
    def to(self) -> str:
        """The name next year, "" when the pupils leave the school."""
        return "" if self.leaves.value() else self.name.value()

    @property
    def is_nameless(self) -> bool:
        """Whether the group goes on and has no name."""
        return not self.to and not self.leaves.value()

    def take(self, to: str, *, leaves: bool) -> None:
        """Show another name, or that the pupils leave."""
        self.name.set_value(to)
        self.leaves.set_value(leaves)
        self.name.setEnabled(not leaves)
        self._show_count()

    def set_apart(self, apart: Mapping[str, str]) -> None:
        """Show who does not go with the group."""
        own = {pupil.pupil_id for pupil in self.group.pupils}
        self.apart = {id: key for id, key in apart.items() if id in own}
        self.refresh()

    def refresh(self) -> None:
        """Offer the groups as they are called now; who went to one that is gone goes along."""
        options = self._options(self)
        keys = {key for key, _ in options}
        self.apart = {id: key for id, key in self.apart.items() if key in keys}
        for pupil_id, editor in self._editors():
            editor.set_options(options)
            editor.set_value(self.apart.get(pupil_id, WITH))
        self._show_count()

    def refuse(self, said: str) -> None:
        """Say under the name what is wrong with it, "" for nothing."""
        self._error.setText(said)
        self._error.setVisible(bool(said))
        self.name.setProperty("wrong", "true" if said else "false")
        self.name.style().polish(self.name)
        self.name.setAccessibleDescription(said)
        if said:
            self.name.setFocus(Qt.FocusReason.TabFocusReason)
            bring_into_sight(self)
            announce(self, said, urgent=True)

    def show_pupils(self) -> None:
        """Unfold the pupils."""
        if self.pupils is None:
            self.pupils = _pupils_form(self.group, self._options(self))
            self.pupils.changed.connect(self._chosen)
            self._column.insertWidget(2, self.pupils)
        self.pupils.show()
        self.refresh()

    def _lay_out(self) -> None:
        now, after = QWidget(), QWidget()
        left, right = QHBoxLayout(now), QHBoxLayout(after)
        for line in (left, right):
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(look().px(12))
        left.addWidget(Strong(self.group.name), 2)
        left.addWidget(Symbol("right", "muted", 18))
        left.addWidget(self.name, 3)
        right.addWidget(self.leaves, 1)
        right.addWidget(self.unfold)
        spoken = t("people.year_becomes", group=self.group.name)
        self.name.setAccessibleName(spoken)
        self.leaves.setAccessibleName(t("people.year_leaves_spoken", group=self.group.name))
        rule = QFrame()
        rule.setProperty("look", "line")
        self._error.hide()
        self._column.setContentsMargins(0, look().px(4), 0, 0)
        self._column.setSpacing(look().near)
        for part in (Columns(now, after, weights=(5, 4), narrow=600), self._error, rule):
            self._column.addWidget(part)

    def _show_count(self) -> None:
        count, apart = len(self.group.pupils), len(self.apart)
        said = t("people.year_pupils", count=count, number=words().number(count))
        if apart:
            said = t("people.year_pupils_apart", pupils=said, count=apart)
        unfolded = self.pupils is not None and not self.pupils.isHidden()
        self.unfold.setText(said)
        self.unfold.set_icon("up" if unfolded else "down")
        self.unfold.setAccessibleName(f"{self.group.name}: {said}")

    def _turn(self) -> None:
        if self.pupils is not None and not self.pupils.isHidden():
            self.pupils.hide()
            self._show_count()
        else:
            self.show_pupils()

    def _typed(self) -> None:
        self.refuse("")
        self.changed.emit()

    def _left(self) -> None:
        self.name.setEnabled(not self.leaves.value())
        self.refuse("")
        self.renamed.emit()
        self.changed.emit()

    def _chosen(self, key: str) -> None:
        pupil_id = key.removeprefix("apart_")
        chosen = self.pupils.text(key) if self.pupils else WITH
        if chosen == WITH:
            self.apart.pop(pupil_id, None)
        else:
            self.apart[pupil_id] = chosen
        self._show_count()
        self.changed.emit()

    def _editors(self) -> Iterator[tuple[str, ChoiceEditor]]:
        if self.pupils is None:
            return
        for key in self.pupils.keys:
            editor = self.pupils.editor(key)
            if isinstance(editor, ChoiceEditor):
                yield key.removeprefix("apart_"), editor


class _Where(Choice):
    """Where a pupil goes; something is always chosen, so nothing is asked for."""

    __slots__ = ()

    @override
    def make(self) -> ChoiceEditor:
        return ChoiceEditor(self.options)


def _pupils_form(move: GroupMove, options: Options) -> Form:
    fields = [
        _Where(
            key=f"apart_{pupil.pupil_id}",
            label="people.pupil",
            said=pupil.name,
            options=tuple(options),
        )
        for pupil in move.pupils
    ]
    return Form(fields, columns=3)
