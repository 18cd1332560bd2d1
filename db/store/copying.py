"""Copies a whole encrypted file, perhaps with another key, and proves the copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.errors import Trouble
from db.store.engine import connect
from db.store.files import make_empty, remove_quietly, sync_file, sync_folder, trouble_of
from db.store.troubles import troubles

if TYPE_CHECKING:
    from pathlib import Path

    from db.store.engine import Raw


def copy_to(raw: Raw, path: Path, key: bytearray) -> None:
    """Copy a whole file into a new one, perhaps with another key, checked and durable.

    Raises:
        FileExistsError: when something stands there already.
        Trouble: `register.disk_full` and the like, or `register.damaged` when the copy does not
            equal the file; nothing is left behind.
    """
    make_empty(path)
    try:
        with troubles():
            target = connect(path, key)
            try:
                raw.backup(target)
                _compare(raw, target)
            finally:
                target.close()
        _make_durable(path)
    except BaseException:
        remove_quietly(path)
        raise


def _make_durable(path: Path) -> None:
    try:
        sync_file(path)
        sync_folder(path.parent)
    except OSError as error:
        raise trouble_of(error) from error


def _compare(raw: Raw, copy: Raw) -> None:
    sound = (
        not copy.execute("PRAGMA cipher_integrity_check").fetchall()
        and copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        and all(
            copy.execute(f"PRAGMA {name}").fetchone()
            == raw.execute(f"PRAGMA {name}").fetchone()
            for name in ("page_count", "user_version", "application_id")
        )
    )
    if not sound:
        raise Trouble("register.damaged")
