"""What was said about a duty, as it is stored in the dossier compartments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.record import Record

if TYPE_CHECKING:
    from datetime import date, datetime

DONE, PLANNED, REASONED, OPEN_AGAIN = "done", "planned", "reasoned", "open"
LEFT_OPEN = "left_open"
KINDS = (DONE, PLANNED, REASONED, OPEN_AGAIN)
"""What can be said of one duty; `LEFT_OPEN` is said only by closing its case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyFact(Record):
    """What somebody said about one duty of a case; corrected only by another that names it.

    Attributes:
        position: 1, 2, … within the case.
        duty: key of the duty, see `resources/duties.toml`.
        kind: done, planned (for `day`), reasoned (away, with the reason in `note`), open (it
            turned out not to be done) or left_open (the case was closed all the same, with the
            reason in `note`).
        day: on which it was done or is planned; None for the others.
        by, with_whom: who did it, and with whom; "" unless it was done.
        note: what was said or agreed, or the reason.
        entries: ids of the entries that tell it in the dossiers.
        replaces: id of the fact that this one takes the place of, or ""; reason: why.
    """

    case_id: str
    position: int
    duty: str
    kind: str
    day: date | None = None
    by: str = ""
    with_whom: str = ""
    note: str = ""
    entries: tuple[str, ...] = ()
    replaces: str = ""
    reason: str = ""
    author: str
    recorded_at: datetime
