"""A register on which others get on between two parts of a long look, and somebody who stops."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from app.errors import Refusal
from app.jobs import CancelledError, Progress
from app.override import override
from app.slices import InOne

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from app.ports import Session

T = TypeVar("T")


class Busy(InOne):
    """Does one of the deeds of others after each part, and counts the parts."""

    def __init__(self, session: Session, deeds: Iterable[Callable[[], object]] = ()) -> None:
        super().__init__(session)
        self.deeds, self.parts = list(deeds), 0

    @override
    def read(self, part: Callable[[Session], T]) -> T:
        found = super().read(part)
        self.parts += 1
        if self.deeds:
            with suppress(Refusal):
                self.deeds.pop(0)()
        return found


class StopsAfter(Progress):
    """Stops the work after so many steps."""

    def __init__(self, steps: int) -> None:
        self._left = steps

    @override
    def step(self, done: int, total: int) -> None:
        self._left -= 1
        if self._left < 0:
            raise CancelledError
