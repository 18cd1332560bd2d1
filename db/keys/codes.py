"""Codes that people copy from paper: in groups, without look-alikes, with a check."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from db.keys.secret import SecretBytes

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O and U."""

_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
_IGNORED = str.maketrans("", "", " -–—_.\t\r\n\N{NO-BREAK SPACE}")
_BITS = 5
_CHECK = 2
_GROUP = 4


class MistypedError(ValueError):
    """What was typed is no code: wrong length, foreign characters, or a wrong check."""


@dataclass(frozen=True, slots=True)
class CodeKind:
    """One kind of code.

    Attributes:
        label: keeps the kinds apart, so that one is never taken for the other.
        letters: number of random characters, five bits each; two check characters follow.
    """

    label: str
    letters: int

    def fresh(self) -> SecretBytes:
        """A new secret of this kind."""
        text = "".join(secrets.choice(ALPHABET) for _ in range(self.letters))
        return SecretBytes(text.encode("ascii"))

    def written(self, secret: SecretBytes) -> str:
        """The code for paper, in groups of four: "7F3A-91C2-…"."""
        letters = secret.raw.decode("ascii")
        whole = letters + self._check(letters)
        return "-".join(whole[at : at + _GROUP] for at in range(0, len(whole), _GROUP))

    def read(self, typed: str) -> SecretBytes:
        """The secret in what was typed; spaces, dashes, case and look-alikes do not matter.

        Raises:
            MistypedError: when it cannot be a code of this kind.
        """
        whole = typed.translate(_IGNORED).upper().translate(_LOOKALIKES)
        letters, check = whole[: self.letters], whole[self.letters :]
        known = all(letter in ALPHABET for letter in whole)
        if not known or len(letters) != self.letters or check != self._check(letters):
            raise MistypedError
        return SecretBytes(letters.encode("ascii"))

    def _check(self, letters: str) -> str:
        digest = hashlib.sha256(f"{self.label}:{letters}".encode()).digest()
        value = int.from_bytes(digest[:2], "big")
        return "".join(ALPHABET[value >> (_BITS * at) & 0x1F] for at in range(_CHECK))


RECOVERY = CodeKind("recovery", 26)
"""130 bits in seven groups, on the sheet in the school's safe."""

ONE_TIME = CodeKind("one-time", 18)
"""90 bits in five groups, for a user's first sign-in."""
