"""Hides how long something is: contents are filled up to one of a few sizes."""

from __future__ import annotations

from db.keys.canonical import MalformedError

_LENGTH = 8
_SMALLEST = 4 * 1024
_STEP = 1024 * 1024


def padded(content: bytes) -> bytes:
    """The content, filled up to 4, 16, 64 or 256 KiB or whole MiB."""
    whole = len(content).to_bytes(_LENGTH, "big") + content
    size = _SMALLEST
    while size < len(whole) and size < _STEP:
        size *= 4
    if size < len(whole):
        size = -(-len(whole) // _STEP) * _STEP
    return whole.ljust(size, b"\x00")


def unpadded(content: bytes) -> bytes:
    """The content that `padded` was given.

    Raises:
        MalformedError: when it was not padded so.
    """
    length = int.from_bytes(content[:_LENGTH], "big")
    rest = content[_LENGTH:]
    if len(content) < _LENGTH or length > len(rest) or rest[length:].strip(b"\x00"):
        raise MalformedError
    return rest[:length]
