"""Notices that nobody is at the machine, that it goes to sleep, and that the day turns."""

from datetime import timedelta

import shiboken6
from PySide6.QtCore import SLOT, QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtDBus import QDBusConnection
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication

from app.clock import Clock, since_boot
from app.override import override
from app.ports import UserCard

_TICK_MS = 10_000
_MINUTE_MS = 60_000
_JUMP = timedelta(seconds=45)
_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
    }
)
_SCREENSAVERS = (
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
)


def idle_minutes(user: UserCard) -> int:
    """After how many quiet minutes to lock, as the roles of the register say."""
    return user.lock_minutes


class Watch(QObject):
    """Watches while somebody is signed in.

    Signals:
        idle(): nobody touched the machine for the whole time.
        slept(): the machine goes to sleep, was asleep, or its screen was locked.
        day_turned(): another day began.
    """

    idle = Signal()
    slept = Signal()
    day_turned = Signal()

    def __init__(self, app: QApplication, clock: Clock, minutes: int) -> None:
        super().__init__(app)
        self._app, self._clock = app, clock
        self._limit = minutes * _MINUTE_MS
        self._touched = since_boot()
        self._ticked = since_boot()
        self._seen = clock.now()
        self._day = clock.today()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.tick)
        self._timer.start(_TICK_MS)
        self._windows: list[QWindow] = []
        for window in app.topLevelWindows():
            self._look_at(window)
        app.focusWindowChanged.connect(self._look_at)
        _listen(self)

    def stop(self) -> None:
        """Watch no longer."""
        self._timer.stop()
        self._app.focusWindowChanged.disconnect(self._look_at)
        for window in self._windows:
            if shiboken6.isValid(window):
                window.removeEventFilter(self)
        self._windows.clear()
        self.deleteLater()

    def touch(self) -> None:
        """Somebody is there."""
        self._touched = since_boot()

    def tick(self) -> None:
        """Look at the clocks."""
        now, here = self._clock.now(), since_boot()
        passed = timedelta(milliseconds=here - self._ticked)
        jumped = now - self._seen - passed > _JUMP
        self._seen, self._ticked = now, here
        if jumped:
            self.slept.emit()
        elif here - self._touched >= self._limit:
            self.touch()
            self.idle.emit()
        elif self._clock.today() != self._day:
            self._day = self._clock.today()
            self.day_turned.emit()

    @Slot(bool)
    def said(self, going: bool) -> None:  # noqa: FBT001 - the bus calls it
        """The system said that it goes to sleep, or that the screen is covered."""
        if going:
            self.slept.emit()

    def _look_at(self, window: QWindow | None) -> None:
        """See what is typed and pointed at in a window.

        Only windows are watched, never the whole application: what is typed comes through the
        window first, and a filter on every object would be slow (and unsafe: the binding wraps
        each object that gets an event, also half-made ones).
        """
        self.touch()
        if window is not None and window not in self._windows:
            self._windows = [known for known in self._windows if shiboken6.isValid(known)]
            self._windows.append(window)
            window.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _INPUT:
            self._touched = since_boot()
        return False


def _listen(watch: Watch) -> None:
    """Hear what a Linux desktop tells about sleep and the screen, where it tells anything."""
    slot = SLOT("said(bool)")
    system = QDBusConnection.systemBus()
    if system.isConnected():
        service, path = "org.freedesktop.login1", "/org/freedesktop/login1"
        system.connect(service, path, f"{service}.Manager", "PrepareForSleep", watch, slot)  # type: ignore[call-overload]  # a text, whatever the stubs say
    session = QDBusConnection.sessionBus()
    if session.isConnected():
        for name, path in _SCREENSAVERS:
            session.connect(name, path, name, "ActiveChanged", watch, slot)  # type: ignore[call-overload]  # as above
