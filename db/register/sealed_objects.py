"""Sealed objects: anybody with a role may make one, only the holder of the key can open it.

One object is one file with a random name and a fixed date, padded to one of a few sizes. Inside
stands who wrote it, signed; outside stands nothing but the epoch of the key it was sealed to.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from app.ports import Signature
from app.sealing import SealProof
from db.keys.canonical import MalformedError, packed, unpacked
from db.keys.pairs import SEAL_OVERHEAD, holds, seal, unseal
from db.register.padding import padded, unpadded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from db.keys.secret import SecretBytes
    from db.register.entries import Author

LARGEST = 64 * 1024 * 1024
"""Bytes that one object may hold, files included."""

_TITLE = "sealed object"
_FORMAT = 1
_HEAD = bytes((_FORMAT, 1))
_EPOCH = 4
_TIME = 8
_SIGNED_PARTS = 11
_NAME = re.compile(r"[0-9a-f]{32}")
_ORIGIN = datetime(2000, 1, 1, tzinfo=UTC)
_FIXED = len(_HEAD) + _EPOCH + _TIME + SEAL_OVERHEAD


@dataclass(frozen=True, slots=True)
class Address:
    """Where a sealed object belongs.

    Attributes:
        register: id of the register.
        kind, target: "report" and a compartment, or "message" and a user.
        epoch: epoch of the compartment's key; 0 for a user.
    """

    register: str
    kind: str
    target: str
    epoch: int

    def place(self, name: str, part: str) -> tuple[str | int, ...]:
        """What the sealing is bound to."""
        return (self.kind, self.register, self.target, self.epoch, name, part)


@dataclass(frozen=True, slots=True)
class Letter:
    """What is put into a sealed object."""

    at: datetime
    content: bytes
    files: tuple[tuple[str, bytes], ...] = ()

    @property
    def size(self) -> int:
        """Bytes of everything together."""
        return len(self.content) + sum(len(content) for _, content in self.files)


@dataclass(frozen=True, slots=True)
class Opened:
    """What was in a sealed object; the signature is still to be verified.

    Attributes:
        author, key: user and signing key that the object names.
        carried: what stands inside, as it was packed.
        stated, signature: what was signed, and how.
    """

    author: str
    key: str
    letter: Letter
    carried: bytes
    stated: bytes
    signature: bytes

    @property
    def proof(self) -> SealProof:
        """What shows later who wrote it."""
        signature = Signature(self.author, self.key, self.signature.hex())
        return SealProof(self.stated.hex(), signature)

    def is_signed_by(self, public_key: bytes) -> bool:
        """Whether the author's key made the signature."""
        return holds(public_key, self.signature, self.stated)


def new_name() -> str:
    """A fresh random name, 128 bits."""
    return secrets.token_hex(16)


def sealed(name: str, address: Address, box: bytes, author: Author, letter: Letter) -> bytes:
    """The content of the file for a letter, sealed to a raw X25519 key."""
    user, key = author.user, author.pair.public.key_id
    files = [part for file in letter.files for part in file]
    place = address.place(name, "signed")
    carried = packed(_TITLE, *place, user, key, letter.at.isoformat(), letter.content, *files)
    stated = _stated(place, user, key, letter)
    body = padded(packed(carried, author.pair.sign(stated)))
    microseconds = (letter.at - _ORIGIN) // timedelta(microseconds=1)
    time = max(microseconds, 0).to_bytes(_TIME, "big")
    return (
        _HEAD
        + address.epoch.to_bytes(_EPOCH, "big")
        + seal(box, time, *address.place(name, "time"))
        + seal(box, body, *address.place(name, "body"))
    )


def _stated(place: tuple[str | int, ...], user: str, key: str, letter: Letter) -> bytes:
    """What an author signs: the place, himself, the time, and the hash of all there is."""
    files = [part for name, content in letter.files for part in (name, _hash(content))]
    at = letter.at.isoformat()
    return packed(_TITLE, *place, user, key, at, _hash(letter.content), *files)


