"""The sites, the school year and the groups of a file, found in the register or made."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from app.bsn import holds_bsn
from app.errors import Message, Refusal
from app.ids import new_id
from app.names import fold
from app.people.people import LONGEST_NAME
from app.people.places import school_year_of
from app.people.records import Group, SchoolYear, Site
from app.roster.likeness import neat
from app.roster.plan import Step
from app.roster.proposal import About, Change
from app.roster.roster import Fault

if TYPE_CHECKING:
    from app.roster.asking import Asking
    from app.roster.calm import Pace
    from app.roster.questions import Known
    from app.roster.roster import Roster, RosterGroup, RosterPupil, RosterSite, Where

_YEAR = re.compile(r"\s*(\d{4})\s*[-/–]\s*(?:\d{4}|\d{2})\s*")
_WITHIN = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Span:
    """The school year of a file: its name and first and last day."""

    name: str
    start: date
    end: date

    def begins(self, today: date) -> date:
        """The day from which the file holds: today, or the first day of a year to come."""
        return max(today, self.start)


def span_of(school_year: str, today: date) -> Span:
    """The school year that a file names; the present one when it names none."""
    named = _YEAR.fullmatch(school_year)
    day = date(int(named[1]), 9, 1) if named else today
    return Span(*school_year_of(day))


@dataclass(slots=True)
class Placing:
    """Where the rows of a file are taught, as ids of the register or of what will be made.

    Attributes:
        year: the school year; `year_is_new` when it has to be made.
        steps: what would be done about sites and groups.
        covered: ids of the sites that the file speaks of.
        sites, groups: names by id.
        of_rows: site and group of each row about a pupil.
        assumed: numbers of rows that name no site although the file names several.
    """

    year: SchoolYear
    year_is_new: bool
    steps: list[Step] = field(default_factory=list)
    covered: set[str] = field(default_factory=set)
    sites: dict[str, str] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    of_rows: list[tuple[str, str]] = field(default_factory=list)
    assumed: set[int] = field(default_factory=set)
    unchanged: Counter[About] = field(default_factory=Counter)


def place(roster: Roster, known: Known, span: Span, asking: Asking) -> Placing:
    """Where every pupil of a file is taught.

    Args:
        roster: the file.
        known: the register.
        span: the school year of the file.
        asking: the site that is meant when the file names none, and the name for a first one.

    Raises:
        Refusal: `roster.site_needed` when the file names no site and there are several.
    """
    years = known.years.values()
    year = next((y for y in years if y.name == span.name), None)
    year = year or next((y for y in years if _same_year(y, span)), None)
    made = SchoolYear(id=new_id(), name=span.name, start=span.start, end=span.end)
    placing = Placing(year or made, year_is_new=year is None)
    placing.sites = {site.id: site.name for site in known.sites.values()}
    placing.groups = {group.id: group.name for group in known.groups.values()}
    sites = _Sites(roster, known, placing)
    sites.settle(asking.site_id, asking.school)
    _Groups(roster, known, placing, sites.by_key).settle(asking.pace)
    return placing


def _same_year(year: SchoolYear, span: Span) -> bool:
    return year.start - _WITHIN <= span.start <= year.start + _WITHIN


class _Sites:
    """The sites of a file by their keys; "" is the one that is meant when none is named."""

    def __init__(self, roster: Roster, known: Known, placing: Placing) -> None:
        self._roster, self._known, self._placing = roster, known, placing
        self.by_key: dict[str, str] = {}

    def settle(self, site_id: str, school: str) -> None:
        """Find or make every site."""
        for number, row in enumerate(self._roster.sites):
            step = self._step(number, row)
            if step is None:
                continue
            self.by_key[row.key] = step.id
            self._placing.covered.add(step.id)
            self._keep(step)
        if len(self._roster.sites) == 1 and self.by_key:
            self.by_key.setdefault("", next(iter(self.by_key.values())))
        elif not self._roster.sites:
            self.by_key[""] = found = self._unnamed(site_id, school)
            self._placing.covered.update((found,) if found else ())
        elif site_id in self._known.sites:
            self.by_key.setdefault("", site_id)

    def _step(self, number: int, row: RosterSite) -> Step | None:
        name, town = neat(row.name), neat(row.town)
        if fault := _fault(row.where, name, town):
            self._placing.faults.append(fault)
            return None
        found = self._known.sites.get(self._known.key("site", row.key)) if row.key else None
        same = (s for s in self._known.sites.values() if fold(s.name) == fold(name))
        found = found or next(same, None) or self._spare()
        step = Step(About.SITE, Change.NEW, number, key=row.key, where=row.where)
        if found is None:
            step.after = Site(id=new_id(), name=name, town=town)
            return step
        after = replace(found, name=name or found.name, town=town or found.town)
        step.before = found
        step.change = Change.UNCHANGED if after == found else Change.CHANGED
        step.after = None if after == found else after
        return step

    def _spare(self) -> Site | None:
        """The empty site of the first start, when it is the one that the file speaks of."""
        spare = self._known.spare_site
        alone = len(self._roster.sites) == 1 and self._open() == [spare]
        return self._known.sites.get(spare) if alone else None

    def _open(self) -> list[str]:
        """Sites where somebody may be taught; an empty first one counts when it is alone."""
        found = [site.id for site in self._known.sites.values() if not site.closed]
        return [id for id in found if id != self._known.spare_site] or found

    def _unnamed(self, site_id: str, school: str) -> str:
        open_ = self._open()
        if site_id in self._known.sites:
            return site_id
        if len(open_) > 1:
            if any(map(_needs_place, self._roster.pupils)):
                raise Refusal("roster.site_needed", field="site_id")
            return ""
        if open_:
            return open_[0]
        name = neat(school)[:LONGEST_NAME] or neat(self._roster.source)[:LONGEST_NAME] or "-"
        site = Site(id=new_id(), name=name)
        number = len(self._roster.sites)
        self._keep(Step(About.SITE, Change.NEW, number, after=site))
        return site.id

    def _keep(self, step: Step) -> None:
        if isinstance(step.after, Site):
            self._placing.sites[step.id] = step.after.name
        _put(self._placing, step)


class _Groups:
    """The groups of a file at each site where they have pupils."""

    def __init__(
        self, roster: Roster, known: Known, placing: Placing, sites: dict[str, str]
    ) -> None:
        self._roster, self._known, self._placing, self._sites = roster, known, placing, sites
        self._rows = {row.key: row for row in roster.groups}
        self._at: dict[tuple[str, str], str] = {}
        self._keyed = self._by_key()
        becomes = {group.id: key for key, group in self._keyed.items()}
        self._named: dict[tuple[str, str], Group] = {}
        for group in known.groups.values():
            if group.school_year_id == placing.year.id:
                row = self._rows.get(becomes.get(group.id, ""))
                named = replace(group, name=_name(row)) if row else group
                self._named[named.site_id, fold(named.name)] = named

    def _by_key(self) -> dict[str, Group]:
        """The groups that rows name by a stable key, each for one row.

        Of several rows it is the one with its name; the name of a group that gets another one
        is free for others.
        """
        found: dict[str, Group] = {}
        for row in self._roster.groups:
            group = self._known.groups.get(self._known.key("group", row.key))
            if row.stable and group and group.school_year_id == self._placing.year.id:
                found[row.key] = group
        owners: dict[str, str] = {}
        for same in (True, False):
            for key, group in found.items():
                if same is (fold(_name(self._rows[key])) == fold(group.name)):
                    owners.setdefault(group.id, key)
        return {key: group for key, group in found.items() if owners[group.id] == key}

    def settle(self, pace: Pace) -> None:
        """Find or make every group, and say where each pupil is."""
        rows = self._placing.of_rows
        for pupil in pace.over(self._roster.pupils):
            rows.append(self._place(pupil))
        used = {key for key, _ in self._at}
        first = next(iter(self._sites.values()), "")
        for row in self._roster.groups:
            site = self._sites.get(row.site_key) or self._sites.get("") or first
            if row.key not in used and site:
                self._group(row, site)

    def _place(self, pupil: RosterPupil) -> tuple[str, str]:
        group = self._rows.get(pupil.group_keys[0]) if pupil.group_keys else None
        site_key = (group.site_key if group else "") or pupil.site_key
        site = self._sites.get(site_key) or self._sites.get("", "")
        if not site:
            site = next(iter(self._sites.values()), "")
            self._placing.assumed.add(len(self._placing.of_rows))
        return site, self._group(group, site) if group and site else ""

    def _group(self, row: RosterGroup, site: str) -> str:
        known = self._at.get((row.key, site))
        if known is None:
            known = self._made(row, site)
            self._at[row.key, site] = known
        return known

    def _made(self, row: RosterGroup, site: str) -> str:
        name = _name(row)
        if fault := _fault(row.where, name):
            self._placing.faults.append(fault)
            return ""
        key = row.key if row.stable else ""
        number = len(self._at)
        step = Step(About.GROUP, Change.NEW, number, key=key, where=row.where)
        found = self._found(row, site, name)
        if found is None:
            position = row.level if row.level is not None else number
            step.after = Group(
                id=new_id(),
                site_id=site,
                school_year_id=self._placing.year.id,
                name=name,
                position=position,
            )
            self._named[site, fold(name)] = step.after
            self._placing.groups[step.id] = name
        else:
            step.before, step.change = found, Change.UNCHANGED
            if found.name != name:
                step.change, step.after = Change.CHANGED, replace(found, name=name)
                self._placing.groups[step.id] = name
        _put(self._placing, step)
        return step.id

    def _found(self, row: RosterGroup, site: str, name: str) -> Group | None:
        keyed = self._keyed.get(row.key)
        if keyed and keyed.site_id == site:
            return keyed
        return self._named.get((site, fold(name)))


def _name(row: RosterGroup) -> str:
    return neat(row.name) or neat(row.key)


def _needs_place(row: RosterPupil) -> bool:
    """Whether a row may be about somebody new; a bare number is of somebody who is known."""
    return bool(row.first_name or row.surname or row.group_keys)


def _put(placing: Placing, step: Step) -> None:
    placing.steps.append(step)
    if step.change is Change.UNCHANGED:
        placing.unchanged[step.about] += 1


def _fault(where: Where, *texts: str) -> Fault | None:
    if not texts[0]:
        return Fault(where, Message("people.name_missing"), left_out=True)
    if any(len(text) > LONGEST_NAME for text in texts):
        return Fault(
            where, Message("people.too_long", {"longest": LONGEST_NAME}), left_out=True
        )
    if any(holds_bsn(text) for text in texts):
        return Fault(where, Message("people.bsn"), left_out=True)
    return None
