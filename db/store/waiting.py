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


@contextmanager
def awaited(progress: Progress) -> Iterator[None]:
    """Tell ten times a second that the last part of some work still goes on.

    A busy disk takes seconds to make a large import durable. That cannot be stopped any more,
    so whoever asks is not heard here.
    """
    if progress is SILENT:
        yield
        return
    over = Event()

    def tell() -> None:
        while not over.wait(_EVERY):
            with suppress(CancelledError):
                progress.step(1, 1)

    telling = Thread(target=tell, name="waiting", daemon=True)
    telling.start()
    try:
        yield
    finally:
        over.set()
        telling.join()
