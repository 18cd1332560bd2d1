"""A sign of life while the driver waits for the disk, which tells nothing of how far it is."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import TYPE_CHECKING

from app.jobs import SILENT, CancelledError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.jobs import Progress

_EVERY = 0.1


class _Last:
    """Hands on what is told, and keeps it."""

    def __init__(self, progress: Progress, done: int, total: int) -> None:
        self._progress = progress
        self.said = done, total

    def step(self, done: int, total: int) -> None:
        """Report, and remember it."""
        self.said = done, total
        self._progress.step(done, total)

    def repeat(self) -> None:
        """Report the same again; whoever asks to stop is heard at the next report."""
        with suppress(CancelledError):
            self._progress.step(*self.said)


@contextmanager
def awaited(progress: Progress, done: int, total: int) -> Iterator[Progress]:
    """Tell ten times a second that work goes on which cannot tell it by itself.

    A busy disk takes seconds to make a large import durable, or to overwrite what was removed.

    Args:
        progress: who is told.
        done: how far it is at first.
        total: out of so much.

    Yields:
        A progress for what can be told.
    """
    if progress is SILENT:
        yield progress
        return
    over, last = Event(), _Last(progress, done, total)

    def tell() -> None:
        while not over.wait(_EVERY):
            last.repeat()

    telling = Thread(target=tell, name="waiting", daemon=True)
    telling.start()
    try:
        yield last
    finally:
        over.set()
        telling.join()
