"""What the readers share: one place in which a source becomes a roster, person by person.

Every text goes through here, so that nothing comes in that may not be held, whichever format it
was written in. What contradicts itself is told; what is kept is then the first that was said.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from app.errors import Message, Refusal
from app.names import tidy
from app.roster.calm import Pace
from app.roster.roster import (
    Roster,
    RosterGroup,
    RosterGuardian,
    RosterPupil,
    RosterRelation,
    RosterSite,
    RosterStaff,
)
from app.roster.source.findings import Findings
from app.roster.source.kept_out import LOOKS_LIKE_BSN, KeptOut, looks_like_bsn, shown
from app.roster.source.limits import Limit, limit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from app.roster.roster import SourceKind, Where

_Keyed = TypeVar("_Keyed", RosterSite, RosterGroup, RosterPupil, RosterGuardian, RosterStaff)

Place: TypeAlias = "Callable[[], Where]"

_UNSTABLE = "#"
_ONCE = re.compile(r"@|\A\d+\Z")


class Relations:
    """What guardians are to pupils, by the keys of both: in columns, since there are many."""

    def __init__(self) -> None:
        self.parts: tuple[list[str], list[str], list[str]] = ([], [], [])
        self._children: dict[str, str | set[str]] = {}

    def add(self, pupil_key: str, guardian_key: str, kind: str) -> None:
        """Add one, unless it is there."""
        known = self._children.get(guardian_key)
        if known is None:
            self._children[guardian_key] = pupil_key
        elif isinstance(known, set) and pupil_key not in known:
            known.add(pupil_key)
        elif isinstance(known, str) and pupil_key != known:
            self._children[guardian_key] = {known, pupil_key}
        else:
            return
        for part, value in zip(self.parts, (pupil_key, guardian_key, kind), strict=True):
            part.append(value)

    def __len__(self) -> int:
        return len(self.parts[0])

    def __iter__(self) -> Iterator[tuple[str, str, str]]:
        return zip(*self.parts, strict=True)


class Reading:
    """A source on its way to a roster.

    Attributes:
        file: name of the file that people are expected in.
        kept_out: counts what is dropped.
        sites, groups, pupils, guardians, staff: by key, in the order of the source.
        relations: what a guardian is to a pupil, by the keys of both.
        pace: told how far putting everybody together is.
    """

    def __init__(self, file: str = "") -> None:
        self.file = file
        self.kept_out = KeptOut()
        self.sites: dict[str, RosterSite] = {}
        self.groups: dict[str, RosterGroup] = {}
        self.pupils: dict[str, RosterPupil] = {}
        self.guardians: dict[str, RosterGuardian] = {}
        self.staff: dict[str, RosterStaff] = {}
        self.relations = Relations()
        self.pace = Pace()
        self._findings: dict[str, Findings] = {}
        self._texts: dict[str, str] = {}
        self._aliases: dict[tuple[str, str], str] = {}
        self._rows = 0
        self._most = limit(Limit.ROWS)
        self._longest = limit(Limit.TEXT)

    # --- faults ------------------------------------------------------------------------------

    def findings(self, file: str) -> Findings:
        """Where the faults of a file are collected."""
        if file not in self._findings:
            self._findings[file] = Findings(file)
        return self._findings[file]

    def fault(self, where: Where, message: Message, *, left_out: bool = False) -> None:
        """Note that something at a place was not understood."""
        self.findings(where.file).add(where.row, message, where.column, left_out=left_out)

    def count_row(self, file: str) -> None:
        """Count one more person or row.

        Raises:
            Refusal: `roster.too_many_rows`.
        """
        self._rows += 1
        if self._rows > self._most:
            raise Refusal("roster.too_many_rows", file=file, limit=self._most)

    # --- texts -------------------------------------------------------------------------------

    def text(self, raw: str, place: Place, *, phone: bool = False) -> str:
        """A text as it may be kept: tidied, not too long, without what may be a BSN.

        Args:
            raw: as it stands in the source.
            place: gives the place when there is something to tell of it.
            phone: it stands in a field for a telephone number.
        """
        if not raw or (raw in self._texts and not phone):
            return self._texts.get(raw, "")
        clean = tidy(raw)
        if len(clean) > self._longest:
            self.fault(place(), Message("roster.text_long", {"limit": self._longest}))
            return ""
        if looks_like_bsn(clean, phone=phone):
            return self.kept_out.keep(clean, place().column, phone=phone)
        if not _ONCE.search(clean):  # a name: the same one comes again
            self._texts[raw] = clean
        return clean

    def key(self, what: str, raw: str) -> tuple[str, bool]:
        """The key of something, and whether it is the same at the next export.

        One that may be a citizen service number, or is too long, is replaced by one that holds
        within this reading only.
        """
        text = raw if raw.isascii() and raw.isalnum() else tidy(raw)
        alias = self._aliases.get((what, text)) if self._aliases else None
        if alias is not None:
            return alias, False
        if not text or len(text) > limit(Limit.KEY) or looks_like_bsn(text):
            alias = f"{_UNSTABLE}{what}-{len(self._aliases) + 1}"
            self._aliases[what, text or alias] = alias
            return alias, False
        return text, not text.startswith(_UNSTABLE)

    def own_key(self, what: str, raw: str, place: Place) -> tuple[str, bool]:
        """The key of what is described at a place; that it cannot be kept is told there."""
        key, stable = self.key(what, raw)
        if stable:
            return key, True
        if looks_like_bsn(tidy(raw)):
            self.kept_out.drop(place().column, LOOKS_LIKE_BSN)
            self.fault(place(), Message("roster.key_bsn"))
        elif len(raw) > limit(Limit.KEY):
            self.fault(place(), Message("roster.text_long", {"limit": limit(Limit.KEY)}))
        return key, False

    # --- people ------------------------------------------------------------------------------

    def add_site(self, site: RosterSite) -> None:
        """Add a site, or tell that its key was there already."""
        self._add(self.sites, site)

    def add_group(self, group: RosterGroup) -> None:
        """Add a group, or tell that its key was there already."""
        self._add(self.groups, group)

    def add_pupil(self, pupil: RosterPupil) -> None:
        """Add a pupil; of one who is there twice the entry without a last day goes before."""
        former = self.pupils.get(pupil.key)
        self._add(self.pupils, pupil)
        if former is not None and former.left and not pupil.left:
            self.pupils[pupil.key] = pupil

    def add_guardian(self, guardian: RosterGuardian) -> None:
        """Add a guardian, or tell that he was there already."""
        self._add(self.guardians, guardian)

    def add_staff(self, member: RosterStaff) -> None:
        """Add a member of staff, or tell that he was there already."""
        self._add(self.staff, member)

    def relate(self, pupil_key: str, guardian_key: str, kind: str) -> None:
        """Add what a guardian is to a pupil, once."""
        self.relations.add(pupil_key, guardian_key, kind)

    def _add(self, known: dict[str, _Keyed], found: _Keyed) -> None:
        first = known.setdefault(found.key, found)
        if first is found:
            return
        same = replace(found, where=first.where) == first
        other_file = first.where.file != found.where.file
        if same and other_file:  # files of one school may overlap
            return
        text_id = "roster.contradict" if other_file else "roster.twice_differs"
        values = {"file": first.where.file, "row": first.where.row}
        self.fault(found.where, Message("roster.twice" if same else text_id, values))

    # --- the whole ---------------------------------------------------------------------------

    def roster(
        self,
        kind: SourceKind,
        source: str,
        *,
        school_year: str = "",
        as_of: date | None = None,
        whole: bool,
    ) -> Roster:
        """Everything that was read; `files`, `digest` are filled in by the caller.

        Nobody is missing for certain from a source of which something was left out.

        Raises:
            Refusal: `roster.nobody`: nobody was found in it.
        """
        if not self.pupils and not self.staff:
            raise Refusal("roster.nobody", file=self.file)
        pupils = tuple(self._placed(pupil) for pupil in self.pace.over(self.pupils.values()))
        complete = whole and not any(each.left_out for each in self._findings.values())
        return Roster(
            kind=kind,
            source=source,
            files=(),
            digest="",
            school_year=school_year,
            as_of=as_of,
            whole=complete and bool(pupils),
            whole_staff=complete and bool(self.staff),
            sites=tuple(self.sites.values()),
            groups=tuple(self._sited(pupils)),
            pupils=pupils,
            guardians=tuple(self.guardians.values()),
            relations=self._ordered(),
            staff=tuple(self.staff.values()),
            dropped=self.kept_out.dropped,
            faults=tuple(each for file in self._findings.values() for each in file.faults),
        )

    def _placed(self, pupil: RosterPupil) -> RosterPupil:
        """A pupil whose groups and site exist; the others are told and left out."""
        groups = tuple(key for key in pupil.group_keys if key in self.groups)
        if len(groups) < len(pupil.group_keys):
            for key in pupil.group_keys:
                if key not in self.groups:
                    message = Message("roster.group_unknown", {"group": shown(key)})
                    self.fault(pupil.where, message)
            pupil = replace(pupil, group_keys=groups)
        if pupil.site_key and pupil.site_key not in self.sites:
            message = Message("roster.site_unknown", {"site": shown(pupil.site_key)})
            self.fault(pupil.where, message)
            pupil = replace(pupil, site_key="")
        return pupil

    def _sited(self, pupils: tuple[RosterPupil, ...]) -> list[RosterGroup]:
        """Groups with their site, where the source leaves it to the pupils and they agree."""
        seen: dict[str, set[str]] = {}
        for pupil in pupils:
            if pupil.site_key and not pupil.left:
                for key in pupil.group_keys:
                    seen.setdefault(key, set()).add(pupil.site_key)
        return [
            replace(group, site_key=next(iter(sites)))
            if not group.site_key and len(sites := seen.get(group.key, set())) == 1
            else group
            for group in self.groups.values()
        ]

    def _ordered(self) -> tuple[RosterRelation, ...]:
        """Relations of people who are in the roster, numbered for each pupil."""
        position: dict[str, int] = {}
        found = []
        for pupil, guardian, kind in self.pace.over(self.relations):
            if pupil in self.pupils and guardian in self.guardians:
                place = position[pupil] = position.get(pupil, 0) + 1
                found.append(RosterRelation(pupil, guardian, kind, place))
        return tuple(found)
