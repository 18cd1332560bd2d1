"""What an import would write, one step for each person or place.

A plan is compact, because a register may hold a hundred thousand pupils; the lines that a
person reads are made of it one by one, when they are looked at.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, overload

from app.jobs import SILENT
from app.names import fold, full_name, sort_key
from app.override import override
from app.people.records import Group, Guardian, Pupil, Site, StaffMember
from app.roster.calm import Pace, let_go
from app.roster.proposal import About, Alike, Candidate, Change, FieldChange, Line
from app.roster.related import Ties

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from app.errors import Message
    from app.jobs import Progress
    from app.people.records import SchoolYear
    from app.roster.questions import KnownPupil
    from app.roster.roster import Fault, Where

Thing = Site | Group | Pupil | Guardian | StaffMember
FIELDS: dict[About, tuple[str, ...]] = {
    About.SITE: ("name", "town"),
    About.GROUP: ("name",),
    About.PUPIL: ("first_name", "prefix", "surname", "birth_date", "number"),
    About.GUARDIAN: (
        *("first_name", "initials", "prefix", "surname", "institution", "street", "postcode"),
        *("town", "country", "ship", "language", "email", "phone"),
    ),
    About.STAFF: (
        *("first_name", "initials", "prefix", "surname", "function", "email", "left"),
    ),
}
_ORDER = {about: place for place, about in enumerate(About)}
_PART = 4000
_CHANGES = {change: place for place, change in enumerate(Change)}


class Stay(NamedTuple):
    """Where a pupil is taught from when; `end` is the last day, or None."""

    site_id: str
    group_id: str
    start: date
    end: date | None


@dataclass(slots=True)
class Step:
    """What would be done about one person or place.

    Attributes:
        about, change: what it is about and what would be done.
        number: number of the row, or -1 for somebody who is not in the source.
        before: what the register holds now, or None.
        after: what it would hold, or None when nothing of this changes.
        stay: the enrolment to be added, or None.
        last_day: the last day at school, after which no enrolment is left, or None.
        key: the source's stable key, to be remembered, or "".
        where: place in the source.
        doubt: as in `Line`.
    """

    about: About
    change: Change
    number: int
    before: Thing | KnownPupil | None = None
    after: Thing | None = None
    stay: Stay | None = None
    last_day: date | None = None
    key: str = ""
    where: Where | None = None
    doubt: Message | None = None

    @property
    def id(self) -> str:
        """Id in the register; of something new the one that it will get."""
        thing = self.after or self.before
        return thing.id if thing is not None else ""

    @property
    def line_key(self) -> str:
        """What identifies its line."""
        if self.change is Change.MERGED:
            return f"{self.about}:+{self.number:05d}"
        if self.number < 0:
            return f"{self.about}:-{self.id}"
        return f"{self.about}:{self.number:05d}"

    @property
    def is_new(self) -> bool:
        """Whether the register does not hold it yet."""
        return self.before is None

    @property
    def shows(self) -> bool:
        """Whether a person sees it: something would be done."""
        return self.change is not Change.UNCHANGED or self.doubt is not None


@dataclass(slots=True)
class Plan:
    """Everything that an import would write.

    Attributes:
        steps: sites, groups, pupils, guardians, staff; unchanged ones that have a key to be
            remembered are among them.
        ties: relations.
        year: the school year of the groups; `year_is_new` when it is to be made.
        site_id: the site that was asked for.
        from_day: the day from which pupils are at their new places.
        sites, groups: names by id, new ones included.
        candidates: who may be meant, by the key of the line.
        moved: keys of the lines of those whose group becomes another together with the rest
            of the old group.
        merged: names of the groups that become one, by the id of that one.
        unchanged: how many of each kind stay as they are.
        faults: what was found while comparing.
        warning: as in `Proposal`.
    """

    year: SchoolYear
    year_is_new: bool
    from_day: date
    site_id: str = ""
    steps: list[Step] = field(default_factory=list)
    ties: Ties = field(default_factory=Ties)
    sites: dict[str, str] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    candidates: dict[str, tuple[Candidate, ...]] = field(default_factory=dict)
    moved: set[str] = field(default_factory=set)
    merged: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unchanged: dict[About, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    warning: Message | None = None

    def counts(self) -> tuple[tuple[About, Change, int], ...]:
        """How many steps there are of each kind, unchanged ones included."""
        found: dict[tuple[About, Change], int] = {}
        for step in self.steps:
            if step.shows:
                key = (step.about, step.change)
                found[key] = found.get(key, 0) + 1
        for about, number in self.unchanged.items():
            found[about, Change.UNCHANGED] = number
        ordered = sorted(found, key=lambda key: (_ORDER[key[0]], _CHANGES[key[1]]))
        return tuple((about, change, found[about, change]) for about, change in ordered)


def let_go_of(plan: Plan, lines: Sequence[Line]) -> None:
    """Let go of a plan and its lines in small parts.

    All of a hundred thousand children at once would keep everybody else waiting.
    """
    if isinstance(lines, Lines):
        lines.forget()
    let_go(plan.steps)
    plan.ties.let_go()


def name_of(thing: Thing | KnownPupil) -> str:
    """The name for a person to recognise."""
    if isinstance(thing, Site | Group):
        return thing.name
    if isinstance(thing, Guardian):
        given = thing.first_name or thing.initials
        return full_name(given, thing.prefix, thing.surname) or thing.institution
    return full_name(thing.first_name, thing.prefix, thing.surname)


_GONE = Line("", About.PUPIL, Change.UNCHANGED, "")


class Lines(Sequence[Line]):
    """The lines of a plan, each made when it is looked at."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._number = sum(step.shows for step in plan.steps)
        self._doubts = sum(step.doubt is not None for step in plan.steps)
        self._sorted: list[Step] | None = None
        self._found: tuple[Change | None, str, Sequence[int]] | None = None
        self._forgotten = False

    @overload
    def __getitem__(self, index: int) -> Line: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Line, ...]: ...
    @override
    def __getitem__(self, index: int | slice) -> Line | tuple[Line, ...]:
        if isinstance(index, slice):
            return tuple(self._line(step) for step in self._in_order()[index])
        try:
            return self._line(self._in_order()[index])
        except IndexError:
            if self._forgotten:  # whoever still looks sees nothing
                return _GONE
            raise

    @override
    def __len__(self) -> int:
        return self._number

    @property
    def doubts(self) -> int:
        """How many lines a person has to decide about; they come first."""
        return self._doubts

    @property
    def doubtful(self) -> tuple[Line, ...]:
        """The lines that a person has to decide about; they come first."""
        steps = (step for step in self._plan.steps if step.doubt is not None)
        return tuple(self._line(step) for step in sorted(steps, key=_rank))

    @property
    def alike(self) -> tuple[Alike, ...]:
        """Doubtful lines that differ in nothing but whom they are about.

        Where somebody has to say who is meant, each is a case of its own.
        """
        kinds: dict[tuple[About, Change, str], list[Step]] = {}
        for step in self._plan.steps:
            if step.doubt is not None and step.line_key not in self._plan.candidates:
                kinds.setdefault((step.about, step.change, step.doubt.id), []).append(step)
        return tuple(
            Alike(self._line(some[0]), tuple(step.line_key for step in some))
            for some in kinds.values()
            if len(some) > 1
        )

    def put_in_order(self, progress: Progress = SILENT) -> None:
        """Make the lines ready to be looked at; otherwise the first look has to wait for it.

        Raises:
            CancelledError: when the person stopped it.
        """
        if self._sorted is None:
            self._sorted = list(_ordered(self._plan.steps, Pace(progress, 2 * self._number)))

    def _in_order(self) -> list[Step]:
        self.put_in_order()
        return self._sorted or []

    def places(self, change: Change | None = None, search: str = "") -> Sequence[int]:
        """Where in the sequence the lines of a kind, or of people of a name, stand.

        Args:
            change: what would be done, or None for everything.
            search: words as typed; each must begin a word of the name.
        """
        folded = fold(search)
        if change is None and not folded:
            self._found = None
            return range(self._number)
        words = [f" {word}" for word in folded.split()]
        steps = self._in_order()
        fitting = (
            place
            for place in self._among(change, folded)
            if (change is None or steps[place].change is change) and _named(steps[place], words)
        )
        found = array("I", fitting)
        self._found = change, folded, found
        return found

    def _among(self, change: Change | None, folded: str) -> Sequence[int]:
        """Where to search: what goes on typing is found among what was found before."""
        if self._found is not None:
            before, typed, places = self._found
            if before is change and folded.startswith(typed):
                return places
        return range(self._number)

    def keys(self, places: Iterable[int]) -> Iterator[str]:
        """What identifies the lines at these places, without the doubtful ones."""
        steps = self._in_order()
        return (steps[place].line_key for place in places if steps[place].doubt is None)

    def forget(self) -> None:
        """Let go of everything; what is no longer looked at goes in small parts."""
        self._forgotten = True
        self._number = self._doubts = 0
        self._found = None
        let_go(self._sorted or [])

    def _line(self, step: Step) -> Line:
        thing = step.after or step.before
        return Line(
            key=step.line_key,
            about=step.about,
            change=step.change,
            name=name_of(thing) if thing is not None else "",
            detail=self._detail(step),
            record_id="" if step.is_new else step.id,
            where=step.where,
            fields=self._fields(step),
            doubt=step.doubt,
            candidates=self._plan.candidates.get(step.line_key, ()),
        )

    def _detail(self, step: Step) -> str:
        """What tells namesakes apart."""
        thing = step.after or step.before
        if step.change is Change.MERGED:
            return " + ".join(self._plan.merged[step.id])
        if step.about is About.PUPIL:
            born = getattr(thing, "birth_date", None)
            group = step.stay.group_id if step.stay else getattr(step.before, "group_id", "")
            parts = (self._plan.groups.get(group, ""), born.isoformat() if born else "")
        elif isinstance(thing, Guardian):
            parts = (", ".join(self._children_of(step)), thing.town)
        elif isinstance(thing, StaffMember):
            parts = (thing.function, thing.email)
        elif isinstance(thing, Group):
            parts = (self._plan.sites.get(thing.site_id, ""), self._plan.year.name)
        else:
            parts = (thing.town if isinstance(thing, Site) else "", "")
        return ", ".join(part for part in parts if part)

    def _fields(self, step: Step) -> tuple[FieldChange, ...]:
        found = []
        if step.after is not None:
            for name in FIELDS[step.about]:
                old = _text(getattr(step.before, name, "")) if step.before else ""
                new = _text(getattr(step.after, name))
                if old != new:
                    found.append(FieldChange(name, old, new))
        found += self._places(step)
        if step.about is About.GUARDIAN:
            found += [FieldChange("child", "", name) for name in self._children_of(step)]
        if step.change is Change.MERGED:
            found += [FieldChange("groups", name, "") for name in self._plan.merged[step.id]]
        return tuple(found)

    def _places(self, step: Step) -> list[FieldChange]:
        plan = self._plan
        found = []
        goes_on = getattr(step.before, "goes_on", False)
        if step.stay is not None and step.line_key not in plan.moved:
            site, group, start, end = step.stay
            before = step.before
            old_site = plan.sites.get(getattr(before, "site_id", ""), "")
            old_group = plan.groups.get(getattr(before, "group_id", ""), "")
            found = [
                FieldChange("site", old_site, plan.sites.get(site, "")),
                FieldChange("group", old_group, plan.groups.get(group, "")),
                FieldChange("from", "", start.isoformat()),
                FieldChange("until", "", "" if goes_on and not step.last_day else _text(end)),
            ]
        elif step.last_day is not None:
            old = None if goes_on else getattr(step.before, "end", None)
            found = [FieldChange("until", _text(old), step.last_day.isoformat())]
        return [change for change in found if change.old != change.new]

    def _children_of(self, step: Step) -> list[str]:
        """Names of the children to whom a guardian would be related."""
        children = self._plan.ties.children_of(step.number)
        return [name_of(thing) for child in children if (thing := child.after or child.before)]


