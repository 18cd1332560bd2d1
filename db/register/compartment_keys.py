"""Compartment keys: what follows from them, how they are sealed, how an epoch begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.keys.canonical import Json, to_text
from db.keys.derive import from_key
from db.keys.pairs import box_public, seal
from db.keys.secret import SecretBytes
from db.keys.wrap import WontOpenError, unwrap, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.record import Compartment
    from db.keys.pairs import PrivatePair, PublicPair
    from db.register.members import Epoch, Members

Sealed = dict[str, Json]
"""User id → compartment → sealed key, as entries write it."""


class CompartmentKey:
    """The key of one compartment in one epoch; everything else is derived from it."""

    def __init__(
        self, register: str, compartment: Compartment, epoch: int, secret: SecretBytes
    ) -> None:
        self.compartment = compartment
        self.epoch = epoch
        self._register = register
        self._secret = secret

    @classmethod
    def fresh(cls, register: str, compartment: Compartment, epoch: int) -> CompartmentKey:
        """A new random key."""
        return cls(register, compartment, epoch, SecretBytes.random())

    def database(self) -> SecretBytes:
        """The raw key of the compartment's file."""
        return self._derived("db")

    def inbox(self) -> SecretBytes:
        """The secret half of the key to which reports are sealed."""
        return self._derived("inbox")

    def names(self) -> SecretBytes:
        """The key under which users' names are written."""
        return self._derived("names")

    def sealed_to(self, pair: PublicPair) -> bytes:
        """This key, for the holder of a pair."""
        return seal(pair.box, self._secret.raw, *self._place(pair))

    def wrapping(self, former: CompartmentKey) -> bytes:
        """The key of the epoch before, which whoever holds this one may open."""
        with self._derived("previous") as key:
            return wrap(key, former._secret.raw, "previous", self._register, self.epoch)

    def unwrapped(self, previous: bytes) -> CompartmentKey:
        """The key of the epoch before.

        Raises:
            WontOpenError: when it is not what `wrapping` gave.
        """
        with self._derived("previous") as key:
            secret = unwrap(key, previous, "previous", self._register, self.epoch)
        return CompartmentKey(self._register, self.compartment, self.epoch - 1, secret)

    def written_epoch(self, former: CompartmentKey | None = None) -> Json:
        """The beginning of this key's epoch, as entries write it."""
        with self.inbox() as inbox:
            public = box_public(inbox)
        previous = b"" if former is None else self.wrapping(former)
        return {"number": self.epoch, "inbox": to_text(public), "previous": to_text(previous)}

    def fits(self, epoch: Epoch) -> bool:
        """Whether this is the key that the signed log means."""
        with self.inbox() as inbox:
            return epoch.number == self.epoch and box_public(inbox) == epoch.inbox

    def close(self) -> None:
        """Wipe the key."""
        self._secret.close()

    def _place(self, pair: PublicPair) -> tuple[str | int, ...]:
        return place(self._register, self.compartment, self.epoch, pair)

    def _derived(self, purpose: str) -> SecretBytes:
        return from_key(self._secret, self._register, self.compartment, self.epoch, purpose)


def place(
    register: str, compartment: Compartment, epoch: int, pair: PublicPair
) -> tuple[str | int, ...]:
    """What a sealed compartment key is bound to."""
    return ("compartment key", register, compartment, epoch, pair.key_id)


def opened(
    members: Members, pair: PrivatePair, compartments: Iterable[Compartment]
) -> dict[Compartment, tuple[CompartmentKey, ...]]:
    """The keys of compartments that were sealed to a pair, of all epochs, the newest last.

    Raises:
        WontOpenError: when one is missing or is not the key that the log means.
    """
    return {compartment: _all(members, pair, compartment) for compartment in compartments}


def sealed_to(
    recipients: Mapping[str, PublicPair], keys: Mapping[str, Iterable[CompartmentKey]]
) -> Sealed:
    """Keys sealed to several recipients, as entries write it.

    Args:
        recipients: the pair of each user (or of the recovery code).
        keys: what each of them is to get.
    """
    return {
        user: {key.compartment.value: to_text(key.sealed_to(pair)) for key in keys[user]}
        for user, pair in recipients.items()
    }


def _all(
    members: Members, pair: PrivatePair, compartment: Compartment
) -> tuple[CompartmentKey, ...]:
    public = pair.public
    epochs = members.epochs[compartment]
    newest = epochs[-1]
    sealed = members.sealed.get((public.key_id, compartment, newest.number))
    if sealed is None:
        raise WontOpenError
    label = place(members.register, compartment, newest.number, public)
    key = CompartmentKey(
        members.register, compartment, newest.number, pair.unseal(sealed, *label)
    )
    found = [key]
    for epoch in reversed(epochs):
        if not found[0].fits(epoch):
            raise WontOpenError
        if epoch.number > 1:
            found.insert(0, found[0].unwrapped(epoch.previous))
    return tuple(found)
