"""Publishing the check list: every change of consent on this machine reaches it at once.

Nothing is signed because it stands in the file: a publication that adds to the list first
proves the list it adds to, and makes everything anew when it cannot.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from app.check import listing
from app.check.accounts import accounts_for_all, opens_dossiers, signed_accounts
from app.check.questions import ListedIds, PresentMoment, RowsDue
from app.check.records import CheckBranch, CheckHeader, CheckRow, Publication
from app.check.rows import Sharing, header_of, ids_on, rows_of, uses_of, uses_on
from app.check.trust import PUBLISH, Proof, Signed
from app.clock import school_day
from app.consent.questions import Touched, TouchedSince
from app.consent.records import Channel
from app.errors import Message, Trouble
from app.ids import new_id
from app.jobs import SILENT, CancelledError, Progress, awaited
from app.people.records import AccountSaid, Group, Pupil, Site, StaffMember
from app.ports import ACCESS_CHANGED
from app.record import Compartment
from app.register.records import School

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.ports import Committed, Reader, Session, Work
    from app.record import Record

_BATCH = 2000
_STEP = 250
_SUBJECT_FIELDS = ("pupil_id", "subject_id")
_EVERYTHING = (Channel, Group, School, Site)


def keep_published(session: Session) -> None:
    """Publish after every commit that touches consent, and now whatever was left unpublished.

    Does nothing for users who may not publish.

    Raises:
        Trouble: the check file cannot be written; consent itself is untouched.
    """
    if session.user.may(PUBLISH):
        follower = _Follower(session)
        session.listen(follower.follow)
        follower.begin()


def publish_due(session: Session, progress: Progress = SILENT) -> Publication | None:
    """Bring the check list up to date with the consent facts and with today; None if it was.

    Called at sign-in and when the day turns. Whoever has a first day today joins the list. A
    list of an earlier day is signed anew, so that it does not grow stale in quiet weeks. A list
    that cannot be proven, or that shows facts which consent does not have, is made anew.
    """
    today = session.clock.today()
    with session.look(Compartment.CHECK) as check:
        proof = Proof(session, check)
        due = check.ask(RowsDue(today))
        listed = check.ask(ListedIds())
    latest = proof.latest
    with session.look(Compartment.CONSENT) as consent:
        if latest is None or proof.trouble or latest.basis > consent.head().number:
            touched = Touched((), everything=True)
        else:
            touched = consent.ask(TouchedSince(latest.basis))
        present = ids_on(consent, today)
        uses = uses_on(consent, today)
        known = accounts_for_all(consent, session.users())
    if latest is None or touched.everything or not _says(proof.header, uses, known):
        return publish_all(session, progress)
    ids = {*touched.pupils, *due, *(id for id in present if id not in listed)}
    current = school_day(latest.published_at) >= today
    if current and not ids:
        session.published()
        return None
    return publish(session, sorted(ids))


def _says(header: str, uses: tuple[str, ...], known: dict[str, list[str]]) -> bool:
    """Whether a list answers for these uses, and knows these accounts."""
    return uses_of(header) == uses and signed_accounts(header) == known


def publish_all(session: Session, progress: Progress = SILENT) -> Publication:
    """Publish the whole list anew: all pupils and adults present now, and all settings."""
    return _publish_all(session, progress).latest


def _publish_all(
    session: Session, progress: Progress = SILENT, own: Signed | None = None
) -> Signed:
    today = session.clock.today()
    with (
        session.look(Compartment.CONSENT) as consent,
        session.work(Compartment.CHECK, "check_published") as work,
        awaited(progress, 0, 1) as told,
    ):
        ids = ids_on(consent, today)
        basis = consent.head().number
        header = header_of(consent, today, session.users())
        latest = Proof(session, work).latest
        listed = sorted(work.ask(ListedIds()))
        for start in range(0, len(listed), _STEP):
            told.step(0, len(listed))
            work.remove(CheckRow, *listed[start : start + _STEP])
        shared = Sharing(consent, today, uses_of(header))
        branches = _write_rows(work, consent, ids, shared, told)
        work.change(CheckHeader(id=listing.HEADER, content=header))
        work.change(*branches)
        digests = tuple(branch.digests for branch in branches)
        root = listing.root(header, digests)
        publication = _sign(session, _Before(latest, own), basis, root)
        work.add(publication)
        moment = work.ask(PresentMoment())
        work.commit(told)
    session.published()
    return Signed(moment.after_commit(), header, digests, publication)


def _write_rows(
    work: Work, consent: Reader, ids: Iterable[str], shared: Sharing, progress: Progress
) -> tuple[CheckBranch, ...]:
    """Write all rows, a few branches at a time so that a large list needs little memory."""
    members: list[list[str]] = [[] for _ in range(listing.BRANCHES)]
    for id in ids:
        members[listing.branch_of(listing.bucket_of(id))].append(id)
    total, done = sum(map(len, members)), 0
    branches: list[CheckBranch] = []
    while len(branches) < listing.BRANCHES:
        first, some = len(branches), list[str]()
        while len(branches) < listing.BRANCHES and len(some) <= _BATCH:
            some += members[len(branches)]
            branches.append(CheckBranch(id=str(len(branches)), digests=""))
        rows: list[CheckRow] = []
        for start in range(0, len(some), _STEP):
            progress.step(done + start, total)
            rows += rows_of(consent, some[start : start + _STEP], shared)
        progress.step(done + len(some), total)
        branches[first:] = _branches(rows, range(first, len(branches)))
        done += len(some)
        for start in range(0, len(rows), _STEP):
            progress.step(done, total)
            work.pour(*rows[start : start + _STEP])
    return tuple(branches)


def publish(session: Session, ids: Sequence[str]) -> Publication:
    """Publish these pupils and adults anew; who is not present any more leaves the list.

    Whatever else was written since the newest publication must be among them. A list that is
    not proven where it is touched is made anew as a whole.
    """
    return _publish(session, ids).latest


def _publish(session: Session, ids: Sequence[str], own: Signed | None = None) -> Signed:
    """As `publish`, from what this session signed last if that is what stands there."""
    with session.work(Compartment.CHECK, "check_published") as work:
        proof = Proof(session, work, own)
        basis, rows = (0, []) if proof.trouble else _rows(session, ids, proof.header)
        changed = None if proof.trouble else _extended(proof, ids, rows)
        if changed is not None:
            present = {row.id for row in rows}
            work.remove(CheckRow, *(id for id in ids if id not in present))
            work.change(*rows)
            branches = list(proof.branches)
            for name, branch in changed.items():
                branches[name] = branch
                work.change(CheckBranch(id=str(name), digests=branch))
            digests = tuple(branches)
            root = listing.root(proof.header, digests)
            publication = _sign(session, _Before(proof.latest, own), basis, root)
            work.add(publication)
            work.commit()
            session.published()
            return Signed(proof.moment.after_commit(), proof.header, digests, publication)
    return _publish_all(session, own=own)


def _rows(session: Session, ids: Sequence[str], header: str) -> tuple[int, list[CheckRow]]:
    """The rows of these people for a list with this header, and the basis that they show."""
    with session.look(Compartment.CONSENT) as consent:
        shared = Sharing(consent, session.clock.today(), uses_of(header))
        return consent.head().number, rows_of(consent, ids, shared)


def touched_ids(committed: Committed) -> set[str]:
    """Ids of the pupils and adults whose rows a commit may change."""
    ids = set()
    for record in committed.records:
        if isinstance(record, (Pupil, StaffMember)):
            ids.add(record.id)
        ids.update(getattr(record, name) for name in _SUBJECT_FIELDS if hasattr(record, name))
    return ids


@dataclass(frozen=True, slots=True)
class _Before:
    """What a publication comes after: the newest in the file, the last of the session."""

    latest: Publication | None
    own: Signed | None


class _Follower:
    """Publishes what commits touch; remembers what could not be published, and what was."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._own: Signed | None = None
        self._due: set[str] = set()
        self._everything = False

    def begin(self) -> None:
        """Publish whatever was left when this user signs in."""
        self._everything = True
        publish_due(self._session)
        self._everything = False

    def follow(self, committed: Committed) -> None:
        """Publish what a commit touched, and what was left before it.

        Raises:
            Trouble: `check.behind`: the deed itself is stored, the list is not up to date,
                also when the person stopped it.
        """
        if committed.compartment is not Compartment.CONSENT:
            return
        everything = any(map(self._is_for_all, committed.records))
        if everything or committed.many or committed.act == ACCESS_CHANGED:
            self._everything = True
        self._due |= touched_ids(committed)
        if self._due or self._everything:
            self._catch_up(committed.progress)
        else:
            self._session.published()

    def _is_for_all(self, record: Record) -> bool:
        """Whether a record changes what the header of the list says."""
        if isinstance(record, AccountSaid):
            users = self._session.users()
            return any(user.id == record.user_id and opens_dossiers(user) for user in users)
        return isinstance(record, _EVERYTHING)

    def _catch_up(self, progress: Progress) -> None:
        try:
            own, self._own = self._own, None
            if self._everything:
                self._own = _publish_all(self._session, progress, own)
            else:
                self._own = _publish(self._session, sorted(self._due), own)
        except CancelledError as stopped:
            why = Message("check.stopped")
            raise Trouble("check.behind", done=True, why=why) from stopped
        except Trouble as trouble:
            raise Trouble("check.behind", done=True, why=trouble.message) from trouble
        self._due.clear()
        self._everything = False


