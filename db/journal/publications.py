"""Verifies the chain of publications, which the check list has instead of a journal."""

from __future__ import annotations

from datetime import UTC
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from app.check import listing
from app.check.records import CheckBranch, CheckHeader, Publication
from app.errors import Message
from db.check.tables import CHECK_ROW
from db.journal.signatures import Signatures
from db.keys.canonical import statement

if TYPE_CHECKING:
    from app.ports import Head
    from db.store.identity import Identity, Signer
    from db.store.reading import Reading

_ROWS = f"SELECT {CHECK_ROW.listed('r')} FROM check_row AS r ORDER BY r.bucket, r.id"


def verify_publications(
    reader: Reading, identity: Identity, signer: Signer, remembered: tuple[Head, ...]
) -> list[Message]:
    """What does not fit among the publications, the rows of the list, and remembered heads."""
    publications = sorted(reader.all(Publication), key=lambda found: found.number)
    signatures = Signatures(signer)
    findings: list[Message] = []
    previous = ""
    for number, publication in enumerate(publications, 1):
        values: dict[str, object] = {"number": number}
        if publication.number != number:
            return [*findings, Message("store.entry_missing", values)]
        if publication.previous != previous:
            findings.append(Message("store.chain_broken", values))
        elif not _signed(publication, identity.register, signatures):
            findings.append(Message("store.signature_wrong", values))
        previous = publication.root
    if publications and _root(reader) != previous:
        findings.append(Message("store.rows_altered", {"number": len(publications)}))
    roots = {publication.number: publication.root for publication in publications}
    return findings + _remembered(roots, remembered)


def _signed(publication: Publication, register: str, signatures: Signatures) -> bool:
    content = listing.signed_content(
        register,
        publication.number,
        publication.published_at.astimezone(UTC).isoformat(),
        publication.basis,
        publication.root,
        publication.previous,
    )
    try:
        signature = bytes.fromhex(publication.signature)
    except ValueError:
        return False
    said = statement(register, content)
    return signatures.hold(publication.user, publication.key, signature, said)


def _root(reader: Reading) -> str:
    """The root that the rows, branches and header give now; empty when they contradict."""
    branches = {branch.id: branch.digests for branch in reader.all(CheckBranch)}
    if set(branches) != {str(number) for number in range(listing.BRANCHES)}:
        return ""
    rows = groupby(map(CHECK_ROW.read, reader.stream(_ROWS)), key=attrgetter("bucket"))
    found = {bucket: listing.bucket_digest(tuple(some)) for bucket, some in rows}
    if not found.keys() <= set(range(listing.BUCKETS)):
        return ""
    for bucket in range(listing.BUCKETS):
        digest = found.get(bucket, listing.EMPTY)
        if listing.get_digest(branches[str(listing.branch_of(bucket))], bucket) != digest:
            return ""
    header = reader.find(CheckHeader, listing.HEADER)
    ordered = tuple(branches[str(number)] for number in range(listing.BRANCHES))
    return listing.root(header.content if header else "", ordered)


def _remembered(roots: dict[int, str], heads: tuple[Head, ...]) -> list[Message]:
    findings = []
    for head in sorted({head for head in heads if head.number}, key=lambda head: head.number):
        values: dict[str, object] = {"number": head.number, "stamp": head.stamp}
        if head.number not in roots:
            findings.append(Message("store.entries_gone", values))
        elif roots[head.number] != head.digest:
            findings.append(Message("store.head_differs", values))
    return findings
