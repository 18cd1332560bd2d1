"""Reading a large register a part at a time, so that others need not wait."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.ports import Session

T = TypeVar("T")


class Slices(Protocol):
    """Reads parts of a register; between two of them others read and write."""

    def read(self, part: Callable[[Session], T]) -> T:
        """What one part of the work found in the register.

        Raises:
            CancelledError: nothing is read any more.
        """
        ...


class InOne:
    """Reads every part at once, for whoever has the register to himself."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def read(self, part: Callable[[Session], T]) -> T:
        """What the part found."""
        return part(self._session)
