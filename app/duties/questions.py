"""What is asked about what was recorded elsewhere, answered by the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.record import Question

if TYPE_CHECKING:
    from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Notice:
    """What was recorded at a publication about telling the authority of its data breach.

    Attributes:
        title: of the publication.
        told_on: the day on which it was told; None when it need not be.
        how: the number under which it was told, or why it is not.
        by: name of who recorded it.
    """

    title: str
    told_on: date | None
    how: str
    by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class NoticeOf(Question[Notice | None]):
    """What stands at a publication about telling the authority; None while nothing does."""

    publication_id: str
