"""Changes of who has access, as entries of the directory; nothing here touches a disk.

Every function appends to the directory it is given and leaves saving to the caller.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import resources
from app.ids import new_id
from app.record import Compartment
from db.keys.canonical import Json, to_text
from db.keys.codes import ONE_TIME
from db.keys.codes import RECOVERY as RECOVERY_KIND
from db.keys.derive import SALT_LENGTH, handle_of
from db.keys.pairs import PrivatePair, PublicPair
from db.keys.secret import SecretBytes
from db.register import roles
from db.register.compartment_keys import CompartmentKey, opened, sealed_to
from db.register.directory import Directory, Doors, digests
from db.register.doors import KEYS, PASSWORD, OwnKeys, Place, keys_door, password_door
from db.register.entries import RECOVERY, Author
from db.register.fields import Fields
from db.register.holder import Holder, hidden_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from db.keys.derive import KdfCost
    from db.register.members import Members

_DIRECTOR = "director"


@dataclass(frozen=True, slots=True, repr=False)
class Password:
    """A password to be, and what a guess at it is to cost."""

    text: str
    cost: KdfCost


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A user to be added: id, name and roles."""

    name: str
    roles: tuple[str, ...]


# -- the first day ---------------------------------------------------------------------------


def begin(
    school: str, director: str, password: Password, at: datetime
) -> tuple[Directory, Holder, str]:
    """A new directory, its first director and the written recovery code."""
    register, salt = new_id(), secrets.token_bytes(SALT_LENGTH)
    keys = {part: CompartmentKey.fresh(register, part, 1) for part in Compartment}
    holder = Holder(new_id(), _fresh_keys())
    with RECOVERY_KIND.fresh() as code:
        written = RECOVERY_KIND.written(code)
        recovery = recovery_pair(register, code)
    pairs = {holder.user: holder.own.pair.public, RECOVERY: recovery.public}
    body: dict[str, Json] = {
        "register": register,
        "school": school,
        "salt": to_text(salt),
        "role_table": roles.written(roles.offered()),
        "role_version": resources.roles_version(),
        "recovery": written_pair(recovery.public),
        "epochs": {part.value: key.written_epoch() for part, key in keys.items()},
        "sealed": sealed_to(pairs, dict.fromkeys(pairs, keys.values())),
        **_person(salt, keys[Compartment.CHECK], holder.user, Newcomer(director, (_DIRECTOR,))),
        "keys": written_pair(holder.own.pair.public),
    }
    recovery.close()
    directory = Directory.begun(holder.author, body, at)
    directory.change_doors(holder.author, _doors(directory, holder, password), at)
    for key in keys.values():
        key.close()
    holder.take_keys(directory.members)
    return directory, holder, written


def recovery_pair(register: str, code: SecretBytes) -> PrivatePair:
    """The pair that follows from a recovery code."""
    return PrivatePair.derived(code, "recovery", register)


# -- coming and going ------------------------------------------------------------------------


def add(directory: Directory, holder: Holder, newcomer: Newcomer, at: datetime) -> str:
    """Add a user and return his written one-time code."""
    members, user = directory.members, new_id()
    written, pair = _one_time(members.register, user)
    body: dict[str, Json] = {
        **_person(members.salt, holder.newest()[Compartment.CHECK], user, newcomer),
        "keys": written_pair(pair),
        "sealed": sealed_to({user: pair}, {user: _for_roles(members, holder, newcomer.roles)}),
    }
    directory.append(holder.author, "user_added", body, at)
    return written


def reissue(directory: Directory, holder: Holder, user: str, at: datetime) -> str:
    """Replace a user's keys by those of a new one-time code, which is returned."""
    members = directory.members
    written, pair = _one_time(members.register, user)
    keys = _for_roles(members, holder, members.users[user].roles)
    body: dict[str, Json] = {
        "user": user,
        "keys": written_pair(pair),
        "sealed": sealed_to({user: pair}, {user: keys}),
    }
    directory.append(holder.author, "reissued", body, at)
    directory.take_doors(user, {})
    return written


