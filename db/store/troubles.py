"""What the driver says, told as a refusal or a trouble where it is met."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2 as driver

from app.errors import BoordboekError, Refusal, Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator

_BUSY, _LOCKED, _READ_ONLY, _IO, _CORRUPT, _FULL, _CANNOT_OPEN, _NOT_A_DATABASE = (
    5, 6, 8, 10, 11, 13, 14, 26,
)  # fmt: skip

_TROUBLES = {
    _BUSY: "register.busy",
    _LOCKED: "register.busy",
    _READ_ONLY: "register.read_only",
    _CANNOT_OPEN: "register.read_only",
    _IO: "store.disk_failed",
    _CORRUPT: "register.damaged",
    _NOT_A_DATABASE: "register.damaged",
    _FULL: "register.disk_full",
}

# The driver's own backup tells the sentence of an error but not its number.
_SENTENCES = {
    "database is locked": _BUSY,
    "attempt to write a readonly database": _READ_ONLY,
    "disk I/O error": _IO,
    "database disk image is malformed": _CORRUPT,
    "database or disk is full": _FULL,
    "unable to open database file": _CANNOT_OPEN,
    "file is not a database": _NOT_A_DATABASE,
}
_SHORT_READ = _IO | 2 << 8
"""An I/O error that means a file is shorter than it says, not that the disk is failing."""

DriverError = driver.Error
_CONSTRAINT = 19


def code_of(error: BaseException) -> int:
    """SQLite's primary result code of a driver error, 0 when it has none."""
    number = int(getattr(error, "sqlite_errorcode", 0) or 0)
    return number & 0xFF if number else _SENTENCES.get(str(error), 0)


def is_constraint(error: BaseException) -> bool:
    """Whether the file refused a row: a number used twice, a missing target, a final fact."""
    return code_of(error) == _CONSTRAINT


def told(error: BaseException, *, opening: bool = False) -> BoordboekError | None:
    """The refusal or trouble for a driver error, or None when it is a defect.

    Args:
        error: what the driver raised.
        opening: the file was just keyed, so that nonsense in it may mean a wrong key.
    """
    code = code_of(error)
    if getattr(error, "sqlite_errorcode", 0) == _SHORT_READ:
        return Trouble("register.damaged")
    if opening and code == _NOT_A_DATABASE:
        return Refusal("register.wrong_key_or_damaged")
    text_id = _TROUBLES.get(code)
    return Trouble(text_id) if text_id else None


@contextmanager
def troubles(*, opening: bool = False) -> Iterator[None]:
    """Let driver errors come out as refusals and troubles; defects pass as they are."""
    try:
        yield
    except driver.Error as error:
        found = told(error, opening=opening)
        if found is None:
            raise
        raise found from error
