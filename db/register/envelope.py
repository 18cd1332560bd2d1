"""The outside of the directory file: first line, payload, closing hash; no cryptography."""

from __future__ import annotations

import hashlib

from db.keys.canonical import Json, MalformedError, from_json, to_json
from db.register.fields import Fields

_MAGIC = b"boordboek directory "
_FORMAT = 1
_LARGEST = 32 * 1024 * 1024


class NewerError(ValueError):
    """Written by a newer version of the program."""


def enclosed(value: Json) -> bytes:
    """A value as the content of a directory file."""
    whole = _MAGIC + str(_FORMAT).encode("ascii") + b"\n" + to_json(value) + b"\n"
    return whole + hashlib.sha256(whole).hexdigest().encode("ascii") + b"\n"


def opened(content: bytes) -> Fields:
    """What stands in the content of a directory file; nothing of it is verified yet.

    Raises:
        NewerError: when a newer version of the program wrote it.
        MalformedError: when it was cut off or altered by accident.
    """
    first, _, rest = content.partition(b"\n")
    number = first.removeprefix(_MAGIC)
    if not first.startswith(_MAGIC) or not number.isdigit() or len(content) > _LARGEST:
        raise MalformedError
    if int(number) > _FORMAT:
        raise NewerError
    payload, _, tail = rest.partition(b"\n")
    whole = first + b"\n" + payload + b"\n"
    if tail != hashlib.sha256(whole).hexdigest().encode("ascii") + b"\n":
        raise MalformedError
    return Fields.of(from_json(payload))


def school_of(content: bytes) -> str:
    """The school's name in the first entry, unverified; raises as `opened` does."""
    entries = opened(content).items("log")
    if not entries:
        raise MalformedError
    return Fields.of(entries[0]).part("body").text("school")
