"""A mark in the register's folder: consent may say what the check list does not say yet.

It stands before consent is written and goes when the list was published, so that wherever the
program ends in between, a teacher is told to ask first and is given no outdated yes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.store.files import make_empty, remove_quietly, sync_folder, trouble_of

if TYPE_CHECKING:
    from pathlib import Path

_NAME = "unpublished"


def stands(folder: Path) -> bool:
    """Whether something may have been written that was not published."""
    return (folder / _NAME).exists()


def put(folder: Path) -> bool:
    """Put the mark there, durably; returns whether it was not there before.

    One that stands there already may never have reached the disk, and is made sure too.

    Raises:
        Trouble: `register.disk_full`, `register.read_only` and the like.
    """
    try:
        make_empty(folder / _NAME)
    except FileExistsError:
        new = False
    else:
        new = True
    try:
        sync_folder(folder)
    except OSError as error:
        if new:
            take(folder)
        raise trouble_of(error) from error
    return new


def take(folder: Path) -> None:
    """Take the mark away; one that cannot be taken stays, and the list says to ask first."""
    remove_quietly(folder / _NAME)
