"""What is proven of the check list as it stands in the file.

The key of the check compartment also writes, and whoever may look at the list holds it. So
nothing counts because it is there: the newest publication must be signed by somebody who may
publish, its root must fit header and branches, a row counts only with its whole bucket, and a
list older than one that this machine has known is not believed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from app.check import listing
from app.check.questions import LatestPublication, Moment, PresentMoment, RowsOfBucket
from app.check.records import CheckBranch, CheckHeader, CheckRow, Publication
from app.errors import Message
from app.ports import Signature
from app.record import Compartment

if TYPE_CHECKING:
    from app.ports import Reader, Session

PUBLISH = "check.publish"


@dataclass(frozen=True, slots=True)
class Signed:
    """What a session has itself made and signed last, and the state of the file since then.

    It is proven for as long as the file is in that state and access has not changed.
    """

    moment: Moment
    header: str
    branches: tuple[str, ...]
    latest: Publication


class Proof:
    """Reads header, branches and newest publication once, and proves rows bucket by bucket.

    What the session signed last is not read again while nobody has written to the file since.

    Attributes:
        latest: the newest publication, or None.
        moment: the state of the file that was read.
        header: content of the header, "" without one.
        branches: hashes of the buckets, by branch.
        trouble: why nothing of the list may be relied on, or None.
    """

    header: str
    branches: tuple[str, ...]
    latest: Publication | None

    def __init__(self, session: Session, reader: Reader, own: Signed | None = None) -> None:
        self._reader = reader
        self._proven: dict[int, tuple[CheckRow, ...] | None] = {}
        self.moment = reader.ask(PresentMoment())
        if own and own.moment == self.moment:
            self.header, self.branches, self.latest = own.header, own.branches, own.latest
            self.trouble = _older(own.latest, session.remembered(Compartment.CHECK))
        else:
            self._read(reader)
            self.trouble = self._trouble(session, own)

    def _read(self, reader: Reader) -> None:
        header = reader.find(CheckHeader, listing.HEADER)
        branches = {branch.id: branch.digests for branch in reader.all(CheckBranch)}
        self.header = header.content if header else ""
        self.branches = tuple(branches.get(str(n), "") for n in range(listing.BRANCHES))
        self.latest = reader.ask(LatestPublication())

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

    def _trouble(self, session: Session, own: Signed | None) -> Message | None:
        latest = self.latest
        if latest is None:
            return Message("check.never_published")
        if not _signed(session, latest, self.header, self.branches):
            return Message("check.not_signed")
        known = max(session.remembered(Compartment.CHECK), own.latest.number if own else 0)
        return _older(latest, known)


def _older(latest: Publication, known: int) -> Message | None:
    return Message("check.older_list") if latest.number < known else None


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
