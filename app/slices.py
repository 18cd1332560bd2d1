"""Reading a large register a part at a time, so that others need not wait."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

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


class Look(Generic[T]):
    """What a session found on a day a part at a time, and what it has not looked at yet.

    It is kept between the parts, so that whoever looks at the same goes on with it, and after
    them, so that only what was touched is looked at again. Only for the storage thread.

    Attributes:
        number: of the entry of the journal up to which nothing that was found is outdated.
        found: by id; what was looked at and found nothing is in neither.
        rest: ids that are still to be looked at, in order.
    """

    def __init__(self, day: date, number: int, rest: Iterable[str]) -> None:
        self.day, self.number = day, number
        self.found: dict[str, T] = {}
        self.rest = dict.fromkeys(rest)

    def again(self, ids: Iterable[str]) -> None:
        """What was found about these is outdated."""
        for id in ids:
            self.found.pop(id, None)
            self.rest[id] = None

    def part(self, most: int) -> tuple[str, ...]:
        """The next ids to look at."""
        return tuple(self.rest)[:most]

    def put(self, part: Iterable[str], found: Mapping[str, T]) -> None:
        """What a part was looked at for."""
        for id in part:
            self.rest.pop(id, None)
        self.found.update(found)
