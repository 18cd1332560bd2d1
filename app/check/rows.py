"""The rows and the header of the check list, computed from the consent facts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import resources
from app import names
from app.check import listing
from app.check.records import CheckRow
from app.consent.questions import SubjectFacts, SubjectsFacts
from app.consent.records import Channel, Medium
from app.consent.uses import in_order, profile, use_rules
from app.consent.verdict import Profile, UseRule, verdicts
from app.people.records import Enrolment, Group, Pupil, Relation, Site
from app.register.records import School

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from app.consent.facts import Subject
    from app.ports import Reader


@dataclass(frozen=True, slots=True)
class _Setting:
    """What the rows of one publication share."""

    day: date
    rules: tuple[UseRule, ...]
    profile: Profile


def rows_of(consent: Reader, ids: Sequence[str], day: date) -> list[CheckRow]:
    """The rows of the pupils among these ids who are present on the day, which is today."""
    ids = tuple(ids)
    setting = _Setting(day, use_rules(consent.all(Channel)), profile())
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
    return rows


def _subjects(consent: Reader, ids: tuple[str, ...]) -> tuple[Subject, ...]:
    if len(ids) != 1:
        return consent.ask(SubjectsFacts(ids))
    subject = consent.ask(SubjectFacts(ids[0]))
    return (subject,) if subject else ()


def _row(
    pupil: Pupil, subject: Subject, group_id: str, relations: dict[str, str], setting: _Setting
) -> CheckRow:
    found = verdicts(subject, setting.rules, setting.day, setting.profile, setting.day)
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


def header_of(consent: Reader) -> str:
    """Groups, channels, uses and school name, as the JSON that is signed."""
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
