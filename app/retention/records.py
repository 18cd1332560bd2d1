"""What was destroyed, as it is stored: a fact that is added, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.record import Record

if TYPE_CHECKING:
    from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDestroyed(Record):
    """A fact: a kept file was destroyed for good. That it was there, and its hash, stay known.

    The store takes the file off the disk when this is committed, and never gives it again.

    Attributes:
        about_id: id of the record that kept it, such as a printed list.
        blob: id under which it was kept; digest: SHA-256 of what it held.
        kept_until: last day on which it had to be kept.
        reason: why it was destroyed; destroyed_by: by whom.
    """

    about_id: str
    blob: str
    digest: str
    kept_until: date
    reason: str
    destroyed_by: str
    recorded_at: datetime
