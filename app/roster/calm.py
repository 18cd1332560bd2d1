"""Work on very many values: told step by step, and not looked through for cycles."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from app.jobs import SILENT, CancelledError, Progress

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

T = TypeVar("T")
K = TypeVar("K")
_EVERY = 250
_MANY = 150_000
"""So many values made meanwhile are data; to look through them all at once, just to find that
they hold no cycles, takes a quarter of a second in which nobody else is let in."""


@contextmanager
def uncollected() -> Iterator[None]:
    """Hold the collector of cycles; plain values have none, and looking costs a fifth.

    Very many that were made meanwhile are not looked through afterwards either.
    """
    held = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if held:
            if gc.get_count()[0] > _MANY:
                gc.freeze()
            gc.enable()


class Pace:
    """Tells how far work on many values is, often enough for a window to stay alive.

    Args:
        progress: who is told.
        total: how many values there are to go through, each time counted.
    """

    def __init__(self, progress: Progress = SILENT, total: int = 0) -> None:
        self._progress, self._total = progress, total
        self._done = 0

    def over(self, values: Iterable[T]) -> Iterator[T]:
        """The values, one after another.

        Raises:
            CancelledError: when the person stopped it.
        """
        for value in values:
            if self._done % _EVERY == 0:
                self._progress.step(min(self._done, self._total), self._total)
            self._done += 1
            yield value


def let_go(values: list[T] | dict[K, T]) -> None:
    """Empty it some at a time: what frees very many objects at once lets nobody else in."""
    while values:
        if isinstance(values, dict):
            values.popitem()
        else:
            del values[-_EVERY:]


def spent(rows: Sequence[T], at: int, instead: T) -> None:
    """Let go of a row that is not needed any more, where rows may be let go."""
    if isinstance(rows, list):
        rows[at] = instead


def all_spent(rows: Sequence[T]) -> None:
    """Let go of all rows, where they may be let go."""
    if isinstance(rows, list):
        let_go(rows)


@contextmanager
def letting_go(*parts: list[Any] | dict[Any, Any]) -> Iterator[None]:
    """When the work inside is stopped, empty what it had gathered some at a time."""
    try:
        yield
    except CancelledError:
        for part in parts:
            let_go(part)
        raise
