"""Words that occur nowhere else, and looking for them wherever a disk could have kept them."""

from __future__ import annotations

import base64
import zlib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_LETTERS = "bcdfghjklmnprstvwxz"
_SHORTEST_BASE64 = 8
_ZLIB = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda", b"\x1f\x8b\x08", b"PK\x03\x04")
_WINDOW = {b"\x1f\x8b\x08": 31, b"PK\x03\x04": -15}


class Needles:
    """Gives every field a word of its own, and remembers which."""

    def __init__(self) -> None:
        self.words: dict[str, str] = {}

    def __call__(self, field: str) -> str:
        """A word for a field: capital first, as a name would be."""
        number = len(self.words)
        word = "Qyx" + "".join(_LETTERS[number // 19**place % 19] for place in range(3)) + "yqo"
        self.words[field] = word
        return word


class Hit(NamedTuple):
    """Where something was found: the file, the field, and how it was written there."""

    file: str
    field: str
    form: str


def forms_of(word: str) -> dict[str, bytes]:
    """How a word may have been written."""
    found = {
        "utf-8": word.encode(),
        "lower case": word.lower().encode(),
        "utf-16": word.encode("utf-16-le"),
        "utf-16 big": word.encode("utf-16-be"),
    }
    return found | base64_forms(word.encode())


def base64_forms(content: bytes) -> dict[str, bytes]:
    """The part of the base64 text that is the same whatever stands around, at each alignment."""
    found = {}
    for shift in range(3):
        whole = base64.b64encode(b"\0" * shift + content)
        inner = whole[4 if shift else 0 : -4]
        if len(inner) >= _SHORTEST_BASE64:
            found[f"base64 {shift}"] = inner
    return found


def secret_forms(secret: bytes) -> dict[str, bytes]:
    """How a key may have been written."""
    digits = secret.hex()
    plain = {"raw": secret, "hex": digits.encode(), "HEX": digits.upper().encode()}
    return plain | base64_forms(secret)


def inflated(content: bytes) -> Iterator[bytes]:
    """Everything in some bytes that can be inflated."""
    for mark in _ZLIB:
        at = content.find(mark)
        while at >= 0:
            start = at if mark != b"PK\x03\x04" else _data_of_zip(content, at)
            yield from _inflate(content[start:], _WINDOW.get(mark, 15))
            at = content.find(mark, at + 1)


def _inflate(content: bytes, window: int) -> Iterator[bytes]:
    try:
        found = zlib.decompressobj(window).decompress(content)
    except zlib.error:
        return
    if found:
        yield found


def _data_of_zip(content: bytes, at: int) -> int:
    lengths = content[at + 26 : at + 30]
    return (
        at + 30 + int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little")
    )


def search(places: Iterable[Path], wanted: dict[str, dict[str, bytes]]) -> list[Hit]:
    """Every hit in every file under the places, in names and in contents, plain or deflated."""
    hits = []
    for place in places:
        for path in sorted(place.rglob("*")):
            contents = [str(path.relative_to(place)).encode()]
            if path.is_file():
                whole = path.read_bytes()
                contents += [whole, *inflated(whole)]
            hits += [
                Hit(str(path), field, form)
                for field, forms in wanted.items()
                for form, content in forms.items()
                if any(content in found for found in contents)
            ]
    return hits
