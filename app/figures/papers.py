"""Figures without names as handed to the press."""

from __future__ import annotations

from dataclasses import dataclass

from app.paper import Letterhead, Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresRow:
    """One use or one group; numbers in words, "" for what is not shown.

    Attributes:
        shares: yes, no and waiting in parts of one, for the bar; empty when not shown.
    """

    name: str
    pupils: str
    yes: str
    no: str
    waiting: str
    shares: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresPart:
    """The groups of one use."""

    name: str
    rows: tuple[FiguresRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresPaper(Paper):
    """How far the asking has come, for the board and the council.

    Attributes:
        day: the day that was counted, written out.
        uses: the whole school, a row for each use; parts: the groups, use by use.
        marking: one line on every page.
        least: the smallest number that is shown.
        stamp: stamp of the journal head.
    """

    letterhead: Letterhead
    day: str
    uses: tuple[FiguresRow, ...]
    parts: tuple[FiguresPart, ...]
    marking: str
    least: int
    stamp: str
