"""What is asked about letters of the consent office, answered by the store."""

from __future__ import annotations

from dataclasses import dataclass

from app.letters.records import OfficeLetter
from app.record import Question


@dataclass(frozen=True, slots=True)
class HighestOfficeLetter(Question[int]):
    """The highest running number of a year ("T2026-0031" is 31), 0 when there is none."""

    year: int


@dataclass(frozen=True, slots=True)
class NewestOfficeLetters(Question[tuple[OfficeLetter, ...]]):
    """The letters that left last, the newest first.

    Attributes:
        subject_id: about one pupil (under any record that is this pupil by now) or one
            publication only, or "" for all.
    """

    subject_id: str = ""
    limit: int = 500
