"""Receipts as they are stored: that one left, for whom and what, without its content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.record import Record

if TYPE_CHECKING:
    from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedReceipt(Record):
    """A fact: what somebody decided about a subject was handed to that person.

    Attributes:
        subject_id: the pupil or member of staff that the decisions are about.
        person_id: who decided, and gets the receipt.
        head: stamp of the journal head in its footer.
        digest: SHA-256 of the PDF, which carries the data.
    """

    subject_id: str
    person_id: str
    language: str
    issued_on: date
    head: str
    digest: str
    recorded_at: datetime
