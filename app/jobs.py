"""Work that takes a while: how it tells its progress and how it is stopped."""

from __future__ import annotations

from typing import Protocol


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
