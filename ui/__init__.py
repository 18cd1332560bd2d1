"""The window: everything a person sees and does. The only floor that knows Qt."""

import builtins
import ctypes
import sys

import PySide6  # noqa: F401 - puts its own import in the place of Python's, and does so once

_SHARED = (None, True, False, NotImplemented, Ellipsis)


def keep_constants_alive() -> None:
    """Let Python's own constants outlive a binding that gives them back once too often.

    WORKAROUND: PySide6 6.12.0 under Python 3.11 loses one reference to None with every call
    that answers None, and the interpreter ends after a few thousand of them ("deallocating
    None"); from Python 3.12 on constants cannot die. Checked 2026-11-22; `tests/ui/kit/
    test_constants.py` fails when this is no longer needed.
    """
    for constant in _SHARED:
        ctypes.c_ssize_t.from_address(id(constant)).value += sys.maxsize // 4


def import_as_python_does() -> None:
    """Import without what the binding adds: it reads the source of every module that follows.

    WORKAROUND: PySide6 looks there for those who switch its names over with `__feature__`.
    Nobody here does, and the reading takes a tenth of the time to the first window. Checked
    with 6.12.0 on 2026-11-23; `tests/ui/kit/test_constants.py` fails when it is not needed.
    """
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)


import_as_python_does()
if sys.version_info < (3, 12):
    keep_constants_alive()
