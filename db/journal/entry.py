"""One entry of a journal: what is signed, and how entries are chained.

The signed bytes are every field with its length before it, so that no two entries have the
same bytes. The digest of an entry covers its signature, and the next entry names that digest.
Neither form ever changes once registers exist; a new form gets a new version number.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

FORM = 1
NO_ENTRY = bytes(32)
_TITLE = b"boordboek journal"


@dataclass(frozen=True, slots=True)
class Place:
    """The journal that an entry belongs to."""

    register: str
    compartment: str


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One entry, as stored.

    Attributes:
        number: place in this file, from 1.
        seq: place among the entries of its device, from 1.
        previous: digest of the entry before.
        at: when, by the clock of the machine, as stored text.
        since_boot: milliseconds since the machine was started.
        state: digest over all rows that this unit of work wrote.
        payload: what was written, as kinds and counts; gone after an erasure.
        digest: hash over what was signed and the signature.
    """

    number: int
    id: str
    version: int
    device: str
    seq: int
    previous: bytes
    at: str
    since_boot: int
    user: str
    key: str
    act: str
    subject: str
    state: bytes
    salt: bytes | None
    payload: str | None
    payload_digest: bytes
    signature: bytes
    digest: bytes


COLUMNS = tuple(JournalEntry.__slots__)


def content(place: Place, entry: JournalEntry) -> bytes:
    """The bytes that the author signs."""
    parts = (
        _TITLE,
        str(entry.version).encode(),
        place.register.encode(),
        place.compartment.encode(),
        entry.device.encode(),
        str(entry.seq).encode(),
        entry.id.encode(),
        entry.previous,
        entry.at.encode(),
        str(entry.since_boot).encode(),
        entry.user.encode(),
        entry.key.encode(),
        entry.act.encode(),
        entry.subject.encode(),
        entry.state,
        entry.payload_digest,
    )
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def entry_digest(signed: bytes, signature: bytes) -> bytes:
    """The digest that the next entry names."""
    return hashlib.sha256(len(signed).to_bytes(4, "big") + signed + signature).digest()


def payload_digest(salt: bytes, payload: str) -> bytes:
    """The digest of a payload, salted so that it cannot be guessed after an erasure."""
    return hashlib.sha256(salt + payload.encode()).digest()
