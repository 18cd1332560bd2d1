"""The rows and the header of the check list, computed from the consent facts.

Pupils and adults get their answers from the one function; an adult decides alone.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import resources
from app import names
from app.check import listing
from app.check.accounts import accounts_for_all
from app.check.records import CheckRow, RowKind
from app.consent.profiles import profile_of
from app.consent.questions import SubjectFacts, SubjectsFacts
from app.consent.records import GROUND, NAME, Channel, Medium
from app.consent.staff import relation_of, staff_subjects
from app.consent.uses import in_order, split_use, use_key, use_rule
from app.consent.verdict import verdicts
from app.people.questions import Presence, PupilIds
from app.people.records import (
    AdultKind,
    Enrolment,
    Group,
    Pupil,
    Relation,
    Site,
    StaffMember,
)
from app.register.records import School
from app.text import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from app.consent.facts import Subject
    from app.consent.profiles import Profile
    from app.consent.verdict import UseRule
    from app.ports import Reader, UserCard

_KEPT = 20_000
"""So many different answers are kept while a publication is made."""


class Sharing:
    """What the rows of one publication share.

    Answers follow from the facts alone, so that children of one birth date about whom nothing
    was recorded yet share theirs; after an import that is nearly everybody. So do adults.
    """

    def __init__(self, consent: Reader, day: date, uses: tuple[str, ...]) -> None:
        self.day = day
        self.rules = _rules(consent.all(Channel), uses)
        self.profile: Profile = profile_of(consent)
        self._packed: dict[tuple[object, ...], tuple[str, date]] = {}

    def packed(self, subject: Subject, relations: dict[str, str]) -> tuple[str, date]:
        """The answers for all uses as they are published, and the last day they hold."""
        key = _nothing_recorded(subject, relations)
        known = self._packed.get(key) if key else None
        if known is not None:
            return known
        found = verdicts(subject, self.rules, self.day, self.profile, self.day)
        until = min((verdict.until for verdict in found), default=self.day)
        answer = listing.pack(found, {subject.id: "self", **relations}), until
        if key and len(self._packed) < _KEPT:
            self._packed[key] = answer
        return answer


@lru_cache(maxsize=2)
def _rules(channels: tuple[Channel, ...], uses: tuple[str, ...]) -> tuple[UseRule, ...]:
    by_key = {channel.key: channel for channel in channels}
    asked = ((by_key[key], medium) for medium, key in map(split_use, uses))
    return tuple(_always(use_rule(channel, medium)) for channel, medium in asked)


def _always(rule: UseRule) -> UseRule:
    """The rule as if its use had no period.

    The periods stand in the header, and are looked at when a teacher asks. So a use that ends
    makes no row lapse.
    """
    return replace(rule, start=None, end=None) if rule.end is not None else rule


def _nothing_recorded(subject: Subject, relations: dict[str, str]) -> tuple[object, ...] | None:
    """Everything that decides about somebody of whom nothing was recorded; else None."""
    recorded = (
        *(subject.authorities, subject.flags, subject.decisions, subject.retractions),
        subject.former,
    )
    if any(recorded) or len(subject.presences) != 1:
        return None
    stay = subject.presences[0]
    stays = stay.start, stay.end, stay.replaces
    if subject.adult:
        return relations[subject.id], *stays
    kinds = (relations.get(guardian, "") for guardian in subject.guardians)
    return subject.birth_date, *stays, *kinds


def ids_on(consent: Reader, day: date) -> tuple[str, ...]:
    """Ids of all pupils and adults who are present on a day, which is today."""
    pupils = consent.ask(PupilIds(on=day, presence=Presence.PRESENT))
    return (*pupils, *(one.id for one in consent.all(StaffMember) if one.here_on(day)))


def rows_of(consent: Reader, ids: Sequence[str], setting: Sharing) -> list[CheckRow]:
    """The rows of whom of these ids is present on the day, which is today."""
    ids, day = tuple(ids), setting.day
    wanted = ids if len(ids) > 1 else "".join(ids)  # of one, which asks less of the store
    pupils = {pupil.id: pupil for pupil in consent.all(Pupil, id=wanted)}
    relations = _relations(consent.all(Relation, pupil_id=wanted))
    groups = _groups(consent.all(Enrolment, pupil_id=wanted), day)
    rows = []
    for subject in _subjects(consent, ids):
        pupil = pupils[subject.id]
        if subject.id in groups:
            rows.append(
                _row(pupil, subject, groups[subject.id], relations.get(subject.id, {}), setting)
            )
    others = tuple(id for id in ids if id not in pupils)
    return [*rows, *_adult_rows(consent, others, setting)] if others else rows


def kind_of(member: StaffMember) -> RowKind:
    """As what an adult stands on the list: a member of staff, or another adult."""
    return RowKind.STAFF if member.kind is AdultKind.STAFF else RowKind.OTHER


def _adult_rows(consent: Reader, ids: tuple[str, ...], setting: Sharing) -> Iterator[CheckRow]:
    """The rows of the adults among these ids who are present on the day."""
    known = consent.all(StaffMember, id=ids)
    members = [member for member in known if member.here_on(setting.day)]
    sites = {site.id: site.name for site in consent.all(Site)} if members else {}
    for member, subject in zip(members, staff_subjects(consent, members), strict=True):
        packed, until = setting.packed(subject, {member.id: relation_of(member)})
        parts = (member.first_name, member.prefix, member.surname)
        yield CheckRow(
            id=member.id,
            name=names.full_name(*parts),
            sort_key=names.sort_key(*parts),
            folded=names.search_text(*parts),
            kind=kind_of(member),
            group_id="",
            site=sites.get(member.site_id, ""),
            bucket=listing.bucket_of(member.id),
            verdicts=packed,
            until=until,
        )


def _subjects(consent: Reader, ids: tuple[str, ...]) -> tuple[Subject, ...]:
    if len(ids) != 1:
        return consent.ask(SubjectsFacts(ids))
    subject = consent.ask(SubjectFacts(ids[0]))
    return (subject,) if subject else ()


def _row(
    pupil: Pupil, subject: Subject, group_id: str, relations: dict[str, str], setting: Sharing
) -> CheckRow:
    packed, until = setting.packed(subject, relations)
    parts = (pupil.first_name, pupil.prefix, pupil.surname)
    return CheckRow(
        id=pupil.id,
        name=names.full_name(*parts),
        sort_key=names.sort_key(*parts),
        folded=names.search_text(*parts),
        group_id=group_id,
        bucket=listing.bucket_of(pupil.id),
        verdicts=packed,
        until=until,
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


def uses_on(consent: Reader, day: date) -> tuple[str, ...]:
    """The uses that a list made on a day answers for, in order."""
    channels = in_order(consent.all(Channel), day)
    return tuple(use_key(medium, channel.key) for medium in Medium for channel in channels)


@lru_cache(maxsize=2)
def uses_of(header: str) -> tuple[str, ...]:
    """The uses that a list with this header answers for, in order."""
    uses: list[str] = json.loads(header)["uses"]
    return tuple(uses)


def header_of(consent: Reader, day: date, users: Iterable[UserCard]) -> str:
    """Groups, channels, uses and school name, as the JSON that is signed.

    Also which account is which member of staff, of those of these users who open dossiers.
    """
    channels = in_order(consent.all(Channel), day)
    sites = {site.id: site for site in consent.all(Site)}
    school = consent.find(School, "school")
    content: dict[str, Any] = {
        "school": school.name if school else "",
        "stale_after_days": int(resources.check_rules()["stale_after_days"]),
        "uses": uses_on(consent, day),
        "channels": [_channel(channel) for channel in channels],
        "groups": [_group(group, sites) for group in consent.all(Group)],
    }
    if known := accounts_for_all(consent, users):
        content["accounts"] = known
    return json.dumps(content, separators=(",", ":"), ensure_ascii=False, sort_keys=True)


def _channel(channel: Channel) -> dict[str, object]:
    content: dict[str, object] = {
        "key": channel.key,
        "name": _spoken(channel, NAME),
        "ground": _spoken(channel, GROUND),
        "media": list(channel.media),
    }
    if channel.end is not None:
        content["start"] = channel.start.isoformat() if channel.start else ""
        content["end"] = channel.end.isoformat()
        content["groups"] = list(channel.group_ids)
    return content


def _spoken(channel: Channel, name: str) -> dict[str, str]:
    """A text in the languages of the screen, English as Dutch where it is silent."""
    return {language: channel.texts.said(name, language) for language in LANGUAGES}


def _group(group: Group, sites: dict[str, Site]) -> dict[str, object]:
    site = sites.get(group.site_id)
    return {
        "id": group.id,
        "name": group.name,
        "site": site.name if site else "",
        "year": group.school_year_id,
        "position": group.position,
    }
