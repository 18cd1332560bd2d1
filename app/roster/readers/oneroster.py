"""Reads OneRoster 1.1 and 1.2 as CSV: pupils, parents, staff, classes.

Source: OneRoster 1.1 and 1.2 of 1EdTech, CSV binding, and public sets that depart from it;
checked 2026-11-22. There is nothing in it about custody.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from app.roster.readers.membership import Membership, Role
from app.roster.readers.reading import Reading
from app.roster.readers.sourced import Kind, Sheets, file_of, rules, several, word
from app.roster.roster import SourceKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.jobs import Progress
    from app.roster.readers.sourced import Line, Sheet
    from app.roster.roster import Roster, Where

_DELTA, _BULK = "delta", "bulk"
_NO_NAME = ("absent", "none", "unknown", "null")
_NAMES = ("sourcesystemcode", "sourcesystemname")


def read_oneroster(sheets: Sequence[Sheet], progress: Progress) -> Roster:
    """What a set of tables says; a set of changes is never the whole school.

    Raises:
        Refusal: nobody is in it, or it cannot be read any further.
        CancelledError: the person stopped it.
    """
    reading = Reading(file_of(sheets, Kind.USERS))
    tables = Sheets(sheets, reading, progress)
    manifest = {
        word(line("propertyname")): line.text("value") for line in tables.rows(Kind.MANIFEST)
    }
    members = Membership(tables)
    members.read()
    _read_users(tables, members)
    members.finish()
    said = (manifest.get(name, "") for name in _NAMES)
    source = next((name for name in said if name and word(name) not in _NO_NAME), "")
    return reading.roster(
        SourceKind.ONEROSTER,
        source or members.source or SourceKind.ONEROSTER.value,
        school_year=members.school_year,
        as_of=_day(tables.changed),
        whole=_is_whole(manifest, tables),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:  # none said, or the 31st of a short month
        return None


def _read_users(tables: Sheets, members: Membership) -> None:
    """Read everybody, and who is named as agent of whom, on whichever side it is said."""
    pairs: dict[tuple[str, str], Where] = {}
    kinds: dict[str, str] = {}
    for line in tables.rows(Kind.USERS):
        user = line("sourcedid")
        roles = _roles(line, members)
        for role in roles:
            if role.name in rules()["relations"]:
                kinds[user] = role.name
        agents = several(line("agentsourcedids"))
        if agents:
            where = line.where("agentsourcedids")
            pairs.update(((user, agent), where) for agent in agents)
        members.add_user(line, roles, contact=False)
    reading = members.reading
    adults = (reading.staff.keys() | reading.guardians.keys()) - reading.pupils.keys()
    for (user, agent), where in pairs.items():
        if agent in kinds and user not in adults:
            members.kin.append((user, agent, kinds[agent], where))
        elif user in kinds and agent not in adults:
            members.kin.append((agent, user, kinds[user], where))


def _roles(line: Line, members: Membership) -> list[Role]:
    """What a user is: in 1.2 by the table of roles, in 1.1 by his own row."""
    known = members.roles.get(line("sourcedid"), [])
    name = word(line("role"))
    if known or not name:
        return known
    orgs = several(line("orgsourcedids")) or [line("primaryorgsourcedid")]
    return [Role(name, org) for org in orgs]


def _is_whole(manifest: dict[str, str], tables: Sheets) -> bool:
    """Whether everybody who is taught is in it: all at once, and nothing to be deleted."""
    said = word(manifest.get("fileusers", ""))
    if said == _DELTA or tables.deletes:
        return False
    return said == _BULK or not tables.states
