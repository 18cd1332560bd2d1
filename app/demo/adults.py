"""Adults of the sample school: where they are, what they decided, and leave for a lesson."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import resources
from app.consent.decide import DecisionsDraft, UseAnswer, record_decisions
from app.consent.records import Answer, Medium
from app.consent.uses import use_key
from app.ids import new_id
from app.leave.give import LeaveDraft, give_leave
from app.people.records import AdultKind, StaffMember
from app.record import Compartment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.people.records import Site
    from app.ports import Session

_SIGNED = timedelta(days=40)
_BEGUN, _LASTS = timedelta(days=14), timedelta(days=60)


def adult(person: dict[str, Any], sites: Mapping[str, Site]) -> StaffMember:
    """A member of staff or other adult, as the sample describes him or her."""
    site = sites.get(person.get("site", ""))
    return StaffMember(
        id=new_id(),
        first_name=person["given"],
        prefix=person["prefix"],
        surname=person["surname"],
        function=person["function"],
        kind=AdultKind(person.get("kind", AdultKind.STAFF)),
        site_id=site.id if site else "",
    )


def adults_decide(session: Session) -> None:
    """Record what some adults decided about their photo, and leave that the head gave."""
    with session.look(Compartment.CONSENT) as reader:
        ids = {(one.first_name, one.surname): one.id for one in reader.all(StaffMember)}
    for person in resources.sample_school()["staff"]:
        id = ids[person["given"], person["surname"]]
        answers = (*_answers(person, Answer.YES), *_answers(person, Answer.NO))
        today = session.clock.today()
        if answers:
            record_decisions(session, DecisionsDraft(id, id, answers, today - _SIGNED))
        if "leave" in person:
            what, start = person["leave"], today - _BEGUN
            draft = LeaveDraft(id, what["purpose"], what["channels"], start, start + _LASTS)
            give_leave(session, draft)


def _answers(person: dict[str, Any], answer: Answer) -> tuple[UseAnswer, ...]:
    channels = person.get(answer.value, ())
    return tuple(UseAnswer(use_key(Medium.PHOTO, channel), answer) for channel in channels)
