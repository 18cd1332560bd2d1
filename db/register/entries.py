"""One entry of the membership log: who did what about whom, chained and signed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.keys.canonical import Json, MalformedError, packed, to_json, to_text
from db.keys.pairs import PrivatePair, holds
from db.register.fields import Fields

if TYPE_CHECKING:
    from datetime import datetime

RECOVERY = "recovery"
"""Stands for the printed recovery code where a user's id is expected."""

ORIGIN = "0" * 64

_PURPOSE = "directory entry"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it is written.

    Attributes:
        number: 1, 2, … without holes.
        previous: hash of the entry before, or `ORIGIN`.
        at: instant by the signer's machine, as text.
        kind: what happened.
        by, key: user and signing key of whoever did it; `RECOVERY` for the printed code.
        body: what the kind needs.
        signature: Ed25519 over all of this.
    """

    register: str
    number: int
    previous: str
    at: str
    kind: str
    by: str
    key: str
    body: dict[str, Json]
    signature: bytes

    @classmethod
    def read(cls, value: Json) -> Entry:
        """The entry that a JSON value writes.

        Raises:
            MalformedError: when it writes none.
        """
        fields = Fields.of(value)
        entry = cls(
            register=fields.text("register"),
            number=fields.number("number"),
            previous=fields.text("previous"),
            at=fields.text("at"),
            kind=fields.text("kind"),
            by=fields.text("by"),
            key=fields.text("key"),
            body=fields.part("body").values,
            signature=fields.content("signature"),
        )
        if entry.written() != value:
            raise MalformedError
        return entry

    def written(self) -> dict[str, Json]:
        """The entry as a JSON value."""
        return {**self._signed(), "signature": to_text(self.signature)}

    @property
    def digest(self) -> str:
        """SHA-256 of the entry with its signature, hexadecimal; the next entry names it."""
        return hashlib.sha256(to_json(self.written())).hexdigest()

    def is_signed_by(self, public_key: bytes) -> bool:
        """Whether the signature was made with this Ed25519 key over this very entry."""
        return holds(public_key, self.signature, _message(self._signed()))

    def _signed(self) -> dict[str, Json]:
        return {
            "format": _FORMAT,
            "register": self.register,
            "number": self.number,
            "previous": self.previous,
            "at": self.at,
            "kind": self.kind,
            "by": self.by,
            "key": self.key,
            "body": self.body,
        }


@dataclass(frozen=True, slots=True)
class Author:
    """Whoever signs entries: a user with his pair, or the recovery code with its own."""

    user: str
    pair: PrivatePair

    def sign(
        self, after: Entry | None, kind: str, body: dict[str, Json], at: datetime
    ) -> Entry:
        """The entry that follows another one of the same register.

        The first entry of all names its register in its body.
        """
        if after is None:
            register, number, previous = str(body["register"]), 1, ORIGIN
        else:
            register, number, previous = after.register, after.number + 1, after.digest
        key = self.pair.public.key_id
        blank = Entry(
            register, number, previous, at.isoformat(), kind, self.user, key, body, b""
        )
        values = blank.written()
        del values["signature"]
        signature = self.pair.sign(_message(values))
        return Entry(
            register, number, previous, blank.at, kind, self.user, key, body, signature
        )


def _message(values: dict[str, Json]) -> bytes:
    return packed("boordboek", _PURPOSE, to_json(values))
