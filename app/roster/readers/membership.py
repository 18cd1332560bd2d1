"""Who is who in a set of tables that refer to each other: pupils, parents, staff, groups.

OneRoster and School Data Sync tell it in different tables; what follows from it is the same.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from app.errors import Message
from app.roster.readers.sourced import Kind, rules, several, word
from app.roster.roster import (
    RosterGroup,
    RosterGuardian,
    RosterPupil,
    RosterSite,
    RosterStaff,
    Where,
)
from app.roster.source.limits import Limit, limit
from app.roster.source.surnames import split_surname

if TYPE_CHECKING:
    from datetime import date

    from app.roster.readers.reading import Reading
    from app.roster.readers.sourced import Line, Sheets

_LEVEL = re.compile(r"0?(\d{1,2})")
_NUMBER = re.compile(r"[\w./-]*\d[\w./-]*")
_YEAR = "schoolyear"


class Role(NamedTuple):
    """What somebody is at an organisation, and from when to when."""

    name: str
    org: str
    begin: date | None = None
    end: date | None = None
    session: str = ""
    primary: bool = False


class _Org(NamedTuple):
    name: str
    kind: str
    parent: str
    where: Where


class _Class(NamedTuple):
    title: str
    homeroom: bool
    org: str
    level: int | None
    where: Where


class _Session(NamedTuple):
    kind: str
    start: date | None
    end: date | None


@dataclass(slots=True)
class _Several:
    """Pupils in more than one class without a homeroom: how many, and where the first is."""

    count: int = 0
    where: Where | None = None


class Membership:
    """Everything that is known before the users themselves are read.

    Attributes:
        roles: what somebody is, by the key in the source.
        births: birth dates likewise.
        kin: who was named as parent or guardian of whom, with the name of the relation.
        others: who was named as somebody else for a pupil, such as a doctor.
    """

    def __init__(self, sheets: Sheets) -> None:
        self.sheets = sheets
        self.reading: Reading = sheets.reading
        self.roles: dict[str, list[Role]] = {}
        self.births: dict[str, date] = {}
        self._former: dict[str, list[Role]] = {}
        self.kin: list[tuple[str, str, str, Where]] = []
        self.others: set[str] = set()
        self._orgs: dict[str, _Org] = {}
        self._sessions: dict[str, _Session] = {}
        self._bounds: dict[bool, set[date | None]] = {True: set(), False: set()}
        self._classes: dict[str, _Class] = {}
        self._taught: dict[str, tuple[str, ...]] = {}
        self._ended: set[tuple[str, str]] = set()
        self._in_class: dict[str, str] = {}
        self._several = _Several()
        self._used_orgs: dict[str, None] = {}
        self._used_classes: dict[str, None] = {}
        self._relations: dict[str, str] = rules()["relations"]
        self._staff: dict[str, str] = rules()["staff"]
        self._pupil = frozenset(rules()["pupil"])

    # --- tables ------------------------------------------------------------------------------

    def read(self) -> None:
        """Read every table but the one of users, which needs what the others say."""
        self._read_places()
        self._read_roles()
        self._read_births()
        self._read_enrolments()

    def _read_places(self) -> None:
        """Read organisations, sessions and classes."""
        for line in self.sheets.rows(Kind.ORGS):
            if line("sourcedid") and not line.deleted:
                parent = line("parentsourcedid")
                org = _Org(line.text("name"), word(line("type")), parent, line.where())
                self._orgs[line("sourcedid")] = org
        for line in self.sheets.rows(Kind.SESSIONS):
            if not line.deleted:
                session = _Session(
                    word(line("type")), line.day("startdate"), line.day("enddate")
                )
                self._sessions[line("sourcedid")] = session
                self._bounds[True].add(session.start)
                self._bounds[False].add(session.end)
        for line in self.sheets.rows(Kind.CLASSES):
            if line("sourcedid") and not line.deleted:
                self._classes[line("sourcedid")] = _class(line)

    def _read_roles(self) -> None:
        """Read who is what, from the table of roles."""
        for line in self.sheets.rows(Kind.ROLES):
            user = line("usersourcedid")
            if not user:
                continue
            begin = line.day("rolestartdate") or line.day("begindate")
            end = line.day("roleenddate") or line.day("enddate")
            primary = word(line("isprimary") or line("roletype")) in ("true", "primary", "1")
            session = line("sessionsourcedids") or line("sessionsourcedid")
            org = line("orgsourcedids")
            role = Role(word(line("role")), org, begin, end, session, primary)
            held = self._former if line.deleted else self.roles
            held.setdefault(user, []).append(role)

    def _read_births(self) -> None:
        """Read birth dates; nothing else of the demographics is asked for."""
        for line in self.sheets.rows(Kind.DEMOGRAPHICS):
            born = line.day("birthdate")
            user = line("usersourcedid") or line("sourcedid")
            if born and user and not line.deleted:
                self.births[user] = born

    def _read_enrolments(self) -> None:
        """Read who is in which class; a class that is not there is told once."""
        unknown: set[str] = set()
        for line in self.sheets.rows(Kind.ENROLLMENTS):
            user, key = line("usersourcedid"), line("classsourcedid")
            if not user or line.deleted:
                continue
            if key not in self._classes:
                if key not in unknown:
                    unknown.add(key)
                    self.reading.fault(
                        line.where("classsourcedid"), Message("roster.class_unknown")
                    )
                continue
            role = word(line("role"))
            if role in self._pupil:
                self._taught[user] = (*self._taught.get(user, ()), sys.intern(key))
                if self._is_over(line.day("enddate")):
                    self._ended.add((user, key))
            else:
                self._in_class.setdefault(user, role)

    def _is_over(self, last: date | None) -> bool:
        """Whether a last day lies before the school year that the tables are of."""
        year = self._year() if last is not None else None
        start = year.start if year is not None else None
        return last is not None and start is not None and last < start

    # --- people ------------------------------------------------------------------------------

    def add_user(self, line: Line, roles: list[Role], *, contact: bool) -> None:
        """Add somebody as whatever he is; one who is nothing is told and left out.

        Args:
            line: the row of the user.
            roles: what he is by himself; what he is in classes counts when this is empty.
            contact: he was named as parent or guardian of a pupil.
        """
        user = line("sourcedid")
        held = roles or self._by_class(user)
        if line.deleted and not held:  # what he was goes together with him
            held = self._former.get(user, [])
        pupil = [role for role in held if role.name in self._pupil]
        staff = [role for role in held if role.name in self._staff]
        guardian = contact or any(role.name in self._relations for role in held)
        if not (pupil or staff or guardian):
            self._pass_over(line, held)
            return
        name = _named(line)
        if not any(name):
            self.reading.fault(line.where(), Message("roster.name_missing"), left_out=True)
            return
        if pupil:
            self._add_pupil(line, name, pupil)
        if staff:
            self._add_staff(line, name, staff)
        if guardian:
            self._add_guardian(line, name)

    def _pass_over(self, line: Line, held: list[Role]) -> None:
        """Leave out who is nothing here; without any role it may be a pupil all the same."""
        if any(role.name for role in held):
            self.reading.kept_out.drop("role", "roster.dropped_role")
        else:
            self.reading.fault(line.where(), Message("roster.role_unknown"), left_out=True)

    def _by_class(self, user: str) -> list[Role]:
        """What somebody is who is nothing but a member of classes."""
        found = [self._in_class[user]] if user in self._in_class else []
        return [
            Role(name, "") for name in (*found, *(self._pupil if user in self._taught else ()))
        ]

    def _add_pupil(self, line: Line, name: tuple[str, str, str], roles: list[Role]) -> None:
        key, stable = self.reading.own_key("pupil", line("sourcedid"), line.key_place)
        number = line.text("identifier")
        entered, left = self._period(roles)
        if line.deleted:
            left = left or line.day("datelastmodified")
            if left is None:
                message = Message("roster.deleted_no_day")
                self.reading.fault(line.where("status"), message, left_out=True)
                return
        self.reading.add_pupil(
            RosterPupil(
                key=key,
                stable=stable,
                number=number if _is_number(number) else "",
                first_name=name[0],
                prefix=name[1],
                surname=name[2],
                birth_date=self.births.get(line("sourcedid")) or line.day("birthdate"),
                site_key=self._site(roles),
                group_keys=self._groups(line),
                entered=entered,
                left=left,
                where=line.where(),
            )
        )

    def _add_staff(self, line: Line, name: tuple[str, str, str], roles: list[Role]) -> None:
        key, stable = self.reading.own_key("staff", line("sourcedid"), line.key_place)
        words = dict.fromkeys(self._staff[role.name] for role in roles)
        self.reading.add_staff(
            RosterStaff(
                key=key,
                stable=stable,
                first_name=name[0],
                prefix=name[1],
                surname=name[2],
                function=", ".join(words),
                email=line.email("email"),
                left=line.deleted,
                where=line.where(),
            )
        )

    def _add_guardian(self, line: Line, name: tuple[str, str, str]) -> None:
        if line.deleted:
            return
        key, stable = self.reading.own_key("guardian", line("sourcedid"), line.key_place)
        self.reading.add_guardian(
            RosterGuardian(
                key=key,
                stable=stable,
                first_name=name[0],
                prefix=name[1],
                surname=name[2],
                email=line.email("email"),
                phone=line.phone("phone", "sms"),
                where=line.where(),
            )
        )

    # --- what follows from the tables --------------------------------------------------------

    def _period(self, roles: list[Role]) -> tuple[date | None, date | None]:
        """First and last day of a pupil; the bounds of a session are neither."""
        starts = [role.begin for role in roles if self._own(role.begin, role, first=True)]
        ends = [role.end for role in roles if self._own(role.end, role, first=False)]
        entered = min((day for day in starts if day), default=None)
        if len(ends) < len(roles):
            return entered, None
        return entered, max((day for day in ends if day), default=None)

    def _own(self, day: date | None, role: Role, *, first: bool) -> bool:
        """Whether a day says something of the person, and not of the session he is in."""
        if day is None or not self._sessions:
            return False
        if day in self._bounds[first]:
            return False
        session = self._sessions.get(role.session) or self._year()
        bound = session and (session.start if first else session.end)
        return bound is None or (day > bound if first else day < bound)

    def _year(self) -> _Session | None:
        """The latest school year, or the latest session when no year is among them."""
        known = [each for each in self._sessions.values() if each.start]
        years = [each for each in known if each.kind == _YEAR] or known
        return max(years, key=lambda each: str(each.start), default=None)

    @property
    def school_year(self) -> str:
        """The school year that the sessions are of, or ""."""
        year = self._year()
        if year is None or year.start is None or year.end is None:
            return ""
        last = max(year.end.year, year.start.year + 1)
        return f"{year.start.year}-{last}"

    @property
    def source(self) -> str:
        """The one organisation that all others belong to, or ""."""
        tops = [key for key, org in self._orgs.items() if org.parent not in self._orgs]
        return self._kept(tops[0]) if len(tops) == 1 else ""

    def _kept(self, org: str) -> str:
        return self.reading.text(org, lambda: self._orgs[org].where)

    def _site(self, roles: list[Role]) -> str:
        for role in sorted(roles, key=lambda each: not each.primary):
            if role.org:
                return self._place(role.org)
        return ""

    def _place(self, key: str) -> str:
        """The school that an organisation is or belongs to; the organisation when none is."""
        if not self._orgs:
            return ""
        place, seen = key, set[str]()
        while place in self._orgs and place not in seen:
            if self._orgs[place].kind in rules()["sites"]:
                break
            seen.add(place)
            place = self._orgs[place].parent
        place = place if place in self._orgs else key
        self._used_orgs.setdefault(place)
        return self.reading.key("site", place)[0]

    def _groups(self, line: Line) -> tuple[str, ...]:
        """The homerooms of a pupil, else the only class, else the first by its title."""
        user = line("sourcedid")
        every = list(dict.fromkeys(self._taught.get(user, ())))
        keys = [key for key in every if (user, key) not in self._ended] or every
        homerooms = [key for key in keys if self._classes[key].homeroom]
        if not homerooms and len(keys) > 1:
            self._several.count += 1
            self._several.where = self._several.where or line.where()
            keys = [min(keys, key=lambda key: (self._classes[key].title.casefold(), key))]
        used = homerooms or keys
        for key in used:
            self._used_classes.setdefault(key)
        return tuple(self.reading.key("group", key)[0] for key in used)

    # --- the end -----------------------------------------------------------------------------

    def finish(self) -> None:
        """Add the groups and sites that people are in, and who belongs to whom."""
        if self._several.where is not None:
            message = Message("roster.classes_several", {"count": self._several.count})
            self.reading.fault(self._several.where, message)
        for key, found in self._classes.items():
            if found.homeroom or key in self._used_classes:
                self._add_group(key, found)
        for key in self._used_orgs:
            if key in self._orgs:
                org = self._orgs[key]
                own, _ = self.reading.own_key("site", key, partial(replace, org.where))
                self.reading.add_site(
                    RosterSite(key=own, name=org.name or own, where=org.where)
                )
        for pupil, guardian, kind, where in self.kin:
            self._relate(pupil, guardian, kind, where)

    def _add_group(self, key: str, found: _Class) -> None:
        own, stable = self.reading.own_key("group", key, partial(replace, found.where))
        self.reading.add_group(
            RosterGroup(
                key=own,
                name=found.title or own,
                site_key=self._place(found.org) if found.org in self._orgs else "",
                stable=stable,
                level=found.level,
                where=found.where,
            )
        )

    def _relate(self, pupil: str, guardian: str, kind: str, where: Where) -> None:
        child = self.reading.pupils.get(self.reading.key("pupil", pupil)[0])
        adult = self.reading.guardians.get(self.reading.key("guardian", guardian)[0])
        if child is None or adult is None:
            self.reading.fault(where, Message("roster.relation_unknown"))
        else:  # the very texts that they are known by, so that no other is held in memory
            self.reading.relate(child.key, adult.key, self._relations.get(kind, "other"))


def _class(line: Line) -> _Class:
    grades = several(line("grades"))
    level = _LEVEL.fullmatch(grades[0]) if len(grades) == 1 else None
    return _Class(
        title=line.text("title"),
        homeroom=word(line("classtype")) == rules()["homeroom"],
        org=line("schoolsourcedid") or line("orgsourcedids"),
        level=int(level.group(1)) if level else None,
        where=line.where(),
    )


def _is_number(text: str) -> bool:
    """Whether an identifier is one that people use as a number; some systems give a name."""
    return len(text) <= limit(Limit.NUMBER) and bool(_NUMBER.fullmatch(text))


def _named(line: Line) -> tuple[str, str, str]:
    """First name, prefix and surname; the name that somebody goes by before the given one."""
    first_name = line.text("preferredgivenname") or line.text("givenname")
    return (first_name, *split_surname(line.text("familyname")))
