"""A mark in the register's folder: consent may say what the check list does not say yet.

It stands before consent is written and goes when the list was published, so that wherever the
program ends in between, a teacher is told to ask first and is given no outdated yes.

It has no sync of its own: it stands in the folder of the consent file, whose commit syncs that
folder before the file is changed and again when the commit counts (decision 0003). So no commit
is on the disk without the mark that was made before it.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from db.store.files import make_empty, remove_quietly

if TYPE_CHECKING:
    from pathlib import Path

_NAME = "unpublished"


def stands(folder: Path) -> bool:
    """Whether something may have been written that was not published."""
    return (folder / _NAME).exists()


def put(folder: Path) -> bool:
    """Put the mark there, before a commit of consent; returns whether it was not there before.

    Raises:
        Trouble: `register.disk_full`, `register.read_only` and the like.
    """
    with suppress(FileExistsError):
        make_empty(folder / _NAME)
        return True
    return False


def take(folder: Path) -> None:
    """Take the mark away; one that cannot be taken stays, and the list says to ask first."""
    remove_quietly(folder / _NAME)
