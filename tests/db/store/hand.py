"""A signer, a clock and compartment files for tests, without a vault."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.clock import SetClock
from app.record import Compartment
from db.store.compartment import CompartmentFile
from db.store.identity import Identity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


class Hand:
    """Signs for one user and knows the public keys of all hands it was shown."""

    def __init__(self, user: str, *others: Hand) -> None:
        self.user = user
        self.key_id = f"key-of-{user}"
        self._key = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(user.encode()).digest())
        own = self._key.public_key().public_bytes_raw()
        self._known = {(user, self.key_id): own}
        for other in others:
            self._known.update(other._known)

    def sign(self, content: bytes) -> bytes:
        return self._key.sign(content)

    def public_key(self, user: str, key_id: str) -> bytes | None:
        return self._known.get((user, key_id))


def key_of(name: str) -> bytearray:
    """A raw key, different for each name."""
    return bytearray(hashlib.sha256(f"key {name}".encode()).digest())


class Shelf:
    """One compartment file in a folder, to be opened as often as a test likes."""

    def __init__(self, folder: Path, compartment: Compartment = Compartment.CONSENT) -> None:
        self.identity = Identity("register-1", compartment, "device-1", folder)
        self.path = folder / f"{compartment}.db"
        self.clock = SetClock(START)
        self.hand = Hand("anna")
        self.key = key_of(compartment)

    def create(self) -> CompartmentFile:
        return CompartmentFile.create(self.path, self.key, self.identity, self.hand, self.clock)

    def open(self) -> CompartmentFile:
        return CompartmentFile.open(self.path, self.key, self.identity, self.hand, self.clock)

    @contextmanager
    def opened(self) -> Iterator[CompartmentFile]:
        file = self.open() if self.path.exists() else self.create()
        try:
            yield file
        finally:
            file.close()
