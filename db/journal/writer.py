"""Makes the entry that seals one unit of work."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from app.clock import since_boot
from app.ids import new_id
from db.journal.entry import (
    FORM,
    NO_ENTRY,
    JournalEntry,
    Place,
    content,
    entry_digest,
    payload_digest,
)
from db.store.mapping import instant_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.store.engine import Raw
    from db.store.identity import Identity, Signer

BACKWARDS = timedelta(minutes=5)
_SALT = 16
_TAIL = """
SELECT number, (SELECT coalesce(max(seq), 0) FROM journal WHERE device = ?), digest, at
FROM journal ORDER BY number DESC LIMIT 1
"""
_KNOWN = "SELECT 1 FROM journal WHERE number = ? AND id = ?"


@dataclass(frozen=True, slots=True)
class Tail:
    """Where the next entry goes.

    Attributes:
        number: number of the next entry; `seq` within its device.
        previous: digest of the entry before; at: its time, "" when there is none.
    """

    number: int
    seq: int
    previous: bytes
    at: str


@dataclass(frozen=True, slots=True)
class Act:
    """What a unit of work is about.

    Attributes:
        act: what the user does; subject: id of the person or thing concerned.
        state: digest over the rows that were written; wrote: how many of each kind.
    """

    act: str
    subject: str
    state: bytes
    wrote: Mapping[str, int]


def tail_of(raw: Raw, device: str) -> Tail:
    """Where the next entry of a device goes."""
    found = raw.execute(_TAIL, (device,)).fetchall()
    number, seq, digest, at = found[0] if found else (0, 0, NO_ENTRY, "")
    return Tail(number + 1, seq + 1, digest, at)


def entry_for(
    act: Act, tail: Tail, identity: Identity, signer: Signer, now: datetime
) -> JournalEntry:
    """The signed entry for one unit of work."""
    salt = secrets.token_bytes(_SALT)
    payload = _payload(act, tail, now)
    unsigned = JournalEntry(
        number=tail.number,
        id=new_id(),
        version=FORM,
        device=identity.device,
        seq=tail.seq,
        previous=tail.previous,
        at=instant_text(now),
        since_boot=since_boot(),
        user=signer.user,
        key=signer.key_id,
        act=act.act,
        subject=act.subject,
        state=act.state,
        salt=salt,
        payload=payload,
        payload_digest=payload_digest(salt, payload),
        signature=b"",
        digest=b"",
    )
    signed = content(Place(identity.register, str(identity.compartment)), unsigned)
    signature = signer.sign(signed)
    return replace(unsigned, signature=signature, digest=entry_digest(signed, signature))


def _payload(act: Act, tail: Tail, now: datetime) -> str:
    """Kinds and counts, no contents; and that the clock went back, when it did."""
    payload: dict[str, Any] = {"wrote": dict(act.wrote)}
    if tail.at and now < datetime.fromisoformat(tail.at) - BACKWARDS:
        payload["clock_back_from"] = tail.at
    return json.dumps(payload, separators=(",", ":"), sort_keys=True)


def known(raw: Raw, number: int, entry_id: str) -> bool:
    """Whether an entry stands in the journal: the truth after an error at commit."""
    return raw.execute(_KNOWN, (number, entry_id)).fetchone() is not None
