"""Who is in a publication: found by name, added by group, taken off with one press."""

from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.publications.offer import Person, find_persons, group_persons
from ui.kit.button import Plain, Quiet, plain_words
from ui.kit.flow import Flow
from ui.kit.label import Strong
from ui.kit.typed import LineEditor
from ui.shell.desk import Desk
from ui.theme import look
from ui.words import t

_TYPING_MS = 200


class Who(QWidget):
    """The people in a publication.

    Signals:
        changed(): somebody was added or taken off.
    """

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._people: dict[str, Person] = {}
        self._title = Strong(t("publications.who"))
        self._search = LineEditor(t("publications.find_person"))
        self._search.setObjectName("find_person")
        self._search.setAccessibleName(t("publications.find_person"))
        self._hits, self._groups, self._chosen = QWidget(), QWidget(), QWidget()
        self._hit_line, self._group_line = Flow(self._hits), Flow(self._groups)
        self._chosen_line = Flow(self._chosen)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self._find)
        self._search.textChanged.connect(self._typed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().near)
        for part in (self._title, self._chosen, self._search, self._hits, self._groups):
            column.addWidget(part)

    @property
    def ids(self) -> tuple[str, ...]:
        """Who is in it, in the order in which they were added."""
        return tuple(self._people)

    def offer_groups(self, groups: Iterable[tuple[str, str]]) -> None:
        """Offer groups of whom everybody can be added at once."""
        _clear(self._group_line)
        for group_id, name in groups:
            button = Plain(plain_words(t("publications.add_group", group=name)), fit="small")
            button.call_it(f"group_{group_id}")
            button.clicked.connect(partial(self._add_group, group_id))
            self._group_line.addWidget(button)

    def take(self, people: Sequence[Person]) -> None:
        """Show that these and nobody else are in it."""
        self._people = {person.id: person for person in people}
        self._show()

    def _typed(self, _text: str) -> None:
        self._typing.start()

    def _find(self) -> None:
        work = partial(find_persons, text=self._search.text())
        self._desk.ask(work, self._found, self)

    def _found(self, found: tuple[Person, ...]) -> None:
        _clear(self._hit_line)
        for person in found:
            words = " · ".join(part for part in (person.name, person.detail) if part)
            button = Plain(plain_words(words), "plus", fit="small")
            button.call_it(f"hit_{person.id}")
            button.clicked.connect(partial(self._add, person))
            self._hit_line.addWidget(button)

    def _add(self, person: Person, _on: object = None) -> None:
        self._people.setdefault(person.id, person)
        self._search.clear()
        self._search.setFocus()
        self._tell()

    def _add_group(self, group_id: str, _on: object = None) -> None:
        self._desk.ask(partial(group_persons, group_id=group_id), self._add_all, self)

    def _add_all(self, found: tuple[Person, ...]) -> None:
        for person in found:
            self._people.setdefault(person.id, person)
        self._tell()

    def _take_off(self, person_id: str, _on: object = None) -> None:
        self._people.pop(person_id, None)
        self._tell()

    def _tell(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        _clear(self._chosen_line)
        self._title.setText(t("publications.who_number", count=len(self._people)))
        for person in self._people.values():
            tip = t("publications.take_off", name=person.name)
            button = Quiet(plain_words(person.name), "close", fit="small", tip=tip)
            button.call_it(f"in_{person.id}")
            button.clicked.connect(partial(self._take_off, person.id))
            self._chosen_line.addWidget(button)


def _clear(line: Flow) -> None:
    while line.count():
        item = line.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
