"""Printed lists as they are stored: facts that are added, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from app.record import Record

if TYPE_CHECKING:
    from datetime import date, datetime


class Ending(StrEnum):
    """How a list on paper came to its end."""

    RETURNED = "returned"
    DESTROYED = "destroyed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedList(Record):
    """A list that left the program on paper or as a file.

    Attributes:
        number: number printed on it, unique in practice without a common counter.
        groups: ids of the groups it shows; guests: ids of children who are on it besides.
        title: the groups as printed.
        uses: the uses it shows, `medium:channel`, in the order of its columns.
        lines: what it says, see `app.lists.lines`.
        language: of the paper.
        printed_by: who printed it; holder: who has it.
        valid_until: last day on which it may be used.
        from_check: it was printed from the check list, not from consent itself.
        basis: number of the head of the consent journal whose facts it shows.
        stamp: stamp of the journal head, or of the check list, in its footer.
        digest: SHA-256 of the document; pages: of it; blob: id under which it is kept.
    """

    number: str
    groups: tuple[str, ...]
    guests: tuple[str, ...] = ()
    title: str
    uses: tuple[str, ...]
    lines: tuple[str, ...]
    language: str
    printed_at: datetime
    printed_by: str
    holder: str
    valid_until: date
    from_check: bool = False
    basis: int
    stamp: str
    digest: str
    pages: int
    blob: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListEnd(Record):
    """A fact: a list came back or was destroyed, or that was noted by mistake.

    Attributes:
        how: returned or destroyed.
        noted_by: who says so.
        replaces: id of the fact that this one takes back, "" for none; a list whose end was
            taken back is out there again.
    """

    list_id: str
    how: Ending
    noted_by: str
    recorded_at: datetime
    replaces: str = ""
