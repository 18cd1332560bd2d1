"""Keyrings that behave as real ones were seen to behave."""

from __future__ import annotations

from dataclasses import dataclass, field

import keyring.errors

from db.keys.device import KeyringBox


@dataclass
class MemoryKeyring:
    """Keeps secrets while the test runs.

    Attributes:
        forgetful: takes everything and keeps nothing, as the null keyring does.
        locked: the person did not unlock it.
    """

    forgetful: bool = False
    locked: bool = False
    kept: dict[tuple[str, str], str] = field(default_factory=dict)

    def get_password(self, service: str, username: str) -> str | None:
        self._demand_unlocked()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._demand_unlocked()
        if not self.forgetful:
            self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._demand_unlocked()
        del self.kept[service, username]

    def _demand_unlocked(self) -> None:
        if self.locked:
            raise keyring.errors.KeyringLocked("locked")


def box(backend: MemoryKeyring) -> KeyringBox:
    return KeyringBox(backend)
