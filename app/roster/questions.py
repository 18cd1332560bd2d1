"""What an import asks of the register, answered by the store."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from app.record import Question
from app.roster.records import RosterImport, RosterSource

if TYPE_CHECKING:
    from datetime import date, datetime

    from app.consent.records import Decision, SafetyFlag
    from app.people.records import Authority, Group, Guardian, SchoolYear, Site, StaffMember


class Standing(Enum):
    """What a pupil is to the school on a day."""

    ENROLLED = "enrolled"
    VISITING = "visiting"
    LEFT = "left"
    NOWHERE = "nowhere"


class KnownTie(NamedTuple):
    """A relation of a known pupil, ended ones included."""

    id: str
    guardian_id: str
    kind: str
    position: int
    ended: bool


@dataclass(frozen=True, slots=True)
class KnownPupil:
    """A pupil of the register, with what an import compares.

    Attributes:
        standing: on the day that was asked about; somebody whose enrolment begins later is
            enrolled.
        site_id, group_id, start, end: the enrolment that this follows from; of one who left,
            the last one.
        since: first day of the first enrolment, when there is one.
        goes_on: enrolled on that day, and again later, such as in the group of next year.
    """

    id: str
    first_name: str
    prefix: str
    surname: str
    birth_date: date | None
    number: str
    standing: Standing = Standing.NOWHERE
    site_id: str = ""
    group_id: str = ""
    start: date | None = None
    end: date | None = None
    since: date | None = None
    goes_on: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the register knows, as far as an import compares it.

    Attributes:
        state: changes whenever anything here may have changed.
        source: the source, when it was imported from before.
        sites, years, groups, pupils, guardians, staff: by id; people who were merged into
            others are left out.
        ties: relations by pupil.
        staff_since: day on which the register learned of each member of staff.
        keys: ids by what they are about and the key of the source.
        imports: imports of this source that stand, newest first.
        spare_site: the site of the first start while nothing is at it, nobody was ever taught
            there, and every other site came from a file; or "".
    """

    state: str = ""
    source: RosterSource | None = None
    sites: dict[str, Site] = field(default_factory=dict)
    years: dict[str, SchoolYear] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    pupils: dict[str, KnownPupil] = field(default_factory=dict)
    guardians: dict[str, Guardian] = field(default_factory=dict)
    ties: dict[str, tuple[KnownTie, ...]] = field(default_factory=dict)
    staff: dict[str, StaffMember] = field(default_factory=dict)
    staff_since: dict[str, date] = field(default_factory=dict)
    keys: dict[str, dict[str, str]] = field(default_factory=dict)
    imports: tuple[RosterImport, ...] = ()
    spare_site: str = ""

    def key(self, what: str, key: str) -> str:
        """Id of what the source names by a key, or ""."""
        return self.keys.get(what, {}).get(key, "")


@dataclass(frozen=True, slots=True)
class KnownPeople(Question[Known]):
    """The whole register as an import compares it, with the keys of one source.

    Attributes:
        on: the day on which places are looked at.
    """

    kind: str
    source: str
    on: date


@dataclass(frozen=True, slots=True)
class PeopleState(Question[str]):
    """A text that changes with every change of people, places, enrolments and source keys."""


@dataclass(frozen=True, slots=True)
class Built:
    """What was done with something that an import wrote, so that it cannot be undone.

    Attributes:
        what: decision, authority, safety_flag, issued_form, request, objection,
            issued_receipt, office_letter, relation, enrolment or changed.
        name: whom it is about, for a person to find.
        count: how many.
    """

    what: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class BuiltOn(Question[tuple[Built, ...]]):
    """Everything that was built on an import since; empty when it can be undone."""

    import_id: str


@dataclass(frozen=True, slots=True)
class Merger:
    """Two records that were merged, and what was recorded once more by it.

    Attributes:
        kept, given_up: ids of the record that goes on and of the other.
        name: the name of the record given up.
        at: when it was done.
        decisions, authority, flags: what it wrote, without what it took back itself.
        built: what was done with either of them since; empty when it can be undone.
    """

    kept: str
    given_up: str
    name: str
    at: datetime
    decisions: tuple[Decision, ...] = ()
    authority: tuple[Authority, ...] = ()
    flags: tuple[SafetyFlag, ...] = ()
    built: tuple[Built, ...] = ()


@dataclass(frozen=True, slots=True)
class MergerOf(Question["Merger | None"]):
    """The merger by which a record was given up, or None when it goes on by itself."""

    given_up: str


@dataclass(frozen=True, slots=True)
class MergersInto(Question[tuple[Merger, ...]]):
    """Every merger into a record that goes on, newest first."""

    kept: str


@dataclass(frozen=True, slots=True)
class Imports(Question[tuple[tuple[RosterImport, RosterSource | None], ...]]):
    """Every import with its source, newest first."""
