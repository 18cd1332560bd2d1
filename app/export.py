"""Puts a document where the user wants it, outside the register: whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING

from app.errors import Trouble

if TYPE_CHECKING:
    from pathlib import Path

_FULL = (errno.ENOSPC, errno.EDQUOT) if hasattr(errno, "EDQUOT") else (errno.ENOSPC,)


def save_to(path: Path, content: bytes) -> None:
    """Write a file, replacing what was there; it is on the disk when this returns.

    What an earlier save of the same file left half, because the machine stopped, goes as well.

    Raises:
        Trouble: `shell.export_full` or `shell.export_failed`; what was there is still there.
    """
    part = _part_of(path)
    try:
        with part.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise _trouble(path, error) from error
    finally:
        _remove(part)
    _sweep(path)


def check_place(path: Path) -> None:
    """Let a place pass where a file can be written, before there is anything to write.

    Raises:
        Trouble: `shell.export_failed` and the like.
    """
    part = _part_of(path)
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "a folder", str(path))
        part.open("xb").close()
    except OSError as error:
        raise _trouble(path, error) from error
    finally:
        _remove(part)


def _part_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")


def _sweep(path: Path) -> None:
    """Take away what interrupted saves of this very file left beside it."""
    ours = re.compile(re.escape(path.name) + r"\.[0-9a-f]{8}\.part")
    with suppress(OSError):
        for beside in list(path.parent.iterdir()):
            if ours.fullmatch(beside.name) and beside.is_file():
                _remove(beside)


def _remove(part: Path) -> None:
    """Leave nothing half, however the writing ended."""
    with suppress(OSError):
        part.unlink(missing_ok=True)


def _trouble(path: Path, error: OSError) -> Trouble:
    text = "shell.export_full" if error.errno in _FULL else "shell.export_failed"
    return Trouble(text, folder=str(path.parent))
