"""The program from its first window to its last: who is in, and when he is let out.

What only somebody who is signed in needs is loaded when he is: the first window comes first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.app.defects import Defects
from ui.register.door import GEOMETRY, Door
from ui.runner import Runner
from ui.shell.choices import Choices
from ui.theme import Theme, house
from ui.theme.dress import LARGEST, SMALLEST
from ui.words import speak, t

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication, QWidget

    from ui.app.idle import Watch
    from ui.app.office import Office
    from ui.shell.desk import Desk, SignedIn
    from ui.shell.outside import Outside

_STEP = 25
_REASONS = {"idle": "shell.locked_idle", "sleep": "shell.locked_sleep"}


class Program(QObject):
    """Shows the door until somebody is in, then his office, and locks it again.

    Signals:
        entered(): somebody is signed in and his first page is shown.
        locked(): nobody is signed in any more and all keys are gone.
    """

    entered = Signal()
    locked = Signal()

    def __init__(self, app: QApplication, outside: Outside) -> None:
        super().__init__(app)
        self.app, self.outside = app, outside
        self.choices = Choices(outside.preferences)
        self.defects = Defects(app, outside.version)
        self.runner = Runner(self.defects.hear, self)
        self.door: Door | None = None
        self.office: Office | None = None
        self._watch: Watch | None = None
        self._reason = ""
        self._house = house(app)
        self._house.wear(self.choices.theme)
        self._house.changed.connect(self._dressed)
        speak(self.choices.language)
        app.aboutToQuit.connect(self.close)

    def start(self, folder: Path | None = None, reason: str = "") -> None:
        """Show the door.

        Args:
            folder: of this register; the latest one when left out.
            reason: said on the lock screen, such as "idle"; "" for nothing.
        """
        self._reason = reason
        if folder is not None:
            self.choices.opened(folder, self.outside.vault().state(folder).school)
        self._show_door()

    def lock(self, reason: str = "") -> None:
        """Keep drafts, close the register, forget the keys, and show the lock screen.

        Args:
            reason: "idle" or "sleep"; "" when the person asked for it.
        """
        office, self.office = self.office, None
        if office is None:
            return
        self._reason = reason
        self._stop_watching()
        self.runner.cancel()
        office.leave_page()
        office.close()
        self.choices.keep(GEOMETRY, _geometry(office.frame))
        _forget_clipboard(self.app)
        lock = office.desk.session.lock
        self.runner.run(lock, self._closed, self, failed=self._closed)
        office.desk.deleteLater()

    def wear(self, theme: Theme) -> None:
        """Show everything in another palette or text size, and remember it."""
        self.choices.choose_theme(theme)
        self._house.wear(theme)

    def close(self) -> None:
        """End everything: what was being printed is printed, the register is closed."""
        _print_the_rest()
        office, self.office = self.office, None
        self._stop_watching()
        if office is not None:
            if office.frame.isVisible():
                office.leave_page()
            office.close()
            self.runner.run(office.desk.session.lock, _nothing, self)
        if self.door is not None:
            self.door.abandon()
        _drop(self.door)
        self.door = None
        self.runner.finish()

    # -- the door ----------------------------------------------------------------------------

    def _show_door(self) -> None:
        old, self.door = self.door, Door(self.outside, self.runner, self.choices)
        self.door.opened.connect(self._enter)
        self.door.language_chosen.connect(self._speak)
        self.door.size_asked.connect(self._resize)
        self.door.help_asked.connect(self._help)
        self.door.left.connect(self.app.quit)
        self.door.begin()
        if self._reason in _REASONS:
            self.door.say_locked(t(_REASONS[self._reason]))
        self.door.show()
        if old is not None:
            old.abandon()
        _drop(old)

    def _help(self) -> None:
        from ui.help.page import HelpPage

        if self.door is not None:
            page = HelpPage()
            page.show_topic("signin")
            self.door.show_guest(page)

    def _closed(self, _answer: object) -> None:
        """The keys are gone."""
        self.locked.emit()
        if self.outside.relaunch is not None:
            self._relaunch()
        else:
            self._show_door()

    def _relaunch(self, _ended: object = None) -> None:
        """Begin anew, once everything that was being saved or printed is finished."""
        from ui.kit.preview import printing

        busy = printing()
        if busy:
            busy[0].destroyed.connect(self._relaunch)
        elif self.outside.relaunch is not None:
            self.runner.finish()
            self.outside.relaunch(self._reason)

    def _resize(self, step: int) -> None:
        theme = self.choices.theme
        size = min(max(theme.text_size + step * _STEP, SMALLEST), LARGEST)
        if size != theme.text_size:
            self.wear(Theme(theme.palette, size))

    # -- the office --------------------------------------------------------------------------

    def _enter(self, signed_in: SignedIn) -> None:
        from ui.app.idle import Watch, idle_minutes
        from ui.shell.desk import Desk

        register = signed_in.register
        self.choices.opened(register.folder, register.school)
        self._reason = ""
        desk = Desk(signed_in, self.runner, self.outside, self.choices)
        desk.setParent(self)
        desk.theme_chosen.connect(self.wear)
        desk.language_chosen.connect(self._speak)
        signed_in.session.listen(desk.hear)
        self._furnish(desk)
        self._watch = Watch(self.app, desk.clock, idle_minutes(desk.user))
        self._watch.idle.connect(self._idle)
        self._watch.slept.connect(self._slept)
        self._watch.day_turned.connect(self._day_turned)
        if signed_in.trouble is not None and self.office is not None:
            self.office.frame.bar.hear_trouble(signed_in.trouble, self._day_turned)
        elif signed_in.sheet_used and self.office is not None:
            self.office.offer_sheet()
        self.entered.emit()

    def _furnish(self, desk: Desk, place: str = "") -> None:
        from ui.app.office import Office

        old, self.office = self.office, Office(desk, self.outside.version)
        self.office.lock_asked.connect(self.lock)
        self.office.left.connect(self.app.quit)
        self.office.begin(place)
        self.office.frame.show()
        if old is not None:
            old.close()
        _drop(self.door)
        self.door = None

    def _speak(self, language: str) -> None:
        self.choices.choose_language(language)
        speak(language)
        self._dressed()

    def _dressed(self) -> None:
        """Build the window anew: words and measures are taken when a widget is made."""
        if self.office is not None:
            self.office.leave_page()
            self.choices.keep(GEOMETRY, _geometry(self.office.frame))
            self.office.desk.speak(self.choices.language)
            self._furnish(self.office.desk, self.office.frame.place)
        elif self.door is not None:
            self.door.keep_geometry()
            self._show_door()

    # -- the clocks --------------------------------------------------------------------------

    def _stop_watching(self) -> None:
        if self._watch is not None:
            self._watch.stop()
            self._watch = None

    def _idle(self) -> None:
        from ui.kit.preview import printing

        if self.runner.is_idle and not printing():
            self.lock("idle")

    def _slept(self) -> None:
        self.lock("sleep")

    def _day_turned(self) -> None:
        from app.start.begin import new_day

        if self.office is not None:
            self.office.desk.ask(new_day, self._refresh, self.office.frame)

    def _refresh(self, _nothing: None) -> None:
        if self.office is not None:
            self.office.refresh()


def _print_the_rest() -> None:
    from ui.kit.preview import printing

    for run in printing():
        run.finish()


def _geometry(window: QWidget) -> str:
    return bytes(window.saveGeometry().toBase64().data()).decode("ascii")


def _forget_clipboard(app: QApplication) -> None:
    """Leave nothing of the register in the clipboard; what others put there stays."""
    clipboard = app.clipboard()
    if clipboard.ownsClipboard():
        clipboard.clear()


def _drop(window: QWidget | None) -> None:
    if window is not None:
        window.hide()
        window.deleteLater()


def _nothing(_value: object) -> None:
    """Nothing follows."""
