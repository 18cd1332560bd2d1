"""The few things that the domain needs from outside.

`db` fulfils `Vault`, `Session`, `Work`, `Reader` and `Preferences`; `reports` fulfils `Press`.
Nothing here knows how. All calls on a session, its work and its readers come from one thread,
the storage thread.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from app.access import Access
from app.jobs import SILENT, Progress
from app.record import Compartment, Question, Record
from app.sealing import Sealing

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from datetime import datetime
    from pathlib import Path

    from app.clock import Clock
    from app.errors import Message
    from app.paper import Paper, Pdf
    from app.sealing import SealProof

ACCESS_CHANGED = "access_changed"
"""Act that listeners hear when users, roles or keys changed; it comes without records."""

R = TypeVar("R", bound=Record)
T = TypeVar("T")


# -- what is known about a register and its users
# ------------------------------------------------


@dataclass(frozen=True, slots=True)
class UserCard:
    """A user as the signed directory knows him.

    Attributes:
        id: id of the user; stays the same when access is issued anew.
        name: name as shown, to those who are signed in only.
        roles: role names from `resources/roles.toml`.
        grants: what the roles allow, such as "consent.write" or "check.publish".
        pending: added, but the one-time code was not used yet.
        revoked: no longer allowed in.
        root: decides about every role, all keys and the recovery code: a director.
        adds: the roles whose holders this user may add, renew and revoke.
        lock_minutes: quiet minutes after which the program locks for this user.
    """

    id: str
    name: str
    roles: tuple[str, ...]
    grants: frozenset[str]
    pending: bool = False
    revoked: bool = False
    root: bool = False
    adds: frozenset[str] = frozenset()
    lock_minutes: int = 3

    def may(self, grant: str) -> bool:
        """Whether this user holds the grant now."""
        return grant in self.grants and not self.revoked


@dataclass(frozen=True, slots=True)
class RegisterCard:
    """What may be known of a register.

    Attributes:
        id: id of the register.
        folder: where it stands.
        school: name of the school, as on the unlock screen.
        fingerprint: root fingerprint, as printed on the recovery sheet, "7F3A-91C2-…".
        device: id of this installation of the register.
        recovery_confirmed: the recovery code was typed back once.
    """

    id: str
    folder: Path
    school: str
    fingerprint: str
    device: str
    recovery_confirmed: bool


@dataclass(frozen=True, slots=True)
class FolderState:
    """What stands in a folder, found without any key.

    Attributes:
        kind: "empty", "register", "foreign" (something else stands there), "damaged" or
            "newer".
        school: name of the school, when it is a register.
        opened_by: "machine · since" of whoever has it open now, or "".
        problem: what is wrong, when it can be said, such as a missing file or a network drive.
    """

    kind: str
    school: str = ""
    opened_by: str = ""
    problem: Message | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry of a compartment's journal.

    Attributes:
        number: number of entries.
        digest: hash of the newest entry, hexadecimal.
    """

    number: int
    digest: str

    @property
    def stamp(self) -> str:
        """The head as printed on paper: "1234 · 7F3A-91C2-0B"."""
        code = self.digest[:10].upper()
        return f"{self.number} · {code[:4]}-{code[4:8]}-{code[8:]}"


