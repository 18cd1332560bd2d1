"""Opens an encrypted file and proves that it is encrypted.

The plain SQLite dialect is used with SQLCipher's module, because the dialect for SQLCipher
wants the key in a URL, which ends up in logs. SQLAlchemy makes the connection, the tables and
the migrations; units of work run on the driver's own connection, where one read costs 10
microseconds instead of 35.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING, Any, Protocol, cast

from sqlalchemy import create_engine, event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2 as driver

from app.errors import Trouble
from app.jobs import CancelledError
from app.names import search_text, sort_key
from db.store.troubles import DriverError, troubles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from sqlalchemy import Connection, Engine

    from app.jobs import Progress

KEY_BYTES = 32
BUSY_SECONDS = 2.0
KEPT_STATEMENTS = 5
"""Few, on purpose: kept statements use up the small store from which SQLite takes memory for
cursors; beyond it every cursor is locked into memory by a system call, ten times slower. For
the same reason transactions and one-off statements run as scripts, which are not kept."""
USUAL, POURED = 32_000, 16_000
"""KB of pages that stay in memory; what is poured in is seldom read again, and more would only
take room."""
_NUMBERS = count()
_LOOK_AFTER = 20_000
_EACH_ROW = 100
"""So many instructions of SQLite's machine make about one row; after so many it is asked."""
_HEX = b"0123456789abcdef"
_KEY_TEXT = 3 + 2 * KEY_BYTES

_SETTINGS = (
    "cipher_memory_security = ON",
    "journal_mode = DELETE",
    "synchronous = EXTRA",
    "temp_store = MEMORY",
    f"cache_size = -{USUAL}",
    "foreign_keys = ON",
    "recursive_triggers = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "secure_delete = ON",
)


class Rows(Protocol):
    """What a statement gave."""

    def fetchone(self) -> tuple[Any, ...] | None:
        """The next row, or None."""
        ...

    def fetchall(self) -> list[tuple[Any, ...]]:
        """All rows that are left."""
        ...

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        """The rows that are left, one after the other."""
        ...


class Raw(Protocol):
    """The driver's connection, as far as it is used."""

    in_transaction: bool

    def execute(self, statement: str, values: object = ..., /) -> Rows:
        """Run one statement and return its cursor."""
        ...

    def executemany(self, statement: str, values: Iterable[Sequence[object]], /) -> Rows:
        """Run one statement for each set of values."""
        ...

    def executescript(self, script: str, /) -> Rows:
        """Run statements without keeping them; commits first whatever is open."""
        ...

    def create_function(
        self, name: str, arity: int, function: Callable[..., str], /, *, deterministic: bool
    ) -> None:
        """Teach the connection a function for its statements."""
        ...

    def set_progress_handler(self, handler: Callable[[], int] | None, every: int, /) -> None:
        """Call `handler` after every so many instructions; what is not 0 ends the statement."""
        ...

    def commit(self) -> None:
        """End the transaction, keeping what it wrote."""
        ...

    def rollback(self) -> None:
        """End the transaction, forgetting what it wrote."""
        ...

    def backup(self, target: Raw, /, *, pages: int = ...) -> None:
        """Copy the whole file into another open connection."""
        ...

    def close(self) -> None:
        """Close the connection."""
        ...


def once(statement: str) -> str:
    """A statement that the driver takes for a new one, so that it is soon let go.

    The driver keeps what ran most often; when those are statements on many values, the memory
    they hold is what the next one needs (see `KEPT_STATEMENTS`).
    """
    return f"{statement} /* {next(_NUMBERS)} */"


def begin(raw: Raw, *, writing: bool) -> None:
    """Begin a transaction; for writing it keeps all others out at once.

    Raises:
        RuntimeError: when one is open already.
    """
    if raw.in_transaction:
        raise RuntimeError("a transaction is open already")
    raw.executescript("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextmanager
def watched(raw: Raw, progress: Progress, rows: int) -> Iterator[None]:
    """Tell how far long statements are that make about so many rows.

    Raises:
        CancelledError: when the person stopped it; then the transaction is rolled back.
    """
    looks = count(1)
    stopped: list[CancelledError] = []

    def look() -> int:
        try:
            progress.step(min(next(looks) * _LOOK_AFTER // _EACH_ROW, rows), rows)
        except CancelledError as error:
            stopped.append(error)
        return len(stopped)

    raw.set_progress_handler(look, _LOOK_AFTER)
    try:
        yield
    except DriverError:
        if stopped:
            raise stopped[0] from None
        raise
    finally:
        raw.set_progress_handler(None, 0)


def hold(raw: Raw, kilobytes: int) -> None:
    """Keep so many pages in memory from now on."""
    raw.execute(f"PRAGMA cache_size = -{kilobytes}")


def key_text(key: bytes | bytearray) -> bytearray:
    """A raw key as the driver takes it, `x'…'`, in a buffer that the caller can wipe.

    A text of any other length would silently be taken for a passphrase, hence the check.

    Raises:
        ValueError: when the key is not 32 bytes.
    """
    if len(key) != KEY_BYTES:
        raise ValueError("a compartment key has 32 bytes")
    text = bytearray(b"x'")
    for byte in key:
        text.append(_HEX[byte >> 4])
        text.append(_HEX[byte & 15])
    text += b"'"
    if len(text) != _KEY_TEXT:
        raise ValueError("a compartment key has 64 hexadecimal digits")
    return text


def wipe(secret: bytearray) -> None:
    """Overwrite a secret in memory."""
    secret[:] = bytes(len(secret))


def connect(path: Path, key: bytes | bytearray) -> Raw:
    """A keyed connection to a file that exists (an empty one becomes a new database).

    Raises:
        Refusal: `register.wrong_key_or_damaged`.
        Trouble: `store.file_missing`, `register.read_only`, `register.damaged` and the like, or
            `store.not_encrypted` when the driver does not encrypt.
    """
    _may_write(path)
    address = f"{path.absolute().as_uri()}?mode=rw"
    secret = key_text(key)
    with troubles(opening=True):
        raw = driver.connect(
            address,
            uri=True,
            isolation_level=None,
            timeout=BUSY_SECONDS,
            cached_statements=KEPT_STATEMENTS,
        )
        try:
            raw.set_key(secret)
            _prepare(raw)
        except BaseException:
            raw.close()
            raise
        finally:
            wipe(secret)
    return cast("Raw", raw)


def _may_write(path: Path) -> None:
    if not path.is_file():
        raise Trouble("store.file_missing", file=path.name)
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise Trouble("register.read_only")


def _prepare(raw: Raw) -> None:
    """Prove the driver and the key, then set what every connection needs."""
    raw.execute("PRAGMA cipher_log = off").fetchall()
    version = raw.execute("PRAGMA cipher_version").fetchone()
    if not version or not version[0]:
        raise Trouble("store.not_encrypted")
    raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
    status = raw.execute("PRAGMA cipher_status").fetchone()
    if not status or int(status[0]) != 1:
        raise Trouble("store.not_encrypted")
    raw.executescript(";".join(f"PRAGMA {setting}" for setting in _SETTINGS))
    raw.create_function("sort_key", 3, sort_key, deterministic=True)
    raw.create_function("search_text", -1, search_text, deterministic=True)


def engine_on(opened: Callable[[], Raw]) -> Engine:
    """An engine with one connection, which `opened` supplies once."""
    engine = create_engine(
        "sqlite://",
        module=driver,
        creator=opened,
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=0,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def raw_of(connection: Connection) -> Raw:
    """The driver's connection below a connection of the engine."""
    return cast("Raw", connection.connection.driver_connection)
