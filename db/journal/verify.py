"""Verifies a journal: its chain, its signatures, the rows it seals, and remembered heads.

Found are edited, deleted, inserted, reordered and foreign entries and rows, whoever wrote them.
What the author of the newest entries rewrites, and what is cut off at the end, shows only
against a head that was remembered elsewhere.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from app.errors import Message
from app.ports import Head, Verification
from db.journal.entry import (
    COLUMNS,
    NO_ENTRY,
    JournalEntry,
    Place,
    content,
    entry_digest,
    payload_digest,
)
from db.journal.publications import verify_publications
from db.journal.signatures import Signatures
from db.store.mapping import Kind, state_digest
from db.store.past import GONE
from db.store.schema import Schema, triggers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.jobs import Progress
    from app.record import Compartment
    from db.store.identity import Identity, Signer
    from db.store.reading import Reading

_MOST = 200
_STEP = 500
_DIGEST = 32
_SIZE = "SELECT count(*) FROM journal"
_ENTRIES = f"SELECT {', '.join(COLUMNS)} FROM journal ORDER BY number"
_AT = "SELECT digest FROM journal WHERE number = ?"
_TRIGGERS = "SELECT sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
_MISDATED = f"""
SELECT DISTINCT p.replaced_by FROM past_state AS p
LEFT JOIN journal AS j ON j.number = p.replaced_by
WHERE j.number IS NULL OR j.at <> p.replaced_at OR p.replaced_by < p.seal
    OR (p.replaced_by = p.seal AND p.row <> {GONE})
"""
_RISEN = """
SELECT DISTINCT p.seal FROM past_state AS p JOIN "{kind}" AS c ON c.id = p.id
WHERE p.kind = :kind AND p.replaced_by = p.seal
"""
_ORPHANED = """
SELECT DISTINCT p.replaced_by FROM past_state AS p WHERE p.kind = :kind
    AND NOT EXISTS (SELECT 1 FROM past_state AS q
        WHERE q.kind = p.kind AND q.id = p.id AND q.seal = p.replaced_by)
    AND NOT EXISTS (SELECT 1 FROM "{kind}" AS c WHERE c.id = p.id AND c.seal = p.replaced_by)
