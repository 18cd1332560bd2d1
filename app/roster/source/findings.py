"""Collects what is wrong in a file while it is read, and stops listing when it is too much."""

from __future__ import annotations

from app.errors import Message
from app.roster.roster import Fault, Where

MOST = 500


class Findings:
    """The faults of one file, in the order in which they were met.

    Attributes:
        file: name of the file, as in `Where`.
        count: how many there are; only the first 500 are kept.
        left_out: how many of them left out a whole person, group or row.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.count = 0
        self.left_out = 0
        self._faults: list[Fault] = []
        self._told: set[tuple[str, str]] = set()

    def add(
        self, row: int, message: Message, column: str = "", *, left_out: bool = False
    ) -> None:
        """Note a fault at a row, and at a column when it is about one cell."""
        self.count += 1
        self.left_out += left_out
        if self.count <= MOST:
            self._faults.append(Fault(Where(self.file, row, column), message, left_out))

    def add_once(self, row: int, message: Message, column: str = "") -> None:
        """Note a fault of a whole column or file at the first row where it is met."""
        if (message.id, column) not in self._told:
            self._told.add((message.id, column))
            self.add(row, message, column)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What was found; when there was more than is kept, the last one says how much."""
        kept = tuple(self._faults)
        if self.count <= MOST:
            return kept
        more = Message("roster.more_faults", {"count": self.count - MOST})
        return (*kept, Fault(Where(self.file), more))
