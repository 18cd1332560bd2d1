"""Looks at the windows of other programs on an X server, and asks them to close."""

from __future__ import annotations

import ctypes
import ctypes.util
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST = 1 << 16
_CLIENT_MESSAGE = 33
_TO_MANAGER = 0x180000  # substructure redirect and notify
_LONGS = 24


class _Message(ctypes.Structure):
    """XClientMessageEvent with 32-bit data, padded to the size of an XEvent."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("rest", ctypes.c_long * _LONGS),
    )


@dataclass(frozen=True, slots=True)
class Window:
    """A window that the window manager looks after."""

    id: int
    pid: int
    title: str


class Screen:
    """The X server of this test."""

    def __init__(self, library: Any, display: Any) -> None:
        self._x, self._display = library, display
        self._root = library.XDefaultRootWindow(display)

    def windows(self, pid: int) -> list[Window]:
        """The windows of one process."""
        found = []
        for id in self._numbers(self._root, "_NET_CLIENT_LIST"):
            owner = (self._numbers(id, "_NET_WM_PID") or [0])[0]
            if owner == pid:
                found.append(Window(id, owner, self._text(id, "_NET_WM_NAME")))
        return found

    def close(self, window: Window) -> None:
        """Ask a window to close, as its button in the title bar does."""
        message = _Message()
        message.type, message.window, message.format = _CLIENT_MESSAGE, window.id, 32
        message.message_type = self._atom("_NET_CLOSE_WINDOW")
        message.data[1] = 2  # asked by a pager, on behalf of a person
        self._x.XSendEvent(self._display, self._root, 0, _TO_MANAGER, ctypes.byref(message))
        self._x.XFlush(self._display)

    def _atom(self, name: str) -> int:
        return int(self._x.XInternAtom(self._display, name.encode(), 0))

    def _numbers(self, window: int, name: str) -> list[int]:
        content, count = self._property(window, name)
        return (
            list(ctypes.cast(content, ctypes.POINTER(ctypes.c_ulong))[:count]) if count else []
        )

    def _text(self, window: int, name: str) -> str:
        content, count = self._property(window, name)
        return ctypes.string_at(content, count).decode("utf-8", "replace") if count else ""

    def _property(self, window: int, name: str) -> tuple[Any, int]:
        kind, form, content = ctypes.c_ulong(), ctypes.c_int(), ctypes.c_void_p()
        count, left = ctypes.c_ulong(), ctypes.c_ulong()
        found = self._x.XGetWindowProperty(
            self._display, window, self._atom(name), 0, _MOST, 0, 0,
            ctypes.byref(kind), ctypes.byref(form), ctypes.byref(count), ctypes.byref(left),
            ctypes.byref(content),
        )  # fmt: skip
        return content, int(count.value) if found == 0 else 0


@contextmanager
def screen() -> Iterator[Screen]:
    """The screen that the harness gave; windows that vanish meanwhile are no error."""
    library: Any = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
    for name in ("XOpenDisplay", "XInternAtom", "XDefaultRootWindow"):
        getattr(library, name).restype = ctypes.c_ulong
    library.XOpenDisplay.restype = ctypes.c_void_p
    word, place = ctypes.c_ulong, ctypes.c_void_p
    library.XDefaultRootWindow.argtypes = [place]
    library.XInternAtom.argtypes = [place, ctypes.c_char_p, ctypes.c_int]
    library.XSendEvent.argtypes = [place, word, ctypes.c_int, ctypes.c_long, place]
    library.XFlush.argtypes = library.XCloseDisplay.argtypes = [place]
    library.XGetWindowProperty.argtypes = [
        place, word, word, ctypes.c_long, ctypes.c_long, ctypes.c_int, word,
        *[place] * 5,
    ]  # fmt: skip
    handler = ctypes.CFUNCTYPE(ctypes.c_int, place, place)(lambda _display, _error: 0)
    library.XSetErrorHandler.restype = ctypes.c_void_p
    before = library.XSetErrorHandler(handler)
    display = library.XOpenDisplay(None)
    assert display, "no X server"
    try:
        yield Screen(library, display)
    finally:
        library.XCloseDisplay(display)
        library.XSetErrorHandler.argtypes = [place]
        library.XSetErrorHandler(before)
