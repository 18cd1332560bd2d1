"""What is asked about issued forms, answered by the store."""

from __future__ import annotations

from dataclasses import dataclass

from app.consent.records import IssuedForm
from app.record import Question


@dataclass(frozen=True, slots=True)
class NewestForms(Question[tuple[IssuedForm, ...]]):
    """The forms with the highest numbers, the highest first.

    Attributes:
        pupil_id: of one pupil only, or "" for all.
    """

    pupil_id: str = ""
    limit: int = 500
