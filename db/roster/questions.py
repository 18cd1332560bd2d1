"""Answers to what an import asks of the register."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from app.people.records import EnrolmentKind, Group, Guardian, SchoolYear, Site, StaffMember
from app.roster.questions import (
    Imports,
    Known,
    KnownPeople,
    KnownPupil,
    KnownTie,
    PeopleState,
    Standing,
)
from app.roster.records import RosterImport, RosterSource
from db.people.tables import GUARDIAN
from db.roster.built import BUILT
from db.roster.mergers import MERGERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.store.reading import Reading

    Whole = Callable[[str], str]

_COMPARED = (
    *("site", "school_year", "group", "pupil", "guardian", "relation", "enrolment"),
    *("staff_member", "roster_source", "source_key"),
)
_STATE = "SELECT max({})".format(
    ", ".join(f'coalesce((SELECT max(seal) FROM "{table}"), 0)' for table in _COMPARED)
    + ", coalesce((SELECT max(replaced_by) FROM past_state), 0)"
)
_PLACES = """
SELECT e.pupil_id, e.kind, e.site_id, e.group_id, e.start, e."end"
FROM enrolment AS e
WHERE NOT EXISTS (SELECT 1 FROM enrolment AS later
    WHERE later.pupil_id = e.pupil_id AND later.replaces = e.id)
"""
_PUPILS = """
SELECT id, first_name, prefix, surname, birth_date, number FROM pupil WHERE merged_into = ''
"""
_TIES = """
SELECT r.pupil_id, r.id, r.guardian_id, r.kind, r.position, r.ended FROM relation AS r
JOIN guardian AS g ON g.id = r.guardian_id AND g.merged_into = ''
"""
_KEYS = "SELECT what, key, about FROM source_key WHERE source_id = '{}'"
_SITES = """
SELECT s.id, min(s.seal, coalesce((SELECT min(p.seal) FROM past_state AS p
        WHERE p.kind = 'site' AND p.id = s.id), s.seal)) AS made,
    EXISTS (SELECT 1 FROM source_key AS k WHERE k.what = 'site' AND k.about = s.id),
    EXISTS (SELECT 1 FROM "group" AS g WHERE g.site_id = s.id)
        OR EXISTS (SELECT 1 FROM enrolment AS e WHERE e.site_id = s.id)
FROM site AS s WHERE NOT s.closed ORDER BY made
"""
_STAFF = """
SELECT s.id, j.at FROM staff_member AS s JOIN journal AS j ON j.number = min(s.seal,
    coalesce((SELECT min(p.seal) FROM past_state AS p
        WHERE p.kind = 'staff_member' AND p.id = s.id), s.seal))
