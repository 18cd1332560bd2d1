"""One compartment's encrypted file: made, opened, read, written, verified, given a new key."""

from __future__ import annotations

from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

from app.errors import Refusal, Trouble
from app.jobs import SILENT, Progress
from app.ports import Committed
from db.journal.verify import verify
from db.store import schema as shapes
from db.store.blobs import BlobBox
from db.store.copying import copy_to
from db.store.engine import Raw, begin, connect, engine_on, raw_of
from db.store.files import make_empty, remove_quietly, sync_folder
from db.store.mapping import instant_text
from db.store.reading import Opened, Reading
from db.store.soundness import KEPT_FILES, faults
from db.store.troubles import troubles
from db.store.writing import Writing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection

    from app.clock import Clock
    from app.errors import Message
    from app.ports import Head, Verification
    from app.record import Compartment
    from db.store.identity import Identity, Signer

_GONE_FILES = "SELECT blob FROM file_destroyed"


class CompartmentFile:
    """An open compartment; every call comes from the thread that opened it.

    The keys given to it are used once and not kept; the caller wipes them.
    """

    def __init__(
        self, opened: Opened, connection: Connection, signer: Signer, clock: Clock
    ) -> None:
        self._opened = opened
        self._connection = connection
        self._signer = signer
        self._clock = clock
        self._turn = _Turn()

    # -- making and opening -------------------------------------------------------------------

    @classmethod
    def create(
        cls, path: Path, key: bytearray, identity: Identity, signer: Signer, clock: Clock
    ) -> CompartmentFile:
        """Make a new file and open it.

        Raises:
            FileExistsError: when something stands there already.
            Trouble: `register.disk_full`, `register.read_only`; nothing is left behind.
        """
        make_empty(path)
        try:
            opened, connection = _connected(path, key, identity)
            with troubles():
                at = instant_text(clock.now())
                shapes.make(opened.raw, identity.compartment, identity.register, at)
            sync_folder(path.parent)
        except BaseException:
            remove_quietly(path)
            raise
        return cls(opened, connection, signer, clock)

    @classmethod
    def open(
        cls, path: Path, key: bytearray, identity: Identity, signer: Signer, clock: Clock
    ) -> CompartmentFile:
        """Open a file, bringing it up to this version after a copy was made.

        Raises:
            Refusal: `register.wrong_key_or_damaged`, `register.newer`, or
                `register.foreign_file` for the file of another register or compartment.
            Trouble: `register.damaged`, `register.read_only`, `register.busy`, or
                `store.file_missing`.
        """
        opened, connection = _connected(path, key, identity)
        try:
            with troubles():
                version = _gate(opened, path)
                if version < opened.schema.version:
                    _upgrade(opened, connection, key, version)
                shapes.derive(opened.raw, opened.schema)
        except BaseException:
            _close(connection)
            raise
        return cls(opened, connection, signer, clock)

    # -- reading and writing ------------------------------------------------------------------

    def look(self) -> AbstractContextManager[Reading]:
        """Begin reading; everything read is of one moment.

        Raises:
            RuntimeError: while another reader or unit of work of this compartment is open.
        """
        return _Look(self._opened, self._turn)

    @contextmanager
    def work(self, act: str, subject: str = "") -> Iterator[Writing]:
        """Begin a unit of work, which is forgotten unless it is committed.

        Args:
            act: what the user does.
            subject: id of the person or thing concerned.

        Raises:
            RuntimeError: while another reader or unit of work of this compartment is open.
            Trouble: `register.busy`, `register.read_only`.
        """
        with self._turn:
            writing = Writing(self._opened, act, subject, self._signer, self._clock)
            try:
                yield writing
            finally:
                writing.close()

    def head(self) -> Head:
        """The newest entry of the journal."""
        with self.look() as reader:
            return reader.head()

    def verify(
        self, progress: Progress = SILENT, remembered: tuple[Head, ...] = ()
    ) -> Verification:
        """Verify journal, signatures, rows, and heads that were remembered elsewhere."""
        with self.look() as reader:
            opened = self._opened
            return verify(
                reader, opened.schema, opened.identity, self._signer, remembered, progress
            )

    # -- files --------------------------------------------------------------------------------

    def rekey_to(self, path: Path, key: bytearray) -> None:
        """Write the whole compartment into a new file with another key, checked and durable.

        Raises:
            FileExistsError: when something stands there already.
            Trouble: `register.disk_full` and the like; nothing is left behind.
        """
        with self._turn:
            copy_to(self._opened.raw, path, key)

    def check(self) -> tuple[Message, ...]:
        """What is wrong with the file or attached files, as sentences; empty when all is well.

        Quick enough for every start. It does not see what a key holder altered: see `verify`.
        """
        with self.look() as reader:
            return faults(reader, self._opened)

    def clean(self) -> int:
        """Remove attached files older than a day that nothing knows of; returns how many.

        Those that were destroyed go at once, should one still be there.
        """
        if not self._opened.schema.journaled:
            return 0  # nothing is attached to the check list
        with self.look() as reader:
            known = [row[0] for row in reader.rows(KEPT_FILES)]
            gone = [row[0] for row in reader.rows(_GONE_FILES)]
        self._opened.blobs.destroy(gone)
        return self._opened.blobs.clean(known, self._clock.now())

    def close(self) -> None:
        """Close the file; it cannot be used afterwards."""
        _close(self._connection)


