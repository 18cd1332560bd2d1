"""A file that is older than the last import: it is told, and changes nothing unasked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.errors import Message
from app.roster.proposal import About, Change

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from app.roster.plan import Plan, Step
    from app.roster.proposal import Decided
    from app.roster.questions import Known
    from app.roster.roster import Roster

_OLDER = "roster.older_file"
_TURNS = frozenset({Change.CHANGED, Change.LEFT, Change.RETURNED})


def day_of(roster: Roster, today: date) -> date | None:
    """The day that a file speaks of; never one to come, whatever its rows say."""
    return min(roster.as_of, today) if roster.as_of is not None else None


def older(roster: Roster, known: Known, today: date) -> Message | None:
    """What is told of a file that is, or may be, older than the newest import of its source.

    Where a file says no day, it may be older when this very file was taken over before, and
    another one of the same source since.
    """
    day = day_of(roster, today)
    days = [each.as_of for each in known.imports if each.as_of is not None]
    if day is not None and days:
        newest = max(days)
        values: dict[str, object] = {"day": day, "newest": newest}
        return Message(_OLDER, values) if day < newest else None
    before = [each for each in known.imports if each.digest == roster.digest]
    if not before or known.imports[0].digest == roster.digest:
        return None
    return Message("roster.older_again", {"moment": before[0].imported_at})


def is_older(warning: Message | None) -> bool:
    """Whether a warning says that the file is older for certain."""
    return warning is not None and warning.id == _OLDER


def doubt_older(plan: Plan, known: Known, decided: Mapping[str, Decided]) -> None:
    """Let a person decide about everything that a file would change that is older for certain.

    Somebody new at a site where people are taught already is doubtful too: the newer file did
    not have him.
    """
    if not is_older(plan.warning):
        return
    used = {pupil.site_id for pupil in known.pupils.values()}
    for step in plan.steps:
        turns = step.change in _TURNS or _is_late(step, used)
        if turns and step.doubt is None and step.line_key not in decided:
            step.doubt = Message("roster.doubt_older")


def _is_late(step: Step, used: set[str]) -> bool:
    if step.change is not Change.NEW:
        return False
    return step.about is About.STAFF or (step.stay is not None and step.stay.site_id in used)