"""

Place = tuple[int, str, Standing, str, str, str | None, str | None]
_NOW = 5
_NO_PLACE: Place = (0, "", Standing.NOWHERE, "", "", None, None)


def known_people(reader: Reading, question: KnownPeople) -> Known:
    """The whole register as an import compares it."""
    sources = reader.all(RosterSource, kind=question.kind, name=question.source)
    once: dict[str, str] = {}

    def whole(text: str) -> str:
        """One object for equal texts, so that a large register fits."""
        return once.setdefault(text, text)

    return Known(
        state=people_state(reader),
        source=sources[0] if sources else None,
        sites={site.id: site for site in reader.all(Site)},
        years={year.id: year for year in reader.all(SchoolYear)},
        groups={group.id: group for group in reader.all(Group)},
        pupils=_pupils(reader, question.on, whole),
        guardians=_guardians(reader, whole),
        ties=_ties(reader, whole),
        staff={member.id: member for member in reader.all(StaffMember)},
        staff_since=_staff_since(reader),
        keys=_keys(reader, sources[0].id, whole) if sources else {},
        imports=_standing(reader, sources[0].id) if sources else (),
        spare_site=_spare_site(reader),
    )


def _spare_site(reader: Reading) -> str:
    """The first site that was made, when it stands empty beside those of files."""
    first, *others = reader.rows(_SITES) or [("", 0, True, True)]
    id, _, brought, used = first
    return "" if brought or used or not all(other[2] for other in others) else id


def _staff_since(reader: Reading) -> dict[str, date]:
    return {id: date.fromisoformat(at[:10]) for id, at in reader.rows(_STAFF)}


def _standing(reader: Reading, source_id: str) -> tuple[RosterImport, ...]:
    """Imports of a source that were not undone, newest first."""
    found = reader.all(RosterImport, source_id=source_id, undone_at=None)
    return tuple(sorted(found, key=_when, reverse=True))


def _pupils(reader: Reading, on: date, whole: Whole) -> dict[str, KnownPupil]:
    places, since, later = _places(reader, on.isoformat())
    days: dict[str, date] = {}

    def day(text: str | None) -> date | None:
        if text is None:
            return None
        return days.get(text) or days.setdefault(text, date.fromisoformat(text))

    found = {}
    for id, first, prefix, surname, born, number in reader.stream(_PUPILS):
        rank, _, standing, site, group, start, end = places.pop(id, _NO_PLACE)
        key = whole(id)
        found[key] = KnownPupil(
            id=key,
            first_name=whole(first),
            prefix=whole(prefix),
            surname=whole(surname),
            birth_date=day(born),
            number=number,
            standing=standing,
            site_id=whole(site),
            group_id=whole(group),
            start=day(start),
            end=day(end),
            since=day(since.get(id)),
            goes_on=rank == _NOW and id in later,
        )
    return found


def _places(reader: Reading, on: str) -> tuple[dict[str, Place], dict[str, str], set[str]]:
    """The enrolment or visit of each pupil that counts: now, else soon, else the last one.

    Beside it the first day of the first enrolment, and who is enrolled from a day to come.
    """
    found: dict[str, Place] = {}
    since: dict[str, str] = {}
    later: set[str] = set()
    for pupil_id, kind, site, group, start, end in reader.stream(_PLACES):
        if end is not None and end < start:
            continue
        enrolled = kind == EnrolmentKind.ENROLLED.value
        if enrolled:
            since[pupil_id] = min(start, since.get(pupil_id, start))
            if start > on:
                later.add(pupil_id)
        rank, standing = _rank(on, start, end, enrolled=enrolled)
        before = found.get(pupil_id)
        if before is None or (rank, start) > (before[0], before[1]):
            found[pupil_id] = (rank, start, standing, site, group, start, end)
    return found, since, later


def _rank(on: str, start: str, end: str | None, *, enrolled: bool) -> tuple[int, Standing]:
    over = end is not None and end < on
    if enrolled and not over:
        return _NOW if start <= on else 4, Standing.ENROLLED
    if enrolled:
        return 2, Standing.LEFT
    if not over:
        return 3, Standing.VISITING
    return 1, Standing.NOWHERE


def _guardians(reader: Reading, whole: Whole) -> dict[str, Guardian]:
    statement = f"SELECT {GUARDIAN.listed('g')} FROM guardian AS g WHERE g.merged_into = ''"
    found = {}
    for row in reader.stream(statement):
        guardian = GUARDIAN.read(map(whole, row))
        found[guardian.id] = guardian
    return found


def _ties(reader: Reading, whole: Whole) -> dict[str, tuple[KnownTie, ...]]:
    found: dict[str, tuple[KnownTie, ...]] = {}
    for pupil_id, id, guardian_id, kind, position, ended in reader.stream(_TIES):
        tie = KnownTie(id, whole(guardian_id), whole(kind), position, bool(ended))
        key = whole(pupil_id)
        found[key] = (*found.get(key, ()), tie)
    return found


def _keys(reader: Reading, source_id: str, whole: Whole) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for what, key, about in reader.stream(_KEYS.format(source_id)):
        found.setdefault(what, {})[key] = whole(about)
    return found


def people_state(reader: Reading, question: PeopleState | None = None) -> str:
    """The number of the last entry that wrote any of this."""
    del question
    return str(reader.rows(_STATE)[0][0])


def imports(
    reader: Reading, question: Imports
) -> tuple[tuple[RosterImport, RosterSource | None], ...]:
    """Every import with its source, newest first."""
    del question
    sources = {source.id: source for source in reader.all(RosterSource)}
    found = sorted(reader.all(RosterImport), key=_when, reverse=True)
    return tuple((each, sources.get(each.source_id)) for each in found)


def _when(found: RosterImport) -> tuple[Any, str]:
    return found.imported_at, found.id


ANSWERS: dict[type[Any], Any] = {
    KnownPeople: known_people,
    PeopleState: people_state,
    Imports: imports,
    **BUILT,
    **MERGERS,
}
