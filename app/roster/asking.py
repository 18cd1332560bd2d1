"""What else decides about a comparison: the day, the site, and what a person decided."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.jobs import SILENT, Progress
from app.roster.calm import Pace

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from app.roster.proposal import Decided


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What else decides about a comparison.

    Attributes:
        today: the present day.
        site_id: the site that is meant when the file names none.
        school: name for a first site.
        decided: what a person decided, by line.
        progress: told how far it is.
        pace: counts for it; made by the comparison.
    """

    today: date
    site_id: str = ""
    school: str = ""
    decided: Mapping[str, Decided] = field(default_factory=dict)
    progress: Progress = SILENT
    pace: Pace = field(default_factory=Pace)
