"""A list of pupils with their guardians, or of guardians with their children, as a roster.

A child without a number is the same one on another row when name and birth date are; a
guardian when e-mail address and family name are, or family name and address, and the given
names do not contradict each other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from sys import intern
from typing import IO, TYPE_CHECKING, Any

from app.errors import Message
from app.jobs import SILENT, Part, Progress
from app.names import fold
from app.roster.adults import address_mark, contradicts, email_mark, family_of
from app.roster.calm import Pace, letting_go
from app.roster.likeness import may_be
from app.roster.match import Index
from app.roster.readers.mapping import Mapping, Shape, check
from app.roster.readers.reading import Reading
from app.roster.readers.rowreader import RowReader, Said
from app.roster.roster import (
    Fault,
    Roster,
    RosterGroup,
    RosterGuardian,
    RosterPupil,
    RosterRelation,
    RosterSite,
    SourceKind,
    Where,
)
from app.roster.source.limits import Limit, limit
from app.roster.source.tables import Table, open_table
from app.roster.source.wholenames import names_in, split_name

if TYPE_CHECKING:
    from datetime import date

    from app.roster.readers.rowreader import Texts

_STEP = 250
_ROWS, _WHOLE = 900, 1000
"""Reading rows is nine tenths of the progress; the rest is putting everybody together."""
_LOOK = 100
_HAS_DIGIT = re.compile(r"\d")
_SHARED = frozenset({"first_name", "prefix", "surname", "town", "country", "language", "ship"})
_KEPT = (
    *("first_name", "initials", "prefix", "surname", "institution", "street", "postcode"),
    *("town", "country", "ship", "language", "email", "phone"),
)
_SAID_OF_PUPIL = ("number", "first_name", "prefix", "surname", "birth_date", "site_key")


@dataclass(frozen=True, slots=True)
class UnderstoodRow:
    """What one row comes to: the children and guardians as they would be taken over."""

    number: int
    pupils: tuple[RosterPupil, ...]
    guardians: tuple[RosterGuardian, ...]
    relations: tuple[RosterRelation, ...]
    group: str
    site: str


@dataclass(frozen=True, slots=True)
class Understood:
    """What the first rows of a list come to, for a person to look at.

    Attributes:
        faults: what was not understood in these rows, and in the headers.
    """

    rows: tuple[UnderstoodRow, ...]
    faults: tuple[Fault, ...]


def read_list(
    content: bytes | IO[bytes], file: str, mapping: Mapping, progress: Progress = SILENT
) -> Roster:
    """Everything that a list says; `files` and `digest` are left to the caller.

    Raises:
        Refusal: the mapping does not fit the list (`mapping.problems`), or the list cannot be
            read (`tables.open_table`), or nobody is in it.
        CancelledError: the person stopped it.
    """
    table = open_table(content, file, mapping.layout)
    check(mapping, table.headers)
    builder = _Builder(mapping, table)
    total = max(table.size, 1)
    rows = Part(progress, 0, _ROWS, _WHOLE)
    read = builder.reading
    with letting_go(builder.guardians, read.pupils, *read.relations.parts):
        for done, row in enumerate(table.rows(builder.findings)):
            if done % _STEP == 0:
                rows.step(min(done, total), total)
            builder.add(builder.reader.read(row, builder.findings))
        found = builder.roster(Part(progress, _ROWS, _WHOLE, _WHOLE))
        progress.step(_WHOLE, _WHOLE)
        return found


def preview(table: Table, mapping: Mapping, count: int = 5) -> Understood:
    """What the first rows come to under a mapping.

    Raises:
        Refusal: the mapping does not fit the list.
    """
    check(mapping, table.headers)
    rows = []
    faults: list[Fault] = [*table.notes]
    reader = None
    for row in table.first(count):
        builder = _Builder(mapping, table)
        reader = builder.reader = reader or builder.reader
        builder.add(builder.reader.read(row, builder.findings))
        rows.append(builder.understood(row.number))
        faults += builder.findings.faults
    return Understood(tuple(rows), tuple(faults))


class _Builder:
    """Puts the rows of one list together."""

    def __init__(self, mapping: Mapping, table: Table) -> None:
        self._mapping = mapping
        self._file = table.file
        self._kinds = dict(mapping.relations)
        self._long = mapping.shape is Shape.LONG
        self._notes = table.notes
        self.reading = Reading(table.file)
        self.findings = self.reading.findings(table.file)
        first = table.first(_LOOK)
        self.reader = RowReader(mapping, table.headers, self.reading.kept_out, first)
        self.guardians: list[RosterGuardian] = []
        self._names: dict[tuple[str, object], str] = {}
        self._marks: Index[int, int] = Index()  # by hash: there are very many
        self._numbers: dict[str, int] = {}
        self._places: dict[str | tuple[str, str], str] = {}
        self._beside: set[int] = set()
        self._count = 0

    def add(self, said: Said) -> None:
        """Take a row over, or tell why not."""
        self.reading.count_row(self._file)
        where = Where(self._file, said.number)
        if said.counts:
            self.findings.add(said.number, Message("roster.row_counts"))
            return
        if said.heads or _is_heading(said):
            text = "roster.row_heads" if said.heads else "roster.row_nobody"
            self.findings.add(said.number, Message(text))
            return
        children, fresh = self._children(said, where)
        if children is None:
            return
        if not children:
            message = Message("roster.row_nobody")  # nor is a line below the list anybody
            self.findings.add(said.number, message, left_out=not said.alone)
            return
        self._beside.clear()
        before = len(self.reading.relations)
        for place in sorted(said.guardians):
            self._guardian(place, said.guardians[place], children, where)
        if not fresh and not self._long and len(self.reading.relations) == before:
            first = self.reading.pupils[children[0]].where.row
            self.findings.add(said.number, Message("roster.pupil_again", {"row": first}))

    def understood(self, number: int) -> UnderstoodRow:
        """What was taken over of the only row."""
        reading = self.reading
        return UnderstoodRow(
            number,
            tuple(reading.pupils.values()),
            tuple(self.guardians),
            tuple(RosterRelation(*each) for each in reading.relations),
            ", ".join(group.name for group in reading.groups.values()),
            ", ".join(site.name for site in reading.sites.values()),
        )

    def roster(self, progress: Progress) -> Roster:
        """Everything that was taken over."""
        read = self.reading
        read.pace = Pace(progress, len(read.pupils) + len(read.relations))
        for guardian in self.guardians:
            self.reading.guardians[guardian.key] = guardian
        self._marks = Index()
        self._names.clear()
        whole = self._mapping.whole and not self._long
        found = self.reading.roster(SourceKind.LIST, self._mapping.name, whole=whole)
        return replace(found, faults=self._notes + found.faults)

    # --- children ----------------------------------------------------------------------------

    def _children(self, said: Said, where: Where) -> tuple[list[str] | None, bool]:
        """Keys of the children of a row, None when it is left out; whether the own is new."""
        found, fresh = [], True
        texts = said.pupil
        if any(texts.get(name) for name in ("number", "first_name", "surname")):
            key, fresh = self._pupil(texts, said.days, where, said.doubt)
            if not key:
                return None, False
            found.append(key)
        for part in names_in(said.children) if said.children else ():
            key = self._listed(part, where)
            found += [key] if key else []
        return found, fresh

    def _pupil(
        self, texts: Texts, days: dict[str, date], where: Where, doubt: Message | None = None
    ) -> tuple[str, bool]:
        """The key of a pupil, "" when the row contradicts another; and whether it is new."""
        number = texts.get("number", "")
        site = self._site(texts.get("site", ""), where)
        group = self._group(texts, site, where)
        pupil = RosterPupil(
            key=number,
            stable=bool(number),
            number=number,
            first_name=intern(texts.get("first_name", "")),
            prefix=intern(texts.get("prefix", "")),
            surname=intern(texts.get("surname", "")),
            birth_date=days.get("birth_date"),
            site_key=site,
            group_keys=_only(group),
            entered=days.get("entered"),
            left=days.get("left"),
            doubt=doubt,
            where=where,
        )
        key = number or self._known_by_name(pupil)
        known = self.reading.pupils.get(key) if key else None
        if known is None:
            pupil = pupil if number else replace(pupil, key=self._own_key())
            self.reading.pupils[pupil.key] = pupil
            if not number:
                self._names.setdefault(_name_mark(pupil), pupil.key)
            return pupil.key, True
        return self._again(known, pupil), False

    def _known_by_name(self, pupil: RosterPupil) -> str:
        """The child of an earlier row with this name and birth date, or group in long lists."""
        if pupil.birth_date is None and not (self._long or pupil.group_keys):
            return ""
        return self._names.get(_name_mark(pupil), "")

    def _again(self, known: RosterPupil, pupil: RosterPupil) -> str:
        """Take what a second row adds about a pupil; one that contradicts is left out."""
        added: dict[str, Any] = {}
        for name in _SAID_OF_PUPIL:
            one, two = getattr(known, name), getattr(pupil, name)
            if one and two and _folded(one) != _folded(two):
                message = Message("roster.pupil_differs", {"row": known.where.row})
                self.findings.add(pupil.where.row, message, left_out=True)
                return ""
            if two and not one:
                added[name] = two
        groups = tuple(dict.fromkeys(known.group_keys + pupil.group_keys))
        if groups != known.group_keys:
            added["group_keys"] = groups
        if added:
            self.reading.pupils[known.key] = replace(known, **added)
        return known.key

    def _listed(self, text: str, where: Where) -> str:
        """The key of a child that a guardian's row names by number or name, or ""."""
        if _HAS_DIGIT.search(text):
            if len(text) > limit(Limit.NUMBER):
                message = Message("roster.text_long", {"limit": limit(Limit.NUMBER)})
                self.findings.add(where.row, message)
                return ""
            return self._pupil({"number": text}, {}, where)[0]
        name = split_name(text)
        if not name.whole:
            self.findings.add(where.row, Message("roster.child_unclear"))
            return ""
        texts = {
            "first_name": name.first_name,
            "prefix": name.prefix,
            "surname": name.surname,
        }
        return self._pupil(texts, {}, where)[0]

    def _site(self, name: str, where: Where) -> str:
        if not name:
            return ""
        known = self._places.get(name)
        if known is not None:
            return known
        key = self._places[name] = fold(name)
        if key not in self.reading.sites:
            self.reading.add_site(RosterSite(key=key, name=name, where=where))
        return key

    def _group(self, texts: Texts, site: str, where: Where) -> str:
        name = texts.get("group", "")
        if not name:
            return ""
        known = self._places.get((site, name))
        if known is not None:
            return known
        key = self._places[site, name] = f"{site}/{fold(name)}"
        if key not in self.reading.groups:
            level = texts.get("level", "")
            self.reading.add_group(
                RosterGroup(
                    key=key,
                    name=name,
                    site_key=site,
                    level=int(level) if level else None,
                    where=where,
                )
            )
        return key

    def _own_key(self) -> str:
        """A key that nobody else has, as long as an id: that of somebody new takes its room."""
        self._count += 1
        return f"#{self._count:032}"

    # --- guardians ---------------------------------------------------------------------------

    def _guardian(self, place: int, texts: Texts, children: list[str], where: Where) -> None:
        said = {
            name: intern(text) if name in _SHARED else text
            for name, text in texts.items()
            if name in _KEPT
        }
        number = texts.get("number", "")
        if not said and not number:
            return
        guardian = RosterGuardian(
            key=number or self._own_key(), stable=bool(number), where=where, **said
        )
        family = family_of(guardian)
        if not family and not guardian.first_name:
            self.findings.add_once(where.row, Message("roster.guardian_no_name"))
            return
        key = self._same(guardian, family, place)
        kind = texts.get("relation") or self._kinds.get(place) or "parent"
        if guardian.institution and not guardian.surname:
            kind = "institution"
        for child in children:
            self.reading.relate(child, key, kind)

    def _same(self, guardian: RosterGuardian, family: str, place: int) -> str:
        """The key of this guardian, who may be on an earlier row."""
        marks = [email_mark(guardian, family), address_mark(guardian, family)]
        own = [hash(mark) for mark in marks if mark]
        at = (
            self._numbers.get(guardian.key)
            if guardian.stable
            else self._marked(guardian, family, own)
        )
        if at is None:
            at = len(self.guardians)
            self.guardians.append(guardian)
            if guardian.stable:
                self._numbers[guardian.key] = at
        else:
            self._unite(at, guardian, place)
        self._beside.add(at)
        for mark in own:
            self._marks.put(mark, at)
        return self.guardians[at].key

    def _marked(self, guardian: RosterGuardian, family: str, own: list[int]) -> int | None:
        for mark in own:
            for at in self._marks.get(mark):
                # Two places of one row are two people, whatever they share.
                other = self.guardians[at]
                same = family_of(other) == family and may_be(guardian, other)
                if same and at not in self._beside:
                    return at
        return None

    def _unite(self, at: int, guardian: RosterGuardian, place: int) -> None:
        """Take what a second row adds; where they contradict each other the first counts."""
        known = self.guardians[at]
        added = {}
        for name in _KEPT:
            one, two = getattr(known, name), getattr(guardian, name)
            if two and not one:
                added[name] = two
            elif two and contradicts(name, one, two):
                values: dict[str, object] = {"file": self._file, "row": known.where.row}
                message = Message("roster.guardian_contradicts", values)
                column = self.reader.header(place, name)
                self.findings.add(guardian.where.row, message, column)
        if added:
            self.guardians[at] = replace(known, **added)


def _is_heading(said: Said) -> bool:
    """Whether a row only says which group comes next, such as "Groep 4"."""
    return said.alone and said.pupil.keys() == {"number"} and " " in said.pupil["number"]


@lru_cache(maxsize=256)
def _only(group: str) -> tuple[str, ...]:
    """The groups of a child; those who are in one group share it."""
    return (group,) if group else ()


def _folded(value: object) -> object:
    return fold(value) if isinstance(value, str) else value


def _name_mark(pupil: RosterPupil) -> tuple[str, object]:
    """Name with birth date, or with the group where there is none."""
    name = fold(f"{pupil.first_name} {pupil.prefix} {pupil.surname}")
    return name, pupil.birth_date or pupil.group_keys
