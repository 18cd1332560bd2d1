"""File operations that stop the world, or the disk, at one chosen step."""

from __future__ import annotations

import errno
import os
import signal

from app.override import override
from db.register.files import Files


class CountingFiles(Files):
    """Counts the steps since `start`; at the chosen one, `strike` is called before it happens."""

    def __init__(self, at: int = 0) -> None:
        self.at = at
        self.steps: list[str] = []
        self._counting = False

    def start(self) -> None:
        self._counting = True

    @override
    def reached(self, step: str) -> None:
        if self._counting:
            self.steps.append(step)
            if len(self.steps) == self.at:
                self.strike()

    def strike(self) -> None:
        """Let it pass."""


class KillingFiles(CountingFiles):
    """Kills this very process, as a power cut would."""

    @override
    def strike(self) -> None:
        os.kill(os.getpid(), signal.SIGKILL)


class FullFiles(CountingFiles):
    """The disk is full from the chosen step on."""

    @override
    def reached(self, step: str) -> None:
        super().reached(step)
        if self._counting and 0 < self.at <= len(self.steps) and step != "remove":
            raise OSError(errno.ENOSPC, "no space")
