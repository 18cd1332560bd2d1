"""What the command line is given by whoever starts it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from app.compile.binding import Binder
    from app.compile.contents import OpenSignature
    from app.ports import Press, Vault


@dataclass(frozen=True, slots=True)
class Tools:
    """The world around a command.

    Attributes:
        vault: gives the registers of this machine; slow the first time.
        press: draws papers.
        tour: plays the tour into a folder; tells where it broke off, or "".
        components: name, version and licence of the parts made by others.
        binder: reads copies of dossiers back; vouched: checks a signature by the key it shows.
    """

    vault: Callable[[], Vault]
    press: Press
    tour: Callable[[Path], str]
    components: Callable[[], Sequence[tuple[str, str, str]]]
    binder: Callable[[], Binder]
    vouched: Callable[[OpenSignature, bytes], bool]
