"""Printed lists as handed to the press."""

from __future__ import annotations

from dataclasses import dataclass

from app.paper import Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class ListCell:
    """What stands under one use: `word` is yes, yes_if, ask or no; `note` the conditions."""

    word: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    """One child; `place` tells two groups apart, "" on a list of one group."""

    name: str
    place: str
    cells: tuple[ListCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListColumn:
    """One use: the name of the channel and the kind of recording."""

    channel: str
    medium: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPaper(Paper):
    """Who may be shown, to be folded into a pocket.

    Attributes:
        groups: the groups on it, one line.
        number: number of the list; register: id of the register, for the code on the pages.
        printed_on, valid_until: days, written out.
        stamp: stamp of the journal head or of the check list.
        least: so many children make a group, for the condition that asks for one.
    """

    school: str
    groups: str
    number: str
    register: str
    holder: str
    printed_on: str
    valid_until: str
    stamp: str
    columns: tuple[ListColumn, ...]
    rows: tuple[ListRow, ...]
    least: int
