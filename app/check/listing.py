"""The check list as values: rows, compact answers, and the hashes that a signature covers.

The list is split into 1,024 buckets by a hash of the id of the pupil or adult; 32 buckets form
a branch. One signature covers the root over header and branches, so that a change of one pupil
rewrites one row, one branch and the publication, and one answer is proven by one bucket.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from app.consent.outcome import Outcome, Reason

if TYPE_CHECKING:
    from app.check.records import CheckRow
    from app.consent.verdict import Verdict

BUCKETS = 1024
BRANCH = 32
BRANCHES = BUCKETS // BRANCH
HEADER = "header"
_DIGEST = 64
EMPTY = hashlib.sha256(b"boordboek check bucket").hexdigest()


class Ruling(NamedTuple):
    """What a teacher is told about one use.

    Attributes:
        who: relation of the one who refused or withdrew, or of the only decider.
        day: day of the deciding decision.
        answered, total: deciders who answered, and all of them.
    """

    outcome: Outcome
    reason: Reason
    who: str = ""
    day: date | None = None
    conditions: tuple[str, ...] = ()
    answered: int = 0
    total: int = 0


def ruling(verdict: Verdict, relations: dict[str, str]) -> Ruling:
    """What a teacher is told of a verdict: relations, no names."""
    decider = verdict.by or (verdict.voices[0] if len(verdict.voices) == 1 else None)
    return Ruling(
        outcome=verdict.outcome,
        reason=verdict.reason,
        who=relations.get(decider.decider_id, "other") if decider else "",
        day=verdict.since_objection if verdict.by else verdict.since,
        conditions=verdict.conditions,
        answered=verdict.answered,
        total=len(verdict.voices),
    )


def pack(verdicts: tuple[Verdict, ...], relations: dict[str, str]) -> str:
    """The answers for all uses as compact JSON: distinct rulings, and per use which one."""
    distinct: dict[Ruling, int] = {}
    rulings = [ruling(verdict, relations) for verdict in verdicts]
    chosen = [distinct.setdefault(found, len(distinct)) for found in rulings]
    content = {"r": [_packed(found) for found in distinct], "u": chosen}
    return json.dumps(content, separators=(",", ":"), ensure_ascii=False)


def _packed(found: Ruling) -> tuple[str | int, ...]:
    return (
        found.outcome.value,
        found.reason.value,
        found.who,
        found.day.isoformat() if found.day else "",
        " ".join(found.conditions),
        found.answered,
        found.total,
    )


def unpack(packed: str) -> tuple[Ruling, ...]:
    """The answers of a row, in the order of the uses in the header."""
    content = json.loads(packed)
    rulings = [
        Ruling(
            Outcome(outcome),
            Reason(reason),
            who,
            date.fromisoformat(day) if day else None,
            tuple(conditions.split()),
            answered,
            total,
        )
        for outcome, reason, who, day, conditions, answered, total in content["r"]
    ]
    return tuple(rulings[index] for index in content["u"])


def bucket_of(id: str) -> int:
    """The bucket of a pupil or adult."""
    return int.from_bytes(hashlib.sha256(id.encode()).digest()[:2]) % BUCKETS


def bucket_digest(rows: tuple[CheckRow, ...]) -> str:
    """Hash over all rows of a bucket, which must come sorted by id."""
    if not rows:
        return EMPTY
    total = hashlib.sha256()
    for row in rows:
        parts = (
            row.id, row.name, row.sort_key, row.folded, row.kind, row.group_id, row.site,
            str(row.bucket), row.verdicts, row.until.isoformat(),
        )  # fmt: skip
        for part in parts:
            content = part.encode()
            total.update(len(content).to_bytes(4))
            total.update(content)
    return total.hexdigest()


def branch_of(bucket: int) -> int:
    """The branch that holds a bucket's hash."""
    return bucket // BRANCH


def put_digest(digests: str, bucket: int, digest: str) -> str:
    """A branch's hashes with that of one bucket replaced."""
    start = (bucket % BRANCH) * _DIGEST
    return digests[:start] + digest + digests[start + _DIGEST :]


def get_digest(digests: str, bucket: int) -> str:
    """The hash of one bucket out of its branch."""
    start = (bucket % BRANCH) * _DIGEST
    return digests[start : start + _DIGEST]


def root(header: str, branches: tuple[str, ...]) -> str:
    """The hash that is signed: over the header and all branches in order."""
    total = hashlib.sha256(hashlib.sha256(header.encode()).digest())
    for digests in branches:
        total.update(_branch_digest(digests))
    return total.hexdigest()


@lru_cache(maxsize=4 * BRANCHES)
def _branch_digest(digests: str) -> bytes:
    """The hash of one branch; of 32 only one differs from publication to publication."""
    return hashlib.sha256(digests.encode()).digest()


def signed_content(
    register: str, number: int, at: str, basis: int, root_: str, previous: str
) -> bytes:
    """The bytes that the publisher signs."""
    fields = ["boordboek check 1", register, number, at, basis, root_, previous]
    return json.dumps(fields, separators=(",", ":")).encode()