def enrol(
    directory: Directory, user: str, code: SecretBytes, password: Password, at: datetime
) -> Holder:
    """Give a user keys of his own, with his one-time code and a password he chose.

    Raises:
        WontOpenError: when the compartment keys were not sealed to this code.
    """
    members = directory.members
    temporary = one_time_pair(members.register, user, code)
    member = members.users[user]
    mine = [part for part in Compartment if members.opens(member, part)]
    keys = opened(members, temporary, mine)
    own = OwnKeys(SecretBytes.random(), PrivatePair.random(), (temporary.box.copy(),))
    holder = Holder(user, own, keys)
    doors = _doors(directory, holder, password)
    body: dict[str, Json] = {
        "keys": written_pair(own.pair.public),
        "sealed": sealed_to({user: own.pair.public}, {user: holder.newest().values()}),
        "doors": digests(doors),
    }
    directory.append(Author(user, temporary), "enrolled", body, at)
    directory.take_doors(user, doors)
    temporary.close()
    return holder


def one_time_pair(register: str, user: str, code: SecretBytes) -> PrivatePair:
    """The temporary pair that follows from a one-time code."""
    return PrivatePair.derived(code, "one-time", register, user)


def recover(
    directory: Directory, user: str, code: SecretBytes, password: Password, at: datetime
) -> Holder:
    """Give a director new keys with the printed recovery code.

    Raises:
        WontOpenError: when the compartment keys were not sealed to this code.
    """
    members = directory.members
    recovery = recovery_pair(members.register, code)
    keys = opened(members, recovery, Compartment)
    holder = Holder(user, _fresh_keys(), keys)
    doors = _doors(directory, holder, password)
    public = holder.own.pair.public
    body: dict[str, Json] = {
        "user": user,
        "keys": written_pair(public),
        "sealed": sealed_to({user: public}, {user: holder.newest().values()}),
        "doors": digests(doors),
    }
    directory.append(Author(RECOVERY, recovery), "recovered", body, at)
    directory.take_doors(user, doors)
    recovery.close()
    holder.take_keys(members)
    return holder


def change_roles(
    directory: Directory, holder: Holder, user: str, named: tuple[str, ...], at: datetime
) -> None:
    """Give a user other roles; compartments he loses begin a new epoch without him."""
    members = directory.members
    had = {part for part in Compartment if members.opens(members.users[user], part)}
    gets = [key for key in _for_roles(members, holder, named) if key.compartment not in had]
    keeps = {part for part in had if any(members.roles[role].opens(part) for role in named)}
    lost = [part for part in Compartment if part in had - keeps]
    body = next_epochs(members, holder, lost, without=user)
    sealed = sealed_to({user: members.recipient(user)}, {user: gets})
    body["sealed"] = {**Fields(body).part("sealed").values, **sealed}
    body |= {"user": user, "roles": list(named)}
    directory.append(holder.author, "roles_changed", body, at)


def define_roles(
    directory: Directory, holder: Holder, table: roles.Table, version: int, at: datetime
) -> None:
    """Define anew what roles may; compartments whose holders change begin a new epoch."""
    members = directory.members
    before, after = roles.held(members, members.roles), roles.held(members, table)
    body = next_epochs(
        replace(members, roles=table),
        holder,
        [part for part in Compartment if before[part] != after[part]],
    )
    body |= {"role_table": roles.written(table), "role_version": version}
    directory.append(holder.author, "roles_defined", body, at)


# -- new epochs ------------------------------------------------------------------------------


def revoke(directory: Directory, holder: Holder, user: str, at: datetime) -> None:
    """Shut a user out; the compartments he held begin a new epoch, sealed to those who stay."""
    members = directory.members
    lost = [part for part in Compartment if members.opens(members.users[user], part)]
    body = {"user": user, **next_epochs(members, holder, lost, without=user)}
    directory.append(holder.author, "revoked", body, at)
    directory.take_doors(user, {})


