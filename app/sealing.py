"""Sealed objects: anybody may seal, only a key holder may open; part of a session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from app.ports import Kept, Signature, Unsealed, UserCard
    from app.record import Compartment


@dataclass(frozen=True, slots=True)
class SealProof:
    """Shows who sealed something, also when the sealed object is gone.

    Attributes:
        stated: what was signed, hexadecimal: where the object belongs, who wrote it and when,
            and the hash of all it held.
        signature: the author's signature over that.
    """

    stated: str
    signature: Signature


@dataclass(frozen=True, slots=True)
class SealedCard:
    """A sealed object that waits in an inbox.

    Attributes:
        at: when it was sealed, by the clock of that machine; None where that cannot be told.
    """

    id: str
    size: int
    at: datetime | None = None


class Sealing(Protocol):
    """Leaves things sealed for others, and opens what was left for whoever is signed in."""

    def seal(
        self,
        compartment: Compartment,
        content: bytes,
        files: tuple[tuple[str, bytes], ...] = (),
    ) -> str:
        """Seal something to a compartment's inbox and return its id; it cannot be read back."""
        ...

    def waiting(self, compartment: Compartment) -> tuple[SealedCard, ...]:
        """What waits in an inbox, oldest first; contents stay sealed."""
        ...

    def unseal(self, compartment: Compartment, id: str) -> Unsealed:
        """Open a sealed object.

        Raises:
            Refusal: `register.no_grant` without the key, `register.seal_broken` when it was
                altered, is not from a user of this register, or belongs to another compartment.
        """
        ...

    def settle(self, compartment: Compartment, id: str) -> None:
        """Take a sealed object out of the inbox, after it was filed and committed."""
        ...

    def send(
        self, user_id: str, content: bytes, files: tuple[tuple[str, bytes], ...] = ()
    ) -> str:
        """Leave a sealed message for one user and return its id; only he can open it."""
        ...

    def unseal_message(self, id: str) -> Unsealed:
        """Open one message of the user who is signed in, with its files.

        Raises:
            Refusal: `register.not_found`, `register.seal_broken`.
        """
        ...

    def messages(self) -> tuple[Kept, ...]:
        """The messages left for the user who is signed in, oldest first, signatures checked."""
        ...

    def sealed_by(
        self, compartment: Compartment, proof: SealProof, digest: str
    ) -> UserCard | None:
        """Who sealed the content with this SHA-256 (hexadecimal) to a compartment, or None.

        Also with a key that was ended since; None when the proof does not hold.
        """
        ...
