"""Measuring: each figure beside its floor, taken in turns in the same run; a table at the end."""

from __future__ import annotations

import os
import platform
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from app.override import override
from app.slices import InOne

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.ports import Session

T = TypeVar("T")

PROCESSOR = time.thread_time


@dataclass(frozen=True, slots=True)
class Measured:
    """One row of the table; times in milliseconds.

    Attributes:
        reach: highest ratio (or milliseconds, megabytes) that is good enough.
        unit: "x" for a ratio to the floor, "ms" or "MB" for a plain figure.
        note: what has to be said about the figure.
    """

    what: str
    pupils: int
    ours: float
    floor: float
    reach: float
    unit: str = "x"
    note: str = ""

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


def machine() -> str:
    """What is measured on."""
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors,"
        f" Python {platform.python_version()}"
    )


def load() -> str:
    """How much work waits for each processor, over the last minute."""
    try:
        return f"{os.getloadavg()[0] / (os.cpu_count() or 1):.1f}"
    except (AttributeError, OSError):
        return "?"


@dataclass(slots=True)
class Table:
    """The rows measured so far."""

    rows: list[Measured] = field(default_factory=list)
    begun: str = field(default_factory=load)

    def add(self, row: Measured) -> None:
        """Add a row and print it."""
        self.rows.append(row)
        print("\n" + row.line())

    def text(self) -> str:
        """The whole table, under what else the machine had to do meanwhile."""
        reached = sum(row.reached for row in self.rows)
        return "\n".join(
            [
                f"{reached} of {len(self.rows)} reached. {machine()}",
                f"Work waiting per processor: {self.begun} at first, {load()} at the end;",
                "above 1 the figures on the clock say little. Verdicts, groups, lists, papers and",
                "verification are in processor time.",
                f"    {'what':<52} {'pupils':>7} {'ours ms':>10} {'floor ms':>10} {'figure':>8}",
                *(row.line() for row in self.rows),
                *(f"    {row.what}: {row.note}" for row in self.rows if row.note),
            ]
        )


def usual(taken: list[float]) -> float:
    """The lower quartile: what it takes when the machine is not busy with something else."""
    return sorted(taken)[len(taken) // 4]


def in_turns(
    ours: Callable[[], object],
    floor: Callable[[], object],
    rounds: int = 15,
    clock: Callable[[], float] = time.perf_counter,
) -> tuple[float, float]:
    """Milliseconds of one call of `ours` and of `floor`, run in turns after one warm-up.

    Work that waits for nothing is measured by `PROCESSOR`, on which other programs hardly show.
    """
    ours()
    floor()
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for place, work in enumerate((floor, ours)):
            begun = clock()
            work()
            taken[place].append((clock() - begun) * 1000)
    return usual(taken[1]), usual(taken[0])


class Slowest(InOne):
    """Knows for how long nobody else could read."""

    longest = 0.0

    @override
    def read(self, part: Callable[[Session], T]) -> T:
        begun = time.thread_time()
        found = super().read(part)
        self.longest = max(self.longest, time.thread_time() - begun)
        return found
