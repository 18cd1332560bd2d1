"""Proves at every start that the linked driver really encrypts.

A driver without encryption accepts a key without a word and writes plain text; a well-known
messenger shipped that once. So a file is made, and its bytes are looked at.
"""

from __future__ import annotations

import errno
import importlib
import secrets
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from app.errors import Trouble

_PLAIN = b"SQLite format 3\x00"
_MARK = "boordboek-in-clear"
_NO_ROOM = (10, 13, 14)
"""SQLite's codes for an I/O error, a full disk and a file that cannot be made."""


def prove_encryption(linked: Any = None) -> None:  # noqa: ANN401 - a module without types
    """Return when the driver encrypts what it writes and wants the right key to read it.

    Args:
        linked: the driver's module; the program's own when left out.

    Raises:
        Trouble: `register.not_encrypting`, or `register.disk_full`: there is no room to try.
    """
    driver = linked or importlib.import_module("sqlcipher3.dbapi2")
    try:
        with tempfile.TemporaryDirectory(prefix="boordboek-") as folder:
            _prove(driver, Path(folder) / "proof")
    except OSError as error:
        raise Trouble("register.disk_full") from error


def _prove(driver: Any, path: Path) -> None:  # noqa: ANN401 - a module without types
    right, wrong = (f"x'{secrets.token_hex(32)}'" for _ in range(2))
    written = _written(driver, path, right)
    content = path.read_bytes() if path.exists() else b""
    hidden = content and not content.startswith(_PLAIN) and _MARK.encode() not in content
    if not (
        written and hidden and _reads(driver, path, right) and not _reads(driver, path, wrong)
    ):
        raise Trouble("register.not_encrypting")


def _written(driver: Any, path: Path, key: str) -> bool:  # noqa: ANN401 - a module without types
    with closing(driver.connect(str(path))) as connection:
        try:
            connection.execute(f'PRAGMA key = "{key}"')
            connection.execute("PRAGMA cipher_log = off")
            version = connection.execute("PRAGMA cipher_version").fetchone()
            connection.execute("CREATE TABLE proof (mark TEXT)")
            connection.execute("INSERT INTO proof VALUES (?)", (_MARK,))
            connection.commit()
        except driver.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in _NO_ROOM:
                raise OSError(errno.ENOSPC, "no room to try") from error
            return False
    return bool(version and version[0])


def _reads(driver: Any, path: Path, key: str) -> bool:  # noqa: ANN401 - a module without types
    with closing(driver.connect(str(path))) as connection:
        try:
            connection.execute(f'PRAGMA key = "{key}"')
            connection.execute("PRAGMA cipher_log = off")
            found = connection.execute("SELECT mark FROM proof").fetchall()
        except driver.DatabaseError:
            return False
    return bool(found == [(_MARK,)])
