"""What the office sees of a pupil, a guardian, the places and the staff, in one value each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from app.errors import Refusal
from app.names import full_name, sort_key
from app.people.authority import (
    AuthorityState,
    authority_later,
    authority_over,
    authority_state,
    current_authority,
)
from app.people.places import latest
from app.people.questions import ChildrenOf, GuardiansOf, PupilLines
from app.people.records import (
    Authority,
    Enrolment,
    EnrolmentKind,
    Group,
    Guardian,
    Pupil,
    SchoolYear,
    Site,
    StaffMember,
)

if TYPE_CHECKING:
    from datetime import date, datetime

    from app.people.questions import GuardianOf
    from app.people.records import Relation
    from app.ports import Reader

F = TypeVar("F", Enrolment, Authority)


@dataclass(frozen=True, slots=True)
class Tie:
    """A guardian of a pupil as seen on one day.

    Attributes:
        name: the person, or the institution where there is none.
        authority: the fact that is shown, or None when nothing was noted.
        state: what follows from all facts about authority.
        later: what begins first after that day; over: what ended last before it.
    """

    guardian: Guardian
    relation: Relation
    name: str
    authority: Authority | None
    state: AuthorityState
    later: Authority | None = None
    over: Authority | None = None


@dataclass(frozen=True, slots=True)
class PupilCard:
    """One pupil with place and guardians on one day.

    Attributes:
        place: the enrolment or visit of that day; the last one when there is none.
        present: whether the pupil is enrolled or visiting on that day.
    """

    day: date
    pupil: Pupil
    name: str
    group: str
    site: str
    place: Enrolment | None
    present: bool
    ties: tuple[Tie, ...]

    @property
    def visiting(self) -> bool:
        """Whether the pupil is only visiting."""
        return self.place is not None and self.place.kind is EnrolmentKind.VISITING


@dataclass(frozen=True, slots=True)
class Child:
    """A pupil as seen from one of the guardians."""

    pupil: Pupil
    name: str
    group: str
    site: str
    tie: Tie


@dataclass(frozen=True, slots=True)
class GuardianCard:
    """One guardian with all children at this school."""

    guardian: Guardian
    name: str
    children: tuple[Child, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """The sites that are open and the groups that somebody can be put in, in order."""

    sites: tuple[Site, ...]
    groups: tuple[Group, ...]

    def groups_of(self, site_id: str) -> tuple[Group, ...]:
        """The groups of one site, or all of them for ""."""
        return tuple(g for g in self.groups if not site_id or g.site_id == site_id)

    def site_name(self, site_id: str) -> str:
        """The name of a site, "" when it is closed or unknown."""
        return next((site.name for site in self.sites if site.id == site_id), "")


def guardian_name(guardian: Guardian) -> str:
    """The name of the person, or of the institution where there is none."""
    given = guardian.first_name or guardian.initials
    return full_name(given, guardian.prefix, guardian.surname) or guardian.institution


def pupil_card(
    reader: Reader,
    pupil_id: str,
    day: date,
    known_at: datetime | None = None,
    before: frozenset[str] = frozenset(),
) -> PupilCard:
    """One pupil with place and guardians on a day, all that is known or as known at an instant.

    Names and relations are always those of now.

    Args:
        reader: a reader of the consent compartment.
        pupil_id: the pupil.
        day: the day that is looked at.
        known_at: only what was known at this instant; all that is known when left out.
        before: ids of facts that were known by then whatever a clock says that was set back.

    Raises:
        Refusal: `register.not_found`.
    """
    pupil = reader.get(Pupil, pupil_id)
    facts = latest(_known(reader.all(Enrolment, pupil_id=pupil_id), known_at, before))
    here = [fact for fact in facts if fact.start <= day and (fact.end or day) >= day]
    place = max(here or facts, key=_begun, default=None)
    found = reader.ask(GuardiansOf(pupil_id))
    ties = tuple(
        tie_of(replace(item, authority=_known(item.authority, known_at, before)), day)
        for item in found
    )
    return PupilCard(
        day=day,
        pupil=pupil,
        name=full_name(pupil.first_name, pupil.prefix, pupil.surname),
        group=_name(reader.find(Group, place.group_id)) if place and place.group_id else "",
        site=_name(reader.find(Site, place.site_id)) if place else "",
        place=place,
        present=bool(here),
        ties=ties,
    )


def guardian_card(reader: Reader, guardian_id: str, day: date) -> GuardianCard:
    """One guardian with the children, oldest first.

    Raises:
        Refusal: `register.not_found`.
    """
    guardian = reader.get(Guardian, guardian_id)
    children = []
    for pupil in reader.ask(ChildrenOf(guardian_id)):
        group, site = _line(reader, pupil.id, day)
        for item in reader.ask(GuardiansOf(pupil.id)):
            if item.guardian.id == guardian_id:
                name = full_name(pupil.first_name, pupil.prefix, pupil.surname)
                children.append(Child(pupil, name, group, site, tie_of(item, day)))
    return GuardianCard(guardian, guardian_name(guardian), tuple(children))


def tie_of(item: GuardianOf, day: date) -> Tie:
    """What is known of a guardian's authority on a day."""
    return Tie(
        guardian=item.guardian,
        relation=item.relation,
        name=guardian_name(item.guardian),
        authority=current_authority(item.authority, day),
        state=authority_state(item.authority, day),
        later=authority_later(item.authority, day),
        over=authority_over(item.authority, day),
    )


def places(reader: Reader, day: date) -> Places:
    """Open sites by name, and their groups of the school years that have not ended."""
    sites = sorted((s for s in reader.all(Site) if not s.closed), key=_site_name)
    years = {year.id for year in reader.all(SchoolYear) if year.end >= day}
    rank = {site.id: place for place, site in enumerate(sites)}
    groups = [
        group
        for group in reader.all(Group)
        if group.site_id in rank and (not group.school_year_id or group.school_year_id in years)
    ]
    groups.sort(key=lambda group: (rank[group.site_id], group.position, group.name))
    return Places(tuple(sites), tuple(groups))


def staff(reader: Reader) -> tuple[StaffMember, ...]:
    """Everybody who works or worked for the school, those who left last, by name."""
    found = sorted(
        reader.all(StaffMember), key=lambda m: sort_key(m.first_name, m.prefix, m.surname)
    )
    return tuple(sorted(found, key=lambda member: member.left))


def _line(reader: Reader, pupil_id: str, day: date) -> tuple[str, str]:
    lines = reader.ask(PupilLines((pupil_id,), day))
    if not lines:
        raise Refusal("register.not_found", kind="pupil")
    return lines[0].group, lines[0].site


def _known(facts: tuple[F, ...], at: datetime | None, before: frozenset[str]) -> tuple[F, ...]:
    if at is None:
        return facts
    return tuple(fact for fact in facts if fact.recorded_at <= at or fact.id in before)


def _name(place: Group | Site | None) -> str:
    return place.name if place else ""


def _begun(fact: Enrolment) -> tuple[date, str]:
    return fact.start, fact.id


def _site_name(site: Site) -> str:
    return site.name.casefold()
