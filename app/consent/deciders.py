"""Who decides for somebody on a day: the guardians, the pupil, or both; staff themselves."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from app.consent.periods import DAY, FAR, birthday, covers, latest
from app.people.authority import is_known_to_end
from app.people.records import AuthorityKind

if TYPE_CHECKING:
    from app.consent.facts import AuthorityFact, Subject
    from app.consent.profiles import Profile

_HOLDERS = frozenset(
    {
        AuthorityKind.NOT_KNOWN,
        AuthorityKind.JOINT_PARENTAL,
        AuthorityKind.SOLE_PARENTAL,
        AuthorityKind.JOINT_WITH_THIRD,
        AuthorityKind.GUARDIANSHIP,
        AuthorityKind.UNDETERMINABLE,
    }
)
_SETTLED = _HOLDERS - {AuthorityKind.NOT_KNOWN, AuthorityKind.UNDETERMINABLE}


def deciders(
    subject: Subject, day: date, profile: Profile, until: date
) -> tuple[list[tuple[str, bool]], date]:
    """Who decides on a day, each with whether that is unsettled, and until when it is so.

    A pupil who is asked beside the guardians comes last, and never stands in for them.
    """
    alone = decides_on(subject, profile.decides_from)
    if day >= alone:
        return [(subject.id, False)], until
    if alone < FAR:
        until = min(until, alone - DAY)
    current = latest(subject.authorities)
    found = []
    for guardian in (*subject.guardians, *subject.former):
        holds, settled, until = _authority(current, guardian, day, until)
        if holds:
            found.append((guardian, not settled))
    if profile.joins_from and found:
        joins = decides_on(subject, profile.joins_from)
        if day >= joins:
            found.append((subject.id, False))
        elif joins < FAR:
            until = min(until, joins - DAY)
    return found, until


def decides_on(subject: Subject, age: int) -> date:
    """The day from which a subject decides if that is from an age; members of staff always."""
    if subject.adult:
        return date.min
    if subject.birth_date is None:
        return FAR
    return birthday(subject.birth_date, age)


def _authority(
    facts: tuple[AuthorityFact, ...], guardian: str, day: date, until: date
) -> tuple[bool, bool, date]:
    """Whether a guardian holds or may hold authority on a day, and whether that is settled.

    Nothing known about the day means not known, unless authority is known to have begun later
    or to have ended before.
    """
    known = holds = settled = False
    for fact in facts:
        if fact.guardian_id != guardian:
            continue
        holds_then, until = covers(fact, day, until)
        if holds_then:
            known = True
            if fact.kind in _HOLDERS:
                holds = True
                settled = settled or (fact.kind in _SETTLED and not fact.investigated)
    if not known:
        holds = not is_known_to_end([f for f in facts if f.guardian_id == guardian], day)
    return holds, settled, until
