"""People and places as they are stored.

Identity data may change and keep their history. Enrolments and authority are facts: a
correction is a new fact that names the one it replaces.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from app.record import Record

if TYPE_CHECKING:
    from datetime import date, datetime


class EnrolmentKind(StrEnum):
    """Why a pupil is taught at a site."""

    ENROLLED = "enrolled"
    VISITING = "visiting"


class AuthorityKind(StrEnum):
    """What is known of a person's authority over a child.

    The six kinds of the government's authority service (Haal Centraal BRP bevragen,
    `gezagsrelatie-v2`), and two of our own: not known, and a parent who has none. Checked
    2026-11-22.
    """

    NOT_KNOWN = "not_known"
    NONE = "none"
    JOINT_PARENTAL = "joint_parental"
    SOLE_PARENTAL = "sole_parental"
    JOINT_WITH_THIRD = "joint_with_third"
    GUARDIANSHIP = "guardianship"
    TEMPORARILY_NONE = "temporarily_none"
    UNDETERMINABLE = "undeterminable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site(Record):
    """A place where pupils are taught."""

    name: str
    town: str = ""
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolYear(Record):
    """A school year, both days inclusive."""

    name: str
    start: date
    end: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Record):
    """A class at a site in a school year."""

    site_id: str
    school_year_id: str
    name: str
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pupil(Record):
    """A child. No field for a citizen service number, by design.

    Attributes:
        first_name: the name the child is called by (roepnaam).
        prefix: prefix of the surname (voorvoegsel), such as "van der".
        number: the school's own number for the child, or "".
        merged_into: the record that is the same child and goes on instead, or "".
    """

    first_name: str
    prefix: str = ""
    surname: str = ""
    birth_date: date | None = None
    number: str = ""
    merged_into: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guardian(Record):
    """A parent, guardian or guardian institution.

    Attributes:
        institution: name of a certified institution; then the person is its contact, or empty.
        ship: name of the ship; kept apart from the address, and a hint of where the child is.
        language: language of forms and letters.
        large_print: wants forms in large print.
        merged_into: the record that is the same person and goes on instead, or "".
    """

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
    language: str = "nl"
    email: str = ""
    phone: str = ""
    large_print: bool = False
    merged_into: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation(Record):
    """What a guardian is to a pupil.

    Attributes:
        kind: mother, father, parent, guardian, foster_parent, step_parent, institution or
            other.
        position: order on forms and screens, from 1.
    """

    pupil_id: str
    guardian_id: str
    kind: str
    position: int = 1
    ended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority(Record):
    """A fact about a guardian's authority over a pupil, in a period.

    Attributes:
        start: first day it holds, or None for always.
        end: last day it holds, or None for open.
        source: what it was seen in, a key of `resources/authority.toml`.
        seen_on: day on which it was seen.
        seen_by: who saw it.
        investigated: the authority is being investigated.
        recorded_at: when the register learned it.
        replaces: id of the fact that this one corrects, or "".
    """

    pupil_id: str
    guardian_id: str
    kind: AuthorityKind
    start: date | None = None
    end: date | None = None
    source: str = ""
    seen_on: date | None = None
    seen_by: str = ""
    investigated: bool = False
    recorded_at: datetime
    replaces: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment(Record):
    """A fact: the pupil is taught in a group at a site, both days inclusive."""

    pupil_id: str
    kind: EnrolmentKind
    site_id: str
    group_id: str = ""
    start: date
    end: date | None = None
    recorded_at: datetime
    replaces: str = ""


class AdultKind(StrEnum):
    """In which capacity an adult is at the school."""

    STAFF = "staff"
    TRAINEE = "trainee"
    VOLUNTEER = "volunteer"
    PARENT = "parent"
    VISITOR = "visitor"


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember(Record):
    """Somebody who works for the school, or another adult who is there and may be recorded.

    Attributes:
        kind: staff, or for example a volunteer or a parent who helps.
        start, end: the days on which he or she is there, both inclusive; None for open.
        site_id: where he or she mostly is, or "" when that is everywhere or not known.
    """

    first_name: str
    initials: str = ""
    prefix: str = ""
    surname: str = ""
    function: str = ""
    email: str = ""
    left: bool = False
    kind: AdultKind = AdultKind.STAFF
    start: date | None = None
    end: date | None = None
    site_id: str = ""

    def here_on(self, day: date) -> bool:
        """Whether he or she is there on a day; nobody is who has left."""
        begun = self.start is None or self.start <= day
        return not self.left and begun and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountSaid(Record):
    """A fact: an account of the program is somebody of the register, or a namesake.

    Of one account and one person the newest counts.

    Attributes:
        user_id: id of the account.
        kind: staff or guardian; person_id: in the register.
        said: same, other, or open (what was said before was a mistake).
        said_by: name of the user who says so.
    """

    user_id: str
    kind: str
    person_id: str
    said: str
    said_by: str
    recorded_at: datetime
