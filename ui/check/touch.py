"""A page for fingers: a bar that stays in sight, faces below it, Escape one step back."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.check.answer import CheckHit, find_people
from app.override import override
from app.ports import Committed, Session
from app.record import Compartment
from ui.check.bar import TouchBar
from ui.check.start import StartFace
from ui.kit.page import Page
from ui.shell.desk import Desk
from ui.theme import look
from ui.words import t

MOST_HITS = 60


class TouchPage(Page):
    """Shows one of its faces, the first one at home; the one with names looks for them.

    Attributes:
        known: everybody who was found here, by id.
    """

    def __init__(
        self,
        desk: Desk,
        title: str,
        start: StartFace,
        faces: Sequence[QWidget],
        below: Sequence[QWidget] = (),
    ) -> None:
        self.desk, self.start = desk, start
        self.known: dict[str, CheckHit] = {}
        self._parts = faces, below
        super().__init__(title, fill=True)
        self.touch.report_asked.connect(self._report)
        self.touch.lock_asked.connect(desk.ask_lock)
        self.touch.leave_asked.connect(self._leave_page)
        start.typed.connect(self._search)
        desk.changed.connect(self._changed)

    def has_way_back(self) -> bool:
        """Whether Escape leads one step back here."""
        return self.faces.currentIndex() > 0

    def know(self, hits: Sequence[CheckHit]) -> None:
        """Keep who was found, for when one of them is chosen."""
        self.known.update({hit.id: hit for hit in hits})

    @override
    def _arrange(self, *, fill: bool) -> None:
        faces, below = self._parts
        office = self.desk.opens(Compartment.CONSENT)
        self.touch = TouchBar(t("check.to_office") if office else t("check.menu"))
        self.faces = QStackedWidget()
        for face in faces:
            self.faces.addWidget(face)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.setProperty("look", "surface")
        column.addWidget(self.touch)
        band = QVBoxLayout()
        band.setContentsMargins(look().margin, look().near, look().margin, 0)
        self.bar.fit_touch()
        band.addWidget(self.bar)
        column.addLayout(band)
        column.addWidget(self.faces, 1)
        for part in below:
            column.addWidget(part)
        for unused in (self.head, self._back, self._content):
            unused.setParent(self)
            unused.hide()

    @override
    def event(self, event: QEvent) -> bool:
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self.has_way_back()
        ):
            event.accept()
            return True
        return super().event(event)

    def _search(self, text: str) -> None:
        if text.strip():
            self.desk.ask(partial(_find, text), self._found, self)

    def _found(self, found: tuple[str, tuple[CheckHit, ...]]) -> None:
        text, hits = found
        self.know(hits)
        self.start.show_hits(text, hits, MOST_HITS)

    def _report(self) -> None:
        self.desk.goto("breach")

    def _leave_page(self) -> None:
        self.desk.goto("")

    def _changed(self, committed: Committed) -> None:
        if committed.compartment is Compartment.CHECK:
            self.refresh()


def _find(text: str, session: Session) -> tuple[str, tuple[CheckHit, ...]]:
    return text, find_people(session, text, MOST_HITS)
