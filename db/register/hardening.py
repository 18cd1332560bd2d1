"""Keeps the memory of this process to itself."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress

_SET_DUMPABLE = 4
_DENY_ATTACH = 31
_NO_ERROR_BOX = 0x0001 | 0x0002


def harden() -> None:
    """Switch off core dumps and let no other program of this user look into the memory.

    Does what the system allows; never fails.
    """
    if sys.platform == "win32":
        ctypes.windll.kernel32.SetErrorMode(_NO_ERROR_BOX)
        return
    _no_core()
    with suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        if sys.platform == "darwin":
            library.ptrace(_DENY_ATTACH, 0, 0, 0)
        else:
            library.prctl(_SET_DUMPABLE, 0, 0, 0, 0)


if sys.platform != "win32":
    import resource

    def _no_core() -> None:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
