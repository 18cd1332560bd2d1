"""Checks Ed25519 signatures of the users of a register, each public key read once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

if TYPE_CHECKING:
    from db.store.identity import Signer


class Signatures:
    """Whose signature holds."""

    def __init__(self, signer: Signer) -> None:
        self._signer = signer
        self._keys: dict[tuple[str, str], Ed25519PublicKey | None] = {}

    def hold(self, user: str, key_id: str, signature: bytes, content: bytes) -> bool:
        """Whether a known user signed these bytes with his own key."""
        key = self._key(user, key_id)
        if key is None:
            return False
        try:
            key.verify(signature, content)
        except InvalidSignature:
            return False
        return True

    def _key(self, user: str, key_id: str) -> Ed25519PublicKey | None:
        name = (user, key_id)
        if name not in self._keys:
            raw = self._signer.public_key(user, key_id)
            self._keys[name] = None if raw is None else Ed25519PublicKey.from_public_bytes(raw)
        return self._keys[name]
