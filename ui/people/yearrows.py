"""What becomes of one group in a new school year: its name, and who does not go with it."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.override import override
from app.people.people import LONGEST_NAME
from app.people.year import Moving
from ui.kit.bar import announce
from ui.kit.button import Plain, Quiet
from ui.kit.editors import CheckEditor, ChoiceEditor, LineEditor, Options
from ui.kit.flow import Columns
from ui.kit.form import Choice, Form
from ui.kit.icon import Symbol
from ui.kit.label import Muted, Strong, Text
from ui.kit.sight import bring_into_sight
from ui.people.yearstate import WITH, Added, Going, GoingGroup, YearState
from ui.theme import Type, look
from ui.words import t, words

_AT_ONCE, _SLICE = 30, 10
"""So many pupils are unfolded at once, and between two looks at the window."""


class WhereEditor(ChoiceEditor):
    """Where one pupil goes; the choices are shared by all pupils of a group."""

    def offer(self, model: QStandardItemModel) -> None:
        """Offer other choices; keeps the value where it can."""
        kept = self.value()
        self.setModel(model)
        self.set_value(kept)


class _Where(Choice):
    """Where a pupil goes; something is always chosen, so nothing is asked for."""

    __slots__ = ()

    @override
    def make(self) -> ChoiceEditor:
        return WhereEditor()


class PupilsRow(QWidget):
    """Pupils who may each go somewhere else; they are shown when they are unfolded.

    A pupil who does not go with the others has a key: where he goes instead.

    Signals:
        changed(): the person changed something.
    """

    changed = Signal()

    def __init__(self, of: Going, year: YearState) -> None:
        """Show these pupils of a year."""
        super().__init__()
        self.of, self._year = of, year
        self._model = QStandardItemModel(self)
        self._forms: list[Form] = []
        self._shown = self._wanted = 0
        self._making = QTimer(self)
        self._making.setSingleShot(True)
        self._making.timeout.connect(self._make_some)
        self.unfold = Plain(fit="small")
        self.unfold.call_it(f"pupils_{of.id}")
        self.unfold.clicked.connect(self._turn)
        self._more = Quiet("", "down", fit="small", tip=t("people.pupils"))
        self._more.call_it(f"more_pupils_{of.id}")
        self._more.clicked.connect(self._show_some)
        self._body = QWidget()
        inside = QVBoxLayout(self._body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(look().near)
        inside.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, look().px(4), 0, 0)
        self._column.setSpacing(look().near)

    def refresh(self) -> None:
        """Offer the groups as they are called now."""
        if self._forms:
            self._show_options(self._year.options(self.of))
        self.show_count()

    def show_pupils(self) -> None:
        """Unfold the pupils."""
        if not self._forms:
            self._show_some()
        self._body.show()
        self.refresh()

    def show_count(self) -> None:
        """Say how many there are, and how many go elsewhere."""
        count, apart = len(self.of.members), len(self.of.apart)
        said = t("people.year_pupils", count=count, number=words().number(count))
        if apart:
            said = t("people.year_pupils_apart", pupils=said, count=apart)
        unfolded = bool(self._forms) and not self._body.isHidden()
        self.unfold.setText(said)
        self.unfold.set_icon("up" if unfolded else "down")
        self.unfold.setAccessibleName(f"{self.of.called}: {said}")

    def end_with_rule(self) -> None:
        """Put the pupils and a line below what stands there."""
        rule = QFrame()
        rule.setProperty("look", "line")
        self._body.hide()
        self._column.addWidget(self._body)
        self._column.addWidget(rule)

    def _show_some(self) -> None:
        self._wanted += _AT_ONCE
        self._make_some()

    def _make_some(self) -> None:
        some = self.of.members[self._shown : self._shown + _SLICE]
        self._shown += len(some)
        form = _pupils_form(some)
        form.changed.connect(self._chosen)
        self._forms.append(form)
        layout = self._body.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(len(self._forms) - 1, form)
        for pupil_id, editor in _editors(form):
            editor.offer(self._model)
            editor.set_value(self.of.apart.get(pupil_id, WITH))
        left = len(self.of.members) - self._shown
        if left > 0 and self._shown < self._wanted:
            self._making.start()
        self._more.setVisible(left > 0)
        self._more.setText(t("people.year_more", count=left, number=words().number(left)))

    def _show_options(self, options: Options) -> None:
        model = QStandardItemModel(self)
        for key, said in options:
            item = QStandardItem(said)
            item.setData(key, Qt.ItemDataRole.UserRole)
            model.appendRow(item)
        former, self._model = self._model, model
        for form in self._forms:
            for pupil_id, editor in _editors(form):
                editor.offer(model)
                editor.set_value(self.of.apart.get(pupil_id, WITH))
        former.deleteLater()

    def _turn(self) -> None:
        if self._forms and not self._body.isHidden():
            self._body.hide()
            self.show_count()
        else:
            self.show_pupils()

    def _chosen(self, key: str) -> None:
        pupil_id = key.removeprefix("apart_")
        form = next((form for form in self._forms if key in form.keys), None)
        chosen = form.text(key) if form else WITH
        if chosen == WITH:
            self.of.apart.pop(pupil_id, None)
        else:
            self.of.apart[pupil_id] = chosen
        self.show_count()
        self.changed.emit()


class GroupRow(PupilsRow):
    """One group: its name now and next year, and its pupils when they are unfolded.

    Signals:
        renamed(): the groups to which somebody can go are others now.
    """

    renamed = Signal()

    def __init__(self, group: GoingGroup, year: YearState) -> None:
        """Show a group of a year."""
        super().__init__(group, year)
        self.group = group
        self.name = LineEditor(t("people.year_name_hint"), LONGEST_NAME)
        self.name.setObjectName(f"to_{group.id}")
        self.leaves = CheckEditor(t("people.year_leaves"))
        self.leaves.setObjectName(f"leaves_{group.id}")
        self._error = Text("", Type.SMALL, look="no")
        self._lay_out()
        self.name.set_value(group.name)
        self.leaves.set_value(group.leaves)
        self.name.setEnabled(not group.leaves)
        self.show_count()
        self.name.changed.connect(self._typed)
        self.name.editingFinished.connect(self._settled)
        self.leaves.changed.connect(self._left)
        self._was = group.to

    def refuse(self, said: str) -> None:
        """Say under the name what is wrong with it, "" for nothing."""
        _refuse(self, self.name, self._error, said)

    def _lay_out(self) -> None:
        now, after = QWidget(), QWidget()
        left, right = QHBoxLayout(now), QHBoxLayout(after)
        for line in (left, right):
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(look().px(12))
        left.addWidget(Strong(self.group.called), 2)
        left.addWidget(Symbol("right", "muted", 18))
        left.addWidget(self.name, 3)
        right.addWidget(self.leaves, 1)
        right.addWidget(self.unfold)
        spoken = t("people.year_becomes", group=self.group.called)
        self.name.setAccessibleName(spoken)
        self.leaves.setAccessibleName(t("people.year_leaves_spoken", group=self.group.called))
        self._error.hide()
        self._column.addWidget(Columns(now, after, weights=(5, 4), narrow=600))
        self._column.addWidget(self._error)
        self.end_with_rule()

    def _typed(self) -> None:
        self.group.name = self.name.value()
        self.refuse("")
        self.changed.emit()

    def _settled(self) -> None:
        self.group.name = self.name.value()
        if self.group.to != self._was:
            self._was = self.group.to
            self.renamed.emit()

    def _left(self) -> None:
        self.group.leaves = self.leaves.value()
        self.name.setEnabled(not self.group.leaves)
        self.refuse("")
        self._was = self.group.to
        self.renamed.emit()
        self.changed.emit()


class LooseRow(PupilsRow):
    """Pupils of a site who have no group yet; they stay so unless a group is chosen."""

    def __init__(self, some: Going, year: YearState) -> None:
        super().__init__(some, year)
        line = QHBoxLayout()
        line.setSpacing(look().px(12))
        line.addWidget(Strong(some.called), 2)
        line.addWidget(Muted(t("people.year_no_group_words")), 3)
        line.addWidget(self.unfold)
        self._column.addLayout(line)
        self.end_with_rule()
        self.show_count()


class AddedRow(QWidget):
    """A group that is made for the new year though no group goes up to it.

    Signals:
        renamed(): the groups to which somebody can go are others now.
        dropped(id): it is not to be made after all.
    """

    renamed = Signal()
    dropped = Signal(str)

    def __init__(self, added: Added) -> None:
        super().__init__()
        self.added = added
        self.name = LineEditor(t("people.year_new_hint"), LONGEST_NAME)
        self.name.setObjectName(f"new_{added.id}")
        self.name.setAccessibleName(t("people.year_new_group"))
        self.name.set_value(added.name)
        self.name.changed.connect(self._typed)
        self.name.editingFinished.connect(self._settled)
        drop = Quiet(t("people.year_new_drop"), "minus", fit="small")
        drop.call_it(f"drop_{added.id}")
        drop.clicked.connect(self._drop)
        self._error = Text("", Type.SMALL, look="no")
        self._error.hide()
        line = QHBoxLayout()
        line.setSpacing(look().px(12))
        line.addWidget(Strong(t("people.year_new_group")), 2)
        line.addWidget(self.name, 3)
        line.addWidget(drop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, look().px(4), 0, 0)
        column.setSpacing(look().near)
        rule = QFrame()
        rule.setProperty("look", "line")
        column.addLayout(line)
        column.addWidget(self._error)
        column.addWidget(rule)

    def refuse(self, said: str) -> None:
        """Say under the name what is wrong with it, "" for nothing."""
        _refuse(self, self.name, self._error, said)

    def _typed(self) -> None:
        self.added.name = self.name.value()
        self.refuse("")

    def _settled(self) -> None:
        self.added.name = self.name.value()
        self.renamed.emit()

    def _drop(self) -> None:
        self.dropped.emit(self.added.id)


def _refuse(row: QWidget, name: LineEditor, error: Text, said: str) -> None:
    error.setText(said)
    error.setVisible(bool(said))
    name.setProperty("wrong", "true" if said else "false")
    name.style().polish(name)
    name.setAccessibleDescription(said)
    if said:
        name.setFocus(Qt.FocusReason.TabFocusReason)
        bring_into_sight(row)
        announce(row, said, urgent=True)


def _editors(form: Form) -> Iterator[tuple[str, WhereEditor]]:
    for key in form.keys:
        editor = form.editor(key)
        if isinstance(editor, WhereEditor):
            yield key.removeprefix("apart_"), editor


def _pupils_form(some: Sequence[Moving]) -> Form:
    fields = [
        _Where(key=f"apart_{pupil.pupil_id}", label="people.pupil", said=pupil.name)
        for pupil in some
    ]
    return Form(fields, columns=3)
