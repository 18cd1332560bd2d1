"""Finds what a test leaves behind: logged errors, threads, timers, windows, temporary files."""

from __future__ import annotations

import gc
import logging
import os
import shutil
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.override import override

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE_SECONDS = float(os.environ.get("BOORDBOEK_PATIENCE", "30"))
"""A thread that is about to end waits long for its turn on a busy machine."""
ROUNDS = 10
"""One look through everything may take longer than all patience there."""
_HARMLESS_WINDOWS = {"QTipLabel"}


class _Collector(logging.Handler):
    def __init__(self, records: list[logging.LogRecord]) -> None:
        super().__init__(logging.ERROR)
        self._records = records

    @override
    def emit(self, record: logging.LogRecord) -> None:
        self._records.append(record)


@contextmanager
def errors() -> Iterator[list[logging.LogRecord]]:
    """The records of level error and above that are logged meanwhile, anywhere."""
    records: list[logging.LogRecord] = []
    collector = _Collector(records)
    logging.getLogger().addHandler(collector)
    try:
        yield records
    finally:
        logging.getLogger().removeHandler(collector)


def sentence(record: logging.LogRecord) -> str:
    """A record as "logger: text"."""
    return f"{record.name}: {record.getMessage()}"


def standing(*, screens: bool) -> set[int]:
    """Marks of everything that is there now, to compare with later."""
    return {id(thing) for thing in _things(screens=screens)}


def left_since(before: set[int], *, screens: bool) -> list[str]:
    """What was not there before and does not end by itself in a moment."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    rounds = 0
    while left := [thing for thing in _things(screens=screens) if id(thing) not in before]:
        if rounds >= ROUNDS and time.monotonic() > deadline:
            break
        rounds += 1
        if screens:
            _let_qt_finish()
        if rounds > 1:
            # What a collector of the window set aside would never be found (`ui.collector`).
            gc.unfreeze()
            gc.collect()
            time.sleep(0.01)
    return [_name(thing) for thing in left]


def temporary_files() -> list[str]:
    """Names of files that stand in the run's own temporary folder; they are removed."""
    folder = Path(os.environ["TMPDIR"])
    found = sorted(folder.iterdir())
    for path in found:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return [f"temporary file {path.name}" for path in found]


def _things(*, screens: bool) -> list[Any]:
    threads = [
        thread
        for thread in threading.enumerate()
        # A thread of Qt that once ran Python keeps such a stand-in for ever.
        if not isinstance(thread, threading._DummyThread)
    ]
    return [*threads, *_windows(), *_ticking()] if screens else threads


def _windows() -> list[Any]:
    from PySide6.QtWidgets import QApplication

    return [
        window
        for window in QApplication.topLevelWidgets()
        if window.metaObject().className() not in _HARMLESS_WINDOWS
    ]


def _ticking() -> list[Any]:
    import shiboken6
    from PySide6.QtCore import QAbstractAnimation, QTimer

    kinds = {*_kinds_of(QTimer), *_kinds_of(QAbstractAnimation)}
    there = [thing for thing in gc.get_objects() if type(thing) in kinds]
    return [thing for thing in there if shiboken6.isValid(thing) and _ticks(thing)]


def _kinds_of(kind: type[Any]) -> Iterator[type[Any]]:
    yield kind
    for narrower in kind.__subclasses__():
        yield from _kinds_of(narrower)


def _ticks(thing: Any) -> bool:
    from PySide6.QtCore import QTimer

    if isinstance(thing, QTimer):
        return thing.isActive()
    return bool(thing.state() == type(thing).State.Running)


def _let_qt_finish() -> None:
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()


def _name(thing: Any) -> str:
    if isinstance(thing, threading.Thread):
        return f"thread {thing.name}"
    return f"{type(thing).__name__} {thing.objectName()!r}"
