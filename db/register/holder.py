"""Whoever is signed in, with the keys in his hands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.record import Compartment
from db.keys.derive import from_key
from db.keys.wrap import WontOpenError, unwrap, wrap
from db.register.compartment_keys import CompartmentKey, opened
from db.register.entries import Author

if TYPE_CHECKING:
    from db.keys.secret import SecretBytes
    from db.register.doors import OwnKeys
    from db.register.members import Member, Members

Keys = dict[Compartment, tuple[CompartmentKey, ...]]


@dataclass(slots=True, repr=False)
class Holder:
    """A user and his keys.

    Attributes:
        user: his id.
        own: his own keys.
        keys: the keys of the compartments he may open, of all epochs, the newest last.
    """

    user: str
    own: OwnKeys
    keys: Keys = field(default_factory=dict)

    @property
    def author(self) -> Author:
        """The signer of what he does."""
        return Author(self.user, self.own.pair)

    def take_keys(self, members: Members) -> None:
        """Open the compartment keys that are sealed to him now.

        Raises:
            WontOpenError: when one is missing or not the one that the log means.
        """
        member = members.users[self.user]
        mine = [part for part in Compartment if members.opens(member, part)]
        fresh = opened(members, self.own.pair, mine)
        close_keys(self.keys)
        self.keys = fresh

    def newest(self) -> dict[Compartment, CompartmentKey]:
        """The present key of every compartment he may open."""
        return {compartment: keys[-1] for compartment, keys in self.keys.items()}

    def key(self, compartment: Compartment, epoch: int) -> CompartmentKey | None:
        """The key of one epoch, or None."""
        found = (key for key in self.keys.get(compartment, ()) if key.epoch == epoch)
        return next(found, None)

    def demanded_key(self, compartment: Compartment, epoch: int) -> CompartmentKey:
        """The key of one epoch.

        Raises:
            WontOpenError: when he does not hold it.
        """
        key = self.key(compartment, epoch)
        if key is None:
            raise WontOpenError
        return key

    def own_key(self) -> SecretBytes:
        """The key for what he keeps for himself."""
        return from_key(self.own.user_key, self.user, "own")

    def close(self) -> None:
        """Wipe all keys."""
        self.own.close()
        close_keys(self.keys)
        self.keys = {}


def close_keys(keys: Keys) -> None:
    """Wipe compartment keys."""
    for key in (key for found in keys.values() for key in found):
        key.close()


def hidden_name(key: CompartmentKey, user: str, name: str) -> bytes:
    """A user's name, readable for whoever holds the check key."""
    with key.names() as secret:
        return wrap(secret, name.encode("utf-8"), "name", user)


def shown_name(holder: Holder, member: Member) -> str:
    """A user's name, or "" for those who do not hold the key it is written under."""
    key = holder.key(Compartment.CHECK, member.name_epoch)
    if key is None:
        return ""
    try:
        with key.names() as secret, unwrap(secret, member.name, "name", member.id) as name:
            return name.raw.decode("utf-8")
    except (WontOpenError, UnicodeDecodeError):
        return ""
