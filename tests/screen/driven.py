"""The real program with a person in it: started as a child, told on standard input what to do.

Run as `python -m tests.screen.driven --register FOLDER`. Says `ready` once the door is shown;
then does one line after the other and answers each with one line.
"""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

import main as program_main
from ui.app import program as program_room
from ui.kit.editors import SecretEditor
from ui.register.unlock import UnlockScreen

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE_MS = 30_000


class Person(QObject):
    """Does what is asked, on the program's own thread."""

    asked = Signal(str)

    def __init__(self, program: program_room.Program) -> None:
        super().__init__()
        self._program = program
        self.asked.connect(self._do)
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        say("ready")
        for line in sys.stdin:
            self.asked.emit(line.strip())

    def _do(self, line: str) -> None:
        act, _, rest = line.partition(" ")
        acts: dict[str, Callable[[str], str]] = {
            "texts": self._texts,
            "sign-in": self._sign_in,
            "try": self._try,
            "idle": self._idle,
        }
        say(acts[act](rest))

    def _texts(self, _rest: str) -> str:
        """Everything that can be read in the windows."""
        self._until(lambda: self._program.runner.is_idle)
        shown = []
        for window in QApplication.topLevelWidgets():
            shown += [one.text() for one in window.findChildren(QLabel) if one.isVisible()]
            buttons = window.findChildren(QAbstractButton)
            shown += [one.text() for one in buttons if one.isVisible()]
        return repr(" | ".join(shown))

    def _sign_in(self, rest: str) -> str:
        self._try(rest)
        self._until(lambda: self._program.office is not None and self._program.runner.is_idle)
        return "in" if self._program.office else "out"

    def _try(self, rest: str) -> str:
        """Type name and phrase and press Enter."""
        name, _, phrase = rest.partition("|")
        assert self._program.door is not None
        form = self._program.door.findChildren(UnlockScreen)[0].form
        form.set_values({"name": name, "password": phrase})
        secret = form.editor("password")
        assert isinstance(secret, SecretEditor)
        QTest.keyClick(secret.line, Qt.Key.Key_Return)
        return "tried"

    def _idle(self, _rest: str) -> str:
        watch: Any = self._program._watch
        QTimer.singleShot(0, watch.idle.emit)
        return "idle"

    def _until(self, done: Callable[[], bool]) -> None:
        loop, timer = QEventLoop(), QTimer()
        timer.timeout.connect(lambda: loop.exit() if done() else None)
        timer.start(20)
        QTimer.singleShot(PATIENCE_MS, loop.quit)
        if not done():
            loop.exec()
        timer.stop()


def say(text: str) -> None:
    """One line on standard output."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def with_a_person() -> None:
    """Put somebody in front of the program as soon as it begins to listen to events."""
    start = program_room.Program.start

    def started(self: program_room.Program, *given: Any) -> None:
        start(self, *given)
        self.person = Person(self)  # type: ignore[attr-defined]  # lives as long as it does

    setattr(program_room.Program, "start", started)  # noqa: B010 - only here


if __name__ == "__main__":
    with_a_person()
    sys.exit(program_main.main(sys.argv[1:]))
