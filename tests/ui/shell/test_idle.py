"""When a register locks by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtDBus import QDBusConnection, QDBusMessage

from app.clock import SystemClock
from app.ports import UserCard
from ui.app.idle import Watch, idle_minutes

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from tests.registers import School

_SAVER = "org.freedesktop.ScreenSaver"


def test_the_register_says_how_soon_it_locks(school: School) -> None:
    assert idle_minutes(school.director().user) == 3
    assert idle_minutes(school.teacher().user) == 10


def test_nobody_says_how_soon_and_it_locks_soon() -> None:
    assert idle_minutes(UserCard("id", "name", ("unheard",), frozenset())) == 3


@pytest.mark.secrets
def test_a_covered_screen_is_heard_over_the_bus(qtbot: QtBot, qapp: QApplication) -> None:
    bus = QDBusConnection.sessionBus()
    assert bus.registerService(_SAVER)
    watch = Watch(qapp, SystemClock(), 3)
    signal = QDBusMessage.createSignal("/org/freedesktop/ScreenSaver", _SAVER, "ActiveChanged")
    signal.setArguments([True])
    with qtbot.waitSignal(watch.slept):
        bus.send(signal)
    watch.stop()
