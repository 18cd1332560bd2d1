"""What a file says about people, before anybody compares it with the register.

A *roster* is plain values: read once, never stored. What may not be held (a citizen service
number, descent, passwords and the like) was dropped while reading and is only counted here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from app.errors import Message


class SourceKind(StrEnum):
    """The kinds of files that are understood."""

    EDEXML = "edexml"
    UWLR = "uwlr"
    ONEROSTER = "oneroster"
    SDS = "sds"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a source, for a person to find it again.

    Attributes:
        file: name of the file, or of the member of a zip.
        row: row of a table from 1 with the headers as row 1, or line of an XML file.
        column: header or element, or "".
    """

    file: str
    row: int = 0
    column: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a source that was not understood; the rest was.

    Attributes:
        where: the place.
        message: what is wrong and what to do.
        left_out: the whole person or group was left out, not only the field.
    """

    where: Where
    message: Message
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Dropped:
    """A field that may not be held: its name, why (a text id) and how often it was filled."""

    name: str
    reason: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterSite:
    """A site; `key` is stable within the source, or "" when the source has none."""

    key: str
    name: str
    town: str = ""
    where: Where


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterGroup:
    """A group.

    Attributes:
        key: what the pupils of this source name it by; never "".
        stable: whether the key is the same at the next export.
        merged: it is taught as one out of several (samengestelde groep).
        level: year group from 0 for ordering, or None.
    """

    key: str
    name: str
    site_key: str = ""
    stable: bool = True
    merged: bool = False
    level: int | None = None
    where: Where


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterPupil:
    """A pupil; an empty field means that the source says nothing.

    Attributes:
        key: key within the source; `stable` as for groups.
        number: the school's own number for the child.
        group_keys: the groups, the one that counts first.
        entered: first day at the school; left: last day.
        doubt: why the row may be about nobody, or None.
    """

    key: str
    stable: bool = True
    number: str = ""
    first_name: str = ""
    prefix: str = ""
    surname: str = ""
    birth_date: date | None = None
    site_key: str = ""
    group_keys: tuple[str, ...] = ()
    entered: date | None = None
    left: date | None = None
    doubt: Message | None = None
    where: Where


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterGuardian:
    """A parent or guardian; an empty field means that the source says nothing."""

    key: str
    stable: bool = True
    first_name: str = ""
    initials: str = ""
    prefix: str = ""
    surname: str = ""
    institution: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    country: str = ""
    ship: str = ""
    language: str = ""
    email: str = ""
    phone: str = ""
    where: Where


@dataclass(frozen=True, slots=True)
class RosterRelation:
    """What a guardian is to a pupil; `kind` as in `app.people.records.Relation`."""

    pupil_key: str
    guardian_key: str
    kind: str = "parent"
    position: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterStaff:
    """A member of staff; parents who help are not among them."""

    key: str
    stable: bool = True
    first_name: str = ""
    initials: str = ""
    prefix: str = ""
    surname: str = ""
    function: str = ""
    email: str = ""
    left: bool = False
    where: Where


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """Everything a source says.

    Attributes:
        kind: what kind of source it is.
        source: what the source is called, the same at the next export of the same system (a
            school's code, or the name of a remembered mapping); keys are remembered under it.
        files: names of the files read.
        digest: SHA-256 of the files, hexadecimal.
        school_year: "2026-2027", or "" when the source does not say.
        as_of: the day the source speaks of, or None.
        whole: pupils who are not in it are not taught (at its sites, when it names sites).
        whole_staff: likewise for staff.
        pupils, guardians, relations: who compares lets go of what stands in a list (see
            `app.roster.accept.spendable`), never of what stands in a tuple.
    """

    kind: SourceKind
    source: str
    files: tuple[str, ...]
    digest: str
    school_year: str = ""
    as_of: date | None = None
    whole: bool = False
    whole_staff: bool = False
    sites: tuple[RosterSite, ...] = ()
    groups: tuple[RosterGroup, ...] = ()
    pupils: Sequence[RosterPupil] = ()
    guardians: Sequence[RosterGuardian] = ()
    relations: Sequence[RosterRelation] = ()
    staff: tuple[RosterStaff, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    faults: tuple[Fault, ...] = field(default=())
