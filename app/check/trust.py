"""What is proven of the check list as it stands in the file.

The key of the check compartment also writes, and whoever may look at the list holds it. So
nothing counts because it is there: the newest publication must be signed by somebody who may
publish, its root must fit header and branches, a row counts only with its whole bucket, and a
list older than one that this machine has known is not believed.
"""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from app.check import listing
from app.check.questions import LatestPublication, RowsOfBucket
from app.check.records import CheckBranch, CheckHeader, CheckRow, Publication
from app.errors import Message
from app.ports import Signature
from app.record import Compartment

if TYPE_CHECKING:
    from app.ports import Reader, Session

PUBLISH = "check.publish"


class Proof:
    """Reads header, branches and newest publication once, and proves rows bucket by bucket.

    Attributes:
        latest: the newest publication, or None.
        header: content of the header, "" without one.
        branches: hashes of the buckets, by branch.
        trouble: why nothing of the list may be relied on, or None.
    """

    def __init__(self, session: Session, reader: Reader) -> None:
        self._reader = reader
        self._proven: dict[int, tuple[CheckRow, ...] | None] = {}
        header = reader.find(CheckHeader, listing.HEADER)
        branches = {branch.id: branch.digests for branch in reader.all(CheckBranch)}
        self.header = header.content if header else ""
        self.branches = tuple(branches.get(str(n), "") for n in range(listing.BRANCHES))
        self.latest = reader.ask(LatestPublication())
        self.trouble = self._trouble(session, self.latest)

    def bucket(self, number: int) -> tuple[CheckRow, ...] | None:
        """The rows of a bucket by id if the signed hash covers them, else None."""
        if number not in self._proven:
            rows = self._reader.ask(RowsOfBucket(number))
            signed = listing.get_digest(self.branches[listing.branch_of(number)], number)
            fits = listing.bucket_digest(rows) == signed
            self._proven[number] = rows if fits else None
        return self._proven[number]

    def covers(self, row: CheckRow) -> bool:
        """Whether a row is part of what was signed."""
        rows = self.bucket(listing.bucket_of(row.id))
        return rows is not None and row in rows

    def _trouble(self, session: Session, latest: Publication | None) -> Message | None:
        if latest is None:
            return Message("check.never_published")
        if not _signed(session, latest, self.header, self.branches):
            return Message("check.not_signed")
        if latest.number < session.remembered(Compartment.CHECK):
            return Message("check.older_list")
        return None


def _signed(
    session: Session, latest: Publication, header: str, branches: tuple[str, ...]
) -> bool:
    root = listing.root(header, branches)
    instant = latest.published_at.astimezone(UTC).isoformat()
    content = listing.signed_content(
        session.register.id, latest.number, instant, latest.basis, root, latest.previous
    )
    signature = Signature(latest.user, latest.key, latest.signature)
    return root == latest.root and session.signer(signature, content, PUBLISH) is not None
