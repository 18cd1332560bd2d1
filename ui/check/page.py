"""The check screen: may this child, or adult, be in the picture? Edits nothing."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.breach.report import MyReport, my_reports
from app.check.answer import (
    CheckAnswer,
    CheckBoard,
    CheckGroup,
    CheckHit,
    adults,
    board,
    check_pupil,
    pupils_of_group,
)
from app.errors import BoordboekError, Message, Trouble
from app.override import override
from resources import check_rules
from ui.check.names import NamesFace
from ui.check.pupil import PupilFace
from ui.check.said import freshness_words, reports_words
from ui.check.start import StartFace
from ui.check.touch import TouchPage
from ui.kit.bar import announce
from ui.shell.desk import Desk
from ui.words import t

LAST = 10
_SECOND = 1000


class CheckPage(TouchPage):
    """Asks for a group or a name, shows the answers, and goes back to its start by itself.

    Attributes:
        home: the timer that goes back to the start.
    """

    help_topic = "check"

    def __init__(self, desk: Desk) -> None:
        start, self.names, self.pupil = StartFace(), NamesFace(), PupilFace()
        super().__init__(desk, t("check.title"), start, (start, self.names, self.pupil))
        self._board: CheckBoard | None = None
        self._group: CheckGroup | None = None
        self._pupil = ""
        self._last: list[CheckHit] = []
        self._way: list[QWidget] = []
        self._answer: CheckAnswer | None = None
        self.home = QTimer(self)
        self.home.setSingleShot(True)
        self.home.setInterval(int(check_rules()["back_after_seconds"]) * _SECOND)
        self.home.timeout.connect(self.go_home)
        self.setFocusProxy(self.start.field)
        self._wire()

    def arrive(self, what: Mapping[str, str]) -> None:
        """Begin at the start, or with the pupil or group that was asked for."""
        self.go_home()
        if "pupil_id" in what:
            self._open_pupil(what["pupil_id"])
        elif "group_id" in what:
            self._ask_board()
            self._open_group(what["group_id"])

    @override
    def refresh(self) -> None:
        self._ask_board()
        self.desk.ask(my_reports, self._show_reports, self)
        if self.faces.currentWidget() is self.start:
            self.start.field.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._pupil and self.faces.currentWidget() is self.pupil:
            self._ask_pupil(self._pupil)

    @override
    def leave(self) -> None:
        self.home.stop()
        self.go_home()

    def go_home(self) -> None:
        """Show the start again and forget the answers that were shown."""
        self._way.clear()
        self._pupil, self._answer = "", None
        self.start.begin()
        self._show(self.start)

    # -- the frame around the faces -----------------------------------------------------------

    def _wire(self) -> None:
        self.touch.back_asked.connect(self._go_back)
        self.touch.medium_chosen.connect(self._other_medium)
        self.start.group_chosen.connect(self._open_group)
        self.start.adults_asked.connect(self._open_adults)
        self.start.pupil_chosen.connect(self._open_pupil)
        self.start.reports_asked.connect(self._to_reports)
        self.names.pupil_chosen.connect(self._open_pupil)
        self.names.whole_asked.connect(self._open_whole)
        self.pupil.whole_asked.connect(self._open_whole)
        self.pupil.other_asked.connect(self.go_home)
        for face in (self.names, self.pupil):
            face.area.verticalScrollBar().valueChanged.connect(self._stay)

    def _show(self, face: QWidget) -> None:
        self.faces.setCurrentWidget(face)
        if face is self.start:
            self.touch.show_start(self._board.school if self._board else "")
            self.home.stop()
            return
        before = self._way[-1] if self._way else self.start
        self.touch.show_back(self._name_of(before))
        self.touch.show_media(shown=face is not self.names)
        self._stay()

    def _go_on(self, face: QWidget) -> None:
        here = self.faces.currentWidget()
        if here is not None and here is not face:
            self._way.append(here)
        self._show(face)

    def _go_back(self) -> None:
        before = self._way.pop() if self._way else self.start
        if before is self.start:
            self.go_home()
        else:
            self._show(before)

    def _name_of(self, face: QWidget) -> str:
        return self.names.title if face is self.names else t("check.all_groups")

    def _stay(self, _place: int = 0) -> None:
        """Somebody is busy here: go back later."""
        if self.faces.currentWidget() is not self.start:
            self.home.start()

    def _show_reports(self, found: tuple[MyReport, ...]) -> None:
        self.start.show_reports(reports_words(found))

    def _to_reports(self) -> None:
        self.desk.goto("reports")

    # -- keys ---------------------------------------------------------------------------------

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._stay()
        if event.key() == Qt.Key.Key_Escape and self.has_way_back():
            self._go_back()
        elif event.text().strip() and event.text().isalpha():
            self.go_home()
            self.start.field.setText(event.text())
        else:
            super().keyPressEvent(event)

    @override
    def has_way_back(self) -> bool:
        return super().has_way_back() or bool(self.start.field.text())

    # -- the board ----------------------------------------------------------------------------

    def _ask_board(self) -> None:
        self.desk.ask(board, self._show_board, self)

    def _show_board(self, found: CheckBoard) -> None:
        self._board = found
        self.start.show_board(found)
        if self.faces.currentWidget() is self.start:
            self.touch.show_start(found.school)

    # -- a group ------------------------------------------------------------------------------

    def _open_group(self, group_id: str) -> None:
        groups = self._board.groups if self._board else ()
        self._group = next((group for group in groups if group.id == group_id), None)
        self.desk.ask(partial(pupils_of_group, group_id=group_id), self._show_names, self)

    def _show_names(self, hits: tuple[CheckHit, ...]) -> None:
        self.know(hits)
        if self._group is not None:
            self.names.show_group(self._group.name, self._group.site, hits)
            self._go_on(self.names)
            self.names.names.focus_first()

    def _open_adults(self) -> None:
        self.desk.ask(adults, self._show_adults, self)

    def _show_adults(self, hits: tuple[CheckHit, ...]) -> None:
        self.know(hits)
        self._group = None
        self.names.show_adults(hits)
        self._go_on(self.names)
        self.names.names.focus_first()

    def _open_whole(self) -> None:
        if self._group is not None:
            medium = self.touch.media.key
            self.desk.goto("compose", group_id=self._group.id, medium=medium)

    # -- a pupil or an adult -------------------------------------------------------------------

    def _open_pupil(self, pupil_id: str) -> None:
        self._pupil = pupil_id
        self._ask_pupil(pupil_id)

    def _ask_pupil(self, pupil_id: str) -> None:
        work = partial(check_pupil, pupil_id=pupil_id)
        self.desk.ask(work, self._show_pupil, self, failed=self._no_answer)

    def _show_pupil(self, answer: CheckAnswer) -> None:
        if answer.pupil_id != self._pupil:
            return
        self._answer, self._group = answer, answer.group
        self._remember(answer)
        self._fill_pupil()
        self._go_on(self.pupil)
        self.pupil.other.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self.pupil, self.pupil.spoken(), urgent=True)

    def _fill_pupil(self) -> None:
        if self._answer is not None:
            fresh = freshness_words(self._answer.freshness, self.desk.clock)
            self.pupil.show_answer(self._answer, self.touch.media.key, fresh)

    def _no_answer(self, problem: BoordboekError) -> None:
        if isinstance(problem, Trouble):
            self.hear_trouble(problem, self.refresh)
            return
        hit = self.known.get(self._pupil)
        self.pupil.show_unknown(hit.name if hit else "", problem.message)
        self._answer = None
        self._go_on(self.pupil)
        announce(self.pupil, self._words_of(problem.message), urgent=True)

    def _words_of(self, message: Message) -> str:
        return f"{t('check.trust_nothing')} {self.desk.words.of(message)}"

    def _remember(self, answer: CheckAnswer) -> None:
        group = answer.group
        where = (group.name, group.site) if group else ("", answer.site)
        hit = CheckHit(answer.pupil_id, answer.name, *where, kind=answer.kind)
        self._last = [hit, *(old for old in self._last if old.id != hit.id)][:LAST]
        self.known[hit.id] = hit
        self.start.show_last(self._last)

    def _other_medium(self, _key: str) -> None:
        self._stay()
        self._fill_pupil()
        announce(self.pupil, self.pupil.spoken(), urgent=True)