def _branches(rows: Iterable[CheckRow], numbers: range) -> list[CheckBranch]:
    by_bucket: dict[int, list[CheckRow]] = {}
    for row in rows:
        by_bucket.setdefault(row.bucket, []).append(row)
    branches = []
    for branch in numbers:
        buckets = range(branch * listing.BRANCH, (branch + 1) * listing.BRANCH)
        digests = (_digest(by_bucket.get(bucket, ())) for bucket in buckets)
        branches.append(CheckBranch(id=str(branch), digests="".join(digests)))
    return branches


def _digest(rows: Iterable[CheckRow]) -> str:
    return listing.bucket_digest(tuple(sorted(rows, key=lambda row: row.id)))


def _extended(
    proof: Proof, ids: Iterable[str], rows: Iterable[CheckRow]
) -> dict[int, str] | None:
    """The branches as they become, by number; None when a bucket is not what was signed."""
    fresh = {row.id: row for row in rows}
    by_bucket: dict[int, set[str]] = {}
    for id in ids:
        by_bucket.setdefault(listing.bucket_of(id), set()).add(id)
    branches: dict[int, str] = {}
    for bucket, some in by_bucket.items():
        known = proof.bucket(bucket)
        if known is None:
            return None
        kept = [row for row in known if row.id not in some]
        digest = _digest([*kept, *(fresh[id] for id in some if id in fresh)])
        name = listing.branch_of(bucket)
        digests = branches.get(name, proof.branches[name])
        branches[name] = listing.put_digest(digests, bucket, digest)
    return branches


def _sign(session: Session, before: _Before, basis: int, root: str) -> Publication:
    """The next publication; its number is higher than any that this machine has known."""
    latest, own = before.latest, before.own
    known = max(session.remembered(Compartment.CHECK), own.latest.number if own else 0)
    number = max(latest.number if latest else 0, known) + 1
    previous = latest.root if latest else ""
    at = session.clock.now()
    instant = at.astimezone(UTC).isoformat()
    content = listing.signed_content(
        session.register.id, number, instant, basis, root, previous
    )
    signature = session.sign(content)
    return Publication(
        id=new_id(),
        number=number,
        published_at=at,
        publisher=session.user.name,
        basis=basis,
        root=root,
        previous=previous,
        user=signature.user,
        key=signature.key,
        signature=signature.value,
    )
