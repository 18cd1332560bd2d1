"""Bytes with exactly one form: what is signed, hashed or bound can be written only one way."""

from __future__ import annotations

import base64
import binascii
import json
from typing import TypeAlias

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"

_LENGTH = 8


class MalformedError(ValueError):
    """Bytes that do not have the form they should have."""


def packed(*parts: bytes | str | int) -> bytes:
    """All parts in order, each after its kind and length; no two lists give the same bytes."""
    out = bytearray()
    for part in parts:
        kind, content = _content(part)
        out += kind + len(content).to_bytes(_LENGTH, "big") + content
    return bytes(out)


def statement(register: str, content: bytes) -> bytes:
    """What a user signs when he signs some bytes on behalf of a register."""
    return packed("boordboek", "statement", register, content)


def unpacked(content: bytes) -> list[bytes | str | int]:
    """The parts that `packed` was given.

    Raises:
        MalformedError: when the bytes were not made by `packed`.
    """
    parts: list[bytes | str | int] = []
    at = 0
    while at < len(content):
        kind = content[at : at + 1]
        start = at + 1 + _LENGTH
        end = start + int.from_bytes(content[at + 1 : start], "big")
        if start > len(content) or end > len(content):
            raise MalformedError
        parts.append(_part(kind, content[start:end]))
        at = end
    return parts


def to_json(value: Json) -> bytes:
    """The one way in which a value is written: sorted keys, no spaces, plain ASCII."""
    written = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False
    )
    return written.encode("ascii")


def from_json(content: bytes) -> Json:
    """The value that these bytes write.

    Raises:
        MalformedError: when they are no JSON, or not the one way in which the value is written.
    """
    try:
        value: Json = json.loads(content)
        again = to_json(value)
    except (ValueError, RecursionError) as error:
        raise MalformedError from error
    if again != content:
        raise MalformedError
    return value


def to_text(content: bytes) -> str:
    """Bytes as base64, for use inside JSON."""
    return base64.b64encode(content).decode("ascii")


def from_text(text: str) -> bytes:
    """The bytes that `to_text` was given.

    Raises:
        MalformedError: when the text is not base64 in its one form.
    """
    try:
        content = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, ValueError) as error:
        raise MalformedError from error
    if to_text(content) != text:
        raise MalformedError
    return content


def _content(part: bytes | str | int) -> tuple[bytes, bytes]:
    if isinstance(part, str):
        return b"s", part.encode("utf-8", "surrogatepass")
    if isinstance(part, int):
        return b"i", str(part).encode("ascii")
    return b"b", bytes(part)


def _part(kind: bytes, content: bytes) -> bytes | str | int:
    try:
        match kind:
            case b"b":
                return content
            case b"s":
                return content.decode("utf-8", "surrogatepass")
            case b"i":
                return int(content)
            case _:
                raise MalformedError
    except ValueError as error:
        raise MalformedError from error
