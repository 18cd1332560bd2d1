"""Runs something where the permissions of files count, also when the tests run as root."""

from __future__ import annotations

import ctypes
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_VERSION = 0x20080522
_PASSES_BY = 1 << 1 | 1 << 2
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH of Linux."""


class _Head(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Set(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


def plainly(body: Callable[[], None]) -> None:
    """Run it as somebody for whom a read-only folder is read-only.

    Root gives its privilege up for one thread, in which all of it runs.
    """
    if sys.platform != "linux" or os.geteuid() != 0:
        body()
        return
    with ThreadPoolExecutor(1, initializer=_give_up) as thread:
        thread.submit(body).result()


def _give_up() -> None:
    library = ctypes.CDLL(None, use_errno=True)
    head, sets = _Head(_VERSION, 0), (_Set * 2)()
    if library.capget(ctypes.byref(head), sets) != 0:
        raise OSError(ctypes.get_errno(), "capget")
    sets[0].effective &= ~_PASSES_BY
    sets[0].permitted &= ~_PASSES_BY
    if library.capset(ctypes.byref(head), sets) != 0:
        raise OSError(ctypes.get_errno(), "capset")
