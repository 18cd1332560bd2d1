"""When a register locks by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtDBus import QDBusConnection, QDBusMessage

import resources
from app.clock import SystemClock
from app.ports import UserCard
from ui.app.idle import Watch, idle_minutes

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

_SAVER = "org.freedesktop.ScreenSaver"


def user(*roles: str) -> UserCard:
    """A user with these roles."""
    return UserCard("id", "name", roles, frozenset())


@pytest.mark.parametrize(
    ("roles", "minutes"),
    [
        (("teacher",), 10),
        (("administrator",), 5),
        (("director",), 3),
        (("teacher", "director"), 3),
    ],
)
def test_the_shortest_time_of_all_roles_counts(roles: tuple[str, ...], minutes: int) -> None:
    assert idle_minutes(user(*roles)) == minutes


def test_every_role_locks() -> None:
    assert all(idle_minutes(user(row["key"])) > 0 for row in resources.roles())


def test_nobody_knows_the_role_and_it_locks_soon() -> None:
    assert idle_minutes(user("unheard")) == 3


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
