"""Publishing the check list: every change of consent on this machine reaches it at once."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from datetime import UTC, date
from typing import TYPE_CHECKING, Any

import resources
from app import names
from app.check import listing
from app.check.questions import LatestPublication, ListedIds, RowsDue, RowsOfBucket
from app.check.records import CheckBranch, CheckHeader, CheckRow, Publication
from app.clock import school_day
from app.consent.questions import SubjectsFacts, Touched, TouchedSince
from app.consent.records import Channel, Medium
from app.consent.uses import in_order, profile, use_rules
from app.consent.verdict import Profile, UseRule, verdicts
from app.ids import new_id
from app.jobs import SILENT, Progress
from app.people.questions import Presence, PupilIds
from app.people.records import Enrolment, Group, Pupil, Relation, Site
from app.record import Compartment
from app.register.records import School

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.consent.facts import Subject
    from app.ports import Committed, Reader, Session, Work

PUBLISH = "check.publish"
_BATCH = 2000


def keep_published(session: Session) -> None:
    """Publish after every commit that touches consent, and now whatever was left unpublished.

    Does nothing for users who may not publish.

    Raises:
        Trouble: the check file cannot be written; consent itself is untouched.
    """
    if not session.user.may(PUBLISH):
        return
    session.listen(_Follower(session).follow)
    publish_due(session)


def publish_due(session: Session, progress: Progress = SILENT) -> Publication | None:
    """Bring the check list up to date with the consent facts and with today; None if it was.

    Called at sign-in and when the day turns. Pupils whose first day has come join the list. A
    list of an earlier day is signed anew, so that it does not grow stale in quiet weeks.
    """
    today = session.clock.today()
    with session.look(Compartment.CHECK) as check:
        latest = check.ask(LatestPublication())
        due = check.ask(RowsDue(today))
        listed = check.ask(ListedIds())
    with session.look(Compartment.CONSENT) as consent:
        present = consent.ask(PupilIds(on=today))
        touched = (
            consent.ask(TouchedSince(latest.basis)) if latest else Touched((), everything=True)
        )
    if touched.everything:
        return publish_all(session, progress)
    pupils = {*touched.pupils, *due, *(set(present) - listed)}
    current = latest is not None and school_day(latest.published_at) >= today
    return None if current and not pupils else publish(session, sorted(pupils))


def publish_all(session: Session, progress: Progress = SILENT) -> Publication:
    """Publish the whole list anew: all pupils present now, and all settings."""
    today = session.clock.today()
    with session.look(Compartment.CONSENT) as consent:
        ids = consent.ask(PupilIds(on=today, presence=Presence.PRESENT))
        basis = consent.head().number
        header = _header(consent)
        rows: list[CheckRow] = []
        for start in range(0, len(ids), _BATCH):
            progress.step(start, len(ids))
            rows += _rows(consent, ids[start : start + _BATCH], today)
    with session.work(Compartment.CHECK, "check_published") as work:
        work.remove(CheckRow, *_gone(work, {row.id for row in rows}))
        work.change(*rows)
        work.change(CheckHeader(id=listing.HEADER, content=header))
        work.change(*_branches(rows))
        publication = _sign(session, work, basis)
        work.commit()
    return publication


def publish(session: Session, pupil_ids: Sequence[str]) -> Publication:
    """Publish these pupils anew; pupils who are not present any more leave the list."""
    today = session.clock.today()
    with session.look(Compartment.CONSENT) as consent:
        basis = consent.head().number
        rows = _rows(consent, tuple(pupil_ids), today)
    with session.work(Compartment.CHECK, "check_published") as work:
        present = {row.id for row in rows}
        work.remove(CheckRow, *(id for id in pupil_ids if id not in present))
        work.change(*rows)
        _refresh_branches(work, {listing.bucket_of(id) for id in pupil_ids})
        publication = _sign(session, work, basis)
        work.commit()
    return publication


class _Follower:
    """Listens to commits and publishes what they touch."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def follow(self, committed: Committed) -> None:
        """Publish what one commit touched; other compartments do not concern the list."""
        if committed.compartment is not Compartment.CONSENT or not committed.records:
            return
        if any(
            isinstance(record, Channel | Group | Site | School) for record in committed.records
        ):
            publish_all(self._session)
            return
        pupils = touched_pupils(committed)
        if pupils:
            publish(self._session, sorted(pupils))


_PUPIL_FIELDS = ("pupil_id", "subject_id")


def touched_pupils(committed: Committed) -> set[str]:
    """Ids of the pupils (and other subjects) whose rows a commit may change."""
    pupils = set()
    for record in committed.records:
        if isinstance(record, Pupil):
            pupils.add(record.id)
        for name in _PUPIL_FIELDS:
            if any(field.name == name for field in fields(record)):
                pupils.add(getattr(record, name))
    return pupils


@dataclass(frozen=True, slots=True)
class _Setting:
    """What the rows of one publication share."""

    day: date
    rules: tuple[UseRule, ...]
    profile: Profile


