"""The system's keyring, as far as it can be trusted: a place for small secrets of one machine.

Only four known keyrings are used. Any other may be a pretence that stores nothing, keep secrets
in plain text, or be named by whoever can set an environment variable. What is written is read
back.
"""

from __future__ import annotations

import importlib
import sys
from typing import Any, Protocol

from app.errors import Trouble

LONGEST = 1000
"""Characters that every keyring takes; Windows stops at 1,280."""

_LOCAL_MACHINE = 2

_KEYRINGS = {
    "linux": (
        ("keyring.backends.SecretService", "Keyring"),
        ("keyring.backends.kwallet", "DBusKeyring"),
    ),
    "win32": (("keyring.backends.Windows", "WinVaultKeyring"),),
    "darwin": (("keyring.backends.macOS", "Keyring"),),
}
_ERRORS = (
    ("keyring.errors", "KeyringError"),
    ("secretstorage.exceptions", "SecretStorageException"),
    ("jeepney.wrappers", "DBusErrorResponse"),
)


class Backend(Protocol):
    """What is used of a keyring."""

    def get_password(self, service: str, username: str) -> str | None:
        """The secret, or None."""
        ...

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a secret."""
        ...

    def delete_password(self, service: str, username: str) -> None:
        """Forget a secret."""
        ...


class KeyringBox:
    """Keeps small secrets in a keyring; every failure is a trouble, never a surprise."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._errors = _errors()
        self._refused = False

    @classmethod
    def of_this_machine(cls) -> KeyringBox | None:
        """The keyring of this user on this machine, or None when there is none to trust."""
        platform = "linux" if sys.platform not in _KEYRINGS else sys.platform
        for module, name in _KEYRINGS[platform]:
            backend = _backend(module, name)
            if backend is not None:
                return cls(backend)
        return None

    @property
    def is_shut(self) -> bool:
        """Whether it refused when it was last asked."""
        return self._refused

    def read(self, service: str, name: str) -> str | None:
        """What was kept, or None; also None when the keyring is locked or gone.

        Once refused it is not asked again: a locked keyring puts a question on the screen each
        time. Writing asks again.
        """
        if self._refused:
            return None
        try:
            return self._backend.get_password(service, name)
        except self._errors:
            self._refused = True
            return None

    def write(self, service: str, name: str, content: str) -> None:
        """Keep something, and make sure that it can be read again.

        Raises:
            Trouble: `register.no_keyring`.
        """
        if len(content) > LONGEST:
            raise ValueError("too long for a keyring")
        try:
            self._backend.set_password(service, name, content)
        except self._errors as error:
            raise Trouble("register.no_keyring") from error
        self._refused = False
        if self.read(service, name) != content:
            raise Trouble("register.no_keyring")

    def forget(self, service: str, name: str) -> None:
        """Forget something; no error when it is not there."""
        try:
            if self._backend.get_password(service, name) is not None:
                self._backend.delete_password(service, name)
        except self._errors:
            return


def _backend(module: str, name: str) -> Backend | None:
    try:
        kind: Any = getattr(importlib.import_module(module), name)
        if kind.priority <= 0:
            return None
        backend: Any = kind()
    except (ImportError, AttributeError, RuntimeError):
        return None
    except _errors():
        return None
    if hasattr(backend, "persist"):
        backend.persist = _LOCAL_MACHINE  # Windows would let the secret roam with the profile
    made: Backend = backend
    return made


def _errors() -> tuple[type[Exception], ...]:
    found: list[type[Exception]] = [OSError]
    for module, name in _ERRORS:
        try:
            found.append(getattr(importlib.import_module(module), name))
        except (ImportError, AttributeError):
            continue
    return tuple(found)
