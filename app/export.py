"""Puts a document where the user wants it, outside the register: whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
from typing import TYPE_CHECKING

from app.errors import Trouble

if TYPE_CHECKING:
    from pathlib import Path

_FULL = (errno.ENOSPC, errno.EDQUOT) if hasattr(errno, "EDQUOT") else (errno.ENOSPC,)


def save_to(path: Path, content: bytes) -> None:
    """Write a file, replacing what was there; it is on the disk when this returns.

    Raises:
        Trouble: `shell.export_full` or `shell.export_failed`; what was there is still there.
    """
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        with part.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        full = error.errno in _FULL
        text = "shell.export_full" if full else "shell.export_failed"
        raise Trouble(text, folder=str(path.parent)) from error