class _Turn:
    """Whose turn it is: one reader or one unit of work at a time."""

    __slots__ = ("_taken",)

    def __init__(self) -> None:
        self._taken = False

    def __enter__(self) -> None:
        if self._taken:
            raise RuntimeError("a reader or unit of work of this compartment is still open")
        self._taken = True

    def __exit__(self, *_: object) -> None:
        self._taken = False


class _Look:
    """A reader for the length of a `with`; a class, because every answer takes a look."""

    __slots__ = ("_opened", "_reader", "_turn")

    def __init__(self, opened: Opened, turn: _Turn) -> None:
        self._opened = opened
        self._turn = turn
        self._reader = Reading(opened)

    def __enter__(self) -> Reading:
        self._turn.__enter__()
        try:
            with troubles():
                begin(self._opened.raw, writing=False)
        except BaseException:
            self._turn.__exit__()
            raise
        return self._reader

    def __exit__(self, *_: object) -> None:
        self._reader.close()
        try:
            self._opened.raw.rollback()
        finally:
            self._turn.__exit__()


def _connected(path: Path, key: bytearray, identity: Identity) -> tuple[Opened, Connection]:
    once = [connect(path, key)]
    connection = engine_on(once.pop).connect()
    raw = raw_of(connection)
    schema = shapes.SCHEMAS[identity.compartment]
    return Opened(raw, schema, identity, BlobBox(identity), {}), connection


def _close(connection: Connection) -> None:
    engine = connection.engine
    connection.close()
    engine.dispose()


def _gate(opened: Opened, path: Path) -> int:
    """The version of a file of this program, this register and this compartment."""
    raw = opened.raw
    whole = _number(raw, "page_count") * _number(raw, "page_size") <= path.stat().st_size
    if not whole or _number(raw, "application_id") != shapes.APPLICATION_ID:
        raise Trouble("register.damaged")
    version = _number(raw, "user_version")
    if version > opened.schema.version:
        raise Refusal("register.newer")
    found = raw.execute("SELECT register, compartment FROM identity").fetchall()
    identity = opened.identity
    if found != [(identity.register, str(identity.compartment))]:
        raise Refusal("register.foreign_file")
    return version


def _upgrade(opened: Opened, connection: Connection, key: bytearray, version: int) -> None:
    from db.store.upgrade import upgrade  # noqa: PLC0415 - alembic only when a file is older

    upgrade(opened, connection, key, version)


def _number(raw: Raw, name: str) -> int:
    ((found,),) = raw.execute(f"PRAGMA {name}").fetchall()
    return int(found)


def told_by(writing: Writing, compartment: Compartment, progress: Progress) -> Committed:
    """What a unit of work that was committed tells those who listen."""
    written, removed = tuple(writing.written), tuple(writing.removed)
    many = bool(writing.poured)
    act, subject = writing.act, writing.subject
    return Committed(compartment, act, subject, written, removed, many, progress)
