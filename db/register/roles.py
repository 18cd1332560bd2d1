"""The table of roles: as the program offers it, and as a register has taken it over.

What a role may stands in the register's own signed log. A newer program brings a newer table;
it counts only once a director has signed it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import resources
from app.access import RoleChange
from app.record import Compartment
from db.keys.canonical import Json
from db.register.members import Role

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.register.fields import Fields
    from db.register.members import Members

Table = dict[str, Role]


def offered() -> Table:
    """The roles of this program, from `resources/roles.toml`."""
    return {
        str(role["key"]): Role(
            grants=frozenset(
                f"{part}.{grant}" for part, grants in role["grants"].items() for grant in grants
            ),
            adds=frozenset(role["adds"]),
            lock_minutes=int(role["lock_minutes"]),
        )
        for role in resources.roles()
    }


def written(table: Table) -> Json:
    """A table as entries write it."""
    return {
        name: {
            "grants": list[Json](sorted(role.grants)),
            "adds": list[Json](sorted(role.adds)),
            "lock_minutes": role.lock_minutes,
        }
        for name, role in table.items()
    }


def read(fields: Fields) -> Table:
    """The table that an entry writes.

    Raises:
        MalformedError: when it writes none.
    """
    return {
        name: Role(
            grants=frozenset(role.texts("grants")),
            adds=frozenset(role.texts("adds")),
            lock_minutes=role.number("lock_minutes"),
        )
        for name, role in fields.parts().items()
    }


def to_take(members: Members) -> Table | None:
    """The table that a register would have after taking over this program's, or None.

    None when the program's table is not newer than the register's. A role that the program does
    not know any more, but that somebody has or had, stays as it is.
    """
    if resources.roles_version() <= members.role_version:
        return None
    used = {name for user in members.users.values() for name in user.roles}
    table = offered()
    kept = {name: role for name, role in members.roles.items() if name in used}
    return {**kept, **table}


def goes_unasked(members: Members, table: Table) -> bool:
    """Whether a table gives nobody more than he has: it only adds roles, or locks sooner.

    That those who decide about every role decide about the added ones too is no more than that.
    """
    added = table.keys() - members.roles.keys()
    if not table.keys() >= members.roles.keys():
        return False
    every = members.roles.keys()
    for name, before in members.roles.items():
        after, may_add = table[name], added if before.adds >= every else frozenset()
        if after.grants != before.grants or after.lock_minutes > before.lock_minutes:
            return False
        if not before.adds <= after.adds <= before.adds | may_add:
            return False
    return True


def changes(before: Mapping[str, Role], after: Mapping[str, Role]) -> tuple[RoleChange, ...]:
    """What differs between two tables, role by role."""
    nothing = Role(frozenset(), frozenset())
    found = []
    for name in dict.fromkeys((*after, *before)):
        old, new = before.get(name, nothing), after.get(name, nothing)
        if old != new or name not in before:
            found.append(
                RoleChange(
                    key=name,
                    gained=tuple(sorted(new.grants - old.grants)),
                    lost=tuple(sorted(old.grants - new.grants)),
                    is_new=name not in before,
                )
            )
    return tuple(found)


def held(members: Members, table: Table) -> dict[Compartment, frozenset[str]]:
    """Who would hold the key of each compartment with a table."""
    return {
        part: frozenset(
            user.id
            for user in members.users.values()
            if not user.revoked and any(table[role].opens(part) for role in user.roles)
        )
        for part in Compartment
    }