def _rows(consent: Reader, ids: Sequence[str], day: date) -> list[CheckRow]:
    """The rows of the pupils among these ids who are present on the day."""
    ids = tuple(ids)
    setting = _Setting(day, use_rules(consent.all(Channel)), profile())
    pupils = {pupil.id: pupil for pupil in consent.all(Pupil, id=ids)}
    relations = _relations(consent.all(Relation, pupil_id=ids))
    groups = _groups(consent.all(Enrolment, pupil_id=ids), day)
    rows = []
    for subject in consent.ask(SubjectsFacts(ids)):
        pupil = pupils[subject.id]
        if subject.id in groups:
            rows.append(
                _row(pupil, subject, groups[subject.id], relations.get(subject.id, {}), setting)
            )
    return rows


def _row(
    pupil: Pupil, subject: Subject, group_id: str, relations: dict[str, str], setting: _Setting
) -> CheckRow:
    found = verdicts(subject, setting.rules, setting.day, setting.profile)
    parts = (pupil.first_name, pupil.prefix, pupil.surname)
    return CheckRow(
        id=pupil.id,
        name=names.full_name(*parts),
        sort_key=names.sort_key(*parts),
        folded=names.search_text(*parts),
        group_id=group_id,
        bucket=listing.bucket_of(pupil.id),
        verdicts=listing.pack(found, {**relations, pupil.id: "self"}),
        until=min((verdict.until for verdict in found), default=setting.day),
    )


def _relations(found: Iterable[Relation]) -> dict[str, dict[str, str]]:
    by_pupil: dict[str, dict[str, str]] = {}
    for relation in found:
        by_pupil.setdefault(relation.pupil_id, {})[relation.guardian_id] = relation.kind
    return by_pupil


def _groups(enrolments: Iterable[Enrolment], day: date) -> dict[str, str]:
    """Group per pupil present on the day; of several the one that began last."""
    known = tuple(enrolments)
    replaced = {fact.replaces for fact in known if fact.replaces}
    present = [
        fact
        for fact in known
        if fact.id not in replaced
        and fact.start <= day
        and (fact.end is None or fact.end >= day)
    ]
    present.sort(key=lambda fact: (fact.start, fact.id))
    return {fact.pupil_id: fact.group_id for fact in present}


def _header(consent: Reader) -> str:
    channels = in_order(consent.all(Channel))
    sites = {site.id: site for site in consent.all(Site)}
    school = consent.find(School, "school")
    content: dict[str, Any] = {
        "school": school.name if school else "",
        "stale_after_days": int(resources.check_rules()["stale_after_days"]),
        "uses": [f"{medium}:{channel.key}" for medium in Medium for channel in channels],
        "channels": [_channel(channel) for channel in channels],
        "groups": [_group(group, sites) for group in consent.all(Group)],
    }
    return json.dumps(content, separators=(",", ":"), ensure_ascii=False, sort_keys=True)


def _channel(channel: Channel) -> dict[str, object]:
    return {
        "key": channel.key,
        "name": {"nl": channel.name_nl, "en": channel.name_en},
        "ground": {"nl": channel.ground_nl, "en": channel.ground_en},
        "media": list(channel.media),
    }


def _group(group: Group, sites: dict[str, Site]) -> dict[str, object]:
    site = sites.get(group.site_id)
    return {
        "id": group.id,
        "name": group.name,
        "site": site.name if site else "",
        "year": group.school_year_id,
        "position": group.position,
    }


def _gone(work: Work, present: set[str]) -> list[str]:
    return [row.id for row in work.all(CheckRow) if row.id not in present]


def _branches(rows: Iterable[CheckRow]) -> tuple[CheckBranch, ...]:
    by_bucket: dict[int, list[CheckRow]] = {}
    for row in rows:
        by_bucket.setdefault(row.bucket, []).append(row)
    branches = []
    for branch in range(listing.BRANCHES):
        buckets = range(branch * listing.BRANCH, (branch + 1) * listing.BRANCH)
        digests = (_digest(by_bucket.get(bucket, ())) for bucket in buckets)
        branches.append(CheckBranch(id=str(branch), digests="".join(digests)))
    return tuple(branches)


def _digest(rows: Iterable[CheckRow]) -> str:
    return listing.bucket_digest(tuple(sorted(rows, key=lambda row: row.id)))


def _refresh_branches(work: Work, buckets: set[int]) -> None:
    branches = {branch.id: branch.digests for branch in work.all(CheckBranch)}
    changed = set()
    for bucket in buckets:
        digest = listing.bucket_digest(work.ask(RowsOfBucket(bucket)))
        name = str(listing.branch_of(bucket))
        branches[name] = listing.put_digest(branches[name], bucket, digest)
        changed.add(name)
    work.change(*(CheckBranch(id=name, digests=branches[name]) for name in sorted(changed)))


def _sign(session: Session, work: Work, basis: int) -> Publication:
    latest = work.ask(LatestPublication())
    header = work.get(CheckHeader, listing.HEADER).content
    branches = {branch.id: branch.digests for branch in work.all(CheckBranch)}
    root = listing.root(header, tuple(branches[str(n)] for n in range(listing.BRANCHES)))
    number = latest.number + 1 if latest else 1
    previous = latest.root if latest else ""
    at = session.clock.now()
    instant = at.astimezone(UTC).isoformat()
    content = listing.signed_content(
        session.register.id, number, instant, basis, root, previous
    )
    signature = session.sign(content)
    publication = Publication(
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
    work.add(publication)
    return publication
