"""Changes files so that a power cut leaves the old content or the new, never half of either.

Everything that changes the register's folder, apart from the databases themselves, goes through
here; `reached` is called before every single step, so that a test can stop the world at each.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from app.errors import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_ON_WINDOWS = sys.platform == "win32"
_FULL = (errno.ENOSPC, errno.EDQUOT) if not _ON_WINDOWS else (errno.ENOSPC,)
_READ_ONLY = (errno.EROFS, errno.EACCES, errno.EPERM)
_QUIET_INSTANT = 946_684_800
"""1 January 2000: the date that files get whose real date would tell a story."""

PART = ".part"


class Files:
    """The file operations that a register needs, each durable when it returns."""

    def reached(self, step: str) -> None:
        """Called before every step that changes something on disk."""

    def write(self, path: Path, content: bytes, *, quiet: bool = False) -> None:
        """Put a file in place whole, replacing what was there; readable by this user only.

        Args:
            path: where.
            content: what.
            quiet: give it a fixed date.

        Raises:
            Trouble: `register.disk_full`, `register.read_only` or `register.disk_failed`.
        """
        part = path.with_name(f"{path.name}.{os.urandom(4).hex()}{PART}")
        try:
            self._fill(part, content)
            if quiet:
                os.utime(part, (_QUIET_INSTANT, _QUIET_INSTANT))
            self.reached("rename")
            part.replace(path)
        except OSError as error:
            with suppress(OSError):  # the next opening takes it away
                part.unlink(missing_ok=True)
            raise trouble(error, path) from error
        self.sync_folder(path.parent)

    def replace(self, source: Path, target: Path) -> None:
        """Let one file take the place of another."""
        try:
            self.reached("rename")
            source.replace(target)
        except OSError as error:
            raise trouble(error, target) from error
        self.sync_folder(target.parent)

    def remove(self, path: Path) -> None:
        """Take a file away; no error when it is not there."""
        try:
            self.reached("remove")
            path.unlink(missing_ok=True)
        except OSError as error:
            raise trouble(error, path) from error
        self.sync_folder(path.parent)

    def make_folder(self, path: Path) -> None:
        """Make a folder that only this user can enter; no error when it is there."""
        try:
            self.reached("folder")
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise trouble(error, path) from error

    def make_private(self, folder: Path) -> None:
        """Let only this user into a folder, where the system can."""
        with suppress(OSError):
            folder.chmod(0o700)

    def sync_folder(self, folder: Path) -> None:
        """Make names in a folder durable, where the system can."""
        if _ON_WINDOWS:
            return
        # Some file systems refuse it; the copies A and B carry the safety there.
        with suppress(OSError):
            self.reached("sync")
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)

    def _fill(self, path: Path, content: bytes) -> None:
        self.reached("create")
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
        with os.fdopen(handle, "wb") as file:
            half = len(content) // 2
            file.write(content[:half])
            file.flush()
            self.reached("write")
            file.write(content[half:])
            file.flush()
            os.fsync(file.fileno())


_BINARY: int = getattr(os, "O_BINARY", 0)


def read(path: Path) -> bytes:
    """The content of a file.

    Raises:
        Trouble: `register.unreadable`.
        FileNotFoundError: when it is not there.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise Trouble("register.unreadable", file=path.name) from error


def leftovers(folder: Path) -> Iterator[Path]:
    """Files that an interrupted `Files.write` left in a folder."""
    yield from folder.glob(f"*{PART}")


def trouble(error: OSError, path: Path) -> Trouble:
    """What an operating system's error on a file means for the user."""
    if error.errno in _FULL:
        return Trouble("register.disk_full")
    if error.errno in _READ_ONLY:
        return Trouble("register.read_only", file=path.name)
    return Trouble("register.disk_failed", file=path.name)