@dataclass(frozen=True, slots=True)
class Verification:
    """What came out of verifying one compartment's journal.

    Attributes:
        compartment: which one.
        head: its newest entry.
        findings: what does not fit, as sentences; empty when all is in order.
    """

    compartment: Compartment
    head: Head
    findings: tuple[Message, ...] = ()

    @property
    def in_order(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


@dataclass(frozen=True, slots=True)
class Signature:
    """A user's signature over some bytes.

    Attributes:
        user: id of the user.
        key: id of his signing key.
        value: Ed25519 signature, hexadecimal.
    """

    user: str
    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Unsealed:
    """A sealed object, opened.

    Attributes:
        id: its id, the idempotency id of everything that follows from it.
        author: who sealed it, proven by his signature.
        at: when, by the clock of his machine.
        content: what he wrote.
        files: the files that came with it, by name as given (never used as a path).
        proof: shows later that he wrote it; see `Session.sealed_by`.
    """

    id: str
    author: UserCard
    at: datetime
    content: bytes
    proof: SealProof
    files: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """Something that a user keeps for himself, encrypted with his own key (a draft, a copy)."""

    key: str
    at: datetime
    content: bytes


@dataclass(frozen=True, slots=True)
class Committed:
    """What one unit of work wrote.

    Attributes:
        act: the action of its journal entry; subject: what it concerned.
        records: the records as written; for changed ones the new state.
        removed: ids that were taken out.
        many: very much was written at once; `records` does not tell all of it.
        progress: told by who listens and has long work of its own to do; who stops that stops
            what follows, not what was committed.
    """

    compartment: Compartment
    act: str
    subject: str
    records: tuple[Record, ...]
    removed: tuple[str, ...] = ()
    many: bool = False
    progress: Progress = SILENT


@dataclass(frozen=True, slots=True)
class RecoveryCode:
    """The code that opens everything, once, for the printed sheet."""

    text: str
    fingerprint: str


class Reader(Protocol):
    """Reads one compartment; sees one consistent state until it is closed."""

    def get(self, kind: type[R], id: str) -> R:
        """The record with this id; `register.not_found` refuses when there is none."""
        ...

    def find(self, kind: type[R], id: str) -> R | None:
        """The record with this id, or None."""
        ...

    def all(self, kind: type[R], /, **equal: object) -> tuple[R, ...]:
        """All records of a kind whose fields equal the values (a tuple: one of), by id."""
        ...

    def ask(self, question: Question[T]) -> T:
        """The answer to a question that the store knows."""
        ...

    def blob(self, id: str) -> bytes:
        """The content of an attached file; `register.blob_missing` or `_damaged` is trouble."""
        ...

    def head(self) -> Head:
        """The newest journal entry of this compartment."""
        ...


class Work(Reader, Protocol):
    """One unit of work on one compartment: forgotten unless committed.

    Everything written in it becomes one signed journal entry in the same transaction.
    """

    def add(self, *records: Record) -> None:
        """Add records; facts can only be added."""
        ...

    def pour(self, *records: Record) -> None:
        """Add many records without keeping them: who listens is told that there were many.

        A record that was poured in cannot be changed in the same unit of work.
        """
        ...

    def change(self, *records: Record) -> None:
        """Replace records by their new state; the former state is kept as history.

        Raises:
            Refusal: `register.fact_is_final` for a record that is a fact.
        """
        ...

    def remove(self, kind: type[Record], *ids: str) -> None:
        """Take rows out of the check list; any other compartment refuses."""
        ...

    def take_back(self, kind: type[Record], id: str, progress: Progress = SILENT) -> None:
        """Undo the unit of work that wrote a record; that record itself stays.

        What it added is taken out, and what it changed is as it was before; both stay in the
        history. See `db` for the kinds of records that can be taken out.

        Raises:
            Refusal: `register.not_found`, or `register.fact_is_final` when something that it
                wrote was changed since.
        """
        ...

    def attach(self, content: bytes) -> str:
        """Encrypt and keep a file; returns the id under which `Reader.blob` gives it back."""
        ...

    def commit(self, progress: Progress = SILENT) -> Head:
        """Write everything, durably, and return the new head of the journal.

        `progress` is told while lists follow what was poured in; who stops then has written
        nothing.

        Raises:
            Trouble: `register.disk_full` and the like; nothing was written, or it is said that
                it is unknown.
        """
        ...


class Session(Access, Sealing, Protocol):
    """A register opened by one user: gives what his keys open, and nothing else."""

    @property
    def user(self) -> UserCard:
        """Who is signed in."""
        ...

    @property
    def register(self) -> RegisterCard:
        """The register that is open."""
        ...

    @property
    def clock(self) -> Clock:
        """The clock that everything in this session uses."""
        ...

    def opens(self, compartment: Compartment) -> bool:
        """Whether the user holds the key of the compartment."""
        ...

    def work(
        self,
        compartment: Compartment,
        act: str,
        subject: str = "",
        progress: Progress = SILENT,
    ) -> AbstractContextManager[Work]:
        """Begin a unit of work on one compartment; act and subject go into its journal entry.

        `progress` is handed to who listens, for what follows after the commit.

        Raises:
            Refusal: `register.no_grant` when the user's roles do not allow writing there (the
                attempt is noted, see `note`).
        """
        ...

    def look(self, compartment: Compartment) -> AbstractContextManager[Reader]:
        """Begin reading.

        Raises:
            Refusal: `register.no_grant` when the user does not hold the key.
        """
        ...

    def listen(self, listener: Callable[[Committed], None]) -> None:
        """Call `listener` after every commit of this session, on the storage thread.

        A listener may work on another compartment. What it raises reaches whoever committed;
        the commit stands.
        """
        ...

    @property
    def unpublished(self) -> bool:
        """Whether consent may say something that the check list does not say yet.

        True from before consent is written until `published`, wherever the program ends.
        """
        ...

    def published(self) -> None:
        """Note that the check list says what consent says."""
        ...

    def remembered(self, compartment: Compartment) -> int:
        """Number of the newest head that this machine has known, 0 for none."""
        ...

    def note(self, compartment: Compartment, act: str, subject: str = "") -> None:
        """Write an entry without records into a journal.

        For a user who may not write there it is left sealed, and stands in the journal of
        consent once somebody who may write there has signed in.

        Raises:
            Trouble: `register.disk_full`, `register.read_only`: it was kept nowhere.
        """
        ...

    def collect_notes(self) -> int:
        """Write what others left sealed into the journal of consent; returns how many."""
        ...

    def sign(self, content: bytes) -> Signature:
        """Sign bytes as the user who is signed in."""
        ...

    def signer(self, signature: Signature, content: bytes, grant: str) -> UserCard | None:
        """The user who signed these bytes, if it holds and he has the grant; else None."""
        ...

    # what a user keeps for himself, encrypted with his own key

    def keep(self, kind: str, key: str, content: bytes) -> None:
        """Keep something (a draft, a copy), replacing what had the same kind and key."""
        ...

    def kept(self, kind: str) -> tuple[Kept, ...]:
        """What the user keeps of a kind, oldest first."""
        ...

    def lost(self, *, drop: bool = False) -> int:
        """How many of the user's own things cannot be read; with `drop` they go."""
        ...

    def drop(self, kind: str, key: str) -> None:
        """Forget something that was kept; no error when it is not there."""
        ...

    def verify(self, compartment: Compartment, progress: Progress = SILENT) -> Verification:
        """Verify a journal, the rows it covers, and the heads remembered elsewhere."""
        ...

    def lock(self) -> None:
        """Close every file and forget every key; the session cannot be used afterwards."""
        ...


class Vault(Protocol):
    """Where registers stand on this machine."""

    def state(self, folder: Path) -> FolderState:
        """What stands in a folder; opens nothing."""
        ...

    def create(
        self, folder: Path, school: str, director: str, password: str
    ) -> tuple[Session, RecoveryCode]:
        """Make a register, its first director signed in.

        Raises:
            Refusal: `register.folder_not_empty`, `register.network_drive`,
                `register.synced_folder`, …
        """
        ...

    def unlock(self, folder: Path, name: str, password: str) -> Session:
        """Open a register.

        Raises:
            Refusal: `register.wrong_name_or_password`, `register.newer`, `register.in_use`, …
            Trouble: `register.damaged`, `register.read_only`, …
        """
        ...

    def unlock_on_device(self, folder: Path, name: str, pin: str) -> Session:
        """Open a register through this machine's keyring."""
        ...

    def enrol(self, folder: Path, name: str, code: str, password: str) -> Session:
        """First sign-in of a user with his one-time code; makes his own keys."""
        ...

    def recover(self, folder: Path, code: str, name: str, password: str) -> Session:
        """Open with the recovery code and make the named director anew with a new password."""
        ...


class Press(Protocol):
    """Draws papers."""

    def draw(self, paper: Paper, progress: Progress = SILENT) -> Pdf:
        """The finished document for a paper; the same paper gives the same bytes.

        Raises:
            Refusal: `paper.glyph` when a name has a character that the fonts cannot set.
        """
        ...


class Preferences(Protocol):
    """Per-machine settings that name nobody: language, palette, text size, last folder."""

    def read(self) -> dict[str, str]:
        """All settings; a damaged file counts as empty."""
        ...

    def write(self, values: dict[str, str]) -> None:
        """Replace all settings."""
        ...
