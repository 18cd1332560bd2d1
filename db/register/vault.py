"""Where registers stand on this machine; fulfils `app.ports.Vault`.

Light to load: what opens a register is loaded when somebody signs in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.errors import Message, Trouble
from app.ports import FolderState
from db.keys.canonical import MalformedError
from db.register import unfinished
from db.register.envelope import NewerError, school_of
from db.register.files import Files, read
from db.register.folder import Layout
from db.register.instance import opened_by
from db.register.machine import state_folder
from db.register.places import problem_of

if TYPE_CHECKING:
    from pathlib import Path

    from app.clock import Clock
    from app.ports import RecoveryCode
    from db.keys.derive import KdfCost
    from db.keys.device import KeyringBox
    from db.register.opening import Ways
    from db.register.session import LocalSession


class LocalVault:
    """Makes registers and opens them."""

    def __init__(
        self,
        clock: Clock,
        kdf_cost: KdfCost | None = None,
        *,
        keyring_enabled: bool = True,
        remembered: Path | None = None,
        files: Files | None = None,
    ) -> None:
        """Look for nothing yet.

        Args:
            clock: the time.
            kdf_cost: what a guess at a password costs; about a second when left out.
            keyring_enabled: whether the system's keyring may be used.
            remembered: where heads are remembered; this user's own folder when left out.
            files: how files are changed.
        """
        self._clock = clock
        self._cost = kdf_cost
        self._keyring_enabled = keyring_enabled
        self._remembered = remembered or state_folder() / "registers"
        self._files = files or Files()
        self._proven = False

    def state(self, folder: Path) -> FolderState:
        """What stands in a folder; opens nothing and verifies nothing."""
        layout = Layout(folder)
        problem = problem_of(folder)
        if not any(path.exists() for path in layout.directories):
            return FolderState(_kind_of_other(layout), problem=problem)
        opener = opened_by(layout.lock)
        try:
            school = _school_in(layout)
        except NewerError:
            return FolderState("newer", "", opener, Message("register.newer"))
        except MalformedError:
            damaged = Message("register.directory_damaged")
            return FolderState("damaged", "", opener, damaged)
        missing = layout.missing_databases()
        if missing:
            problem = Message("register.file_missing", {"file": ", ".join(missing)})
            return FolderState("damaged", school, opener, problem)
        return FolderState("register", school, opener, problem)

    def create(
        self, folder: Path, school: str, director: str, password: str
    ) -> tuple[LocalSession, RecoveryCode]:
        """Make a register, its first director signed in.

        Raises:
            Refusal: `register.folder_not_empty`, `register.network_drive`,
                `register.synced_folder`, or what is wrong with a name or the password.
            Trouble: `register.disk_full`, `register.read_only`, `register.not_encrypting`;
                nothing is left behind.
        """
        return self._ways(new_password=True).create(folder, school, director, password)

    def unlock(self, folder: Path, name: str, password: str) -> LocalSession:
        """Open a register.

        Raises:
            Refusal: `register.wrong_name_or_password`, `register.enrol_first`,
                `register.access_ended`, `register.newer`, `register.in_use`,
                `register.not_a_register`, `register.foreign_file`,
                `register.wrong_key_or_damaged`.
            Trouble: `register.directory_damaged`, `register.file_missing`, `register.damaged`,
                `register.read_only`, `register.not_encrypting`.
        """
        return self._ways().unlock(folder, name, password)

    def unlock_on_device(self, folder: Path, name: str, pin: str) -> LocalSession:
        """Open a register through this machine's keyring.

        Raises:
            Refusal: `register.wrong_name_or_pin`, `register.device_not_known`, or as `unlock`.
            Trouble: as `unlock`.
        """
        return self._ways().unlock_on_device(folder, name, pin)

    def enrol(self, folder: Path, name: str, code: str, password: str) -> LocalSession:
        """First sign-in of a user with his one-time code; makes his own keys.

        Raises:
            Refusal: `register.code_mistyped`, `register.wrong_name_or_code`, what is wrong with
                the password, or as `unlock`.
            Trouble: as `unlock`.
        """
        return self._ways(new_password=True).enrol(folder, name, code, password)

    def recover(self, folder: Path, code: str, name: str, password: str) -> LocalSession:
        """Open with the recovery code and make the named director anew with a new password.

        Raises:
            Refusal: `register.code_mistyped`, `register.recovery_wrong`,
                `register.not_a_director`, what is wrong with the password, or as `unlock`.
            Trouble: as `unlock`.
        """
        return self._ways(new_password=True).recover(folder, code, name, password)

    def _ways(self, *, new_password: bool = False) -> Ways:
        """What opens registers, loaded now, on a driver that is proven to encrypt."""
        # Loaded when somebody signs in: cryptography and database would slow the window down.
        from db.keys.derive import KdfCost  # noqa: PLC0415
        from db.register.opening import Ways  # noqa: PLC0415
        from db.register.site import Surroundings  # noqa: PLC0415

        self._prove(needed=new_password)
        cost = self._cost or (KdfCost.calibrated() if new_password else KdfCost())
        return Ways(Surroundings(self._clock, cost, self._files, self._remembered, self._box()))

    def _prove(self, *, needed: bool) -> None:
        """Prove that the driver encrypts, once.

        On a full disk it cannot be tried. Whoever only comes in to look then may: a register's
        own files say of themselves, when they are opened, that they are encrypted.
        """
        from db.register.proof import prove_encryption  # noqa: PLC0415 - loads the database

        try:
            if not self._proven:
                prove_encryption()
            self._proven = True
        except Trouble as trouble:
            if needed or trouble.message.id != "register.disk_full":
                raise

    def _box(self) -> KeyringBox | None:
        if not self._keyring_enabled:
            return None
        from db.keys.device import KeyringBox  # noqa: PLC0415 - see above

        return KeyringBox.of_this_machine()


def _kind_of_other(layout: Layout) -> str:
    folder = layout.folder
    try:
        empty = not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))
        empty = empty or unfinished.stands(layout)
    except OSError:
        empty = False
    return "empty" if empty else "foreign"


def _school_in(layout: Layout) -> str:
    """The school's name in the first copy of the directory that can be read."""
    damaged = False
    for path in layout.directories:
        try:
            return school_of(read(path))
        except FileNotFoundError:
            continue
        except (MalformedError, Trouble):
            damaged = True
    if damaged:
        raise MalformedError
    return ""
