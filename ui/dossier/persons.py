"""Chooses whose dossier something goes into: typed, found, and said in a sentence."""

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.dossier.subjects import Found, Place, find_subjects, places_for
from app.record import Compartment
from ui.kit.button import Plain, Quiet, plain_words
from ui.kit.editors import LineEditor
from ui.kit.flow import Flow
from ui.kit.label import Muted, Strong, Text
from ui.shell.desk import Desk
from ui.theme import Type, look
from ui.words import t

_TYPING_MS = 120
_KINDS = {
    "pupil": "dossier.kind_pupil",
    "guardian": "dossier.kind_guardian",
    "staff": "dossier.kind_staff",
}


class PersonChooser(QWidget):
    """A search for people, then the dossier in which the piece will stand.

    Signals:
        chosen(): there is a dossier now, or there is none any more.
    """

    chosen = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._found: tuple[Found, ...] = ()
        self._places: tuple[Place, ...] = ()
        self.place: Place | None = None
        self.search = LineEditor(t("dossier.post_search"))
        self.search.setObjectName("post_person")
        self.search.setAccessibleName(t("dossier.post_person"))
        self.search.changed.connect(self._typed)
        self.search.returnPressed.connect(self._first)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPING_MS)
        self._timer.timeout.connect(self._look)
        self._hits = QWidget()
        self._flow = Flow(gap=8)
        self._hits.setLayout(self._flow)
        self._said = Strong()
        self._hint = Muted()
        self._error = Text("", Type.SMALL, look="no")
        self._other = Quiet(t("dossier.post_other"), "edit", fit="small")
        self._other.call_it("post_other")
        self._other.clicked.connect(self.forget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().near)
        for part in (self.search, self._error, self._said, self._hint, self._hits, self._other):
            column.addWidget(part)
        self.forget()

    def forget(self) -> None:
        """Nobody is chosen."""
        self._found, self._places, self.place = (), (), None
        self.search.clear()
        self._say()
        self.chosen.emit()

    def choose(self, place: Place) -> None:
        """Take this dossier."""
        self.place = place
        self._say()
        self.chosen.emit()

    def tell(self, words: str) -> None:
        """Say what is not right; nothing when everything is."""
        self._error.setText(words)
        self._error.setVisible(bool(words))

    def _typed(self) -> None:
        self.tell("")
        self._timer.start()

    def _look(self) -> None:
        work = partial(find_subjects, text=self.search.value())
        self._desk.ask(work, self._show, self)

    def _show(self, found: tuple[Found, ...]) -> None:
        self._found = found
        self._offer([_words(each) for each in found], "hit")
        typed = bool(self.search.value().strip())
        self._hint.setText(t("dossier.post_nobody") if typed and not found else "")
        self._hint.setVisible(typed and not found)

    def _offer(self, shown: list[str], name: str) -> None:
        while self._flow.count():
            item = self._flow.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for number, words in enumerate(shown):
            button = Plain(plain_words(words), fit="small")
            button.call_it(f"{name}_{number}")
            button.clicked.connect(self._picked)
            self._flow.addWidget(button)
        self._hits.setVisible(bool(shown))

    def _first(self) -> None:
        if self._found:
            self._take(self._found[0])

    def _picked(self) -> None:
        name, _, number = self.sender().objectName().rpartition("_")
        if name == "place":
            self.choose(self._places[int(number)])
        else:
            self._take(self._found[int(number)])

    def _take(self, found: Found) -> None:
        self._desk.ask(partial(places_for, found=found), self._placed, self)

    def _placed(self, places: tuple[Place, ...]) -> None:
        self._places = places
        if len(places) == 1:
            self.choose(places[0])
            return
        self._offer([place.subject.name for place in places], "place")
        text = "dossier.post_which_child" if places else "dossier.post_no_child"
        self._hint.setText(t(text))
        self._hint.show()

    def _say(self) -> None:
        place = self.place
        self.search.setVisible(place is None)
        self._other.setVisible(place is not None)
        self._said.setVisible(place is not None)
        self._said.setText(_sentence(place) if place else "")
        self._hint.hide()
        self.tell("")
        self._offer([], "hit")


def _words(found: Found) -> str:
    detail = found.detail or t(_KINDS[found.kind])
    return f"{found.name} · {detail}"


def _sentence(place: Place) -> str:
    if place.about is not None:
        return t("dossier.post_about", about=place.about.name, name=place.subject.name)
    staff = place.compartment is Compartment.STAFF_DOSSIER
    text = "dossier.post_in_staff" if staff else "dossier.post_in"
    return t(text, name=place.subject.name)
