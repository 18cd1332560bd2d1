"""Files of the register, written so that a power cut leaves the old world or the new one."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from typing import TYPE_CHECKING

from app.errors import Trouble

if TYPE_CHECKING:
    from pathlib import Path

_PRIVATE = 0o600
_TROUBLES = {
    errno.ENOSPC: "register.disk_full",
    errno.EDQUOT: "register.disk_full",
    errno.EFBIG: "register.disk_full",
    errno.EROFS: "register.read_only",
    errno.EACCES: "register.read_only",
    errno.EPERM: "register.read_only",
}


def trouble_of(error: OSError) -> Trouble:
    """The trouble that an error of the operating system means."""
    return Trouble(_TROUBLES.get(error.errno or 0, "store.disk_failed"))


def write_new(path: Path, content: bytes) -> None:
    """Write a file durably, for the owner alone: part file, sync, rename, sync of the folder.

    Raises:
        Trouble: `register.disk_full`, `register.read_only` or `store.disk_failed`; nothing is
            left behind that is taken for the file.
    """
    temporary = path.with_name(f"{path.name}.part")
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _PRIVATE)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        except BaseException:
            remove_quietly(temporary)
            raise
        sync_folder(path.parent)
    except OSError as error:
        raise trouble_of(error) from error


def remove_quietly(path: Path) -> None:
    """Take away what could not be finished; on a failing disk it stays, and is of no use."""
    with suppress(OSError):
        path.unlink(missing_ok=True)


def make_empty(path: Path) -> None:
    """Make an empty file for the owner alone.

    Raises:
        FileExistsError: when something stands there.
        Trouble: `register.read_only` or `register.disk_full`.
    """
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE))
    except FileExistsError:
        raise
    except OSError as error:
        raise trouble_of(error) from error


def sync_file(path: Path) -> None:
    """Make sure that a file's content is on the disk."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Make sure that a folder's names are on the disk, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
