"""What nobody could read of somebody's paper, with who entered it and when: to ask again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.clock import school_day
from app.consent.questions import RecordedBy
from app.consent.records import UnclearAnswer
from app.consent.unread import unread_facts
from app.consent.uses import use_key
from app.record import Compartment

if TYPE_CHECKING:
    from datetime import date

    from app.ports import Session


@dataclass(frozen=True, slots=True)
class Unread:
    """One line of a paper that nobody can read.

    Attributes:
        signed_on: the day on the paper.
        entered_on, by: when it was found unreadable, and the name of who entered it.
    """

    use: str
    signed_on: date
    entered_on: date
    by: str


def unread_of(session: Session, subject_id: str, decider_id: str) -> tuple[Unread, ...]:
    """What one decider has to be asked again about one subject, the newest paper first.

    A paper of a record that was merged into this one keeps when and by whom it was entered.
    """
    today = session.clock.today()
    users = {user.id: user.name for user in session.users()}
    with session.look(Compartment.CONSENT) as reader:
        facts = unread_facts(reader, (subject_id,), today).get(subject_id, ())
        entered = {fact.id: reader.find(UnclearAnswer, fact.id) or fact for fact in facts}
        authors: dict[str, str] = {}
        for written in {fact.subject_id for fact in entered.values()}:
            authors.update(reader.ask(RecordedBy(written)))
    found = (
        Unread(
            use_key(fact.medium, fact.channel),
            fact.signed_on,
            school_day(entered[fact.id].recorded_at),
            users.get(authors.get(fact.id, ""), ""),
        )
        for fact in facts
        if fact.decider_id == decider_id
    )
    return tuple(sorted(found, key=_newest))


def _newest(one: Unread) -> tuple[int, str]:
    return -one.signed_on.toordinal(), one.use
