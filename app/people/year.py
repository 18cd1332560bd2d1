"""A new school year: which groups go on under which name, seen before anything is written.

A pupil's enrolment in his old group ends the day before the new year begins; both facts stay.
Pupils may stay down, go elsewhere or leave one by one; groups may be taken together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from app.errors import Refusal, collect
from app.ids import new_id
from app.jobs import SILENT, Part, Progress
from app.names import fold, list_name, tidy
from app.people.people import LONGEST_NAME
from app.people.places import open_enrolments, school_year_of, text_faults
from app.people.questions import GroupPupils
from app.people.records import Enrolment, EnrolmentKind, Group, Pupil, SchoolYear
from app.record import Compartment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.ports import Reader, Session, Work

_YEARS_OF = re.compile(r"\d+")
_LEAVES_AFTER = 8
_SEASON = timedelta(days=62)
_SOME = 400
"""So many pupils are moved between two reports of progress."""
_MOVED, _WHOLE = 600, 1000
"""Moving pupils is three fifths of the progress; the rest is bringing lists up to date."""


@dataclass(frozen=True, slots=True)
class Moving:
    """A pupil who goes up, for the preview."""

    pupil_id: str
    name: str


@dataclass(frozen=True, slots=True)
class GroupMove:
    """What becomes of a group.

    Attributes:
        to: name of the group in the new year, or "" when its pupils leave the school.
        pupils: who goes, in order of name.
    """

    group_id: str
    name: str
    site_id: str
    to: str
    pupils: tuple[Moving, ...] = ()


@dataclass(frozen=True, slots=True)
class Ungrouped:
    """Pupils of a site who are in no group yet, in order of name."""

    site_id: str
    pupils: tuple[Moving, ...]


@dataclass(frozen=True, slots=True)
class NewGroup:
    """A group that only the new year has, such as one for newcomers."""

    site_id: str
    name: str


@dataclass(frozen=True, slots=True)
class YearPlan:
    """A new school year as it would be; both days are inclusive.

    Attributes:
        moves: one for each group that has pupils now.
        apart: pupils who do not go with their group: pupil id to the name of a group at the
            same site, one of the new year or one of now that goes on under its name (for who
            stays down), or "" for one who leaves. Who has no group goes nowhere unless he is
            named here.
        ungrouped: pupils who have no group yet, one for each site that has some.
        added: groups that are made for the new year though no group goes up to them.
    """

    name: str
    start: date
    end: date
    moves: tuple[GroupMove, ...]
    apart: tuple[tuple[str, str], ...] = ()
    ungrouped: tuple[Ungrouped, ...] = ()
    added: tuple[NewGroup, ...] = ()


def next_name(name: str) -> str:
    """The name that a group gets a year later: "Groep 3a" is "Groep 4a", a name stays.

    A combined group ("Groep 1/2", "3-4") keeps its name, since only its older half goes up.
    "" when the pupils leave primary school (after group 8, WPO art. 8; checked 2026-11-22, to
    be checked).
    """
    found = _YEARS_OF.findall(name)
    if len(found) != 1 or not 0 < int(found[0]) <= _LEAVES_AFTER:
        return name
    if int(found[0]) == _LEAVES_AFTER:
        return ""
    return name.replace(found[0], str(int(found[0]) + 1), 1)


def plan_year(session: Session) -> YearPlan:
    """The coming school year as it would be when every group goes up; stores nothing.

    Within two months of its first day the year that begins next is planned, otherwise the year
    that runs, for a school that is late with it.
    """
    today = session.clock.today()
    name, start, end = school_year_of(today + _SEASON)
    with session.look(Compartment.CONSENT) as reader:
        years = {year.id: year for year in reader.all(SchoolYear)}
        groups = [each for each in reader.all(Group) if _is_older(years, each, start)]
        day = max(today, start - timedelta(days=1))
        moves = tuple(
            move
            for group in sorted(groups, key=lambda each: (each.position, fold(each.name)))
            if (move := _move(reader, group, day)).pupils
        )
        return YearPlan(name, start, end, moves, ungrouped=_ungrouped(reader, day))


def begin_year(session: Session, plan: YearPlan, progress: Progress = SILENT) -> SchoolYear:
    """Make the year and its groups, and enrol everybody from its first day; all or nothing.

    A visit is not moved. A pupil who left meanwhile, or was moved by hand, stays as he is.

    Raises:
        Refusals: `people.year_ends_early`, `people.group_unknown`, or a name that is too long.
        Refusal: `people.nothing_to_move`.
        Trouble: `register.disk_full` and the like; nothing was written.
        CancelledError: when the person stopped it; nothing was written. Who stops after it was
            written stops the making of the check list, and hears `check.behind`.
    """
    collect(_faults(plan))
    act = "school_year_begun"
    with session.work(Compartment.CONSENT, act, plan.name, progress) as work:
        year = _year(work, plan)
        targets = _targets(work, plan, year)
        moved = 0
        for facts in _moved(session, work, plan, targets, Part(progress, 0, _MOVED, _WHOLE)):
            work.pour(*facts)
            moved += len(facts)
        if not moved and not plan.added:
            raise Refusal("people.nothing_to_move")
        work.commit(Part(progress, _MOVED, _WHOLE, _WHOLE))
    return year


def _is_older(years: dict[str, SchoolYear], group: Group, start: date) -> bool:
    year = years.get(group.school_year_id)
    return year is None or year.start < start


def _move(reader: Reader, group: Group, day: date) -> GroupMove:
    moving = tuple(pupil for pupil, _ in _there(reader, group.id, day))
    return GroupMove(group.id, group.name, group.site_id, next_name(group.name), moving)


def _ungrouped(reader: Reader, day: date) -> tuple[Ungrouped, ...]:
    """Who is taught at a site without a group, by site."""
    found: dict[str, list[Moving]] = {}
    for pupil, site_id in _there(reader, "", day):
        found.setdefault(site_id, []).append(pupil)
    return tuple(Ungrouped(site_id, tuple(some)) for site_id, some in found.items())


def _there(reader: Reader, group_id: str, day: date) -> Iterator[tuple[Moving, str]]:
    """Who is enrolled in a group beyond a day, in order of name, each with the site."""
    wanted = reader.ask(GroupPupils(group_id, day))
    facts = open_enrolments(reader.all(Enrolment, group_id=group_id), day) if wanted else ()
    sites = {fact.pupil_id: fact.site_id for fact in facts}
    ids = tuple(id for id in wanted if id in sites)
    pupils = {pupil.id: pupil for pupil in reader.all(Pupil, id=ids)} if ids else {}
    for id in ids:
        if id in pupils:
            yield Moving(id, _listed(pupils[id])), sites[id]


def _listed(pupil: Pupil) -> str:
    return list_name(pupil.first_name, pupil.prefix, pupil.surname)


def _faults(plan: YearPlan) -> list[Refusal]:
    found = []
    if plan.end <= plan.start:
        found.append(Refusal("people.year_ends_early", field="end"))
    found += [
        Refusal("people.too_long", field=f"to_{move.group_id}", longest=LONGEST_NAME)
        for move in plan.moves
        if len(tidy(move.to)) > LONGEST_NAME
    ]
    for number, group in enumerate(plan.added):
        found += text_faults("people.group_name_missing", f"new_{number}", group.name)
    known = {(move.site_id, fold(name)) for move in plan.moves for name in (move.to, move.name)}
    known |= {(group.site_id, fold(group.name)) for group in plan.added}
    site_of = _sites(plan)
    found += [
        Refusal("people.group_unknown", field=f"apart_{pupil_id}", group=to)
        for pupil_id, to in plan.apart
        if to and (site_of.get(pupil_id, ""), fold(to)) not in known
    ]
    return found


def _goings(plan: YearPlan) -> Iterator[tuple[str, str, str, str]]:
    """Everybody who goes somewhere: pupil, group now, site, and name of the group or ""."""
    apart = dict(plan.apart)
    for move in plan.moves:
        for pupil in move.pupils:
            to = apart.get(pupil.pupil_id, move.to)
            yield pupil.pupil_id, move.group_id, move.site_id, to
    for some in plan.ungrouped:
        for pupil in some.pupils:
            if pupil.pupil_id in apart:
                yield pupil.pupil_id, "", some.site_id, apart[pupil.pupil_id]


def _sites(plan: YearPlan) -> dict[str, str]:
    """The site of every pupil who goes."""
    somewhere: tuple[GroupMove | Ungrouped, ...] = (*plan.moves, *plan.ungrouped)
    return {pupil.pupil_id: each.site_id for each in somewhere for pupil in each.pupils}


def _year(work: Work, plan: YearPlan) -> SchoolYear:
    known = work.all(SchoolYear, name=plan.name)
    if known:
        return known[0]
    year = SchoolYear(id=new_id(), name=plan.name, start=plan.start, end=plan.end)
    work.add(year)
    return year


def _targets(work: Work, plan: YearPlan, year: SchoolYear) -> dict[tuple[str, str], Group]:
    """The groups of the new year by site and folded name; those that are missing are made."""
    known = {
        (group.site_id, fold(group.name)): group
        for group in work.all(Group, school_year_id=year.id)
    }
    site_of = _sites(plan)
    wanted = [(group.site_id, group.name) for group in plan.added]
    wanted += [(move.site_id, move.to) for move in plan.moves]
    wanted += [(site_of[pupil_id], to) for pupil_id, to in plan.apart if to]
    for position, (site_id, name) in enumerate(wanted, len(known) + 1):
        place = (site_id, fold(name))
        if not name or place in known:
            continue
        known[place] = Group(
            id=new_id(),
            site_id=site_id,
            school_year_id=year.id,
            name=tidy(name),
            position=position,
        )
        work.add(known[place])
    return known


def _moved(
    session: Session,
    work: Work,
    plan: YearPlan,
    targets: dict[tuple[str, str], Group],
    progress: Progress,
) -> Iterator[list[Enrolment]]:
    """The enrolments that end and begin, those of some pupils at a time."""
    goings = list(_goings(plan))
    for start in range(0, len(goings), _SOME):
        progress.step(start, len(goings))
        some = goings[start : start + _SOME]
        known: dict[str, list[Enrolment]] = {pupil_id: [] for pupil_id, *_ in some}
        for fact in work.all(Enrolment, pupil_id=tuple(known)):
            known[fact.pupil_id].append(fact)
        facts: list[Enrolment] = []
        for pupil_id, group_id, site_id, to in some:
            target = targets[site_id, fold(to)] if to else None
            own = tuple(known[pupil_id])
            facts += _facts(session, own, plan, (group_id, pupil_id), target)
        yield facts


def _facts(
    session: Session,
    known: tuple[Enrolment, ...],
    plan: YearPlan,
    who: tuple[str, str],
    target: Group | None,
) -> list[Enrolment]:
    """The old enrolment closed the day before, and the new one unless the pupil leaves."""
    group_id, pupil_id = who
    last = plan.start - timedelta(days=1)
    facts = open_enrolments(known, last)
    olds = [fact for fact in facts if fact.group_id == group_id and fact.start < plan.start]
    if not olds:
        return []
    now = session.clock.now()
    closed = [
        replace(old, id=new_id(), end=last, recorded_at=now, replaces=old.id) for old in olds
    ]
    if target is None:
        return closed
    new = Enrolment(
        id=new_id(),
        pupil_id=pupil_id,
        kind=EnrolmentKind.ENROLLED,
        site_id=target.site_id,
        group_id=target.id,
        start=plan.start,
        recorded_at=now,
    )
    return [*closed, new]
