"""What a breach may come under, as the person who deals with it weighed it later.

The breach itself stays as it was filed. Each weighing is a fact of its own with a reason; the
newest one counts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from app.dossier.records import Breach

YES, NO, OPEN = "yes", "no", ""
VERDICTS = (YES, NO, OPEN)
"""What can be said of a question that is weighed; `OPEN` while nobody can say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing(Record):
    """What somebody found that a breach may come under.

    Attributes:
        position: 1, 2, … within the case.
        categories: keys of the protocol's categories for the confidential inspector.
        offence: whether it may be a criminal offence; data_breach: whether it is a data breach
            of the school: each one of `VERDICTS`.
    """

    case_id: str
    position: int
    categories: tuple[str, ...] = ()
    offence: str = OPEN
    data_breach: str = OPEN
    reason: str
    author: str
    recorded_at: datetime


def in_order(weighings: Iterable[Weighing]) -> tuple[Weighing, ...]:
    """The weighings of a case, oldest first."""
    return tuple(sorted(weighings, key=lambda each: each.position))


def weighed(breach: Breach, weighings: Iterable[Weighing]) -> Breach:
    """The breach with the categories that count now."""
    found = in_order(weighings)
    return replace(breach, categories=found[-1].categories) if found else breach
