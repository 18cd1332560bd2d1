"""What the status bar tells: how fresh the check list is, and whether the journals hold."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from app.check.answer import Freshness, board
from app.check.records import Publication
from app.jobs import CancelledError
from app.journal.leaving import Leaving
from app.journal.verify import Verified, written
from app.ports import Committed, Session
from app.record import Compartment
from ui.frame import Frame
from ui.kit import ask
from ui.runner import Runner
from ui.shell.desk import Desk
from ui.words import say, t, words

_LATER = 2000
"""Milliseconds after which a check of the journals that gave way is tried again."""


class Status(QObject):
    """Keeps the status bar true while somebody is signed in."""

    def __init__(self, desk: Desk, frame: Frame) -> None:
        super().__init__(frame)
        self._desk, self._frame = desk, frame
        self._found: list[Verified] = []
        self._stop = _Stop(desk.runner)
        self._waiting: list[Compartment] = []
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_LATER)
        self._later.timeout.connect(self._verify_next)
        desk.changed.connect(self._changed)

    def begin(self) -> None:
        """Tell the freshness, and verify every journal that the user can open, one by one."""
        self.refresh()
        self._frame.status.set_part("journal", t("shell.journal_busy"))
        self._waiting = [part for part in Compartment if self._desk.opens(part)]
        self._verify_next()

    def stop(self) -> None:
        """Verify no further; the program is being locked."""
        self._stop.stopped = True
        self._waiting.clear()
        self._later.stop()

    def refresh(self) -> None:
        """Tell how fresh the check list is."""
        self._desk.ask(_freshness, self._fresh, self)

    def _changed(self, committed: Committed) -> None:
        if any(isinstance(record, Publication) for record in committed.records):
            self.refresh()

    def _fresh(self, freshness: Freshness) -> None:
        if freshness.trouble is not None:
            self._frame.status.set_part("freshness", say(freshness.trouble), "no")
        else:
            when = freshness.published_at
            self._frame.status.set_part("freshness", t("shell.freshness", when=when))

    def _verify_next(self) -> None:
        if not self._waiting:
            self._tell()
        else:
            work = partial(_verify, self._waiting[0], self._stop)
            self._desk.ask(work, self._verified, self)

    def _verified(self, found: Verified | None) -> None:
        """Go on with the next compartment, or later with the same one when it gave way."""
        if found is None:
            self._later.start()
        elif self._waiting:
            self._waiting.pop(0)
            self._found.append(found)
            self._verify_next()

    def _tell(self) -> None:
        found = self._found
        if all(each.in_order for each in found):
            count = words().number(sum(each.head.number for each in found))
            self._frame.status.set_part("journal", t("shell.journal_fine", count=count))
            return
        self._frame.status.set_part("journal", t("shell.journal_wrong"), "no")
        self._frame.bar.offer(
            t("shell.journal_banner"), t("shell.journal_save"), self._export, urgent=True
        )

    def _export(self) -> None:
        ask.save_file(self._frame, t("shell.journal_save"), t("shell.journal_file"), self._save)

    def _save(self, path: Path) -> None:
        content = written(self._found, self._desk.words)
        leaving = Leaving("journal_saved")
        self._desk.save_document(path, content, leaving, self._saved, self._frame)

    def _saved(self, _nothing: None) -> None:
        self._frame.bar.notice(t("shell.journal_saved"))


def _freshness(session: Session) -> Freshness:
    return board(session).freshness


class _Stop:
    """A progress that nobody sees: it gives way as soon as a person waits for something."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self.stopped = False

    def step(self, done: int, total: int) -> None:  # noqa: ARG002 - fulfils the port
        """Go on, or give way.

        Raises:
            CancelledError: when somebody waits, or nobody wants to know any more.
        """
        if self.stopped or self._runner.is_pressed:
            raise CancelledError


def _verify(part: Compartment, stop: _Stop, session: Session) -> Verified | None:
    """What was found, or None when it gave way."""
    try:
        return session.verify(part, stop)
    except CancelledError:
        return None
