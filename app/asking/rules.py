"""After how many days the office thinks of reminding, from `resources/asking.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import resources


@dataclass(frozen=True, slots=True)
class AskingRules:
    """Choices of the program; there is no legal term.

    Attributes:
        remind_after: days after which a wait is longer than usual.
        reply_within: days in which an answer is asked, named in reminders.
        waiting: numbers of days that a list can be narrowed to.
    """

    remind_after: int
    reply_within: int
    waiting: tuple[int, ...]


@cache
def rules() -> AskingRules:
    """The rules that are shipped."""
    found = resources.asking_rules()
    return AskingRules(
        remind_after=found["remind_after_days"],
        reply_within=found["reply_within_days"],
        waiting=tuple(found["waiting_days"]),
    )
