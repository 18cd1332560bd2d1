"""Two key pairs: one to sign with (Ed25519), one to be sealed to (X25519, HPKE of RFC 9180)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from db.keys.canonical import packed
from db.keys.derive import from_key
from db.keys.secret import KEY_LENGTH, SecretBytes
from db.keys.wrap import FORMAT, WontOpenError

HPKE_X25519 = 2
_HEAD = bytes((FORMAT, HPKE_X25519))
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
_KEY_ID_LENGTH = 32
_PROBE = X25519PrivateKey.from_private_bytes(bytes(KEY_LENGTH))

SEAL_OVERHEAD = 2 + 32 + 16
"""Bytes that a sealed content is longer than the content."""


@dataclass(frozen=True, slots=True)
class PublicPair:
    """What everybody may know of a pair.

    Attributes:
        signing: raw Ed25519 public key.
        box: raw X25519 public key.
    """

    signing: bytes
    box: bytes

    @property
    def key_id(self) -> str:
        """The name of this pair, a hash of both keys."""
        digest = hashlib.sha256(packed("pair", self.signing, self.box)).hexdigest()
        return digest[:_KEY_ID_LENGTH]

    def is_sound(self) -> bool:
        """Whether both keys have the right length and something can be sealed to the box."""
        if len(self.signing) != KEY_LENGTH or len(self.box) != KEY_LENGTH:
            return False
        try:
            _PROBE.exchange(X25519PublicKey.from_public_bytes(self.box))
        except ValueError:
            return False
        return True


@dataclass(frozen=True, slots=True, repr=False)
class PrivatePair:
    """The secret half: two seeds of 32 bytes, wiped by `close`."""

    signing: SecretBytes
    box: SecretBytes

    @classmethod
    def random(cls) -> PrivatePair:
        """A fresh pair."""
        return cls(SecretBytes.random(), SecretBytes.random())

    @classmethod
    def derived(cls, secret: SecretBytes, *label: str | int) -> PrivatePair:
        """The pair that always follows from the same secret and label."""
        return cls(from_key(secret, *label, "signing"), from_key(secret, *label, "box"))

    @property
    def public(self) -> PublicPair:
        """The public half."""
        return PublicPair(self._signer().public_key().public_bytes_raw(), box_public(self.box))

    def sign(self, content: bytes) -> bytes:
        """Ed25519 signature over bytes."""
        return self._signer().sign(content)

    def unseal(self, sealed: bytes, *place: str | int) -> SecretBytes:
        """What was sealed to this pair; see `unseal`."""
        return unseal(self.box, sealed, *place)

    def close(self) -> None:
        """Wipe both secrets."""
        self.signing.close()
        self.box.close()

    def _signer(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(bytes(self.signing.raw))


def holds(public_key: bytes, signature: bytes, content: bytes) -> bool:
    """Whether a signature over these bytes belongs to a raw Ed25519 public key."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, content)
    except (InvalidSignature, ValueError):
        return False
    return True


def box_public(secret: SecretBytes) -> bytes:
    """The raw X25519 public key that belongs to a secret seed."""
    return _box(secret).public_key().public_bytes_raw()


def seal(box: bytes, content: bytes | bytearray, *place: str | int) -> bytes:
    """Encrypt to a raw X25519 public key; proves nothing about who did it.

    The result begins with the numbers of its format and its algorithm.
    """
    key = X25519PublicKey.from_public_bytes(box)
    return _HEAD + _SUITE.encrypt(bytes(content), key, packed(_HEAD, *place))


def unseal(secret: SecretBytes, sealed: bytes, *place: str | int) -> SecretBytes:
    """What was sealed to a key.

    Raises:
        WontOpenError: when key, place or content do not fit.
    """
    if sealed[:2] != _HEAD:
        raise WontOpenError
    try:
        return SecretBytes(_SUITE.decrypt(sealed[2:], _box(secret), packed(_HEAD, *place)))
    except (InvalidTag, ValueError) as error:
        raise WontOpenError from error


def _box(secret: SecretBytes) -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(bytes(secret.raw))
