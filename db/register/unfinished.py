"""A register that was being made when the machine stopped.

Its keys went with the machine, so nobody can ever open it, and it makes room for a new one. The
mark is the first thing in the folder and goes when the directory is there: a folder without
it is never emptied, whatever it lacks.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

from app.errors import Refusal
from db.register.files import trouble
from db.register.instance import opened_by
from db.store.files import make_empty, remove_quietly, sync_folder

if TYPE_CHECKING:
    from pathlib import Path

    from db.register.folder import Layout


def begin(layout: Layout) -> None:
    """Put the mark into an empty folder, or one that holds an unfinished register.

    Raises:
        Refusal: `register.folder_not_empty` or `register.folder_is_file`.
        Trouble: `register.disk_full`, `register.read_only` and the like.
    """
    if stands(layout):
        empty(layout)
    _demand_empty(layout.folder)
    try:
        layout.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        make_empty(layout.unfinished)
        sync_folder(layout.folder)
    except OSError as error:
        remove_quietly(layout.unfinished)
        raise trouble(error, layout.folder) from error


def stands(layout: Layout) -> bool:
    """Whether a folder holds a register that was never finished, and nobody is making it."""
    started = any(path.exists() for path in layout.directories)
    return layout.unfinished.exists() and not started and not opened_by(layout.lock)


def empty(layout: Layout) -> None:
    """Take away what was made; the mark last, so that what could not be taken can be later."""
    for path in layout.folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif path != layout.unfinished:
            remove_quietly(path)
    if list(layout.folder.iterdir()) == [layout.unfinished]:
        remove_quietly(layout.unfinished)


def forget(layout: Layout, *, itself: bool) -> None:
    """Take away what was made of a register that failed, perhaps with its folder."""
    with suppress(OSError):
        empty(layout)
        if itself:
            layout.folder.rmdir()


def _demand_empty(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise Refusal("register.folder_is_file", field="folder")
    if folder.is_dir() and any(folder.iterdir()):
        raise Refusal("register.folder_not_empty", field="folder")
