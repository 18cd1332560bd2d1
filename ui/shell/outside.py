"""What the window is given by whoever starts it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from app.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.clock import Clock
    from app.compile.binding import Binder
    from app.ports import Preferences, Press, Vault


class Outside(NamedTuple):
    """The world outside the screen.

    Attributes:
        vault: gives the registers of this machine; slow the first time, so only in work.
        press: draws papers; loads its own parts when the first one is drawn.
        binder: gives who binds copies of dossiers; slow the first time, so only in work.
        preferences: what this machine remembers, naming nobody.
        version: of the program.
        components: name, version and licence of parts made by others; slow, so only in work.
        relaunch: starts the program anew and does not return, so that nothing of what was
            shown stays in memory; told why it was locked. None keeps this process, as tests do.
    """

    vault: Callable[[], Vault]
    press: Press
    binder: Callable[[], Binder]
    preferences: Preferences
    version: str = ""
    components: Callable[[], Sequence[tuple[str, str, str]]] = tuple
    relaunch: Callable[[str], None] | None = None
    clock: Clock = SystemClock()
