"""A duty in words: how long it still takes, and when the inspector's line is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.clock import local, school_day
from app.duties.records import PLANNED
from app.errors import Message
from app.procedures.terms import time_left

if TYPE_CHECKING:
    from datetime import date, datetime

    from app.duties.line import LineNow
    from app.duties.radar import DutyState
    from app.duties.rules import Line


def clock_words(state: DutyState, now: datetime, today: date) -> Message:
    """What is left of the time of an open duty: hours where the law counts hours."""
    hours = state.hours_left(now)
    if hours is not None and state.until is not None:
        if hours < 0:
            return Message("duties.hours_over", {"until": state.until})
        return Message("duties.hours_left", {"count": hours, "until": state.until})
    if state.status == PLANNED and state.fact is not None and state.fact.day is not None:
        return Message("duties.planned_for", {"day": state.fact.day})
    if not state.term.amount:
        return Message("duties.at_once", {"day": state.due_on})
    left = time_left(state.due_on, today)
    return Message("dossier.due", {"day": state.due_on, "left": left})


def line_words(line: Line, now: LineNow) -> Message:
    """The number of a line, and whether it is answered now or when it will be."""
    hour = f"{local(now.until):%H:%M}"
    if now.is_open:
        return Message("duties.line_open", {"phone": line.phone, "hour": hour})
    values = {"phone": line.phone, "day": school_day(now.until), "hour": hour}
    return Message("duties.line_closed", values)