def proven(
    proof: SealProof, register: str, compartment: str, digest: str, public_key: bytes
) -> bool:
    """Whether a proof shows that its author sealed this content.

    To this compartment, or to one user as a message: what was kept from a compartment because
    the one whom it is about opens it is filed there later all the same.
    """
    try:
        stated, value = bytes.fromhex(proof.stated), bytes.fromhex(proof.signature.value)
        title, kind, *place, user, key, _at, content = unpacked(stated)[:_SIGNED_PARTS]
    except (MalformedError, ValueError):
        return False
    to_user = kind == "message"
    fits = (title, place[0], user, key, content) == (
        *(_TITLE, register, proof.signature.user, proof.signature.key, digest),
    ) and (to_user or (kind, place[1]) == ("report", compartment))
    return fits and holds(public_key, value, stated)


def epoch_of(content: bytes) -> int:
    """The epoch that an object says it was sealed in.

    Raises:
        MalformedError: when it is no sealed object.
    """
    if content[: len(_HEAD)] != _HEAD or len(content) < _FIXED:
        raise MalformedError
    return int.from_bytes(content[len(_HEAD) : len(_HEAD) + _EPOCH], "big")


def time_of(name: str, address: Address, secret: SecretBytes, content: bytes) -> datetime:
    """When an object was sealed, by the clock of that machine.

    Raises:
        WontOpenError: when the key does not fit.
        MalformedError: when it is no time.
    """
    start = len(_HEAD) + _EPOCH
    time = content[start : start + _TIME + SEAL_OVERHEAD]
    with unseal(secret, time, *address.place(name, "time")) as found:
        microseconds = int.from_bytes(found.raw, "big")
    try:
        return _ORIGIN + timedelta(microseconds=microseconds)
    except OverflowError as error:
        raise MalformedError from error


def opened(name: str, address: Address, secret: SecretBytes, content: bytes) -> Opened:
    """What is in an object.

    Raises:
        WontOpenError: when the key does not fit, or it was altered or moved.
        MalformedError: when it is no letter.
    """
    with unseal(secret, content[_FIXED:], *address.place(name, "body")) as body:
        carried, signature = _two(unpadded(bytes(body.raw)))
    parts = unpacked(carried)
    if len(parts) < _SIGNED_PARTS:
        raise MalformedError
    title, *place, author, key, at, text = parts[:_SIGNED_PARTS]
    if title != _TITLE or tuple(place) != address.place(name, "signed"):
        raise MalformedError
    letter = Letter(_instant(at), _bytes(text), tuple(_files(parts[_SIGNED_PARTS:])))
    stated = _stated(address.place(name, "signed"), str(author), str(key), letter)
    return Opened(str(author), str(key), letter, carried, stated, signature)


def names_in(folder: Path) -> list[str]:
    """The names of the sealed objects in a folder, in no order that means anything."""
    if not folder.is_dir():
        return []
    return sorted(path.name for path in folder.iterdir() if is_name(path.name))


def is_name(name: str) -> bool:
    """Whether this can be the name of a sealed object, and not a way out of its folder."""
    return _NAME.fullmatch(name) is not None


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _two(content: bytes) -> tuple[bytes, bytes]:
    parts = unpacked(content)
    if len(parts) != 2:  # noqa: PLR2004 - signed content and signature
        raise MalformedError
    return _bytes(parts[0]), _bytes(parts[1])


def _bytes(part: bytes | str | int) -> bytes:
    if not isinstance(part, bytes):
        raise MalformedError
    return part


def _instant(part: bytes | str | int) -> datetime:
    try:
        instant = datetime.fromisoformat(str(part))
    except ValueError as error:
        raise MalformedError from error
    if instant.tzinfo is None:
        raise MalformedError
    return instant


def _files(parts: Iterable[bytes | str | int]) -> Iterator[tuple[str, bytes]]:
    rest = iter(parts)
    for name in rest:
        yield str(name), _bytes(next(rest, ""))
