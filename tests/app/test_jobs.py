"""While the disk is waited for somebody hears that the work goes on."""

from __future__ import annotations

import threading
from threading import Event

from app.jobs import SILENT, CancelledError, awaited

_PATIENCE = 60


class Stopping:
    """Asks to stop whenever it hears something."""

    def __init__(self) -> None:
        self.heard = Event()

    def step(self, done: int, total: int) -> None:
        assert done == total
        self.heard.set()
        raise CancelledError


def test_waiting_is_told_and_cannot_be_stopped() -> None:
    progress = Stopping()
    with awaited(progress, 1, 1):
        assert progress.heard.wait(_PATIENCE)


def test_what_can_be_told_is_told_and_repeated() -> None:
    heard: list[tuple[int, int]] = []
    twice = Event()

    class Counting:
        def step(self, done: int, total: int) -> None:
            heard.append((done, total))
            if heard.count((3, 4)) > 1:
                twice.set()

    with awaited(Counting(), 0, 4) as told:
        told.step(3, 4)
        assert twice.wait(_PATIENCE)
    assert heard[-1] == (3, 4)


def test_nobody_is_told_where_nobody_listens() -> None:
    with awaited(SILENT, 1, 1):
        assert "waiting" not in [thread.name for thread in threading.enumerate()]
