"""A new school year as somebody is changing it: names, who goes where, groups to be made.

It knows no widgets, because a school may have more groups than a window can hold at once.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from app.names import fold
from app.people.year import Moving, NewGroup, YearPlan
from ui.kit.editors import Options
from ui.words import t

WITH, LEAVE = "with", "leave"


@dataclass(slots=True)
class Going:
    """Pupils of one group, or of none, and who of them goes somewhere else.

    Attributes:
        apart: pupils who do not go along, each with a key: where he goes instead.
    """

    id: str
    site_id: str
    called: str
    members: Sequence[Moving]
    apart: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class GoingGroup(Going):
    """A group of now: its name next year, or that its pupils leave the school."""

    name: str = ""
    leaves: bool = False

    @property
    def to(self) -> str:
        """The name next year, "" when the pupils leave the school."""
        return "" if self.leaves else self.name

    @property
    def is_nameless(self) -> bool:
        """Whether the group goes on and has no name."""
        return not self.leaves and not self.name


@dataclass(slots=True)
class Added:
    """A group that is made for the new year though no group goes up to it."""

    id: str
    site_id: str
    name: str = ""


class YearState:
    """Everything that is decided about a new year before it begins."""

    def __init__(self, plan: YearPlan) -> None:
        self.plan = plan
        self.added: dict[str, Added] = {}
        self._count = 0
        self.loose = {
            some.site_id: Going(
                f"loose_{some.site_id}", some.site_id, t("people.year_no_group"), some.pupils
            )
            for some in plan.ungrouped
        }
        sites = list(dict.fromkeys(move.site_id for move in plan.moves))
        moves = sorted(plan.moves, key=lambda move: sites.index(move.site_id))
        self.groups = {
            move.group_id: GoingGroup(
                move.group_id, move.site_id, move.name, move.pupils, {}, move.to, not move.to
            )
            for move in moves
        }

    @property
    def sites(self) -> tuple[str, ...]:
        """Ids of the sites that have groups or pupils without one, in order."""
        named = (group.site_id for group in self.groups.values())
        return tuple(dict.fromkeys([*named, *self.loose]))

    @property
    def everybody(self) -> tuple[Going, ...]:
        """Pupils without a group, and those of every group."""
        return (*self.loose.values(), *self.groups.values())

    def add(self, site_id: str, name: str = "") -> Added:
        """One more group in the new year."""
        self._count += 1
        made = Added(f"{self._count}_{site_id}", site_id, name)
        self.added[made.id] = made
        return made

    def options(self, of: Going) -> Options:
        """Where somebody can go: along, stay down, to another group, away."""
        group = of if isinstance(of, GoingGroup) else None
        found: dict[str, tuple[str, str]] = {fold(group.to if group else ""): (WITH, "")}
        if group is not None:
            stay = (f"name:{group.id}", t("people.year_stays", group=group.called))
            found.setdefault(fold(group.called), stay)
        for key, name in self._names_at(of.site_id):
            found.setdefault(fold(name), (key, t("people.year_elsewhere", group=name)))
        found.pop("", None)
        others = [option for option in found.values() if option[0] != WITH]
        if group is not None and not group.to:
            return ((WITH, t("people.year_with_away")), *others)
        along = "people.year_with" if group is not None else "people.year_stays_loose"
        return ((WITH, t(along)), *others, (LEAVE, t("people.year_away")))

    def prune(self) -> None:
        """Who went to a group that is gone goes along again."""
        for of in self.everybody:
            if of.apart:
                keys = {key for key, _ in self.options(of)}
                of.apart = {id: key for id, key in of.apart.items() if key in keys}

    def goings(self) -> Iterator[tuple[Going, str]]:
        """Every pupil who goes somewhere: whom he is with now, and the group he goes to."""
        for loose in self.loose.values():
            for key in loose.apart.values():
                yield loose, self._to_of(key)
        for group in self.groups.values():
            for pupil in group.members:
                key = group.apart.get(pupil.pupil_id, WITH)
                yield group, group.to if key == WITH else self._to_of(key)

    def summary(self) -> Iterator[tuple[Going, str, int]]:
        """How many go from where to which group, "" for away."""
        by_id = {of.id: of for of in self.everybody}
        counts = Counter((of.id, to) for of, to in self.goings())
        for (id, to), count in counts.items():
            yield by_id[id], to, count

    def changed(self, start: object, end: object) -> YearPlan:
        """The plan as it stands now, with these days where they are days."""
        plan = self.plan
        return replace(
            plan,
            start=start if isinstance(start, date) else plan.start,
            end=end if isinstance(end, date) else plan.end,
            moves=tuple(replace(move, to=self.groups[move.group_id].to) for move in plan.moves),
            apart=tuple(
                (pupil_id, self._to_of(key))
                for of in self.everybody
                for pupil_id, key in of.apart.items()
            ),
            added=tuple(NewGroup(each.site_id, each.name) for each in self.added.values()),
        )

    def typed(self) -> dict[str, object]:
        """What was changed, for a draft."""
        found: dict[str, object] = {}
        for id, group in self.groups.items():
            found |= {f"to_{id}": group.name, f"leaves_{id}": group.leaves}
        for of in self.everybody:
            found |= {f"apart_{pupil}": key for pupil, key in of.apart.items()}
        return found | {f"new_{each.id}": each.name for each in self.added.values()}

    def take(self, values: Mapping[str, object]) -> None:
        """What was changed before, from a draft."""
        for id, group in self.groups.items():
            if f"to_{id}" in values:
                group.name = str(values[f"to_{id}"])
                group.leaves = bool(values[f"leaves_{id}"])
        for key, value in values.items():
            what, _, id = key.partition("_")
            site_id = id.rpartition("_")[2]
            if what == "new" and site_id in self.sites:
                self.added[id] = Added(id, site_id, str(value))
                self._count = max(self._count, int(id.partition("_")[0]))
        for of in self.everybody:
            ids = (pupil.pupil_id for pupil in of.members)
            of.apart = {id: str(values[f"apart_{id}"]) for id in ids if f"apart_{id}" in values}
        self.prune()

    def _names_at(self, site_id: str) -> Iterator[tuple[str, str]]:
        """The groups of a site in the new year and of now, by key."""
        for added in self.added.values():
            if added.site_id == site_id:
                yield f"new:{added.id}", added.name
        for id, group in self.groups.items():
            if group.site_id == site_id:
                yield f"to:{id}", group.to
                yield f"name:{id}", group.called

    def _to_of(self, key: str) -> str:
        """The name of the group behind a key, "" for who leaves."""
        what, _, id = key.partition(":")
        if what == "new":
            return self.added[id].name if id in self.added else ""
        group = self.groups.get(id)
        if group is None:
            return ""
        return group.to if what == "to" else group.called
