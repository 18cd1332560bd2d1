"""Keys from other keys (HKDF with labels) and from passwords (Argon2id)."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace

import nacl.bindings
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.clock import since_boot
from db.keys.canonical import packed
from db.keys.secret import KEY_LENGTH, SecretBytes

SALT_LENGTH = 16

_KIB = 1024
_MIB_IN_KIB = 1024
_FLOOR_KIB = 64 * _MIB_IN_KIB
_FLOOR_PASSES = 3
_DEFAULT_KIB = 256 * _MIB_IN_KIB
_CEILING_KIB = 1024 * _MIB_IN_KIB
_CEILING_PASSES = 10
_AIM_MILLISECONDS = 1000
_HANDLE_KIB = 8 * _MIB_IN_KIB


class CostRefusedError(ValueError):
    """A cost that stands in a file and is too cheap to be safe or too dear to be meant."""


@dataclass(frozen=True, slots=True)
class KdfCost:
    """What one guess at a password costs.

    Attributes:
        memory_kib: memory in KiB.
        passes: how often the memory is gone through.
        floor_kib, floor_passes: cheapest cost that is accepted from a file.
    """

    memory_kib: int = _DEFAULT_KIB
    passes: int = _FLOOR_PASSES
    floor_kib: int = _FLOOR_KIB
    floor_passes: int = _FLOOR_PASSES

    @classmethod
    def floor(cls) -> KdfCost:
        """The cheapest cost that a register may have: 64 MiB, three passes."""
        return cls(memory_kib=_FLOOR_KIB)

    @classmethod
    def for_tests(cls) -> KdfCost:
        """Next to nothing, and accepted from a file; never for real people."""
        return cls(memory_kib=64, passes=1, floor_kib=64, floor_passes=1)

    @classmethod
    def calibrated(cls) -> KdfCost:
        """The default, on a fast machine with more passes, so that a guess takes about 1 s."""
        cost = cls()
        before = since_boot()
        from_password("calibration", bytes(SALT_LENGTH), cost).close()
        taken = max(since_boot() - before, 1)
        passes = cost.passes * _AIM_MILLISECONDS // taken
        return replace(cost, passes=min(max(passes, cost.passes), _CEILING_PASSES))

    def accept(self, memory_kib: int, passes: int) -> KdfCost:
        """A cost that was read from a file.

        Raises:
            CostRefusedError: when it is under the floor (guessing was made cheap) or over the
                ceiling (this machine should stand still).
        """
        cheap = memory_kib < self.floor_kib or passes < self.floor_passes
        if cheap or memory_kib > _CEILING_KIB or passes > _CEILING_PASSES:
            raise CostRefusedError
        return replace(self, memory_kib=memory_kib, passes=passes)

    def is_below(self, other: KdfCost) -> bool:
        """Whether a guess at this cost moves less memory than at the other."""
        return self.memory_kib * self.passes < other.memory_kib * other.passes


def from_password(password: str, salt: bytes, cost: KdfCost) -> SecretBytes:
    """The key that a password gives, by Argon2id; takes as long as `cost` says."""
    return _argon2id(normal(password).encode("utf-8"), salt, cost)


def handle_of(name: str, salt: bytes) -> bytes:
    """What stands for a user's name in a file: known to whoever types it, not readable."""
    folded = " ".join(unicodedata.normalize("NFC", name.casefold()).split())
    cost = KdfCost(memory_kib=_HANDLE_KIB, passes=1)
    with _argon2id(folded.encode("utf-8"), salt, cost) as secret:
        return bytes(secret.raw)


def normal(password: str) -> str:
    """A password in the one form in which it is used, whichever keyboard wrote it (NFC)."""
    return unicodedata.normalize("NFC", password)


def from_key(secret: SecretBytes, *label: str | int) -> SecretBytes:
    """The key for one purpose, named by its label, by HKDF-SHA256."""
    step = HKDF(
        algorithm=hashes.SHA256(),
        length=KEY_LENGTH,
        salt=None,
        info=packed("boordboek", *label),
    )
    return SecretBytes(step.derive(bytes(secret.raw)))


def joined(*parts: SecretBytes) -> SecretBytes:
    """One secret made of several, each with its length; the parts stay as they are."""
    return SecretBytes(packed(*(bytes(part.raw) for part in parts)))


def _argon2id(secret: bytes, salt: bytes, cost: KdfCost) -> SecretBytes:
    derived = nacl.bindings.crypto_pwhash_alg(
        KEY_LENGTH,
        secret,
        salt,
        cost.passes,
        cost.memory_kib * _KIB,
        nacl.bindings.crypto_pwhash_ALG_ARGON2ID13,
    )
    return SecretBytes(derived)
