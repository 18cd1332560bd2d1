"""Which receipts were handed out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.receipts.content import person_and_subject
from app.receipts.records import IssuedReceipt
from app.record import Compartment

if TYPE_CHECKING:
    from datetime import datetime

    from app.ports import Session


@dataclass(frozen=True, slots=True)
class HandedOut:
    """One receipt that left, and for whom."""

    person: str
    recorded_at: datetime


def handed_out(session: Session, subject_id: str) -> tuple[HandedOut, ...]:
    """The receipts about one subject, oldest first."""
    with session.look(Compartment.CONSENT) as reader:
        return tuple(
            HandedOut(person_and_subject(reader, subject_id, one.person_id)[0], one.recorded_at)
            for one in reader.all(IssuedReceipt, subject_id=subject_id)
        )
