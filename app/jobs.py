"""Work that takes a while: how it tells its progress and how it is stopped."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

_EVERY = 0.05


class CancelledError(Exception):
    """The person stopped the work; nothing of it was kept."""


class Progress(Protocol):
    """Where long work reports to; a call may raise `CancelledError`."""

    def step(self, done: int, total: int) -> None:
        """Report that `done` of `total` units are finished.

        Raises:
            CancelledError: when the person asked to stop.
        """
        ...


class Silent:
    """A progress that shows nothing and never stops the work."""

    def step(self, done: int, total: int) -> None:
        """Report to nobody."""


SILENT = Silent()


class Part:
    """The progress of a part of some work: from `start` to `end`, out of `whole`."""

    def __init__(self, progress: Progress, start: int, end: int, whole: int) -> None:
        self._progress, self._start, self._end, self._whole = progress, start, end, whole

    def step(self, done: int, total: int) -> None:
        """Report how much of this part is finished."""
        share = min(done, total) * (self._end - self._start) // max(total, 1)
        self._progress.step(self._start + share, self._whole)


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
    """Tell twenty times a second that work goes on which cannot tell it by itself.

    A busy disk takes seconds to make a large import durable, or to overwrite what was removed;
    reading a list of a hundred thousand is one question.

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
