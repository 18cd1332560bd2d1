"""The doors to a user's keys: his password, this machine with a PIN; and the keys behind them.

A door holds the user key, wrapped. The user key opens the `keys` door, behind which his two
private keys lie. Every door is bound to the register's root: a directory with another root,
however well made, opens for nobody.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.keys.canonical import Json, MalformedError, packed, to_text, unpacked
from db.keys.derive import SALT_LENGTH, KdfCost, from_key, from_password, joined
from db.keys.pairs import PrivatePair
from db.keys.secret import KEY_LENGTH, SecretBytes
from db.keys.wrap import unwrap, wrap
from db.register.fields import Fields

if TYPE_CHECKING:
    from db.register.directory import Directory

PASSWORD = "password"  # noqa: S105 - the name of a door
KEYS = "keys"
_DEVICE = "device."

Door = dict[str, Json]


def device_door(device: str) -> str:
    """The name of the door that belongs to one installation."""
    return _DEVICE + device


@dataclass(frozen=True, slots=True)
class Place:
    """Where a door belongs.

    Attributes:
        register, root: the register and the hash of its first entry.
        user, key: the user and the pair that lies behind the door.
    """

    register: str
    root: str
    user: str
    key: str

    @classmethod
    def of(cls, directory: Directory, user: str, key: str) -> Place:
        """A user's place in a directory."""
        return cls(directory.register, directory.members.root, user, key)

    def label(self, door: str, *more: str | int) -> tuple[str | int, ...]:
        """What a wrapped key is bound to."""
        return ("door", door, self.register, self.root, self.user, self.key, *more)


@dataclass(frozen=True, slots=True, repr=False)
class OwnKeys:
    """What lies behind a user's doors.

    Attributes:
        user_key: encrypts what is his own.
        pair: signs and is sealed to.
        former: secret halves to which older messages were sealed.
    """

    user_key: SecretBytes
    pair: PrivatePair
    former: tuple[SecretBytes, ...] = ()

    def close(self) -> None:
        """Wipe everything."""
        self.user_key.close()
        self.pair.close()
        for secret in self.former:
            secret.close()


def password_door(place: Place, keys: OwnKeys, password: str, cost: KdfCost) -> Door:
    """A door that a password opens."""
    salt = secrets.token_bytes(SALT_LENGTH)
    with from_password(password, salt, cost) as key:
        return _door(place, PASSWORD, keys, key, (cost, salt))


def open_password(place: Place, door: Door, password: str, accepted: KdfCost) -> SecretBytes:
    """The user key behind a password door.

    Raises:
        WontOpenError: when the password is wrong.
        CostRefusedError: when the door is cheaper to guess at than allowed, or absurdly dear.
        MalformedError: when it is no door.
    """
    fields = Fields.of(door)
    cost, salt = _kdf(fields, accepted)
    with from_password(password, salt, cost) as key:
        return _opened(place, PASSWORD, fields, key, (cost, salt))


@dataclass(frozen=True, slots=True, repr=False)
class DeviceSecret:
    """What only this machine's keyring holds.

    Attributes:
        device: id of the installation.
        secret: 32 random bytes.
    """

    device: str
    secret: SecretBytes

    def key(self, place: Place, pin: str, salt: bytes, cost: KdfCost) -> SecretBytes:
        """What opens the door of this machine, made of the secret and a PIN."""
        with from_password(pin, salt, cost) as typed, joined(self.secret, typed) as both:
            return from_key(both, *place.label(device_door(self.device)))


def pin_door(
    place: Place, keys: OwnKeys, device: DeviceSecret, pin: str, cost: KdfCost
) -> Door:
    """A door that a PIN opens together with a secret in this machine's keyring."""
    salt = secrets.token_bytes(SALT_LENGTH)
    with device.key(place, pin, salt, cost) as key:
        return _door(place, device_door(device.device), keys, key, (cost, salt))


def open_pin(
    place: Place, door: Door, device: DeviceSecret, pin: str, accepted: KdfCost
) -> SecretBytes:
    """The user key behind this machine's door; raises as `open_password` does."""
    fields = Fields.of(door)
    cost, salt = _kdf(fields, accepted)
    with device.key(place, pin, salt, cost) as key:
        return _opened(place, device_door(device.device), fields, key, (cost, salt))


def keys_door(place: Place, keys: OwnKeys) -> Door:
    """The door behind which the private keys lie."""
    parts = [keys.pair.signing, keys.pair.box, *keys.former]
    with SecretBytes(packed(*(bytes(part.raw) for part in parts))) as content:
        return {"wrapped": to_text(wrap(keys.user_key, content.raw, *place.label(KEYS)))}


def open_keys(place: Place, door: Door, user_key: SecretBytes) -> OwnKeys:
    """The private keys; raises as `open_password` does."""
    wrapped = Fields.of(door).content("wrapped")
    with unwrap(user_key, wrapped, *place.label(KEYS)) as content:
        seeds = [_seed(part) for part in unpacked(bytes(content.raw))]
    if len(seeds) < 2:  # noqa: PLR2004 - a pair
        raise MalformedError
    return OwnKeys(user_key, PrivatePair(seeds[0], seeds[1]), tuple(seeds[2:]))


def cost_of(door: Door, accepted: KdfCost) -> KdfCost:
    """What a guess at this door costs; raises as `open_password` does."""
    return _kdf(Fields.of(door), accepted)[0]


def _seed(part: bytes | str | int) -> SecretBytes:
    if not isinstance(part, bytes) or len(part) != KEY_LENGTH:
        raise MalformedError
    return SecretBytes(part)


def _door(
    place: Place, name: str, keys: OwnKeys, key: SecretBytes, kdf: tuple[KdfCost, bytes]
) -> Door:
    wrapped = wrap(key, keys.user_key.raw, *_label(place, name, kdf))
    cost, salt = kdf
    return {
        "memory_kib": cost.memory_kib,
        "passes": cost.passes,
        "salt": to_text(salt),
        "wrapped": to_text(wrapped),
    }


def _opened(
    place: Place, name: str, fields: Fields, key: SecretBytes, kdf: tuple[KdfCost, bytes]
) -> SecretBytes:
    return unwrap(key, fields.content("wrapped"), *_label(place, name, kdf))


def _label(place: Place, name: str, kdf: tuple[KdfCost, bytes]) -> tuple[str | int, ...]:
    cost, salt = kdf
    return place.label(name, cost.memory_kib, cost.passes, salt.hex())


def _kdf(fields: Fields, accepted: KdfCost) -> tuple[KdfCost, bytes]:
    cost = accepted.accept(fields.number("memory_kib"), fields.number("passes"))
    salt = fields.content("salt")
    if len(salt) != SALT_LENGTH:
        raise MalformedError
    return cost, salt
