"""What the one who is signed in may do about users, keys and codes; part of a session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from app.jobs import SILENT, Progress

if TYPE_CHECKING:
    from datetime import datetime

    from app.ports import RecoveryCode, Signature, UserCard


@dataclass(frozen=True, slots=True)
class RoleChange:
    """What a newer table of roles changes in one role.

    Attributes:
        key: the role.
        gained, lost: grants, such as "staff_dossier.read".
        is_new: the register did not know the role; nobody has it yet.
    """

    key: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class FailedAttempts:
    """How often a wrong pass phrase, PIN or code was typed for the register, and when."""

    count: int
    since: datetime
    last: datetime


class Access(Protocol):
    """Users, roles, pass phrases, and the recovery code of the open register."""

    def failed_attempts(self) -> FailedAttempts | None:
        """Wrong attempts since somebody last came in; told once, and noted in a journal."""
        ...

    def users(self) -> tuple[UserCard, ...]:
        """All users of the register, revoked ones included, by name."""
        ...

    def signing_key(self, user: str, key_id: str = "") -> bytes | None:
        """The raw Ed25519 key that a user signs with, or had under this id; None if unknown."""
        ...

    def signed_by(self, signature: Signature, content: bytes) -> UserCard | None:
        """Who signed these bytes, also with a key that was ended since; None if it fails."""
        ...

    def add_user(self, name: str, roles: tuple[str, ...]) -> str:
        """Add a user and return his one-time code, shown once.

        Raises:
            Refusal: `register.no_grant`, `register.name_taken`, `register.unknown_role`, or
                `register.recovery_first` while the recovery code was not typed back.
        """
        ...

    def reissue(self, user_id: str) -> str:
        """Replace a user's access (a forgotten password) and return a new one-time code.

        Raises:
            Refusal: `register.no_grant`, `register.not_found`, `register.not_yourself`,
                `register.access_ended`; the same for revoking and for other roles.
        """
        ...

    def revoke_user(self, user_id: str, progress: Progress = SILENT) -> None:
        """Shut a user out and give every compartment he could open a new key and file."""
        ...

    def change_roles(
        self, user_id: str, roles: tuple[str, ...], progress: Progress = SILENT
    ) -> None:
        """Give a user other roles; a compartment that he loses gets a new key and file."""
        ...

    def role_changes(self) -> tuple[RoleChange, ...]:
        """What the program's table of roles would change here; () when it is not newer.

        A table that gives nobody more than he has is taken over when a director signs in.
        """
        ...

    def take_roles(self, progress: Progress = SILENT) -> None:
        """Let the program's table of roles count here; who opens more or less, by new keys.

        Raises:
            Refusal: `register.no_grant` for anybody but a director.
        """
        ...

    def renew_keys(self, progress: Progress = SILENT) -> None:
        """Give every compartment a new key and file, after a machine was lost.

        Raises:
            Refusal: `register.no_grant` for anybody but a director.
        """
        ...

    def change_password(self, old: str, new: str) -> None:
        """Change the password of the user who is signed in.

        Raises:
            Refusal: `register.wrong_password` (field "old"), or why the new one is not good
                enough (field "new").
        """
        ...

    def confirm_recovery(self, typed: str) -> None:
        """Note that the recovery code was typed back; `register.recovery_wrong` refuses."""
        ...

    def renew_recovery(self) -> RecoveryCode:
        """Replace the recovery code; the sheet that was printed before opens nothing any more.

        Until the new one was typed back nobody is added and the dossiers stay shut.

        Raises:
            Refusal: `register.no_grant` for anybody but a director.
        """
        ...

    def remember_device(self, pin: str) -> None:
        """Let this user open the register here with a PIN, through the system's keyring.

        Raises:
            Trouble: `register.no_keyring`.
        """
        ...

    def forget_device(self) -> None:
        """Undo `remember_device` for this user."""
        ...