def start_epochs(
    directory: Directory, holder: Holder, compartments: Iterable[Compartment], at: datetime
) -> None:
    """Begin a new epoch of compartments, sealed to everybody who holds them."""
    body = next_epochs(directory.members, holder, list(compartments))
    directory.append(holder.author, "epochs_started", body, at)


def next_epochs(
    members: Members, holder: Holder, compartments: list[Compartment], without: str = ""
) -> dict[str, Json]:
    """The beginning of a new epoch of compartments, sealed to all who hold them but one."""
    former = holder.newest()
    fresh = {
        part: CompartmentKey.fresh(members.register, part, members.epoch(part).number + 1)
        for part in compartments
    }
    keys: dict[str, list[CompartmentKey]] = {}
    for part, key in fresh.items():
        for user in members.recipients(part):
            if user != without:
                keys.setdefault(user, []).append(key)
    pairs = {user: members.recipient(user) for user in keys}
    body: dict[str, Json] = {
        "epochs": {part.value: key.written_epoch(former[part]) for part, key in fresh.items()},
        "sealed": sealed_to(pairs, keys),
    }
    for key in fresh.values():
        key.close()
    return body


# -- the recovery code -----------------------------------------------------------------------


def is_recovery_code(members: Members, code: SecretBytes) -> bool:
    """Whether this is the register's recovery code."""
    pair = recovery_pair(members.register, code)
    try:
        return pair.public == members.recovery
    finally:
        pair.close()


def confirm_recovery(directory: Directory, holder: Holder, at: datetime) -> None:
    """Note that the recovery code was typed back."""
    directory.append(holder.author, "recovery_confirmed", {}, at)


def renew_recovery(directory: Directory, holder: Holder, at: datetime) -> str:
    """Replace the recovery code by a new one, which is returned written."""
    members = directory.members
    with RECOVERY_KIND.fresh() as code:
        written = RECOVERY_KIND.written(code)
        pair = recovery_pair(members.register, code)
    public = pair.public
    pair.close()
    body: dict[str, Json] = {
        "recovery": written_pair(public),
        "sealed": sealed_to({RECOVERY: public}, {RECOVERY: holder.newest().values()}),
    }
    directory.append(holder.author, "recovery_renewed", body, at)
    return written


# -- doors -----------------------------------------------------------------------------------


def change_password(
    directory: Directory, holder: Holder, password: Password, at: datetime
) -> None:
    """Replace the password door; the others stay."""
    place = Place.of(directory, holder.user, holder.own.pair.public.key_id)
    door = password_door(place, holder.own, password.text, password.cost)
    doors = {**directory.doors[holder.user], PASSWORD: door}
    directory.change_doors(holder.author, doors, at)


def _doors(directory: Directory, holder: Holder, password: Password) -> Doors:
    place = Place.of(directory, holder.user, holder.own.pair.public.key_id)
    return {
        PASSWORD: password_door(place, holder.own, password.text, password.cost),
        KEYS: keys_door(place, holder.own),
    }


# -- parts of entries ------------------------------------------------------------------------


def _person(
    salt: bytes, check: CompartmentKey, user: str, newcomer: Newcomer
) -> dict[str, Json]:
    return {
        "user": user,
        "handle": to_text(handle_of(newcomer.name, salt)),
        "name_epoch": check.epoch,
        "name": to_text(hidden_name(check, user, newcomer.name)),
        "roles": list(newcomer.roles),
    }


def _for_roles(
    members: Members, holder: Holder, named: tuple[str, ...]
) -> list[CompartmentKey]:
    return [
        key
        for part, key in holder.newest().items()
        if any(members.roles[role].opens(part) for role in named)
    ]


def _one_time(register: str, user: str) -> tuple[str, PublicPair]:
    with ONE_TIME.fresh() as code:
        pair = one_time_pair(register, user, code)
        public = pair.public
        pair.close()
        return ONE_TIME.written(code), public


def _fresh_keys() -> OwnKeys:
    return OwnKeys(SecretBytes.random(), PrivatePair.random())


def written_pair(pair: PublicPair) -> Json:
    """A public pair as entries write it."""
    return {"signing": to_text(pair.signing), "box": to_text(pair.box)}
