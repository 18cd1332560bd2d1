"""Whether a rule could be known to a person on a day: by publication and his own time."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from app.errors import Message
from app.people.questions import ChildrenOf
from app.people.records import Enrolment, StaffMember
from app.protocol.shelf import published_on
from app.record import Compartment

if TYPE_CHECKING:
    from app.ports import Reader, Session
    from app.protocol.values import Protocol


_TEXTS = "protocol."
_NONE: frozenset[str] = frozenset()
_PUBLISHED, _SINCE = frozenset({"published"}), frozenset({"since"})
REASONS = {
    "known_unpublished": _NONE,
    "known_later": _PUBLISHED,
    "known_audience": _PUBLISHED,
    "known_person": _PUBLISHED,
    "known_no_start_staff": _PUBLISHED,
    "known_no_start_guardian": _PUBLISHED,
    "known_from_staff": _PUBLISHED | _SINCE,
    "known_from_guardian": _PUBLISHED | _SINCE,
    "came_later_staff": _SINCE,
    "came_later_guardian": _SINCE,
}
"""Why somebody could know the rules or not: the sentence, with the days that it names."""


class Known(StrEnum):
    """Whether somebody could know the rules."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class OwnTime:
    """Since when somebody belongs to the school.

    Attributes:
        since: his first day, or None when it is not known.
        kind: staff or guardian; "" for somebody whom the register does not know.
    """

    since: date | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The answer to "could this person know the rules on that day?".

    Attributes:
        since: the first day on which he could, or None when it is not known.
        why: the reason in one sentence.
    """

    known: Known
    since: date | None
    why: Message


def knowledge(
    protocol: Protocol, audience: str, day: date, own: OwnTime | None = None
) -> Knowledge:
    """Whether somebody of an audience could know a version on a day, that day included.

    Whoever came after the publication could know the rules from his own first day.
    """
    published = published_on(protocol, audience)
    if published is None:
        return Knowledge(Known.NOT_KNOWN, None, Message("protocol.known_unpublished"))
    came = own.since if own else None
    since = max(published, came) if came else published
    if since > day:
        return Knowledge(Known.NO, since, _too_early(published, own, since))
    return Knowledge(Known.YES, since, _reason(published, own))


def own_time(session: Session, audience: str, person_id: str) -> OwnTime:
    """Since when somebody belongs to the school, as far as the user may look it up."""
    if not person_id or not session.opens(Compartment.CONSENT):
        return OwnTime()
    with session.look(Compartment.CONSENT) as reader:
        if audience == "staff":
            member = reader.find(StaffMember, person_id)
            return OwnTime(member.start, "staff") if member else OwnTime()
        if audience == "guardian":
            return _guardian_time(reader, person_id)
    return OwnTime()


def why_text(why: Message) -> str:
    """A reason as it is kept with a breach: which sentence, and its days."""
    days = {key: day.isoformat() for key, day in why.values.items() if isinstance(day, date)}
    return json.dumps({"why": why.id.removeprefix(_TEXTS), **days}, sort_keys=True)


def why_of(text: str) -> Message | None:
    """The reason that was kept, or None where none was, or this program lacks the sentence."""
    try:
        kept = json.loads(text)
        days = {key: date.fromisoformat(day) for key, day in kept.items() if key != "why"}
        why = str(kept["why"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return Message(_TEXTS + why, dict(days)) if REASONS.get(why) == days.keys() else None


def _guardian_time(reader: Reader, guardian_id: str) -> OwnTime:
    """From the first enrolment of any of the children."""
    children = tuple(child.id for child in reader.ask(ChildrenOf(guardian_id)))
    if not children:
        return OwnTime()
    stays = reader.all(Enrolment, pupil_id=children)
    replaced = {stay.replaces for stay in stays if stay.replaces}
    days = [stay.start for stay in stays if stay.id not in replaced]
    return OwnTime(min(days, default=None), "guardian")


def _too_early(published: date, own: OwnTime | None, since: date) -> Message:
    if own is not None and own.since == since and since > published:
        return Message(f"protocol.came_later_{own.kind}", {"since": since})
    return Message("protocol.known_later", {"published": published})


def _reason(published: date, own: OwnTime | None) -> Message:
    values: dict[str, object] = {"published": published}
    if own is None or not own.kind:
        return Message("protocol.known_audience", values)
    if own.since is None:
        return Message(f"protocol.known_no_start_{own.kind}", values)
    if own.since > published:
        return Message(f"protocol.known_from_{own.kind}", values | {"since": own.since})
    return Message("protocol.known_person", values)
