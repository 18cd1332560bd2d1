"""Rosters written in a line or two, as a reader would give them."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING, Any

from app.roster.roster import (
    Roster,
    RosterGroup,
    RosterGuardian,
    RosterPupil,
    RosterRelation,
    RosterSite,
    RosterStaff,
    SourceKind,
    Where,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

FILE = "leerlingen.csv"
BORN = date(2020, 5, 4)


def where(row: int) -> Where:
    return Where(FILE, row)


def child(first: str, surname: str = "Wal", prefix: str = "", **more: Any) -> RosterPupil:
    """A row about a child of group "g"; keys and numbers are given by name."""
    given = {"birth_date": BORN, "group_keys": ("g",), "key": "", "stable": False, **more}
    return RosterPupil(
        first_name=first, surname=surname, prefix=prefix, where=where(2), **given
    )


def parent(first: str, surname: str = "Wal", **more: Any) -> RosterGuardian:
    given = {"key": f"{first} {surname}", "stable": False, **more}
    return RosterGuardian(first_name=first, surname=surname, where=where(2), **given)


def teacher(first: str, surname: str = "Bos", **more: Any) -> RosterStaff:
    given = {"key": f"{first} {surname}", "stable": False, **more}
    return RosterStaff(first_name=first, surname=surname, where=where(2), **given)


def group(key: str = "g", name: str = "Zeester", **more: Any) -> RosterGroup:
    return RosterGroup(key=key, name=name, where=where(1), **more)


def site(key: str, name: str) -> RosterSite:
    return RosterSite(key=key, name=name, where=where(1))


def roster(*people: Any, **more: Any) -> Roster:
    """A roster of pupils, guardians, staff, groups, sites and relations in any order.

    Rows of pupils without a key get one that names only the row.
    """
    pupils = [_keyed(row, at) for at, row in enumerate(_of(people, RosterPupil))]
    given = {
        "kind": SourceKind.LIST,
        "source": "lijst",
        "files": (FILE,),
        "digest": hashlib.sha256(repr(people).encode()).hexdigest(),
        "groups": tuple(_of(people, RosterGroup)) or (group(),),
        "sites": tuple(_of(people, RosterSite)),
        "guardians": tuple(_of(people, RosterGuardian)),
        "relations": tuple(_of(people, RosterRelation)),
        "staff": tuple(_of(people, RosterStaff)),
        **more,
    }
    return Roster(pupils=tuple(pupils), **given)


def family(kind: str = "parent", /, **children_of: Iterable[str]) -> list[RosterRelation]:
    """Relations: key of a pupil to keys of guardians."""
    return [
        RosterRelation(pupil, guardian, kind, position)
        for pupil, guardians in children_of.items()
        for position, guardian in enumerate(guardians, 1)
    ]


def _of(people: Iterable[Any], kind: type) -> list[Any]:
    return [each for each in people if isinstance(each, kind)]


def _keyed(row: RosterPupil, at: int) -> RosterPupil:
    from dataclasses import replace

    return row if row.key else replace(row, key=f"#{at}")
