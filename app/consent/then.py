"""What was known of many pupils at several moments, asked at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from app.record import Question

if TYPE_CHECKING:
    from datetime import date, datetime

    from app.consent.facts import Subject


class Known(NamedTuple):
    """What was known of a pupil from one of the moments on, until the next one of these.

    Attributes:
        place: of the first moment at which it was known, from 0.
    """

    place: int
    subject: Subject


@dataclass(frozen=True, slots=True)
class NewestThen(Question[int]):
    """The number of the journal entry that was newest at an instant, inclusive; 0 before any.

    While it stays the same, so does what was known then.
    """

    at: datetime


@dataclass(frozen=True, slots=True)
class HereSince(Question[tuple[str, ...]]):
    """Ids of the pupils who may have been present on a day or later, in order.

    Also those of whom that was believed only until something else was noted.

    Attributes:
        at: what was put right by this instant, inclusive, counts as never believed.
    """

    day: date
    at: datetime


@dataclass(frozen=True, slots=True)
class SubjectsThen(Question[tuple[tuple[Known, ...], ...]]):
    """What was known of pupils at each moment, inclusive; unknown ids are left out.

    By the order in which facts were stored, so that a clock that was set back hides nothing.
    A pupil comes with everything that was known at the first moment, and then only where
    something more was known at a later one.

    Attributes:
        moments: at least one, the earliest first; None, which can only be the last, is now.
    """

    pupil_ids: tuple[str, ...]
    moments: tuple[datetime | None, ...]
