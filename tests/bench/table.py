"""Measuring: each figure beside its floor, taken in turns in the same run; a table at the end."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Measured:
    """One row of the table; times in milliseconds.

    Attributes:
        reach: highest ratio (or milliseconds, megabytes) that is good enough.
        unit: "x" for a ratio to the floor, "ms" or "MB" for a plain figure.
    """

    what: str
    pupils: int
    ours: float
    floor: float
    reach: float
    unit: str = "x"

    @property
    def figure(self) -> float:
        """What is compared with `reach`."""
        return self.ours / self.floor if self.unit == "x" else self.ours

    @property
    def reached(self) -> bool:
        """Whether the figure is good enough."""
        return self.figure <= self.reach

    def line(self) -> str:
        """The row as printed."""
        sign = "ok " if self.reached else "NOT"
        floor = f"{self.floor:10.3f}" if self.floor else " " * 10
        return (
            f"{sign} {self.what:<52} {self.pupils:>7} {self.ours:10.3f} {floor}"
            f" {self.figure:8.2f} {self.unit:<2} <= {self.reach:g}"
        )


@dataclass(slots=True)
class Table:
    """The rows measured so far."""

    rows: list[Measured] = field(default_factory=list)

    def add(self, row: Measured) -> None:
        """Add a row and print it."""
        self.rows.append(row)
        print("\n" + row.line())

    def text(self) -> str:
        """The whole table."""
        head = f"    {'what':<52} {'pupils':>7} {'ours ms':>10} {'floor ms':>10} {'figure':>8}"
        return "\n".join([head, *(row.line() for row in self.rows)])


def in_turns(
    ours: Callable[[], object], floor: Callable[[], object], rounds: int = 15, each: int = 1
) -> tuple[float, float]:
    """Median milliseconds of one call of `ours` and of `floor`, run in turns after one warm-up."""
    ours()
    floor()
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for place, work in enumerate((floor, ours)):
            begun = time.perf_counter()
            for _ in range(each):
                work()
            taken[place].append((time.perf_counter() - begun) / each * 1000)
    return statistics.median(taken[1]), statistics.median(taken[0])
