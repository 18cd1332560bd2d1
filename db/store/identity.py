"""Whose file it is and who signs what is written into it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from app.record import Compartment


@dataclass(frozen=True, slots=True)
class Identity:
    """What a compartment file must say of itself, and where its attached files stand.

    Attributes:
        register: id of the register.
        compartment: which part of the register the file holds.
        device: id of this installation, under which journal entries are numbered.
        folder: the register's folder; attached files stand in its `blobs`.
    """

    register: str
    compartment: Compartment
    device: str
    folder: Path


class Signer(Protocol):
    """Signs for the user who is signed in, and knows everybody's public keys."""

    @property
    def user(self) -> str:
        """Id of the user who is signed in."""
        ...

    @property
    def key_id(self) -> str:
        """Id of his signing key."""
        ...

    def sign(self, content: bytes) -> bytes:
        """Ed25519 signature of the user over some bytes (64 bytes)."""
        ...

    def public_key(self, user: str, key_id: str) -> bytes | None:
        """Raw Ed25519 public key (32 bytes) of a user, also of a revoked one, or None."""
        ...
