"""A desk and a whole program for tests of screens, on the register of `tests.registers`.

def test_something(qtbot: QtBot, school: School) -> None:
    desk = desk_for(qtbot, school.administrator)   # signs in on the storage thread
    page = PupilsPage(desk)
    …
    settle(qtbot, desk)
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QCoreApplication

from reports.compile.binder import PaperBinder
from reports.press import PaperPress
from tests.registers import vault_for
from ui.app.program import Program
from ui.runner import Runner
from ui.shell.choices import Choices
from ui.shell.desk import Desk, SignedIn
from ui.shell.outside import Outside
from ui.words import speak

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from app.ports import Session, Vault
    from tests.registers import School


T = TypeVar("T")


class MemoryPreferences:
    """Preferences that end with the test."""

    def __init__(self, values: dict[str, str] | None = None) -> None:
        self.values = dict(values or {})

    def read(self) -> dict[str, str]:
        """All settings."""
        return dict(self.values)

    def write(self, values: dict[str, str]) -> None:
        """Replace all settings."""
        self.values = dict(values)


def outside_of(school: School, preferences: MemoryPreferences | None = None) -> Outside:
    """The world around the window, with the vault of a test register."""

    def vault() -> Vault:
        return vault_for(school.clock, school.remembered)

    return Outside(
        vault=vault,
        press=PaperPress(),
        binder=PaperBinder,
        preferences=preferences or MemoryPreferences(),
        version="1.0",
        components=lambda: (("Python", "3", "PSF-2.0"),),
    )


def desk_for(
    qtbot: QtBot,
    sign_in: Callable[[], Session],
    outside: Outside | None = None,
    language: str = "nl",
) -> Desk:
    """A desk for who signs in; its session and its threads end with the test."""
    speak(language)
    runner = Runner()
    session = runner._storage.submit(sign_in).result()
    signed_in = runner._storage.submit(partial(SignedIn, session)).result()
    around = outside or Outside(
        vault=_no_vault,
        press=PaperPress(),
        binder=PaperBinder,
        preferences=MemoryPreferences(),
    )
    choices = Choices(around.preferences)
    choices.choose_language(language)
    desk = Desk(signed_in, runner, around, choices)
    session.listen(desk.hear)
    # The school forgets whom it signed in, on the thread to which the session belongs.
    owner = getattr(sign_in, "__self__", session)
    qtbot._request.node.addfinalizer(partial(_end, desk, owner.lock))
    return desk


def settle(qtbot: QtBot, desk: Desk) -> None:
    """Wait until nothing is running, and what follows from every answer is on the screen.

    Of what was written behind the screen the pages hear by an event, and only then ask again.
    """
    settled = False
    while not settled:
        qtbot.waitUntil(lambda: desk.runner.is_idle)
        QCoreApplication.processEvents()
        settled = desk.runner.is_idle


def run_here(desk: Desk, work: Callable[[Session], T]) -> T:
    """Do work on the storage thread and wait for its answer."""
    return desk.runner._storage.submit(work, desk.session).result()


def program_for(qtbot: QtBot, qapp: object, outside: Outside) -> Program:
    """The whole program in this process; it ends with the test."""
    from PySide6.QtWidgets import QApplication

    assert isinstance(qapp, QApplication)
    program = Program(qapp, outside)
    qtbot._request.node.addfinalizer(program.close)
    return program


def _end(desk: Desk, lock: Callable[[], None]) -> None:
    desk.runner._storage.submit(lock).result()
    desk.runner.finish()
    desk.runner.deleteLater()
    desk.deleteLater()


def _no_vault() -> Vault:
    message = "this test opens no register from the screen"
    raise AssertionError(message)