"""

Seals = dict[int, bytearray]


def verify(
    reader: Reading,
    schema: Schema,
    identity: Identity,
    signer: Signer,
    remembered: tuple[Head, ...],
    progress: Progress,
) -> Verification:
    """What does not fit in one compartment; see the module.

    Raises:
        CancelledError: when the person stopped it.
    """
    if not schema.journaled:
        found = verify_publications(reader, identity, signer, remembered)
        return _outcome(identity.compartment, reader.head(), found)
    findings = _schema(reader, schema)
    walk = _Walk(reader, schema, Place(identity.register, str(identity.compartment)), signer)
    findings += walk.findings(progress)
    findings += _history(reader, schema)
    findings += _remembered(reader, remembered)
    return _outcome(identity.compartment, reader.head(), findings)


def _outcome(compartment: Compartment, head: Head, findings: list[Message]) -> Verification:
    return Verification(compartment, head, tuple(findings[:_MOST]))


def _schema(reader: Reading, schema: Schema) -> list[Message]:
    """The triggers that keep facts final are all there, and no others."""
    there = sorted(row[0] for row in reader.rows(_TRIGGERS))
    return [] if there == sorted(triggers(schema)) else [Message("store.guards_altered")]


class _Walk:
    """One pass over all rows, then one over all entries."""

    def __init__(self, reader: Reading, schema: Schema, place: Place, signer: Signer) -> None:
        self._reader = reader
        self._schema = schema
        self._place = place
        self._signatures = Signatures(signer)

    def findings(self, progress: Progress) -> list[Message]:
        total = self._reader.rows(_SIZE)[0][0]
        seals = self._sealed(progress, total)
        findings: list[Message] = []
        previous, number = NO_ENTRY, 0
        for entry in self._entries():
            if entry.number != number + 1:
                findings.append(Message("store.entry_missing", {"number": number + 1}))
            else:
                findings += self._entry(entry, previous, seals)
            seals.pop(entry.number, None)
            previous, number = entry.digest, entry.number
            if number % _STEP == 0:
                progress.step(min(number, total), total)
        findings += [
            Message("store.rows_without_entry", {"number": seal}) for seal in sorted(seals)
        ]
        return findings

    def _entries(self) -> Iterator[JournalEntry]:
        for row in self._reader.stream(_ENTRIES):
            yield JournalEntry(*row)

    def _entry(self, entry: JournalEntry, previous: bytes, seals: Seals) -> list[Message]:
        """At most one finding for one entry: the first thing that does not fit."""
        text_id = self._fault(entry, previous)
        if text_id is None and _state(seals.get(entry.number)) != entry.state:
            text_id = "store.rows_altered"
        return [Message(text_id, {"number": entry.number})] if text_id else []

    def _fault(self, entry: JournalEntry, previous: bytes) -> str | None:
        signed = content(self._place, entry)
        if entry_digest(signed, entry.signature) != entry.digest:
            return "store.entry_altered"
        if entry.previous != previous:
            return "store.chain_broken"
        if not self._signatures.hold(entry.user, entry.key, entry.signature, signed):
            return "store.signature_wrong"
        return None if _payload_holds(entry) else "store.entry_altered"

    def _sealed(self, progress: Progress, total: int) -> Seals:
        """The digests of all rows and former states, by the entry that sealed them."""
        seals: Seals = defaultdict(bytearray)
        kinds = [kind for kind in self._schema.kinds.values() if kind.sealed]
        for kind in kinds:
            self._rows_of(kind, seals, progress, total)
        past = self._reader.stream("SELECT kind, row, seal FROM past_state")
        for name, row, seal in past:
            known = self._schema.names.get(name)
            seals[seal] += known.digest(row) if known else bytes(_DIGEST)
        return seals

    def _rows_of(self, kind: Kind[Any], seals: Seals, progress: Progress, total: int) -> None:
        digest, canonical = kind.digest, kind.canonical
        rows = self._reader.stream(f'SELECT {kind.listed("t")}, t.seal FROM "{kind.name}" AS t')
        for place, row in enumerate(rows):
            if place % _STEP == 0:
                progress.step(0, total)
            seals[row[-1]] += digest(canonical(row))


def _payload_holds(entry: JournalEntry) -> bool:
    """Whether the payload is the one that was signed; an erased one is gone for good reason."""
    if entry.payload is None or entry.salt is None:
        return True
    return payload_digest(entry.salt, entry.payload) == entry.payload_digest


def _state(digests: bytearray | None) -> bytes:
    if not digests:
        return state_digest(())
    parts = (bytes(digests[at : at + _DIGEST]) for at in range(0, len(digests), _DIGEST))
    return state_digest(parts)


def _history(reader: Reading, schema: Schema) -> list[Message]:
    """Every former state is older than the one that replaced it, which is there."""
    wrong = {row[0] for row in reader.rows(_MISDATED)}
    for kind in schema.kinds.values():
        if kind.sealed:
            for found in (_ORPHANED, _RISEN):
                statement = found.format(kind=kind.name)
                wrong.update(row[0] for row in reader.rows(statement, {"kind": kind.name}))
    return [Message("store.history_altered", {"number": number}) for number in sorted(wrong)]


def _remembered(reader: Reading, heads: tuple[Head, ...]) -> list[Message]:
    """Heads that were seen before still stand in the journal."""
    findings = []
    for head in sorted({head for head in heads if head.number}, key=lambda head: head.number):
        found = reader.rows(_AT, (head.number,))
        values: dict[str, object] = {"number": head.number, "stamp": head.stamp}
        if not found:
            findings.append(Message("store.entries_gone", values))
        elif found[0][0].hex() != head.digest:
            findings.append(Message("store.head_differs", values))
    return findings
