"""Who a report is about, and who else has to do with it: found by name, or as typed."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.breach.people import Candidate, find_actors, find_involved
from app.breach.sealed import Involved
from app.ports import Session
from ui.breach.parts import Part, empty_flow
from ui.breach.said import KIND_WORDS, ROLE_WORDS, involved_words
from ui.kit.button import Plain, Quiet
from ui.kit.editors import ChoiceEditor, LineEditor
from ui.kit.flow import Flow
from ui.kit.label import Small, Strong, Text
from ui.shell.desk import Desk
from ui.theme import Type
from ui.words import t

_TYPING_MS = 120


class NameSearch(QObject):
    """A line to type a name into, with those who are found below it.

    Signals:
        taken(candidate): somebody was chosen from the list.
        typed_on(): other letters were typed.
    """

    taken = Signal(object)
    typed_on = Signal()

    def __init__(
        self,
        owner: QWidget,
        desk: Desk,
        find: Callable[[str], Callable[[Session], tuple[Candidate, ...]]],
        name: str,
        label: str,
    ) -> None:
        super().__init__(owner)
        self._desk, self._find, self._name = desk, find, name
        self._hits: tuple[Candidate, ...] = ()
        self.line = LineEditor()
        self.line.setObjectName(f"field_{name}")
        self.line.setAccessibleName(label)
        self._found = Flow(gap=8)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self.search)
        self.line.changed.connect(self._typed)

    @property
    def found(self) -> Flow:
        """Where those who are found stand."""
        return self._found

    def search(self) -> None:
        """Look for what is typed."""
        text = self.line.value()
        if text:
            self._desk.ask(self._find(text), self._show, self)
        else:
            self._show(())

    def forget(self) -> None:
        """Show nobody."""
        self._typing.stop()
        self._show(())

    def _typed(self) -> None:
        self._typing.start()
        self.typed_on.emit()

    def _show(self, hits: tuple[Candidate, ...]) -> None:
        self._hits = hits
        empty_flow(self._found)
        for place, hit in enumerate(hits):
            kind = t(KIND_WORDS[hit.kind])
            shown = " · ".join(part for part in (hit.name, kind, hit.detail) if part)
            button = Plain(shown.replace("&", "&&"), "plus", fit="small")
            button.call_it(f"{self._name}_hit_{place}")
            button.clicked.connect(self._clicked)
            self._found.addWidget(button)

    def _clicked(self) -> None:
        place = int(self.sender().objectName().rpartition("_")[2])
        hit = self._hits[place]
        self.forget()
        self.taken.emit(hit)


class Actor(Part):
    """Whom the report is about: by name, chosen from the list where there is one.

    Attributes:
        kind: staff, guardian or other, as the form says now.
    """

    field = "actor_name"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.kind = ""
        self._user, self._id = "", ""
        label = t("breach.actor_name")
        self.search = NameSearch(self, desk, self._finder, "actor_name", label)
        self.search.typed_on.connect(self._typed)
        self.search.taken.connect(self._take)
        self.column.addWidget(Text(label, Type.SMALL_STRONG))
        self.column.addWidget(self.search.line)
        self.column.addLayout(self.search.found)
        self.column.addWidget(Small(t("breach.actor_name_help")))

    @property
    def name(self) -> str:
        """The name as it stands there."""
        return self.search.line.value()

    @property
    def user(self) -> str:
        """Id of the account of who was chosen, or ""."""
        return self._user

    @property
    def id(self) -> str:
        """Id of who was chosen, or ""."""
        return self._id

    def show_actor(self, name: str, id: str = "", user: str = "") -> None:
        """Show somebody."""
        self.search.line.set_value(name)
        self._id, self._user = id, user

    def _finder(self, text: str) -> Callable[[Session], tuple[Candidate, ...]]:
        return partial(find_actors, kind=self.kind, text=text)

    def _typed(self) -> None:
        self._id, self._user = "", ""
        self.told()

    def _take(self, hit: Candidate) -> None:
        self.show_actor(hit.name, hit.id, hit.user)
        self.told()


class People(Part):
    """Others who have to do with it, each with a role."""

    field = "people"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._people: list[Involved] = []
        self._role = ChoiceEditor([(key, t(text)) for key, text in ROLE_WORDS.items()])
        self._role.setObjectName("people_role")
        self._role.setAccessibleName(t("breach.role"))
        self._role.set_value("witness")
        self._search = NameSearch(self, desk, _involved, "people", t("breach.people_name"))
        self._search.line.setPlaceholderText(t("breach.people_hint"))
        self._search.taken.connect(self._take)
        self._search.line.returnPressed.connect(self._take_typed)
        add = Plain(t("breach.people_add"), "plus", fit="small")
        add.call_it("people_add")
        add.clicked.connect(self._take_typed)
        self._rows = QWidget()
        self._listed = Flow(self._rows, gap=8)
        line = QHBoxLayout()
        line.addWidget(self._search.line, 1)
        line.addWidget(add)
        self.column.addWidget(self._rows)
        self.column.addWidget(self._role)
        self.column.addLayout(line)
        self.column.addLayout(self._search.found)

    def value(self) -> tuple[Involved, ...]:
        """Everybody who was added."""
        return tuple(self._people)

    def set_value(self, people: Sequence[Involved]) -> None:
        """Show these."""
        self._people = list(people)
        self._show()

    def add(self, person: Involved) -> None:
        """Add somebody, once."""
        if person not in self._people:
            self._people.append(person)
        self._search.line.clear()
        self._search.forget()
        self._show()
        self.told()

    def _take(self, hit: Candidate) -> None:
        role = self._role.value()
        self.add(Involved(role, hit.name, hit.kind, hit.id, hit.user))

    def _take_typed(self) -> None:
        if self._search.line.value():
            self.add(Involved(self._role.value(), self._search.line.value()))

    def _show(self) -> None:
        empty_flow(self._listed)
        for place, person in enumerate(self._people):
            self._listed.addWidget(self._row(place, person))

    def _row(self, place: int, person: Involved) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        drop = Quiet(icon="close", tip=t("breach.take_away", name=person.name), fit="small")
        drop.call_it(f"people_drop_{place}")
        drop.clicked.connect(self._drop)
        line.addWidget(Strong(person.name))
        line.addWidget(Small(involved_words(person), wrap=False))
        line.addWidget(drop)
        return row

    def _drop(self) -> None:
        del self._people[int(self.sender().objectName().rpartition("_")[2])]
        self._show()
        self.told()


def _involved(text: str) -> Callable[[Session], tuple[Candidate, ...]]:
    return partial(find_involved, text=text)