def _named(step: Step, words: list[str]) -> bool:
    thing = step.after or step.before
    if not words or thing is None:
        return not words
    name = f" {fold(name_of(thing))}"
    return all(word in name for word in words)


def _ordered(steps: Iterable[Step], pace: Pace) -> Iterator[Step]:
    """The steps that a person sees, in order; a sort lets nobody else in, hence in parts."""
    kinds: dict[tuple[bool, int, int], list[Step]] = {}
    for step in steps:
        if step.shows:
            kinds.setdefault(_kind(step), []).append(step)
    for kind in sorted(kinds):
        some = pace.over(kinds.pop(kind))
        parts = []
        while part := list(islice(some, _PART)):
            part.sort(key=_key)
            parts.append(part)
        yield from pace.over(merge(*parts, key=_key))


def _rank(step: Step) -> tuple[tuple[bool, int, int], str]:
    return _kind(step), _key(step)


def _kind(step: Step) -> tuple[bool, int, int]:
    return step.doubt is None, _ORDER[step.about], _CHANGES[step.change]


def _key(step: Step) -> str:
    thing = step.after or step.before
    if thing is None:
        return ""
    if isinstance(thing, Site | Group):
        return sort_key("", "", thing.name)
    surname = thing.surname or getattr(thing, "institution", "")
    return sort_key(thing.first_name, thing.prefix, surname)


def _text(value: object) -> str:
    if value is None or value is False:
        return ""
    return "1" if value is True else str(value)
