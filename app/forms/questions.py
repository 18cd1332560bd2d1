"""What is asked about form versions and issued forms, answered by the store."""

from __future__ import annotations

from dataclasses import dataclass

from app.consent.records import FormVersion, IssuedForm
from app.record import Question


@dataclass(frozen=True, slots=True)
class NewestForms(Question[tuple[IssuedForm, ...]]):
    """The forms with the highest numbers, the highest first.

    Attributes:
        pupil_id: of one pupil only, or "" for all.
    """

    pupil_id: str = ""
    limit: int = 500


@dataclass(frozen=True, slots=True)
class NewestVersion(Question[FormVersion | None]):
    """The newest version of a form, or None when none was frozen yet.

    Attributes:
        channel: key of the one-off use that it asks for, or "" for the form of the school.
    """

    channel: str = ""


@dataclass(frozen=True, slots=True)
class VersionNumbers(Question[dict[str, int]]):
    """The number of every form version of every form, by id."""
