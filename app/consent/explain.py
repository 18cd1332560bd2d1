"""The sentence beside every verdict: why, in the reader's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.consent.outcome import Reason
from app.errors import Message

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from app.consent.verdict import Verdict

_PLAIN = {
    Reason.SAFETY,
    Reason.NOT_PRESENT,
    Reason.GROUND,
    Reason.NOBODY_DECIDES,
    Reason.UNANSWERED,
    Reason.NOT_ASKED,
    Reason.NOT_OBJECTED,
    Reason.NOT_TAKEN,
}
_TURNED = {Reason.NOT_BEGUN, Reason.ENDED}


def explain(verdict: Verdict, relations: Mapping[str, str], day: date) -> Message:
    """The reason of a verdict.

    Args:
        verdict: what was found.
        relations: relation per decider id, such as "mother"; shown instead of names.
        day: the day that is looked at; of an objection dated later it is said that it is.
    """
    reason = verdict.reason
    text = f"consent.reason_{reason}"
    if reason in _PLAIN:
        return Message(text)
    if reason in _TURNED:
        return Message(text, {"day": verdict.turned})
    if reason in (Reason.REFUSED, Reason.WITHDRAWN):
        since = verdict.since_objection
        ahead = "_ahead" if since is not None and since > day else ""
        return Message(text + ahead, {"who": _who(verdict, relations), "day": since})
    if reason is Reason.ALL_SAID_YES:
        count = len(verdict.voices)
        who = "" if count > 1 else _relation(relations, verdict.voices[0].decider_id)
        return Message(f"{text}_{min(count, 3)}", {"who": who, "day": verdict.since})
    return Message(text, {"answered": verdict.answered, "total": len(verdict.voices)})


def _who(verdict: Verdict, relations: Mapping[str, str]) -> object:
    return _relation(relations, verdict.by.decider_id) if verdict.by else ""


def _relation(relations: Mapping[str, str], decider_id: str) -> Message:
    return Message(f"people.relation_{relations.get(decider_id, 'other')}")
