"""Counts, stops and writes down the calls with which a process changes files in one folder."""

from __future__ import annotations

import ctypes
import os
import shutil
import struct
import subprocess
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(__file__).with_name("shim.c")
_HEAD = struct.Struct("5Q")
DONE = _HEAD.pack(ord("!"), 0, 0, 0, 0)
"""What is written down between two calls when the deed is said to be done."""


class Way(IntEnum):
    """What happens at the chosen call."""

    COUNT = 0
    KILL = 1
    TEAR = 2
    FAIL_ONCE = 3
    FAIL_ON = 4


class Call(NamedTuple):
    """One call that changed something.

    Attributes:
        kind: c(reate), w(rite), t(runcate), s(ync), r(ename), l(ink), m(ake folder), u(nlink),
            o(pen for writing what is there); ! is `DONE`.
        second: the other path of a rename or link; offset: also the length for t.
    """

    kind: str
    path: str
    second: str
    offset: int
    content: bytes


def built(folder: Path) -> Path:
    """The library, compiled into a folder."""
    library = folder / "shim.so"
    compiler = shutil.which("cc") or shutil.which("gcc")
    assert compiler, "these tests need a C compiler; .ci/setup test installs it"
    words = [compiler, "-O1", "-Wall", "-Werror", "-shared", "-fPIC", "-o", str(library)]
    subprocess.run([*words, str(SOURCE), "-ldl"], check=True, capture_output=True)
    return library


def under(library: Path) -> dict[str, str]:
    """The surroundings for a program that runs under the library."""
    return {**os.environ, "LD_PRELOAD": str(library)}


def arm(
    folder: Path, at: int = 0, way: Way = Way.COUNT, error: int = 0, book: int = -1
) -> None:
    """From now on count what changes something below a folder, and act at the given call.

    Args:
        folder: where.
        at: number of the call, from 1.
        way: what happens then.
        error: number of the error for the ways that fail.
        book: handle of a file to write every call down in.
    """
    ctypes.CDLL(None).shim_arm(os.fsencode(folder), ctypes.c_long(at), int(way), error, book)


def disarm() -> None:
    """Let everything through again."""
    ctypes.CDLL(None).shim_arm(b"", ctypes.c_long(0), 0, 0, -1)


def calls(book: bytes) -> Iterator[Call]:
    """The calls that were written down."""
    at = 0
    while at < len(book):
        kind, first, second, offset, size = _HEAD.unpack_from(book, at)
        parts = []
        at += _HEAD.size
        for length in (first, second, size if chr(kind) == "w" else 0):
            parts.append(book[at : at + length])
            at += length
        path, other, content = parts
        yield Call(chr(kind), os.fsdecode(path), os.fsdecode(other), offset, content)
