"""What is asked of a journal, answered by the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.record import Question

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One entry of a journal, ready to show: ids and kinds, no contents."""

    number: int
    at: datetime
    user: str
    device: str
    act: str
    subject: str
    digest: str


@dataclass(frozen=True, slots=True)
class JournalLines(Question[tuple[JournalLine, ...]]):
    """Entries, newest first.

    Attributes:
        before: only entries with a lower number; 0 for the newest.
        subject: only entries about this person or thing; all when "".
    """

    before: int = 0
    limit: int = 100
    subject: str = ""
    act: str = ""


@dataclass(frozen=True, slots=True)
class JournalOf(Question[tuple[JournalLine, ...]]):
    """The entries about several things, of certain acts, newest first.

    Attributes:
        limit: most entries; 0 for all.
    """

    subjects: tuple[str, ...]
    acts: tuple[str, ...]
    limit: int = 0
