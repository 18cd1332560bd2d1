"""One program at a time has a register open.

The operating system holds the lock and lets go of it when the program ends, however it ends.
The note in the file only says who it is; a note without a lock means nothing.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from app.errors import Refusal
from app.text import Words
from db.register.files import trouble
from db.register.machine import machine_name

if TYPE_CHECKING:
    from pathlib import Path

_LONGEST_NOTE = 1000
_LOCKED_BYTE = 1 << 30


@dataclass(frozen=True, slots=True)
class Note:
    """Who has a register open.

    Attributes:
        machine: name of the machine.
        since: instant, or None when the note could not be read.
    """

    machine: str
    since: datetime | None

    @property
    def text(self) -> str:
        """The note as "machine · since"."""
        since = Words().moment(self.since) if self.since else "?"
        return f"{self.machine} · {since}"


class InstanceLock:
    """The right to have a register open, held until `release`."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    @classmethod
    def take(cls, path: Path, now: datetime) -> InstanceLock:
        """Take the right, or refuse.

        Raises:
            Refusal: `register.in_use`, with the machine and since when.
            Trouble: `register.read_only`.
        """
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise trouble(error, path) from error
        if not _lock(handle):
            note = _read(handle)
            os.close(handle)
            raise Refusal("register.in_use", machine=note.machine, since=note.since or "?")
        _write(handle, now)
        return cls(handle)

    def release(self) -> None:
        """Let go; does nothing the second time."""
        if self._handle < 0:
            return
        with suppress(OSError):
            os.ftruncate(self._handle, 0)
        _unlock(self._handle)
        os.close(self._handle)
        self._handle = -1


def opened_by(path: Path) -> str:
    """Whoever has the register open as "machine · since", or ""."""
    try:
        handle = os.open(path, os.O_RDWR)
    except OSError:
        return ""
    try:
        if _lock(handle):
            _unlock(handle)
            return ""
        return _read(handle).text
    finally:
        os.close(handle)


def _write(handle: int, now: datetime) -> None:
    note = {"machine": machine_name(), "since": now.isoformat()}
    with suppress(OSError):
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, json.dumps(note).encode("utf-8"))


def _read(handle: int) -> Note:
    try:
        os.lseek(handle, 0, os.SEEK_SET)
        found = json.loads(os.read(handle, _LONGEST_NOTE))
        return Note(str(found["machine"]), datetime.fromisoformat(str(found["since"])))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return Note("?", None)


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> bool:
        os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(handle: int) -> None:
        os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
        with suppress(OSError):
            msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _unlock(handle: int) -> None:
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_UN)
