"""The window: everything a person sees and does. The only floor that knows Qt."""

import ctypes
import sys

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


if sys.version_info < (3, 12):
    keep_constants_alive()
