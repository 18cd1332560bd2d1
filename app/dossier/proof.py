"""The reporter's signature, kept beside his report so that it can be verified later."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from app.ports import Signature
from app.sealing import SealProof

if TYPE_CHECKING:
    from app.dossier.records import Entry
    from app.ports import Session
    from app.record import Compartment


def written(proof: SealProof) -> str:
    """A proof as an entry keeps it."""
    by = proof.signature
    return json.dumps(
        {"stated": proof.stated, "user": by.user, "key": by.key, "value": by.value}
    )


def signed_by(session: Session, compartment: Compartment, entry: Entry) -> str | None:
    """Name of whoever signed the report that an entry keeps; None when that is not shown."""
    proof = _read(entry.proof)
    signer = session.sealed_by(compartment, proof, entry.digest) if proof else None
    return signer.name if signer else None


def _read(text: str) -> SealProof | None:
    try:
        said = json.loads(text)
        signature = Signature(str(said["user"]), str(said["key"]), str(said["value"]))
        return SealProof(str(said["stated"]), signature)
    except (ValueError, KeyError, TypeError):
        return None
