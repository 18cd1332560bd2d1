"""What the membership log adds up to: roles, users, keys, epochs, sealed compartment keys."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.ports import UserCard
from db.register.entries import RECOVERY

if TYPE_CHECKING:
    from app.record import Compartment
    from db.keys.pairs import PublicPair

OPENING_GRANTS = ("read", "write", "publish")
"""What may be granted on a compartment that needs its key; sealing a report needs none."""

SHORTEST = 3
"""Quiet minutes before the program locks, where no role says how many."""


@dataclass(frozen=True, slots=True)
class Role:
    """A named set of grants, as the register's own log defines it.

    Attributes:
        grants: such as "consent.write".
        adds: roles whose holders this role may add, renew and revoke.
        lock_minutes: quiet minutes after which the program locks.
    """

    grants: frozenset[str]
    adds: frozenset[str]
    lock_minutes: int = SHORTEST

    def opens(self, compartment: Compartment) -> bool:
        """Whether this role needs the key of a compartment."""
        return any(f"{compartment}.{grant}" in self.grants for grant in OPENING_GRANTS)


@dataclass(slots=True)
class MemberKey:
    """A user's public pair and the entries between which it counted.

    Attributes:
        since: number of the entry that brought it.
        until: number of the entry that ended it, or None.
        temporary: it only follows from a one-time code, and can do nothing but enrol.
    """

    public: PublicPair
    since: int
    until: int | None = None
    temporary: bool = False


@dataclass(slots=True)
class Member:
    """A user.

    Attributes:
        handle: what stands for the name he types.
        name_epoch, name: his name, encrypted under the check key of that epoch.
        keys: all his pairs, the newest last.
        doors: hash of each of his doors, by name.
    """

    id: str
    handle: bytes
    name_epoch: int
    name: bytes
    roles: tuple[str, ...]
    keys: list[MemberKey] = field(default_factory=list)
    doors: dict[str, str] = field(default_factory=dict)
    revoked: bool = False

    @property
    def key(self) -> MemberKey:
        """His newest pair."""
        return self.keys[-1]

    @property
    def pending(self) -> bool:
        """Whether his one-time code was not used yet."""
        return self.key.temporary and not self.revoked


@dataclass(frozen=True, slots=True)
class Epoch:
    """A time during which a compartment had one key.

    Attributes:
        number: 1, 2, …
        inbox: raw X25519 key to which reports are sealed.
        previous: the key of the epoch before, wrapped with this one; empty for the first.
    """

    number: int
    inbox: bytes
    previous: bytes


@dataclass(slots=True)
class Members:
    """Everything that the log says after its newest entry.

    Attributes:
        role_version: which edition of the table of roles counts.
    """

    register: str
    school: str
    salt: bytes
    root: str
    recovery: PublicPair
    roles: dict[str, Role] = field(default_factory=dict)
    users: dict[str, Member] = field(default_factory=dict)
    epochs: dict[Compartment, list[Epoch]] = field(default_factory=dict)
    sealed: dict[tuple[str, Compartment, int], bytes] = field(default_factory=dict)
    recovery_confirmed: bool = False
    role_version: int = 0

    def grants_of(self, member: Member) -> frozenset[str]:
        """Everything that a user's roles grant."""
        return frozenset().union(*(self.roles[role].grants for role in member.roles))

    def adds_of(self, member: Member) -> frozenset[str]:
        """The roles whose holders a user may add, renew and revoke."""
        return frozenset().union(*(self.roles[role].adds for role in member.roles))

    def lock_minutes_of(self, member: Member) -> int:
        """After how many quiet minutes the program locks; the strictest role counts."""
        return min((self.roles[role].lock_minutes for role in member.roles), default=SHORTEST)

    def is_root(self, member: Member) -> bool:
        """Whether a user may decide about every role: a director."""
        return self.adds_of(member) >= self.roles.keys()

    def may_decide_about(self, member: Member, roles: tuple[str, ...]) -> bool:
        """Whether a user may add, renew or revoke somebody with these roles."""
        return self.adds_of(member) >= set(roles)

    def opens(self, member: Member, compartment: Compartment) -> bool:
        """Whether a user's roles give him the key of a compartment."""
        return any(self.roles[role].opens(compartment) for role in member.roles)

    def holders(self, compartment: Compartment) -> list[Member]:
        """The users who hold the key of a compartment now."""
        users = self.users.values()
        return [user for user in users if not user.revoked and self.opens(user, compartment)]

    def recipients(self, compartment: Compartment) -> list[str]:
        """To whom a compartment's key must be sealed: its holders and the recovery code."""
        return [*(member.id for member in self.holders(compartment)), RECOVERY]

    def place(self, user: str, compartment: Compartment) -> tuple[str, Compartment, int]:
        """Where the present key of a compartment stands in `sealed` for a recipient."""
        return self.recipient(user).key_id, compartment, self.epoch(compartment).number

    def epoch(self, compartment: Compartment) -> Epoch:
        """The present epoch of a compartment."""
        return self.epochs[compartment][-1]

    def by_handle(self, handle: bytes) -> Member | None:
        """The user with this name; one who may still come in goes before a revoked one."""
        found = [user for user in self.users.values() if user.handle == handle]
        found.sort(key=lambda user: user.revoked)
        return found[0] if found else None

    def signing_key(self, user: str, key_id: str = "") -> bytes | None:
        """A user's raw Ed25519 key, ended ones included, or None when it is not known.

        Without an id the one that he has now.
        """
        member = self.users.get(user)
        keys = member.keys if member else ()
        wanted = key_id or (member.key.public.key_id if member else "")
        found = (key for key in keys if key.public.key_id == wanted and not key.temporary)
        return next((key.public.signing for key in found), None)

    def recipient(self, user: str) -> PublicPair:
        """To whom keys of a user, or of the recovery code, are sealed now."""
        return self.recovery if user == RECOVERY else self.users[user].key.public


def card_of(members: Members, member: Member, name: str) -> UserCard:
    """A user as he is shown, under the name that was read for him."""
    return UserCard(
        id=member.id,
        name=name,
        roles=member.roles,
        grants=members.grants_of(member),
        pending=member.pending,
        revoked=member.revoked,
        root=members.is_root(member),
        adds=members.adds_of(member),
        lock_minutes=members.lock_minutes_of(member),
    )
