"""What is asked of a dossier compartment, answered by the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.record import Question

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class DossierLine:
    """One dossier in a list, ready to show."""

    id: str
    subject_id: str
    subject_name: str
    entries: int
    open_cases: int
    latest: date | None


@dataclass(frozen=True, slots=True)
class DossierLines(Question[tuple[DossierLine, ...]]):
    """All dossiers of the compartment, by name; `search` as typed."""

    search: str = ""


@dataclass(frozen=True, slots=True)
class HighestNumber(Question[int]):
    """The highest running number of a year ("2026-031" is 31), 0 when there is none.

    Attributes:
        kind: "case" or "letter".
    """

    kind: str
    year: int
