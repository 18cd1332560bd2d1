"""Keeping a window out of screenshots, recordings and shared screens.

Windows and macOS have a way to do this; Linux has none. It hinders an accident, such as a
shared screen that was forgotten, and nobody who means ill: a telephone takes a picture too.
"""

import ctypes
import ctypes.util
import sys
from contextlib import suppress
from weakref import WeakSet

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from app.override import override
from ui.shell.choices import Choices

CHOICE = "shield"
OFF = "off"

# SetWindowDisplayAffinity, https://learn.microsoft.com/windows/win32/api/winuser (2026-11-22):
# since Windows 10 2004; an older one refuses the value and leaves the window as it is.
_WDA_NONE, _WDA_EXCLUDEFROMCAPTURE = 0x00, 0x11
# NSWindow.sharingType, https://developer.apple.com/documentation/appkit (2026-11-22).
_SHARING_NONE, _SHARING_READ_ONLY = 0, 1

_shown: "WeakSet[QWidget]" = WeakSet()


def has_shield() -> bool:
    """Whether this system can keep a window out of pictures of the screen."""
    return sys.platform in ("win32", "darwin")


class Shield(QObject):
    """Keeps the window out of pictures of the screen while a page can be seen.

    Make one for each page that shows what is in a dossier. It does so unless that was switched
    off on this machine.
    """

    _page: QWidget | None = None  # what is left once the collector has emptied it

    def __init__(self, page: QWidget, choices: Choices) -> None:
        super().__init__(page)
        self._page, self._choices = page, choices
        page.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        turned = event.type() in (QEvent.Type.Show, QEvent.Type.Hide)
        page = self._page
        if turned and page is not None and watched is page and isValid(page):
            shown = event.type() is QEvent.Type.Show
            if shown and self._choices.recall(CHOICE) != OFF:
                _shown.add(page)
            else:
                _shown.discard(page)
            _tell(page.window())
        return False


def is_shielded(window: QWidget) -> bool:
    """Whether a page in this window asks to be kept out of pictures of the screen."""
    return any(page.window() is window for page in set(_shown) if isValid(page))


def _tell(window: QWidget) -> None:
    out = is_shielded(window)
    if sys.platform == "win32":
        affinity = _WDA_EXCLUDEFROMCAPTURE if out else _WDA_NONE
        handle = ctypes.c_void_p(int(window.winId()))
        with suppress(OSError, AttributeError):
            ctypes.windll.user32.SetWindowDisplayAffinity(handle, affinity)
    elif sys.platform == "darwin":
        with suppress(OSError, AttributeError):
            _share(int(window.winId()), _SHARING_NONE if out else _SHARING_READ_ONLY)


def _share(view: int, sharing: int) -> None:
    """Tell the window of an NSView who may take its picture."""
    objc = ctypes.CDLL(ctypes.util.find_library("objc"))
    objc.sel_registerName.restype = ctypes.c_void_p
    objc.sel_registerName.argtypes = (ctypes.c_char_p,)
    pointer, number = ctypes.c_void_p, ctypes.c_ulong
    ask = ctypes.CFUNCTYPE(pointer, pointer, pointer)(("objc_msgSend", objc))
    tell = ctypes.CFUNCTYPE(None, pointer, pointer, number)(("objc_msgSend", objc))
    window = ask(view, objc.sel_registerName(b"window"))
    if window:
        tell(window, objc.sel_registerName(b"setSharingType:"), sharing)
