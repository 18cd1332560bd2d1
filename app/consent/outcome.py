"""The possible answers to "may this be used?", and the possible reasons."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """The answer itself."""

    YES = "yes"
    YES_IF = "yes_if"
    NOT_NEEDED = "not_needed"
    NO = "no"
    ASK = "ask"

    @property
    def permits(self) -> bool:
        """Whether the recording may be used."""
        return self in _PERMITTING


_PERMITTING = frozenset({Outcome.YES, Outcome.YES_IF, Outcome.NOT_NEEDED})


class Reason(StrEnum):
    """Why the outcome is what it is; each has its sentence, `consent.reason_<value>`."""

    SAFETY = "safety"
    NOT_PRESENT = "not_present"
    GROUND = "ground"
    NOBODY_DECIDES = "nobody_decides"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    ALL_SAID_YES = "all_said_yes"
    ONE_SUFFICES = "one_suffices"
    INCOMPLETE = "incomplete"
    UNANSWERED = "unanswered"
    NOT_ASKED = "not_asked"
    NOT_OBJECTED = "not_objected"
    NOT_TAKEN = "not_taken"
    NOT_BEGUN = "not_begun"
    ENDED = "ended"
